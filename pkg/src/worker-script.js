// Starting workers on pages that ask for Trusted Types (https://www.w3.org/TR/trusted-types/).

import { pageWideMap } from "./page-wide.js";

/**
 * @typedef {object} TypePolicy
 * @property {(address: string) => string} createScriptURL gives an object, which is taken where a string is
 */

/** @type {Map<"workers", TypePolicy>} */
const policies = pageWideMap("policies");

/**
 * What `start` gives. Where a page's policy refuses addresses that are plain strings, it is called again with an address
 * that the policy "foldin" vouches for, if the page allows a policy of this name.
 *
 * @param {() => Worker} start
 * @param {(address: string) => Worker} startFrom
 * @param {() => string | URL} address
 */
export function startTrusted(start, startFrom, address) {
  try {
    return start();
  } catch (error) {
    const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy: Function } }} */ (globalThis);
    if (!trustedTypes) throw error;
    const policy = policies.get("workers") ?? trustedTypes.createPolicy("foldin", { createScriptURL: ownHost });
    policies.set("workers", policy);
    return startFrom(policy.createScriptURL(String(address())));
  }
}

/**
 * Whoever else on the page gets hold of the policy can start nothing with it but scripts of the page's own host.
 *
 * @param {string} address
 */
function ownHost(address) {
  if (new URL(address, location.href).origin !== location.origin) throw new TypeError(`${address} is of another host`);
  return address;
}
