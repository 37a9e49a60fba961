// Addresses of items: made of ids from a data set, which must not become scripts.

import { fill } from "./dom.js";

/** Schemes that lead to a page or a message, and run nothing in this one. */
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/**
 * Fills an address such as `recipes/{id}.html`.
 *
 * @param {string} text
 * @param {import("./dom.js").Values} values
 * @returns {string | undefined} `undefined` if the address would run a script or leads nowhere
 */
export function fillAddress(text, values) {
  const address = fillEncoded(text, values);
  return isHarmless(address) ? address : undefined;
}

/**
 * The same, for addresses that run nothing. The slashes of an id stay: where ids are paths, `{id}` is a link. `{url}` is
 * taken as the address that it is.
 *
 * @param {string} text
 * @param {import("./dom.js").Values} values
 */
export function fillEncoded(text, values) {
  // Two slashes would lead to another host.
  const pattern = String(values.id).startsWith("/") ? text.replaceAll("/{id}", "{id}") : text;
  return fill(pattern, values, encode);
}

/**
 * @param {string} value
 * @param {string} name
 */
function encode(value, name) {
  if (name === "url") return value;
  if (name !== "id") return encodeURIComponent(value);
  return encodePath(value.replace(/^\/+/, "/"));
}

/**
 * A path with what URLs treat as special encoded, but for its slashes.
 *
 * @param {string} path
 */
export function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** @param {string} address */
function isHarmless(address) {
  try {
    const { protocol } = new URL(address, document.baseURI);
    // Applications in a shell of their own have pages with other schemes.
    return SCHEMES.includes(protocol) || (protocol === location.protocol && !/^(javascript|data):/.test(protocol));
  } catch {
    return false;
  }
}
