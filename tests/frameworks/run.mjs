// The package in every bundler and framework of cases.mjs: installed from the registry, built, and opened in Chromium.
//
//   node tests/frameworks/run.mjs [NAME...]    such as "vite" or "next"; all without a name

import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { serveSite } from "../browser/site-server.js";
import { install, launch, MODEL } from "../consumers/install.mjs";
import { CASES } from "./cases.mjs";

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

const names = process.argv.slice(2);
const cases = CASES.filter(({ name }) => !names.length || names.some((part) => name.includes(part)));
const { root, remove } = await install();
const browser = await launch();
let failures = 0;
for (const each of cases) {
  const begin = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "foldin-frameworks-"));
  try {
    const result = await check(each, folder);
    print(each.name, begin, result);
  } catch (error) {
    failures += 1;
    print(each.name, begin, `FAILED: ${(error.stdout ?? "").slice(-1500)} ${error.stderr ?? ""} ${error.message}`);
  }
  await rm(folder, { recursive: true, force: true });
}
await browser.close();
await remove();
console.log(failures ? `${failures} of ${cases.length} failed` : `all ${cases.length} passed`);
process.exitCode = failures ? 1 : 0;

function print(name, begin, result) {
  console.log(`${name.padEnd(22)} ${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s  ${result}`);
}

async function check({ packages, files, build, dev, run: program }, folder) {
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--omit=peer"];
  await run("npm", ["install", ...quiet, join(root, "foldin.tgz"), ...packages], { cwd: folder });
  const shell = (command) => run("sh", ["-c", command], { cwd: folder, env: environment(), maxBuffer: 2 ** 26 });
  if (program) {
    await shell(program);
    return "passes";
  }
  await cp(MODEL, join(folder, dev ? "public/model" : "dist/model"), { recursive: true });
  if (dev) return served(await startServer(dev, folder));
  await shell(`rm -rf dist && ${build}`);
  await cp(MODEL, join(folder, "dist/model"), { recursive: true });
  const site = await serveSite(join(folder, "dist"), "/");
  return served({ url: site.url, stop: site.close });
}

function environment() {
  return { ...process.env, FOLDIN_MODEL: MODEL, NEXT_TELEMETRY_DISABLED: "1", ASTRO_TELEMETRY_DISABLED: "1", CI: "1" };
}

/** Starts a development server and waits until it answers. */
async function startServer(command, folder) {
  const port = await freePort();
  const [program, ...args] = command.replace("PORT", port).split(" ");
  const server = spawn(program, args, { cwd: folder, env: environment(), stdio: "ignore", detached: true });
  const url = `http://localhost:${port}/`;
  const end = performance.now() + TIMEOUT_MS;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > end) throw new Error(`${command} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // npx starts the server as a child of its own.
  return { url, stop: () => process.kill(-server.pid) };
}

/** Opens the page: the element shows three rows, and a call of the model gives three items. */
async function served({ url, stop }) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // The answers below name the address.
    if (message.type() === "error" && !message.text().startsWith("Failed to load")) complaints.push(message.text());
  });
  page.on("response", (response) => {
    const isIcon = response.url().endsWith("/favicon.ico");
    if (response.status() >= 400 && !isIcon) complaints.push(`HTTP ${response.status()} ${response.url()}`);
  });
  try {
    await page.goto(url);
    await page.waitForFunction(
      () => {
        const element = document.querySelector("foldin-recommendations");
        const rows = element?.shadowRoot?.querySelectorAll("[part=list] > li").length;
        return element?.state === "ready" && rows === 3 && document.body.dataset.items === "3";
      },
      null,
      { timeout: TIMEOUT_MS },
    );
    const worker = await page.evaluate(() => document.body.dataset.worker);
    if (complaints.length) throw new Error(complaints.join("; "));
    return `element and calls work, worker: ${worker}`;
  } catch (error) {
    throw new Error(`${error.message} ${complaints.join("; ")}`);
  } finally {
    await page.close();
    await stop();
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
