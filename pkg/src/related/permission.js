// Whether the reader and the site agree to remember what is read.

/**
 * Not where the browser sends Global Privacy Control, nor inside of an element with `data-foldin-off`.
 *
 * @param {Element} element
 */
export function mayRemember(element) {
  const { globalPrivacyControl } = /** @type {{ globalPrivacyControl?: boolean }} */ (navigator);
  return globalPrivacyControl !== true && !element.closest("[data-foldin-off]");
}
