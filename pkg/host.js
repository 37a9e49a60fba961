// Who answers the calls: the worker, or this thread where there can be none. Both are asked in the same way.

import { Calls } from "./calls.js";
import { fetchFile, wait } from "./download.js";
import { FoldinError, closed } from "./error.js";
import { MODULE } from "./wasm/foldin.js";

/** How long the worker may take to start once everything else is there. */
const PATIENCE_MS = 4000;

/**
 * Fetches the wasm module and compiles it, to be started by whoever answers.
 *
 * @param {URL} [url] where the module lies, if not beside this file
 * @returns {Promise<{ module: WebAssembly.Module, key: string, bytes: number }>} `key`: under which it is kept; `bytes`:
 * its length
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
    // Whether the page may compile anything at all is asked with the smallest module there is.
    const allowed = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => false);
    const advice = allowed
      ? "It takes WebAssembly with SIMD: Chromium 100, Firefox 97, Safari 16.4 or later"
      : "The page's Content-Security-Policy must allow it: script-src 'self' 'wasm-unsafe-eval'";
    const message = `the wasm module cannot be compiled: ${cause.message}. ${advice}`;
    throw new FoldinError(allowed ? "wasm-unsupported" : "wasm-blocked", message, { url: url.href, cause });
  }
}

/**
 * Starts the worker at once, and the wasm module in it; where that is not possible, on this thread. Gives whom to ask.
 *
 * @param {"auto" | boolean} wanted
 * @param {string | URL} [url] where worker.js lies, if not beside this file
 * @param {Promise<{ module: WebAssembly.Module }>} compiling
 * @param {Promise} fetching everything else; the worker's time runs from then
 * @param {AbortSignal} signal closes what was started
 */
export async function startHost(wanted, url, compiling, fetching, signal) {
  // What has no document is no page, and most likely a worker already.
  if (wanted === true || (wanted && globalThis.document)) {
    let worker;
    try {
      worker = closing(new WorkerHost(url), signal);
      const started = compiling.then(({ module }) => worker.ask("start", [module]));
      const late = async () => {
        await wait(PATIENCE_MS, signal);
        throw new Error("it does not answer");
      };
      await Promise.race([started, fetching.then(late, () => started)]);
      return worker;
    } catch (cause) {
      worker?.close();
      // It may not be the worker's fault.
      await compiling;
      if (wanted === true) throw blocked(cause);
    }
  }
  const calls = closing(new Calls(), signal);
  await calls.ask("start", [(await compiling).module]);
  return calls;
}

function closing(host, signal) {
  signal.addEventListener("abort", () => host.close());
  return host;
}

function blocked(cause) {
  const message = `the worker cannot be started: ${cause.message}. Is worker.js beside foldin.js, on the page's own \
host, and allowed by its worker-src?`;
  return new FoldinError("worker-blocked", message, { cause });
}

/** The worker, asked like `Calls`, over messages with ids. */
class WorkerHost {
  #worker;
  /** The calls that were not answered yet, by id. */
  #waiting = new Map();
  #lastId = 0;
  /** What every call is rejected with from now on. */
  #end;

  constructor(url) {
    // Bundlers look for these words.
    this.#worker = url
      ? new Worker(url, { type: "module", name: "foldin" })
      : new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "foldin" });
    this.#worker.onmessage = ({ data: { id, error, ...answer } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new FoldinError(error.code, error.message, error));
      else resolve(answer);
    };
    this.#worker.onerror = (event) => {
      // It is told to whoever asks.
      event.preventDefault();
      const message = `the worker has stopped: ${event.message ?? "no script"}. Load the model again`;
      this.#stop(new FoldinError("internal", message));
    };
  }

  /** As `Calls.ask`; files go over without a copy, and are empty here after that. */
  ask(name, args) {
    return new Promise((resolve, reject) => {
      if (this.#end) throw this.#end;
      const id = ++this.#lastId;
      const files = args.filter((each) => each instanceof Uint8Array).map(({ buffer }) => buffer);
      this.#worker.postMessage({ id, name, args }, files);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  close() {
    this.#stop(closed());
  }

  #stop(error) {
    this.#end ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
