// The shape of a genre in the legend.

import { svg } from "../../dom.js";
import { SHAPES } from "./shapes.js";

/** Draws the shape that the painter uses for points of this genre. */
export function swatch(place) {
  const cells = [];
  for (let row = 0; row < 28; row++) {
    let from = -1;
    for (let column = 0; column <= 28; column++) {
      const inside = column < 28 && SHAPES[place]((column + 0.5) / 14 - 1, (row + 0.5) / 14 - 1);
      if (inside && from < 0) from = column;
      if (!inside && from >= 0) {
        cells.push(`M${from / 2} ${row / 2}h${(column - from) / 2}v.5h-${(column - from) / 2}z`);
        from = -1;
      }
    }
  }
  return svg(
    "svg",
    { class: `map-swatch genre-${place}`, viewBox: "0 0 14 14", "aria-hidden": "true" },
    svg("path", { d: cells.join("") }),
  );
}
