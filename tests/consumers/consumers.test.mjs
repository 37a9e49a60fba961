// The package as others get it: packed, installed without a network, used from a script tag, Vite, webpack, esbuild,
// Node and a worker of the site's own. What recommends in Node recommends the same everywhere.
// FOLDIN_MODEL names a model's folder (default: target/test-model), CHROMIUM the browser.
// node --test tests/consumers/consumers.test.mjs

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import webpack from "webpack";
import { holdTimeouts } from "../browser/held-timeouts.js";
import { install, launch, MODEL, serveWithModel } from "./install.mjs";

const run = promisify(execFile);

let root;
let installed;
let remove;
let expected;
let browser;

before(async () => {
  ({ root, installed, remove } = await install());
  expected = (
    await run(process.execPath, ["node/main.mjs", join(MODEL, "manifest.json")], { cwd: root })
  ).stdout.trim();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await remove?.();
});

/** Serves a folder with the model in it, opens it, and gives what the consumer wrote into the page. */
async function answerOf(t, folder) {
  const site = await serveWithModel(folder);
  t.after(() => site.close());
  const page = await browser.newPage();
  t.after(() => page.close());
  // However slow the machine is, it is the worker that answers.
  await holdTimeouts(page);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  page.on(
    "response",
    (response) => response.status() >= 400 && !/favicon/.test(response.url()) && complaints.push(response.url()),
  );
  await page.goto(site.url);
  await page
    .waitForFunction(() => document.body?.dataset.first, null, { timeout: 60_000 })
    .catch((error) => {
      throw new Error(`${error.message}; ${complaints.join("; ")}`);
    });
  assert.deepEqual(complaints, []);
  return page.evaluate(() => ({ ...document.body.dataset }));
}

test("Node reads a model from disk", async () => {
  assert.match(expected, /^\S+$/);
});

test("Node is told what to pass instead of a path, a folder and no address", async () => {
  const script = `import { load } from "foldin";
    import { Profile } from "foldin/profile";
    import { pathToFileURL } from "node:url";
    const calls = [
      () => load("C:\\\\site\\\\manifest.json"),
      () => load(pathToFileURL(process.argv[1] + "/")),
      async () => new Profile({ key: null }).toLink(),
    ];
    for (const call of calls) console.log(await call().catch(({ name, code, message }) => [name, code, message].join(" ")));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script, "--", MODEL], { cwd: root });
  const [path, folder, link] = stdout.trim().split("\n");
  assert.match(path, /^FoldinError invalid-value .*pathToFileURL/);
  assert.match(folder, /^FoldinError not-found .*manifest\.json/);
  assert.match(link, /^FoldinError invalid-value .*outside of a page/);
});

test("the package holds what it names, and nothing else", async () => {
  const { exports } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  for (const target of Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  )) {
    if (!target.includes("*")) await readFile(join(installed, target));
  }
  const { resolve } = createRequire(join(root, "index.js"));
  for (const name of ["foldin/wasm/foldin_bg.wasm", "foldin/worker.js"]) assert.ok(resolve(name).startsWith(installed));
});

test("a script tag, without any build", async (t) => {
  await cp(installed, join(root, "script/foldin"), { recursive: true });
  assert.deepEqual(await answerOf(t, join(root, "script")), { first: expected, worker: "true" });
});

test("inside a worker of the site's own", async (t) => {
  await cp(installed, join(root, "own-worker/foldin"), { recursive: true });
  assert.deepEqual(await answerOf(t, join(root, "own-worker")), { first: expected, worker: "false" });
});

test("Vite", async (t) => {
  await vite({ root: join(root, "vite"), base: "./", logLevel: "warn", configFile: false });
  assert.deepEqual(await answerOf(t, join(root, "vite/dist")), { first: expected, worker: "true" });
});

test("webpack 5", async (t) => {
  const compiler = webpack({
    mode: "production",
    context: join(root, "webpack"),
    entry: "./main.js",
    output: { path: join(root, "webpack/dist") },
  });
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  assert.equal(stats.hasErrors(), false, stats.toString("errors-only"));
  await cp(join(root, "webpack/index.html"), join(root, "webpack/dist/index.html"));
  assert.deepEqual(await answerOf(t, join(root, "webpack/dist")), { first: expected, worker: "true" });
});

test("esbuild, with the worker as an entry of its own and a copy of the wasm module", async (t) => {
  const outdir = join(root, "esbuild/dist");
  const entryPoints = { main: "main.js", "foldin-worker": "foldin/worker.js" };
  await esbuild({
    absWorkingDir: join(root, "esbuild"),
    entryPoints,
    bundle: true,
    format: "esm",
    minify: true,
    outdir,
    logLevel: "error",
  });
  await cp(join(installed, "wasm/foldin_bg.wasm"), join(outdir, "foldin_bg.wasm"));
  await cp(join(root, "esbuild/index.html"), join(outdir, "index.html"));
  assert.deepEqual(await answerOf(t, outdir), { first: expected, worker: "true" });
});

test("a bundler takes what is used: elements stay, and a profile alone brings no loader", async () => {
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: root };
    const { outputFiles } = await esbuild({
      stdin,
      bundle: true,
      format: "esm",
      minify: true,
      write: false,
      logLevel: "error",
    });
    return outputFiles[0].text;
  };
  assert.match(await bundled(`import "foldin/element";`), /foldin-recommendations/);
  assert.equal(await bundled(`import { load } from "foldin";`), "");
  const profile = await bundled(`import { Profile } from "foldin/profile"; console.log(new Profile());`);
  assert.doesNotMatch(profile, /WebAssembly/);
});
