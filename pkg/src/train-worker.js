// The worker that trains: one task, and then the page ends it. In Node it is a thread.

import { BUILD, OTHER_BUILD } from "./build.js";
import { FoldinError } from "./error.js";
import { columnsOf, perform } from "./train/task.js";

const { process } = /** @type {{ process?: { getBuiltinModule?: (name: string) => any } }} */ (globalThis);
/** @type {{ postMessage: (message: unknown, transfer?: Transferable[]) => void, on?: Function }} */
const port = process?.getBuiltinModule?.("node:worker_threads")?.parentPort ?? globalThis;

/** @param {{ build: string, module: WebAssembly.Module, task: import("./train/task.js").Task }} message */
async function answer({ build, module, task }) {
  try {
    if (build !== BUILD) {
      throw new FoldinError(OTHER_BUILD, `train-worker.js is of foldin ${BUILD}, the page of ${build}`);
    }
    const value = await perform(module, task, (progress) => port.postMessage({ type: "progress", value: progress }));
    const files = /** @type {Record<string, Uint8Array<ArrayBuffer>>} */ (value.files ?? {});
    port.postMessage({ type: "done", value }, [...new Set(Object.values(files).map(({ buffer }) => buffer))]);
  } catch (error) {
    const { code = "internal", message } = /** @type {FoldinError} */ (error);
    port.postMessage({ type: "error", value: { code, message, ...columnsOf(/** @type {any} */ (error)) } });
  }
}

// Where it is imported by mistake, and no worker, it does nothing.
if (port.on) port.on("message", answer);
else globalThis.addEventListener?.("message", ({ data }) => answer(data));
