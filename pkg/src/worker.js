// The worker: answers the calls of the main thread.

import { BUILD, OTHER_BUILD } from "./build.js";
import { Calls } from "./calls.js";
import { FoldinError } from "./error.js";

const calls = new Calls();

addEventListener("message", async ({ data: { id, name, args } }) => {
  try {
    if (name === "start" && args[1] !== BUILD) {
      throw new FoldinError(OTHER_BUILD, `worker.js is of foldin ${BUILD}, the page of ${args[1]}`);
    }
    postMessage({ id, ...(await calls.call(name, args)) });
  } catch (error) {
    const { code = "internal", message, url, status } = /** @type {FoldinError} */ (error);
    postMessage({ id, error: { code, message, url, status } });
  }
});
