// Where the wasm module runs: in a worker, or on this thread if there can be no worker. Both answer in the same way.

import { MODULE } from "../wasm/foldin.js";
import { wait } from "./abort.js";
import { BUILD, OTHER_BUILD } from "./build.js";
import { Calls } from "./calls.js";
import { compileModule, noOwnAddress } from "./compile.js";
import { closedError, FoldinError } from "./error.js";
import { startTrusted } from "./worker-script.js";

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
export async function fetchModule(url, context) {
  const address = url ?? ownModule();
  const key = `${address}?${MODULE.sha256}`;
  const file = { name: /** @type {const} */ ("wasm module"), url: address, key, ...MODULE };
  return { module: await compileModule(file, context), key, bytes: MODULE.bytes };
}

/** The module beside the entries of the package. */
function ownModule() {
  try {
    // Bundlers look for exactly this expression.
    return new URL("./wasm/foldin_bg.wasm", import.meta.url);
  } catch (cause) {
    throw noOwnAddress(cause, ` and load it with <script type="module">`);
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
    try {
      return await startWorker(url, compiling, fetching, signal).catch((error) => {
        // The script in the browser's HTTP cache is of another version: another address passes the cache by.
        if (error.code !== OTHER_BUILD) throw error;
        return startWorker(`${url ?? ownWorker()}?build=${encodeURIComponent(BUILD)}`, compiling, fetching, signal);
      });
    } catch (cause) {
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
 * @param {string | URL | undefined} url
 * @param {Promise<{ module: WebAssembly.Module }>} compiling
 * @param {Promise<unknown>} fetching
 * @param {AbortSignal} signal
 */
async function startWorker(url, compiling, fetching, signal) {
  const worker = closeOnAbort(new WorkerHost(url), signal);
  try {
    const starting = compiling.then(({ module }) => worker.call("start", [module, BUILD]));
    const failLate = async () => {
      await wait(PATIENCE_MS, signal);
      throw new Error("it does not answer");
    };
    await Promise.race([starting, fetching.then(failLate, () => starting)]);
    return worker;
  } catch (error) {
    worker.close();
    throw error;
  }
}

/** Address of worker.js beside this file, without the expression that bundlers look for. */
function ownWorker() {
  return import.meta.url.replace(/[^/]*$/, "worker.js");
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
  const message = `the worker cannot be started: ${reason}. Is worker.js of the package beside the script that \
loads the model, on the page's own host, and allowed by its worker-src? Bundlers that leave it behind need the option \
"workerUrl"`;
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
    this.#worker = startTrusted(
      () =>
        url
          ? new Worker(url, { type: "module", name: "foldin" })
          : // Bundlers look for exactly this expression.
            new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "foldin" }),
      (address) => new Worker(address, { type: "module", name: "foldin" }),
      () => url ?? ownWorker(),
    );
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
