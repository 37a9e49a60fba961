// The buttons over the map: zoom in and out, show all, go to the visitor.

import { element } from "../../dom.js";

const STEP = 1.8;

/**
 * @param {{ zoom: (factor: number) => void, showAll: () => void, showVisitor: () => void }} actions
 * @returns {{ node: HTMLElement, visitor: HTMLElement }} all buttons, and the one that goes to the visitor
 */
export function createZoomButtons({ zoom, showAll, showVisitor }) {
  const button = (name, sign, click) =>
    element(
      "button",
      { type: "button", class: "button", "aria-label": name, title: name, click },
      element("span", { "aria-hidden": "true" }, sign),
    );
  const visitor = button("Go to where you are", "◎", showVisitor);
  const node = element(
    "div",
    { class: "map-zoom" },
    button("Zoom in", "+", () => zoom(STEP)),
    button("Zoom out", "\u2212", () => zoom(1 / STEP)),
    button("Show all", "⤢", showAll),
    visitor,
  );
  return { node, visitor };
}
