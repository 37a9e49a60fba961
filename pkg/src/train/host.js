// Where a task runs: in a worker of its own, which is ended with it, or on this thread. In Node a worker is a thread.

import { unlessAborted } from "../abort.js";
import { BUILD, OTHER_BUILD } from "../build.js";
import { FoldinError } from "../error.js";
import { startTrusted } from "../worker-script.js";
import { columnsOf, perform } from "./task.js";

/**
 * @typedef {object} Run
 * @property {WebAssembly.Module} module
 * @property {import("./task.js").Task} task
 * @property {"auto" | boolean} worker
 * @property {string | URL | undefined} workerUrl
 * @property {(progress: any) => void} report
 * @property {AbortSignal} signal
 */

/**
 * @param {Run} run
 * @returns {Promise<any>}
 */
export async function runTask(run) {
  if (run.worker === false) return perform(run.module, run.task, run.report);
  try {
    return await inWorker(run, run.workerUrl).catch((error) => {
      // The script in the browser's HTTP cache is of another version: another address passes the cache by.
      if (error.code !== OTHER_BUILD) throw error;
      return inWorker(run, `${run.workerUrl ?? ownWorker()}?build=${encodeURIComponent(BUILD)}`);
    });
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error;
    if (run.worker === true) throw workerBlocked(error);
    return perform(run.module, run.task, run.report);
  }
}

/** There is no worker, or its script did not start. */
class NoWorker extends Error {}

/**
 * @param {Run} run
 * @param {string | URL | undefined} url
 */
async function inWorker({ module, task, report, signal }, url) {
  const worker = startWorker(url);
  let hasStarted = false;
  const working = new Promise((resolve, reject) => {
    worker.onMessage(({ type, value }) => {
      hasStarted = true;
      if (type === "done") resolve(value);
      else if (type === "error") {
        reject(Object.assign(new FoldinError(value.code, value.message, value), columnsOf(value)));
      } else if (type === "progress") {
        try {
          report(value);
        } catch (error) {
          reject(error);
        }
      }
    });
    worker.onError((message) => {
      const stopped = new FoldinError("internal", `the worker that trains has stopped: ${message}. Train again`);
      reject(hasStarted ? stopped : new NoWorker(message));
    });
    // The files stay here: should there be no worker, they are read on this thread.
    worker.post({ build: BUILD, module, task });
  });
  try {
    return await unlessAborted(working, signal);
  } finally {
    worker.end();
  }
}

/**
 * @typedef {object} TaskWorker
 * @property {(message: unknown) => void} post
 * @property {(listener: (message: { type: string, value: any }) => void) => void} onMessage
 * @property {(listener: (message: string) => void) => void} onError
 * @property {() => void} end
 */

/**
 * @param {string | URL | undefined} url
 * @returns {TaskWorker}
 */
function startWorker(url) {
  try {
    return typeof Worker === "function" ? webWorker(url) : threadOfNode(url);
  } catch (error) {
    throw new NoWorker(/** @type {Error} */ (error).message);
  }
}

/**
 * @param {string | URL | undefined} url
 * @returns {TaskWorker}
 */
function webWorker(url) {
  const worker = startTrusted(
    () =>
      url
        ? new Worker(url, { type: "module", name: "foldin-train" })
        : // Bundlers look for exactly this expression.
          new Worker(new URL("./train-worker.js", import.meta.url), { type: "module", name: "foldin-train" }),
    (address) => new Worker(address, { type: "module", name: "foldin-train" }),
    () => url ?? import.meta.url.replace(/[^/]*$/, "train-worker.js"),
  );
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.onmessage = ({ data }) => listener(data);
    },
    onError: (listener) => {
      worker.onerror = (event) => {
        // Callers get the error; the console does not need it.
        event.preventDefault();
        listener(event.message ?? "no script");
      };
    },
    end: () => worker.terminate(),
  };
}

/**
 * @param {string | URL | undefined} url
 * @returns {TaskWorker}
 */
function threadOfNode(url) {
  // Asked of the process instead of imported, so that bundlers for browsers see no Node module.
  const { process } = /** @type {{ process?: { getBuiltinModule?: (name: string) => any } }} */ (globalThis);
  const threads = process?.getBuiltinModule?.("node:worker_threads");
  if (!threads) throw new Error("there are no workers here");
  const worker = new threads.Worker(new URL(url ?? ownWorker()));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on("message", listener),
    onError: (listener) => {
      worker.on("error", (/** @type {Error} */ error) => listener(error.message));
    },
    end: () => worker.terminate(),
  };
}

/** Address of train-worker.js beside this file, without the expression that bundlers look for. */
function ownWorker() {
  return import.meta.url.replace(/[^/]*$/, "train-worker.js");
}

/** @param {Error} cause */
function workerBlocked(cause) {
  const message = `the worker cannot be started: ${cause.message}. Is train-worker.js of the package beside the script \
that trains, on the page's own host, and allowed by its worker-src? Bundlers that leave it behind need the option \
"workerUrl"`;
  return new FoldinError("worker-blocked", message, { cause });
}
