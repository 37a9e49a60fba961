// The wasm module: started once a page, shared by all models, and given up if it ever stops in the middle of a call.

import start, { FoldinModel } from "./wasm/foldin.js";
import { FoldinError } from "./error.js";
import { fetchFile } from "./files.js";

const WASM_URL = new URL("./wasm/foldin_bg.wasm", import.meta.url);

/** The started module's length in bytes, once somebody has asked for it. */
let started;
/** What stopped the module. */
let trap;

/** Fetches and starts the wasm module; gives its length in bytes. */
export async function startEngine(context) {
  if (!started) {
    const bytes = await fetchFile({ name: "wasm module", url: WASM_URL, cache: "no-cache" }, context);
    // Between this check and the assignment nothing else runs: the module is never started twice.
    started ??= instantiate(bytes).catch((error) => {
      started = undefined;
      throw error;
    });
  }
  return started;
}

async function instantiate(bytes) {
  const url = WASM_URL.href;
  if (typeof WebAssembly !== "object") {
    throw new FoldinError("wasm-unsupported", "this browser has no WebAssembly, or has it switched off; foldin needs it");
  }
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "\0asm") {
    const message = `${url} is not a wasm module: the host answers with something else. Copy the package's wasm \
directory there, beside foldin.js`;
    throw new FoldinError("damaged", message, { url });
  }
  try {
    await start({ module_or_path: bytes });
  } catch (cause) {
    throw (await mayCompile())
      ? new FoldinError(
          "wasm-unsupported",
          `this browser cannot run ${url}: ${cause.message}. It needs WebAssembly with SIMD (Chromium 100, Firefox 97, \
Safari 16.4 or later), and glue and module of one version`,
          { url, cause },
        )
      : new FoldinError(
          "wasm-blocked",
          `the page's Content-Security-Policy does not allow WebAssembly. Add 'wasm-unsafe-eval' to it: \
script-src 'self' 'wasm-unsafe-eval'`,
          { url, cause },
        );
  }
  return bytes.length;
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

/**
 * Calls into the wasm module, and makes a `FoldinError` of whatever it throws.
 *
 * @template T
 * @param {() => T} what
 * @returns {T}
 */
export function call(what) {
  if (trap) throw stopped("stopped earlier");
  try {
    return what();
  } catch (error) {
    if (typeof error?.code === "string") throw new FoldinError(error.code, error.message, { cause: error });
    // A trap, or an exhausted stack, leaves the module's memory as it was in the middle of the call.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      trap = error;
      throw stopped("has stopped");
    }
    throw new FoldinError("internal", `the wasm module failed: ${error?.message ?? error}`, { cause: error });
  }
}

function stopped(what) {
  const message = `the wasm module ${what} (${trap.message}) and cannot be used any more; reload the page. This is an \
error in foldin: please report it`;
  return new FoldinError("internal", message, { cause: trap });
}

/** Decodes a model. */
export function createModel(score, show) {
  return call(() => new FoldinModel(score, show));
}

/** Gives a model's memory back; a stopped module has none to give. */
export function freeModel(model) {
  if (!trap) model.free();
}
