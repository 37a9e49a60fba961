// WebKitGTK's MiniBrowser over WebDriver, as much of it as the tests need.

import { spawn } from "node:child_process";
import { createServer } from "node:net";

const DRIVER = process.env.WEBKIT_DRIVER ?? "WebKitWebDriver";
/** Milliseconds between two looks at a condition, and between two tries to reach the driver. */
const INTERVAL_MS = 50;

/** Starts a browser with an empty profile. It needs a display: xvfb-run gives one. */
export async function startWebKit() {
  const port = await freePort();
  const driver = spawn(DRIVER, [`--port=${port}`], { stdio: "ignore" });
  const failed = new Promise((_, reject) => driver.on("error", reject));
  const call = async (method, path, body) => {
    const options = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, options);
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error} ${value.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { args: ["--automation"] } } };
  await Promise.race([
    failed,
    until(() =>
      call("GET", "/status").then(
        () => true,
        () => false,
      ),
    ),
  ]);
  const session = await call("POST", "/session", { capabilities });
  const path = `/session/${session.sessionId}`;
  const run = (script) => call("POST", `${path}/execute/sync`, { script, args: [] });
  return {
    name: `${session.capabilities.browserName} ${session.capabilities.browserVersion}`,
    open: (url) => call("POST", `${path}/url`, { url }),
    /** Runs the body of a function in the page; gives what it returns. */
    run,
    /** Waits until an expression is true in the page. */
    until: (expression) => until(() => run(`return Boolean(${expression});`)),
    async close() {
      await call("DELETE", path).catch(() => {});
      driver.kill();
    },
  };
}

/** The time limit is that of the test. */
async function until(isTrue) {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
