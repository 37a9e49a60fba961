// Wasm modules of the package: fetched, checked and compiled.

import { FoldinError } from "./error.js";
import { fetchFile } from "./files.js";

/**
 * @param {import("./files.js").ModelFile} file
 * @param {import("./files.js").LoadContext} context
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compileModule(file, context) {
  if (typeof WebAssembly !== "object") {
    throw new FoldinError("wasm-unsupported", "this browser has no WebAssembly");
  }
  const { bytes } = await fetchFile(file, context);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    // The smallest module there is shows whether the page may compile anything at all.
    const isAllowed = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => false);
    const advice = isAllowed
      ? "It needs WebAssembly with SIMD: Chromium 100, Firefox 97, Safari 16.4 or later"
      : "The page's Content-Security-Policy must allow it: script-src 'self' 'wasm-unsafe-eval'";
    const message = `the wasm module cannot be compiled: ${/** @type {Error} */ (cause).message}. ${advice}`;
    throw new FoldinError(isAllowed ? "wasm-unsupported" : "wasm-blocked", message, { url: file.url.href, cause });
  }
}

/**
 * The error of a script that cannot tell its own address, and so not that of the wasm module beside it.
 *
 * @param {unknown} cause
 * @param {string} [loading] how the bundle is to be loaded
 */
export function noOwnAddress(cause, loading = "") {
  const message = `foldin does not know where its wasm module is: the bundle is no ES module, so it has no \
import.meta.url. Build with the output format "esm"${loading}, or give the option "wasm"`;
  return new FoldinError("not-found", message, { cause });
}
