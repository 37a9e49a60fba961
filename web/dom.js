// Creating and finding elements. There are no HTML strings: titles come from a data set and are text, whatever they
// contain.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Creates an element with attributes and children. Attributes that are `null` or `false` are left out, and so are
 * children that are `null`.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | ((event: Event) => void)>} [attributes] functions
 * become event listeners: `{ click: … }`
 * @param {...(Node | string | null)} children
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Creates an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A text for screen readers only. */
export function visuallyHidden(text) {
  return element("span", { class: "visually-hidden" }, text);
}

/** Calls `action` when the children of a node are replaced next, which happens some time after a change. */
export function onceReplaced(node, action) {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    action();
  });
  observer.observe(node, { childList: true });
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    // For these attributes, false is a value.
    else if (name.startsWith("aria-") && value !== null) node.setAttribute(name, String(value));
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Stylesheets that were added, by their address. */
const added = new Map();

/**
 * Adds a stylesheet, once; resolves when it is there, or cannot be had.
 */
export function addStylesheet(url) {
  if (!added.has(url)) {
    const link = element("link", { rel: "stylesheet", href: url });
    const loaded = new Promise((resolve) => {
      link.onload = link.onerror = resolve;
    });
    document.head.append(link);
    added.set(url, loaded);
  }
  return added.get(url);
}

/** Resolves when what the page shows now has been painted; in a tab that is hidden, where nothing is, after a moment. */
export function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    if (document.hidden) setTimeout(resolve);
  });
}
