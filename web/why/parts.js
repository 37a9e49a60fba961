// What the steps of an explanation are made of: headed sections, bars, and numbers and sentences as they are written.

import { element } from "../dom.js";

export function step(name, says, ...content) {
  return element(
    "section",
    { class: "why-step" },
    element("h3", {}, name),
    says ? element("p", { class: "small muted" }, says) : null,
    ...content,
  );
}

/** A bar for a part of -1 to 1; one against is hatched. */
export function bar(part, name) {
  const fill = element("span", { class: name });
  fill.style.width = `${Math.min(1, Math.abs(part)) * 100}%`;
  return element("span", { class: "why-bar", "aria-hidden": "true" }, fill);
}

/** A number of any size in a few digits. */
export function plain(value) {
  return minus(value.toLocaleString("en", { maximumSignificantDigits: 3 }));
}

/** A proper minus. */
export function minus(text) {
  return text.replace("-", "\u2212");
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
