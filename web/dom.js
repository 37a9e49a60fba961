// Elements without HTML strings: titles come from a data set and are text, whatever they contain.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children; `null` and `false` attributes are left out, and so are `null` children.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | ((event: Event) => void)>} [attributes] functions listen:
 * `{ click: … }`
 * @param {...(Node | string | null)} children
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a piece of SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A title with its year, as one piece of text. */
export function titleAndYear({ title, year }) {
  return year === null ? title : `${title} (${year})`;
}

/** For screen readers alone. */
export function unseen(text) {
  return element("span", { class: "away" }, text);
}

/** Does something once the children of a node were made anew: what follows from a change is asked for meanwhile. */
export function onceRemade(node, step) {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    step();
  });
  observer.observe(node, { childList: true });
}

/** `1,955 titles`, `1 title`. */
export function count(n, noun) {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

export function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })}\u00a0${unit}`;
}

export function duration(ms) {
  // Browsers round their clock, some to whole milliseconds.
  if (ms === 0) return "less than 1\u00a0ms";
  return `${ms.toLocaleString("en", { maximumFractionDigits: ms < 10 ? 1 : 0 })}\u00a0ms`;
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    // Of these, false is a value.
    else if (name.startsWith("aria-") && value !== null) node.setAttribute(name, String(value));
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
