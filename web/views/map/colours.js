// The map's colours, as the stylesheet defines them for light and dark.

import { SHAPES } from "./shapes.js";

/** Reads the colours that apply to an element. */
export function readColours(node) {
  const style = getComputedStyle(node);
  const value = (name) => style.getPropertyValue(name).trim();
  return {
    genres: SHAPES.map((_, n) => toPixel(value(`--genre-${n}`))),
    none: toPixel(value("--genre-none")),
    ink: value("--ink"),
    paper: value("--raised"),
    mark: value("--mark"),
    family: style.fontFamily,
  };
}

/** `#rrggbb` as 0xBBGGRR, the order of bytes in image data on little-endian machines. */
export function toPixel(hex) {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16) || 0);
  return (blue << 16) | (green << 8) | red;
}
