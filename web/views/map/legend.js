// The genres, to show only some of them, and the key of the marks on the map.

import { element } from "../../dom.js";
import { swatch } from "./swatch.js";

/**
 * @param {import("./state.js").MapState} state
 * @param {() => void} onChange called after a genre was chosen or removed
 * @returns {{ node: Element, show: (genres: string[]) => void }} `show` adds the genres, in this order
 */
export function createLegend(state, onChange) {
  const node = element("ul", { class: "map-legend", role: "list", "aria-label": "Show only these genres" });
  const chip = (genre) => {
    const n = state.colouredGenres.indexOf(genre);
    const toggle = ({ currentTarget }) => {
      currentTarget.setAttribute("aria-pressed", state.toggleGenre(genre));
      onChange();
    };
    const attributes = { type: "button", class: "chip", "aria-pressed": false, click: toggle };
    return element("li", {}, element("button", attributes, n < 0 ? null : swatch(n), genre));
  };
  const show = (genres) => {
    node.replaceChildren(...genres.map(chip));
    node.hidden = genres.length === 0;
  };
  return { node, show };
}

/** What the marks on the map mean. Screen readers get the same from the list beside the map. */
export function createKey() {
  const entry = (mark, text) =>
    element("span", { class: "map-key" }, element("span", { class: `map-mark ${mark}` }), text);
  return element(
    "p",
    { class: "map-marks small", "aria-hidden": "true" },
    entry("you", "you"),
    entry("liked", "you like it"),
    entry("recommended", "recommended"),
    entry("other", "other genres"),
  );
}
