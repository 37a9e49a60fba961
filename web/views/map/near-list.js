// The list beside the map: the titles near the visitor, or around the centre of the map.

import { element, visuallyHidden } from "../../dom.js";

const STATUS = { liked: ["♥", "you like it"], recommended: ["◯", "recommended"] };

/**
 * @param {import("./state.js").MapState} state
 * @param {(point: number) => void} goTo
 * @returns {{ node: Element, show: (items: object[]) => void }}
 */
export function createNearList(state, goTo) {
  const heading = element("h2", {}, "Titles near you");
  const text = element("p", { class: "small muted" });
  const list = element("ol", { class: "map-near", role: "list" });
  const row = (item) => {
    const point = state.pointOf(item.id);
    const year = item.year === null ? null : element("small", {}, `${item.year}`);
    const title = element("span", {}, item.title, " ", year);
    const attributes = { type: "button", class: "map-goto", click: () => goTo(point) };
    return element("li", {}, element("button", attributes, title, statusMark(state.statusOf(point))));
  };
  const show = (items) => {
    heading.textContent = state.place ? "Titles near you" : "In the centre of the map";
    text.textContent = state.place
      ? "The best known around your place, the closest first."
      : "You have no place yet. Like a title, and you appear near the titles that the same people like.";
    list.replaceChildren(...items.map(row));
  };
  return { node: element("div", { class: "map-side" }, heading, text, list), show };
}

function statusMark(status) {
  if (!status) return null;
  const [sign, text] = STATUS[status];
  return element(
    "span",
    { class: "map-status" },
    element("span", { "aria-hidden": "true" }, sign),
    visuallyHidden(text),
  );
}
