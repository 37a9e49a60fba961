// State that the entries of the package share on a page.

/**
 * A map that all files of this package on a page have in common: every entry is a file of its own, with variables of its
 * own.
 *
 * @template Key, Value
 * @param {string} name
 * @returns {Map<Key, Value>}
 */
export function pageWideMap(name) {
  const page = /** @type {Record<symbol, Map<Key, Value>>} */ (/** @type {unknown} */ (globalThis));
  const key = Symbol.for(`foldin:${name}`);
  page[key] ??= new Map();
  return page[key];
}
