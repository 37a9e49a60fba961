// After an update of the package, the browser's HTTP cache may still hold scripts of the version before, for as long as
// the host allows. They notice it by what does not fit: a wasm module or a manifest of another version. Then the scripts
// are fetched anew past the cache, and those of the host take over.

import { BUILD } from "./build.js";

/** The first line of every script of the package. */
const BANNER = /^\/\*! foldin (\S+ \w+) \*\//;
/** How the files are called as the package names them. Bundlers give their files other names, and other contents. */
const OWN_FILE = /\/(element|foldin|picker|profile|recommendations|service-worker)\.js$/;

/**
 * Whether an error may come from scripts that are older than the rest.
 *
 * @param {any} error
 */
export function isOfAnotherVersion(error) {
  const { code, url } = error ?? {};
  if (code === "newer-format" || code === "wasm-unsupported") return true;
  return /wrong-length|damaged|not-found/.test(code) && /\.wasm([?#]|$)/.test(url);
}

/**
 * The host's `foldin.js`, if it is of another build than this one. The HTTP cache has the new scripts afterwards.
 *
 * @returns {Promise<typeof import("./foldin.js") | undefined>}
 */
export async function newerScripts() {
  try {
    const { origin, pathname } = new URL(import.meta.url);
    if (!OWN_FILE.test(pathname)) return undefined;
    const own = origin + pathname;
    const address = new URL("foldin.js", own).href;
    const [script] = await Promise.all([...new Set([address, own])].map(fetchFresh));
    const [, build] = BANNER.exec(script) ?? [];
    if (!build || build === BUILD) return undefined;
    // Under an address of its own: the page has the old module already.
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ `${address}?build=${encodeURIComponent(build)}`);
  } catch {
    // Such as a service worker, which cannot import later, or a file that is not there.
    return undefined;
  }
}

/** @param {string} url */
async function fetchFresh(url) {
  const response = await fetch(url, { cache: "reload" });
  return response.ok ? response.text() : "";
}
