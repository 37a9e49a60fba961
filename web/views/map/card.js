// The card of a title on the map: what it is, and what the visitor can do with it.

import { element } from "../../dom.js";
import { count, titleAndYear } from "../../labels.js";
import { beside } from "./beside.js";

/** Pixels between the card and the edges of the visible part of the map, together. */
const MARGIN = 16;

/**
 * @param {object} options
 * @param {HTMLCanvasElement} options.canvas
 * @param {object} options.camera
 * @param {(item: object) => boolean} options.isLiked
 * @param {(item: object) => void} options.toggleLike
 * @param {(item: object) => void} options.explain
 * @param {(item: object) => Promise<object[]>} options.findSimilar
 * @param {(item: object) => void} options.goTo
 * @param {() => void} options.onClose
 */
export function createCard({ canvas, camera, isLiked, toggleLike, explain, findSimilar, goTo, onClose }) {
  const node = element("section", {
    class: "map-card",
    "aria-label": "Title",
    tabindex: "-1",
    hidden: true,
    keydown: ({ key }) => key === "Escape" && close(),
  });
  /** The pixel beside which the card is placed. */
  let anchor = [0, 0];

  /** Places the card beside a pixel of the canvas, within the visible part of the map. */
  function place(pixel = anchor) {
    anchor = pixel;
    const box = canvas.getBoundingClientRect();
    const visible = {
      left: 0,
      right: camera.width,
      top: Math.max(0, -box.top),
      bottom: Math.min(camera.height, innerHeight - box.top),
    };
    node.style.maxHeight = `${visible.bottom - visible.top - MARGIN}px`;
    const { left, top } = beside(pixel, { width: node.offsetWidth, height: node.offsetHeight }, visible);
    node.style.left = `${left}px`;
    node.style.top = `${top}px`;
  }

  function show(item) {
    // The focus is lost with the replaced buttons.
    const hadFocus = !node.hidden && node.contains(document.activeElement);
    node.replaceChildren(...content(item));
    node.hidden = false;
    if (hadFocus) focus();
  }

  function content(item) {
    const similar = element("ul", { class: "map-similar", role: "list", "aria-label": `Similar to ${item.title}` });
    const liked = isLiked(item);
    const act = (name, click) => element("button", { type: "button", class: "button", click }, name);
    const like = element(
      "button",
      {
        type: "button",
        class: liked ? "button main" : "button",
        "aria-pressed": liked,
        click: () => toggleLike(item),
      },
      liked ? "♥ Liked" : "♡ Like",
    );
    return [
      element("h2", {}, item.title, " ", item.year === null ? null : element("small", {}, `${item.year}`)),
      element(
        "p",
        { class: "small muted" },
        [item.genres.join(", "), count(item.likes, "like")].filter(Boolean).join(" · "),
      ),
      element(
        "div",
        { class: "map-actions" },
        like,
        act("Why?", () => explain(item)),
        act("Similar", () => showSimilar(item, similar)),
      ),
      similar,
      element("button", { type: "button", class: "button bare map-close", "aria-label": "Close", click: close }, "×"),
    ];
  }

  async function showSimilar(item, list) {
    const items = await findSimilar(item);
    const link = (other) =>
      element("button", { type: "button", class: "map-goto", click: () => goTo(other) }, titleAndYear(other));
    const none = element("li", { class: "small muted" }, "No similar title is known.");
    list.replaceChildren(...(items.length ? items.map((other) => element("li", {}, link(other))) : [none]));
    place();
  }

  function focus() {
    node.focus({ preventScroll: true });
  }

  function close() {
    if (node.hidden) return;
    const hadFocus = node.contains(document.activeElement);
    node.hidden = true;
    if (hadFocus) canvas.focus();
    onClose();
  }

  return { node, show, place, focus, close };
}
