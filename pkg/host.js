// Where the wasm module runs: in a worker, or on this thread if there can be no worker. Both answer in the same way.

import { wait } from "./abort.js";
import { Calls } from "./calls.js";
import { closedError, FoldinError } from "./error.js";
import { fetchFile } from "./files.js";
import { MODULE } from "./wasm/foldin.js";

/** @typedef {Calls | WorkerHost} Host */

/** Milliseconds that the worker may take to start once everything else has arrived. */
const PATIENCE_MS = 4000;

/**
 * Fetches the wasm module and compiles it.
 *
 * @param {URL | undefined} url address of the module, if it is not beside this file
 * @param {import("./files.js").LoadContext} context
 * @returns {Promise<{ module: WebAssembly.Module, key: string, bytes: number }>} with its key in the cache, and its
 * length
 */
export async function fetchModule(url = new URL("./wasm/foldin_bg.wasm", import.meta.url), context) {
  if (typeof WebAssembly !== "object") {
    throw new FoldinError("wasm-unsupported", "this browser has no WebAssembly");
  }
  const key = `${url}?${MODULE.sha256}`;
  const { bytes } = await fetchFile({ name: "wasm module", url, key, ...MODULE }, context);
  try {
    return { module: await WebAssembly.compile(bytes), key, bytes: MODULE.bytes };
  } catch (cause) {
    // The smallest module there is shows whether the page may compile anything at all.
    const isAllowed = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => false);
    const advice = isAllowed
      ? "It needs WebAssembly with SIMD: Chromium 100, Firefox 97, Safari 16.4 or later"
      : "The page's Content-Security-Policy must allow it: script-src 'self' 'wasm-unsafe-eval'";
    const message = `the wasm module cannot be compiled: ${/** @type {Error} */ (cause).message}. ${advice}`;
    throw new FoldinError(isAllowed ? "wasm-unsupported" : "wasm-blocked", message, { url: url.href, cause });
  }
}

/**
 * Starts the worker, and the wasm module in it; if that is not possible, the module on this thread.
 *
 * @param {"auto" | boolean} wanted
 * @param {string | URL | undefined} url address of worker.js, if it is not beside this file
 * @param {Promise<{ module: WebAssembly.Module }>} compiling
 * @param {Promise<unknown>} fetching all other files; the worker's time limit starts when they have arrived
 * @param {AbortSignal} signal closes what was started
 * @returns {Promise<Host>}
 */
export async function startHost(wanted, url, compiling, fetching, signal) {
  // Where there is no document, this is most likely a worker already.
  if (wanted === true || (wanted && globalThis.document)) {
    /** @type {WorkerHost | undefined} */
    let worker;
    try {
      const started = closeOnAbort(new WorkerHost(url), signal);
      worker = started;
      const starting = compiling.then(({ module }) => started.call("start", [module]));
      const failLate = async () => {
        await wait(PATIENCE_MS, signal);
        throw new Error("it does not answer");
      };
      await Promise.race([starting, fetching.then(failLate, () => starting)]);
      return started;
    } catch (cause) {
      worker?.close();
      // If the module cannot be compiled, that is the error to report.
      await compiling;
      if (wanted === true) throw workerBlocked(cause);
    }
  }
  const calls = closeOnAbort(new Calls(), signal);
  await calls.call("start", [(await compiling).module]);
  return calls;
}

/**
 * @template {Host} T
 * @param {T} host
 * @param {AbortSignal} signal
 */
function closeOnAbort(host, signal) {
  signal.addEventListener("abort", () => host.close());
  return host;
}

/** @param {unknown} cause */
function workerBlocked(cause) {
  const { message: reason } = /** @type {Error} */ (cause);
  const message = `the worker cannot be started: ${reason}. Is worker.js beside foldin.js, on the page's own \
host, and allowed by its worker-src?`;
  return new FoldinError("worker-blocked", message, { cause });
}

/** The worker: takes calls like `Calls`, and passes them on as messages with ids. */
class WorkerHost {
  /** @type {Worker} */
  #worker;
  /**
   * Calls without an answer so far, by id.
   *
   * @type {Map<number, { resolve: (answer: import("./calls.js").Result) => void, reject: (error: FoldinError) => void }>}
   */
  #pending = new Map();
  #lastId = 0;
  /**
   * What every call is rejected with once the worker has ended.
   *
   * @type {FoldinError | undefined}
   */
  #end;

  /** @param {string | URL | undefined} url */
  constructor(url) {
    // Bundlers look for exactly this expression.
    this.#worker = url
      ? new Worker(url, { type: "module", name: "foldin" })
      : new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "foldin" });
    this.#worker.onmessage = ({ data: { id, error, ...answer } }) => {
      const call = this.#pending.get(id);
      this.#pending.delete(id);
      if (error) call?.reject(new FoldinError(error.code, error.message, error));
      else call?.resolve(answer);
    };
    this.#worker.onerror = (event) => {
      // Callers get the error; the console does not need it.
      event.preventDefault();
      const message = `the worker has stopped: ${event.message ?? "no script"}. Load the model again`;
      this.#stop(new FoldinError("internal", message));
    };
  }

  /**
   * Like `Calls.call`. Files are transferred without a copy: their arrays are empty here afterwards.
   *
   * @param {string} name
   * @param {unknown[]} args
   * @returns {Promise<import("./calls.js").Result>}
   */
  call(name, args) {
    return new Promise((resolve, reject) => {
      if (this.#end) throw this.#end;
      this.#lastId += 1;
      const files = args.filter((each) => each instanceof Uint8Array).map(({ buffer }) => buffer);
      this.#worker.postMessage({ id: this.#lastId, name, args }, files);
      this.#pending.set(this.#lastId, { resolve, reject });
    });
  }

  close() {
    this.#stop(closedError());
  }

  /** @param {FoldinError} error */
  #stop(error) {
    this.#end ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
