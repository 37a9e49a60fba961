// How the entries of the package define their elements.

/** What elements extend. On a server there are none, and a module that has some must load all the same. */
export const BaseElement = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/**
 * Defines an element, unless the page has done so already: it may import a module twice, from two addresses. On a server
 * there is nothing to define it for.
 *
 * @param {string} name
 * @param {CustomElementConstructor} elementClass
 */
export function define(name, elementClass) {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, elementClass);
}
