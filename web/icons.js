// Icons on buttons. Every button has a name for screen readers too.

import { svg } from "./dom.js";

const LINES = {
  check: "M5 12.500l5 5l9.500-10.500",
  close: "M6 6l12 12M18 6l-12 12",
  down: "M12 5v14M6 13l6 6l6-6",
  hide: "M4 4l16 16M9.500 6.400a9 9 0 0 1 2.500-.400c5 0 8.300 4 9.500 6a15 15 0 0 1-2.800 3.500M6.200 7.800a14 14 0 0 0-3.700 4.200c1.200 2 4.500 6 9.500 6a9 9 0 0 0 3.800-.800",
  up: "M12 19v-14M6 11l6-6l6 6",
  undo: "M8 5l-4 4l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-4",
};

const SHAPES = {
  bookmark: "M6 3.500h12v17l-6-4.500l-6 4.500z",
  heart: "M12 20.500l-7.800-7.800a5 5 0 0 1 7.100-7.100l.7.700l.7-.700a5 5 0 0 1 7.100 7.100z",
  star: "M12 3l2.700 5.900l6.300.700l-4.700 4.300l1.300 6.300l-5.600-3.200l-5.600 3.200l1.300-6.300l-4.700-4.300l6.300-.700z",
  dislike:
    "M7.500 4h9a2 2 0 0 1 1.900 1.400l2 6.500a2 2 0 0 1-1.900 2.600h-4.500l.8 4.300a1.700 1.700 0 0 1-3.200 1.100l-4.100-6.900zM3 4h3v9h-3z",
  more: "M5 10a2 2 0 1 1-.1 0M12 10a2 2 0 1 1-.1 0M19 10a2 2 0 1 1-.1 0",
};

/** @param {keyof LINES | keyof SHAPES} name */
export function icon(name) {
  const kind = name in LINES ? "icon lines" : "icon";
  const attributes = { class: kind, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" };
  return svg("svg", attributes, svg("path", { d: LINES[name] ?? SHAPES[name] }));
}
