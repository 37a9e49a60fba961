// The wasm module, fetched and compiled: to be started on the main thread or in the worker.

import { FoldinError } from "./error.js";
import { fetchFile } from "./download.js";
import { MODULE } from "./wasm/module.js";

/**
 * @param {URL} [url] where the module lies, if not beside this file
 * @returns {Promise<{ module: WebAssembly.Module, key: string }>} `key`: under which it is kept
 */
export async function fetchEngine(url = new URL("./wasm/foldin_bg.wasm", import.meta.url), context) {
  if (typeof WebAssembly !== "object") {
    throw new FoldinError("wasm-unsupported", "this browser has no WebAssembly, or has it switched off; foldin needs it");
  }
  const key = `${url}?${MODULE.sha256}`;
  const { bytes } = await fetchFile({ name: "wasm module", url, key, ...MODULE }, context);
  return { module: await compile(bytes, url.href), key };
}

async function compile(bytes, url) {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw (await mayCompile())
      ? new FoldinError(
          "wasm-unsupported",
          `this browser cannot run ${url}: ${cause.message}. It needs WebAssembly with SIMD (Chromium 100, Firefox 97, \
Safari 16.4 or later)`,
          { url, cause },
        )
      : new FoldinError(
          "wasm-blocked",
          `the page's Content-Security-Policy does not allow WebAssembly. Add 'wasm-unsafe-eval' to it: \
script-src 'self' 'wasm-unsafe-eval'`,
          { url, cause },
        );
  }
}

/** Whether the page may compile wasm at all, asked with the smallest module there is. */
async function mayCompile() {
  try {
    await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    return true;
  } catch {
    return false;
  }
}
