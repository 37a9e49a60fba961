// The package `foldin/train`: learns a model from events, in a browser or in Node. train.d.ts documents what every call
// takes, returns and throws.

import { MODULE } from "../wasm/foldin_train.js";
import { endingTogether } from "./abort.js";
import { compileModule, noOwnAddress } from "./compile.js";
import { checkFields, FoldinError, invalid } from "./error.js";
import { ModelCache } from "./model-cache.js";
import { runTask } from "./train/host.js";
import { filesOf } from "./train/sources.js";
import { zip } from "./train/zip.js";

export { FoldinError, zip };

const OPTIONS = "events,items,name,settings,onProgress,signal,worker,wasm,workerUrl".split(",");

/**
 * The compiled module, once it was first asked for, by its address.
 *
 * @type {Map<string, Promise<WebAssembly.Module>>}
 */
const modules = new Map();

/** @type {typeof import("../train.d.ts").read} */
export function read(options) {
  return run("read", options);
}

/** @type {typeof import("../train.d.ts").train} */
export function train(options) {
  return run("train", options);
}

/**
 * @param {"read" | "train"} what
 * @param {import("../train.d.ts").TrainOptions} options
 * @returns {Promise<any>}
 */
async function run(what, options) {
  checkFields("options", options, OPTIONS);
  const { settings, onProgress, signal, worker = "auto", wasm, workerUrl } = options;
  if (!["auto", true, false].includes(worker)) throw invalid("options.worker", worker, `"auto", true or false`);
  if (settings !== undefined && typeof settings !== "string") checkFields("settings", settings, Object.keys(settings));
  // A callback that throws ends everything as well.
  return endingTogether(signal, async (all) => {
    /** @param {import("../train.d.ts").TrainProgress} progress */
    const report = (progress) => {
      try {
        onProgress?.(progress);
      } catch (error) {
        all.abort(error);
      }
      // Without a worker this ends the training; a worker has been ended by now.
      all.signal.throwIfAborted();
    };
    const [module, source] = await Promise.all([loadModule(wasm, report), filesOf(options)]);
    const task = { what, ...source, settings: plainSettings(settings) };
    return runTask({ module, task, worker, workerUrl, report, signal: all.signal });
  });
}

/**
 * Settings as text or as plain data, which a worker can be sent.
 *
 * @param {import("../train.d.ts").Settings | string | undefined} settings
 */
function plainSettings(settings) {
  if (settings === undefined || typeof settings === "string") return settings;
  try {
    return JSON.parse(JSON.stringify(settings));
  } catch (cause) {
    throw new FoldinError("invalid-value", `settings are no plain data: ${/** @type {Error} */ (cause).message}`, {
      cause,
    });
  }
}

/**
 * Fetches and compiles the module once; after a failure the next call tries again.
 *
 * @param {string | URL | undefined} wasm
 * @param {(progress: import("../train.d.ts").TrainProgress) => void} report
 * @returns {Promise<WebAssembly.Module>}
 */
async function loadModule(wasm, report) {
  const url = wasm ? new URL(wasm, globalThis.document?.baseURI ?? globalThis.location?.href) : ownModule();
  const loading = modules.get(url.href) ?? compile(url, report);
  modules.set(url.href, loading);
  try {
    return await loading;
  } catch (error) {
    modules.delete(url.href);
    throw error;
  }
}

/**
 * @param {URL} url
 * @param {(progress: import("../train.d.ts").TrainProgress) => void} report
 */
function compile(url, report) {
  // Others may wait for it, so one caller's signal does not end it.
  const context = {
    cache: new ModelCache(url.href, false),
    signal: new AbortController().signal,
    /** @param {import("../foldin.d.ts").LoadProgress} progress */
    onProgress: (progress) => {
      if (progress.type !== "ready") report({ type: "download", loaded: progress.loaded, total: MODULE.bytes });
    },
  };
  return compileModule({ name: "wasm module", url, ...MODULE }, context);
}

/** The module beside the entries of the package. */
function ownModule() {
  try {
    // Bundlers look for exactly this expression.
    return new URL("./wasm/foldin_train_bg.wasm", import.meta.url);
  } catch (cause) {
    throw noOwnAddress(cause);
  }
}
