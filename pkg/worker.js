// The worker: answers the calls of the main thread.

import { Calls } from "./calls.js";

const calls = new Calls();

addEventListener("message", async ({ data: { id, name, args } }) => {
  try {
    postMessage({ id, ...(await calls.call(name, args)) });
  } catch (error) {
    const { code = "internal", message, url, status } = /** @type {import("./error.js").FoldinError} */ (error);
    postMessage({ id, error: { code, message, url, status } });
  }
});
