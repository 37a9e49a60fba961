// The recommendations, each with its reason.

import { byId, element } from "./dom.js";

/**
 * @param {import("./foldin/foldin.d.ts").Recommendation[]} items
 * @param {Map<string, { title: string }>} picks by id
 * @param {(item: object, place: number) => void} onPick
 */
export function showList(items, picks, onPick) {
  const row = (item, place) =>
    element(
      "li",
      {},
      element(
        "div",
        { class: "text" },
        element("h3", {}, item.title, ...(item.year === null ? [] : ["\u00a0", element("span", {}, `${item.year}`)])),
        element("p", { class: "genres" }, ...stars(item), item.genres.join(", ")),
        element("p", { class: "reason" }, reason(item, picks)),
      ),
      element(
        "button",
        { class: "like", type: "button", "aria-label": `Pick ${item.title}`, click: () => onPick(item, place) },
        element("span", { "aria-hidden": "true" }, "+"),
      ),
    );
  byId("list").replaceChildren(...items.map(row));
}

/** Puts the focus on the row that took the place of the one just picked. */
export function focusRow(place) {
  const buttons = byId("list").querySelectorAll("button");
  (buttons[Math.min(place, buttons.length - 1)] ?? byId("results")).focus();
}

/** How many stars are expected, where the model can tell. */
function stars({ stars }) {
  if (stars === null) return [];
  const shown = stars.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    element(
      "span",
      { class: "stars" },
      element("span", { "aria-hidden": "true" }, `★\u00a0${shown}`),
      element("span", { class: "away" }, `${shown} stars expected. `),
    ),
  ];
}

/** What holds for everybody, where that is the main reason. */
const FOR_ALL = {
  popular: ({ likes }) =>
    likes === 0 ? "not liked by anybody yet" : `popular with everyone: ${likes.toLocaleString("en")} likes`,
  recent: () => "popular lately",
  "top-rated": () => "among the best rated",
};

function reason(item, picks) {
  const { sources, because } = item;
  const forAll = FOR_ALL[sources[0]] ?? (because.length ? null : FOR_ALL.popular);
  if (forAll) return forAll(item);
  // The second is named if it weighs at least a quarter of the first.
  const least = Math.max(0, because[0]?.share ?? 0) / 4;
  const strong = because.filter(({ id, share }) => share > 0 && share >= least && picks.has(id));
  const titles = strong.map(({ id }) => picks.get(id).title);
  const [first, second] = titles;
  if (!first) return "near to your taste";
  return second ? `because you liked ${first} and ${second}` : `because you liked ${first}`;
}
