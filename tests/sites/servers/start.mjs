// Starting a server, and waiting until it answers.

import { spawn } from "node:child_process";
import { get } from "node:http";

/** Starts a program in the foreground; the function that is returned stops it. */
export async function start(program, args, port) {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  let ended = false;
  child.stderr.on("data", (data) => {
    said += data;
  });
  const end = new Promise((resolve) => {
    child.on("close", () => {
      ended = true;
      resolve(undefined);
    });
  });
  const answers = () =>
    new Promise((resolve) =>
      get({ port, path: "/" }, (response) => resolve(response.resume())).on("error", () => resolve(null)),
    );
  for (let n = 0; !(await answers()); n += 1) {
    if (ended || n > 100) throw new Error(`${program} does not answer\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return async () => {
    child.kill("SIGTERM");
    await end;
  };
}
