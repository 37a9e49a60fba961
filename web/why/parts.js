// Building blocks of the explanation: steps with a heading, and bars.

import { element } from "../dom.js";

export function step(heading, text, ...content) {
  return element(
    "section",
    { class: "why-step" },
    element("h3", {}, heading),
    text ? element("p", { class: "small muted" }, text) : null,
    ...content,
  );
}

/** A bar for a part from -1 to 1; a negative one is hatched. */
export function bar(part) {
  const fill = element("span", { class: part < 0 ? "against" : "" });
  fill.style.width = `${Math.min(1, Math.abs(part)) * 100}%`;
  return element("span", { class: "why-bar", "aria-hidden": "true" }, fill);
}
