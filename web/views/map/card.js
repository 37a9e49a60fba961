// What the card of a title on the map says, and what can be done there.

import { count, element, titleAndYear } from "../../dom.js";

/**
 * The content of a card.
 *
 * @param {object} item
 * @param {object} options
 * @param {boolean} options.isLiked
 * @param {() => void} options.like likes it, or takes the like back
 * @param {() => void} options.why
 * @param {(list: Element) => void} options.similar fills the list of what is like it
 * @param {() => void} options.close
 * @returns {Element[]}
 */
export function cardOf(item, { isLiked, like, why, similar, close }) {
  const list = element("ul", { class: "map-similar", role: "list", "aria-label": `Similar to ${item.title}` });
  const act = (name, click) => element("button", { type: "button", class: "button", click }, name);
  return [
    element("h2", {}, item.title, " ", item.year === null ? null : element("small", {}, `${item.year}`)),
    element(
      "p",
      { class: "small muted" },
      [item.genres.join(", "), count(item.likes, "like")].filter(Boolean).join(" · "),
    ),
    element(
      "div",
      { class: "map-acts" },
      element(
        "button",
        { type: "button", class: isLiked ? "button main" : "button", "aria-pressed": `${isLiked}`, click: like },
        isLiked ? "♥ Liked" : "♡ Like",
      ),
      act("Why?", why),
      act("Similar", () => similar(list)),
    ),
    list,
    element("button", { type: "button", class: "button bare map-close", "aria-label": "Close", click: close }, "×"),
  ];
}

/** Titles to go to; where there are none, it says so. */
export function similarTitles(items, goTo) {
  if (!items.length) return [element("li", { class: "small muted" }, "Nothing is known to be like it.")];
  return items.map((item) =>
    element(
      "li",
      {},
      element("button", { type: "button", class: "map-goto", click: () => goTo(item) }, titleAndYear(item)),
    ),
  );
}
