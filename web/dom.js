// Elements without HTML strings: titles come from a data set and are text, whatever they contain.

/**
 * An element with attributes and children; `null` and `false` attributes are left out.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | ((event: Event) => void)>} [attributes] functions listen:
 * `{ click: … }`
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** A title with its year, as one piece of text. */
export function titleAndYear({ title, year }) {
  return year === null ? title : `${title} (${year})`;
}
