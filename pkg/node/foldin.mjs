#!/usr/bin/env node
// The command foldin of npm: runs the program for this machine.

import { spawn } from "node:child_process";
import { constants } from "node:os";
import { program } from "./program.mjs";

let path;
try {
  path = program();
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exit(1);
}
const child = spawn(path, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
// A terminal sends them to the program as well; whoever ends this process alone means the program.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`error: cannot run ${path}: ${error.message}`);
  process.exit(1);
});
child.on("exit", (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));
