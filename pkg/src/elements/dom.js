// Small helpers of the elements: nodes and texts with holes.

/** @typedef {Record<string, string | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * Creates an element without HTML strings: titles come from a data set and are text, whatever they contain. Functions
 * become event listeners; attributes that are `false`, `null` or `undefined` are left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value ?? false) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/**
 * @param {string} part
 * @param {(Node | string)[]} children
 */
export function line(part, ...children) {
  return element("p", { part }, ...children);
}

/**
 * @param {string} part
 * @param {string | Node} content
 * @param {(event: any) => void} click
 * @param {Attributes} [attributes]
 */
export function button(part, content, click, attributes) {
  return element("button", { type: "button", part, click, ...attributes }, content);
}

/** @typedef {Record<string, string | number | undefined>} Values what replaces `{names}` */

/**
 * Replaces the `{names}` in a text by values.
 *
 * @param {string} text
 * @param {Values} values
 * @param {(value: string, name: string) => string} [encode]
 */
export function fill(text, values, encode = String) {
  return text.replace(/\{(\w+)\}/g, (hole, name) =>
    Object.hasOwn(values, name) ? encode(String(values[name] ?? ""), name) : hole,
  );
}
