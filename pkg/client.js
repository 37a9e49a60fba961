// The worker as the main thread sees it: asked like `Calls`, over messages with ids.

import { FoldinError, closed } from "./error.js";

export class WorkerClient {
  #worker;
  /** The calls that were not answered yet, by id. */
  #waiting = new Map();
  #lastId = 0;
  /** What every call is rejected with from now on. */
  #end;

  /** Starts the worker; that it could not be started is told by the first call. */
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
    this.#worker.onmessageerror = this.#worker.onerror = (event) => {
      // It is told to whoever asks.
      event.preventDefault();
      const what = event.message || "its script cannot be loaded or is not allowed";
      this.#stop(new FoldinError("internal", `foldin's worker has stopped: ${what}. Load the model again`));
    };
  }

  /** As `Calls.ask`; what is in `transfer` goes over without a copy. */
  ask(name, args, transfer = []) {
    return new Promise((resolve, reject) => {
      if (this.#end) throw this.#end;
      const id = ++this.#lastId;
      this.#worker.postMessage({ id, name, args }, transfer);
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
