// The worker: answers, one by one, what the main thread asks.

import { Calls } from "./calls.js";

const calls = new Calls();

addEventListener("message", async ({ data: { id, name, args } }) => {
  try {
    postMessage({ id, ...(await calls.ask(name, args)) });
  } catch ({ code = "internal", message, url, status }) {
    postMessage({ id, error: { code, message, url, status } });
  }
});
