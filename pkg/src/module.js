// The wasm module: started once per thread, and shared by all models of that thread. After a trap it is not used any more.

import * as glue from "../wasm/foldin.js";
import { FoldinError } from "./error.js";

/**
 * The instance of the module, once it was first asked for.
 *
 * @type {Promise<WebAssembly.Instance> | undefined}
 */
let starting;
/** @type {WebAssembly.Memory | undefined} */
let memory;
/**
 * What stopped the module.
 *
 * @type {Error | undefined}
 */
let trap;

/** @param {WebAssembly.Module} module */
export async function startModule(module) {
  starting ??= WebAssembly.instantiate(module, { "./foldin_bg.js": /** @type {any} */ (glue) });
  try {
    const exports = /** @type {any} */ ((await starting).exports);
    if (memory) return;
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start();
    memory = exports.memory;
  } catch (error) {
    starting = undefined;
    throw error;
  }
}

/**
 * Decodes a model.
 *
 * @param {Uint8Array} score
 * @param {Uint8Array} show
 * @returns {any} the module's own object; `free` gives its memory back
 */
export function newModel(score, show) {
  return new glue.FoldinModel(score, show);
}

/** Bytes of memory that the module has taken. */
export function memorySize() {
  return memory?.buffer.byteLength;
}

/** Whether a trap has stopped the module. */
export function isStopped() {
  return trap !== undefined;
}

export function throwIfStopped() {
  if (trap) throw stoppedError("stopped earlier", trap);
}

/**
 * Turns whatever the module threw into a `FoldinError`.
 *
 * @param {any} error
 */
export function toFoldinError(error) {
  if (error instanceof FoldinError) return error;
  if (typeof error?.code === "string") return new FoldinError(error.code, error.message, { cause: error });
  if (error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError) {
    const message = `the wasm module does not start: ${error.message}. Are all files of foldin of one version?`;
    return new FoldinError("wasm-unsupported", message, { cause: error });
  }
  // After a trap or a stack overflow the module's memory is left as it was in the middle of the call.
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    trap = error;
    return stoppedError("has stopped", error);
  }
  return new FoldinError("internal", `the wasm module failed: ${error?.message ?? error}`, { cause: error });
}

/**
 * @param {string} what
 * @param {Error} cause
 */
function stoppedError(what, cause) {
  const message = `the wasm module ${what}: ${cause.message}. Load the model again, or reload the page`;
  return new FoldinError("internal", message, { cause });
}
