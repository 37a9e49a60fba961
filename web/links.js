// Links to other sites: from a data set, so they may be anything.

import { element } from "./dom.js";

/**
 * A link around something, where the address leads to a page of the web; without one just the thing itself. Nothing says
 * where the visitor came from.
 *
 * @param {string | null | undefined} url
 * @param {Node | string} content
 */
export function linked(url, content) {
  const address = webAddress(url);
  if (!address) return content;
  const about = `opens ${address.host.replace(/^www\./, "")} in a new tab`;
  const attributes = { class: "away", href: address.href, target: "_blank", rel: "noopener noreferrer", title: about };
  return element("a", attributes, content);
}

/** @returns {URL | null} */
export function webAddress(url) {
  try {
    const address = new URL(url);
    return ["http:", "https:"].includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
}
