// Copies of a site's <template>, filled with an item. Only texts and attributes that are known to be harmless are filled:
// a title or an id comes from a data set, and must not become code.

import { fillAddress, fillEncoded } from "./address.js";
import { fill } from "./dom.js";

/** @typedef {import("./dom.js").Values} Values */
/** @typedef {(problem: string) => void} Warn */

/** Attributes that browsers and libraries only show or compare. */
const TEXT =
  /^(aria-[a-z]+|alt|class|datetime|dir|download|for|id|label|lang|name|part|placeholder|title|value|data-(item-)?(id|title|year|genres?|stars|reason|url|label|category))$/;

/** Elements whose attribute is an address, by the attribute. Custom elements may have any of them. */
const ADDRESS = {
  href: /^(a|area|image|use)$|-/,
  "xlink:href": /^(a|image|use)$/,
  src: /^(audio|iframe|img|source|track|video)$|-/,
  srcset: /^(img|source)$/,
  poster: /^video$/,
  cite: /^(blockquote|del|ins|q)$/,
};

/**
 * What the site wrote to shape an item: an element with `slot="item"`, or a `<template>`. Frameworks that hydrate the HTML
 * of a server can render the first, but not what is in a template.
 *
 * @param {HTMLElement} host
 * @returns {HTMLElement | null}
 */
export function templateOf(host) {
  return host.querySelector(`:scope > [slot="item"], template`);
}

/**
 * The nodes to copy. In a template that a framework made, they are its children, not its content.
 *
 * @param {HTMLElement} template
 * @returns {ChildNode[]} empty if there is nothing to copy
 */
function nodesOf(template) {
  if (!(template instanceof HTMLTemplateElement)) return [template];
  for (const parent of [template.content, template]) {
    if (parent.textContent?.trim() || parent.childElementCount) return [...parent.childNodes];
  }
  return [];
}

/**
 * A copy of the template with `{names}` replaced; `undefined` if the template is empty.
 *
 * @param {HTMLElement} template
 * @param {Values} values
 * @param {Warn} warn
 * @returns {DocumentFragment | undefined}
 */
export function copyTemplate(template, values, warn) {
  const nodes = nodesOf(template);
  if (!nodes.length) {
    warn("its <template> is empty; put the markup of one item into it");
    return undefined;
  }
  const copy = document.createDocumentFragment();
  copy.append(...nodes.map((node) => document.importNode(node, true)));
  for (const child of copy.querySelectorAll('[slot="item"]')) {
    for (const name of ["slot", "hidden"]) child.removeAttribute(name);
  }
  for (const script of copy.querySelectorAll("script")) {
    script.remove();
    warn("the <script> in its <template> is left out; listen to foldin-results instead");
  }
  fillTree(copy, values, warn);
  return copy;
}

/**
 * @param {Node} node
 * @param {Values} values
 * @param {Warn} warn
 */
function fillTree(node, values, warn) {
  if (node instanceof Element) fillAttributes(node, values, warn);
  if (node instanceof Text) node.data = fill(node.data, values);
  // A style sheet is no text for visitors.
  if (node instanceof Element && node.localName === "style") return;
  for (const child of node.childNodes) fillTree(child, values, warn);
}

/**
 * @param {Element} node
 * @param {Values} values
 * @param {Warn} warn
 */
function fillAttributes(node, values, warn) {
  for (const { name, value } of [...node.attributes]) {
    const filled = fill(value, values);
    if (filled === value) continue;
    const elements = /** @type {Record<string, RegExp>} */ (ADDRESS)[name];
    if (TEXT.test(name)) {
      node.setAttribute(name, filled);
    } else if (elements?.test(node.localName)) {
      const address = name === "srcset" ? fillEncoded(value, values) : fillAddress(value, values);
      if (address === undefined) {
        node.removeAttribute(name);
        warn(`${name}="${value}" in its <template> gives "${filled}", which is no address of a page; it is left out`);
      } else {
        node.setAttribute(name, address);
      }
    } else {
      warn(`${name}="${value}" in its <template> is not filled: it could run what a title contains as code`);
    }
  }
}
