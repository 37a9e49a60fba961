// What to say when a file cannot be had: what is wrong, where, and what to do next. Each kind of file has its own advice,
// since the model comes from "foldin train" and the wasm module from the package.

import { FoldinError } from "./error.js";

/** @typedef {import("./files.js").ModelFile} ModelFile */
/** @typedef {ModelFile["name"]} Name */

const MODEL_RETRY = "Is the site being updated? Try again, or copy the file to the host anew";
const MODEL_MISSING = `Is everything there that "foldin train" wrote? Some hosts answer so for file endings that they do \
not know: allow .foldin there`;
const WASM_MISSING = `The module belongs to the package foldin, not to the model. If a bundler has left it behind, copy \
wasm/foldin_bg.wasm of the package next to the bundle, or name its address with the option "wasm"; Vite 5 to 7 need \
optimizeDeps: { exclude: ["foldin"] } in development`;

/**
 * What to do about a file with other content than expected.
 *
 * @type {Record<Name, string>}
 */
export const RETRY_ADVICE = {
  manifest: MODEL_RETRY,
  "score file": MODEL_RETRY,
  "show file": MODEL_RETRY,
  "users file": MODEL_RETRY,
  "wasm module": `The scripts of foldin and its wasm module are of different versions: the host has only a part of the \
package, or an old copy of the scripts is in the browser's cache. Copy the whole package to the host, then reload`,
};

/**
 * What to do about a file that is not there.
 *
 * @type {Record<Name, string>}
 */
const MISSING_ADVICE = {
  manifest: `Is the address right? It is that of manifest.json in the folder that "foldin train" wrote`,
  "score file": MODEL_MISSING,
  "show file": MODEL_MISSING,
  "users file": MODEL_MISSING,
  "wasm module": WASM_MISSING,
};

/**
 * The host has answered, but not with the file.
 *
 * @param {ModelFile} file
 * @param {Response} response
 */
export function refused({ name, url }, { status, headers }) {
  const isMissing = status === 404 || status === 410;
  const message = `the ${name} could not be read from ${url}: the host answers with HTTP status ${status}`;
  const advice = isMissing ? MISSING_ADVICE[name] : adviceOf(status);
  const seconds = Number(headers.get("retry-after"));
  return new FoldinError(isMissing ? "not-found" : "http", `${message}. ${advice}`, {
    url: url.href,
    status,
    ...(seconds > 0 && { cause: { retryAfter: seconds * 1000 } }),
  });
}

/** @param {number} status */
function adviceOf(status) {
  if (status === 401 || status === 407) return "It asks for a login: make the file public, or log in first";
  if (status === 403) return "It refuses this visitor: look at its access rules, bot checks and hotlink protection";
  if (status === 429) return "It has had too many requests: try again later";
  return "Try again later";
}

/**
 * Whether the host has answered with a web page, as hosts of single-page applications do for every unknown address. To
 * be asked of bytes that are not those of the file: some hosts send any file as text/html.
 *
 * @param {Response} response
 * @param {Uint8Array} bytes
 */
export function isWebPage({ headers }, bytes) {
  const begin = new TextDecoder().decode(bytes.subarray(0, 100)).trimStart();
  return /^<(!doctype|html)/i.test(begin) || Boolean(headers.get("content-type")?.startsWith("text/html"));
}

/**
 * @param {ModelFile} file
 * @param {Response} response
 */
export function webPage({ name, url }, { status }) {
  const message = `the ${name} could not be read from ${url}: the host answers with a web page instead of the file`;
  return new FoldinError("not-found", `${message}. ${MISSING_ADVICE[name]}`, { url: url.href, status });
}

/**
 * There was no answer, or it broke off.
 *
 * @param {ModelFile} file
 * @param {unknown} cause
 */
export function notReachable({ name, url }, cause) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice =
    globalThis.navigator?.onLine === false
      ? "This device is offline, and the file is not cached: connect once"
      : "Try again. Is the host reachable, and do its CORS headers and the page's connect-src allow it?";
  const message = `the ${name} could not be read from ${url}: ${reason}. ${advice}`;
  return new FoldinError("network", message, { url: url.href, cause });
}
