// The program from npm: packed, installed into an empty folder without a network, and run with npx as a newcomer would.
// FOLDIN_PROGRAM_BUILT names the program to pack (default: target/debug/foldin).
// node --test tests/install/npm.test.mjs

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { events } from "./events.mjs";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MACHINE = `${process.platform}-${process.arch}`;
const { version } = JSON.parse(await readFile(join(ROOT, "pkg/package.json"), "utf8"));
const OFFLINE = ["--offline", "--no-audit", "--no-fund"];

let folder;
let bin;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "foldin-npm-"));
  const built = resolve(process.env.FOLDIN_PROGRAM_BUILT ?? join(ROOT, "target/debug/foldin"));
  const program = join(folder, "foldin");
  // Symbols for debugging are nine tenths of it.
  await run("strip", ["-o", program, built]);
  await run("node", ["scripts/build-npm.mjs", `${MACHINE}=${program}`], { cwd: ROOT });
  await rm(program);
  const tarballs = [`foldin-${version}.tgz`, `foldin-cli-${MACHINE}-${version}.tgz`];
  await writeFile(join(folder, "package.json"), "{}");
  await run("npm", ["install", ...OFFLINE, ...tarballs.map((name) => join(ROOT, "target/npm", name))], { cwd: folder });
  bin = join(folder, "node_modules/foldin/node/foldin.mjs");
});

after(() => rm(folder, { recursive: true, force: true }));

const npx = (...args) => run("npx", ["--offline", "foldin", ...args], { cwd: folder });

test("npx trains from a CSV file and builds a site", async () => {
  await writeFile(join(folder, "events.csv"), events());
  const { stdout } = await npx("--version");
  assert.equal(stdout.trim(), `foldin ${version}`);
  await npx("train", "events.csv", "--no-auto", "--quiet");
  await npx("build", "--out", "site");
  const site = await readdir(join(folder, "site"), { recursive: true });
  for (const name of ["index.html", "foldin/foldin.js", "foldin/wasm/foldin_bg.wasm", "model/manifest.json"]) {
    assert.ok(site.includes(name), `${name} is not in ${site.join(" ")}`);
  }
});

test("what the program says and its exit status come through", async () => {
  const wrong = await npx("train", "no-such-file.csv").catch((error) => error);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /no-such-file\.csv/);
  const unknown = await npx("no-such-command").catch((error) => error);
  assert.equal(unknown.code, 2);
});

test("whoever ends npx ends the program", async () => {
  const server = spawn(process.execPath, [bin, "serve", "site", "--port", "0"], { cwd: folder });
  const [address] = await once(createInterface(server.stdout), "line");
  const url = /http:\/\/[^\s/]+\//.exec(address)[0];
  assert.equal((await fetch(`${url}files.json`)).status, 200);
  server.kill("SIGTERM");
  const [status] = await once(server, "exit");
  assert.equal(status, 128 + 15);
  await assert.rejects(fetch(`${url}files.json`));
});

test("a build script, Astro and Eleventy put lists into the pages", async () => {
  const page = (n) =>
    `<html lang="en"><title>Page ${n} about sails and the sea</title><main><h1>Page ${n}</h1><p>Sails, the sea, ${n}.</p></main></html>`;
  const script = `import { pathToFileURL } from "node:url";
    import { site } from "foldin/site";
    import astro from "foldin/astro";
    import eleventy from "foldin/eleventy";
    await site("public-script", { k: 2, log: ["visits.log"], quiet: true });
    const { hooks } = astro({ k: 2, quiet: true });
    hooks["astro:config:done"]({ config: { base: "/blog" } });
    await hooks["astro:build:done"]({ dir: pathToFileURL("public-astro/") });
    const listeners = {};
    eleventy({ pathPrefix: "/", on: (event, listener) => { listeners[event] = listener; } }, { k: 2, quiet: true });
    listeners["eleventy.before"]();
    const directories = { output: "public-eleventy" };
    await listeners["eleventy.after"]({ directories, runMode: "serve" });
    await listeners["eleventy.after"]({ directories, runMode: "build" });
    await site("no-such-folder").catch((error) => console.log(error.message));`;
  const visit = (visitor, n) =>
    `192.0.2.${visitor} - - [01/May/2024:10:0${n}:00 +0000] "GET /page-${n}.html HTTP/1.1" 200 900 "-" "Firefox/115.0"`;
  const visits = Array.from({ length: 40 }, (_, visitor) => [0, 1, 2].map((n) => visit(visitor, (visitor + n) % 8)));
  await writeFile(join(folder, "visits.log"), `${visits.flat().join("\n")}\n`);
  for (const way of ["script", "astro", "eleventy"]) {
    await mkdir(join(folder, `public-${way}`));
    for (let n = 0; n < 8; n++) await writeFile(join(folder, `public-${way}/page-${n}.html`), page(n));
  }
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
  assert.match(stdout, /foldin site no-such-folder ended with status 1/);
  for (const way of ["script", "astro", "eleventy"]) {
    const html = await readFile(join(folder, `public-${way}/page-3.html`), "utf8");
    const [, list] = html.split("<!--foldin-->");
    assert.equal(list?.match(/<a href=/g).length, 2, way);
  }
});

test("without a program for the machine, other ways are named", async (t) => {
  const alone = await mkdtemp(join(tmpdir(), "foldin-npm-"));
  t.after(() => rm(alone, { recursive: true, force: true }));
  await writeFile(join(alone, "package.json"), "{}");
  const tarball = join(ROOT, "target/npm", `foldin-${version}.tgz`);
  await run("npm", ["install", ...OFFLINE, "--omit=optional", tarball], { cwd: alone });
  const script = join(alone, "node_modules/foldin/node/foldin.mjs");
  const missing = await run(process.execPath, [script, "--version"]).catch((error) => error);
  assert.equal(missing.code, 1);
  for (const part of [
    `@foldin/cli-${MACHINE}@${version}`,
    "pip install foldin",
    "cargo install foldin",
    "foldin/train",
  ]) {
    assert.ok(missing.stderr.includes(part), missing.stderr);
  }
  const strange = ["--import", "data:text/javascript,Object.defineProperty(process,'arch',{value:'pdp11'})"];
  const refused = await run(process.execPath, [...strange, script, "--version"]).catch((error) => error);
  assert.match(refused.stderr, /no program for linux-pdp11/);
  const env = { ...process.env, FOLDIN_PROGRAM: join(folder, `node_modules/@foldin/cli-${MACHINE}/bin/foldin`) };
  const { stdout } = await run(process.execPath, [script, "--version"], { env });
  assert.equal(stdout.trim(), `foldin ${version}`);
  const nowhere = { ...process.env, FOLDIN_PROGRAM: "/no/such/program" };
  const wrong = await run(process.execPath, [script], { env: nowhere }).catch((error) => error);
  assert.match(wrong.stderr, /FOLDIN_PROGRAM names \/no\/such\/program/);
});

test("all packages have one version", async () => {
  const { optionalDependencies } = JSON.parse(await readFile(join(ROOT, "pkg/package.json"), "utf8"));
  assert.deepEqual([...new Set(Object.values(optionalDependencies))], [version]);
  const manifest = await readFile(join(ROOT, "Cargo.toml"), "utf8");
  const versions = [...manifest.matchAll(/^(?:version = |foldin-.*path = .*version = )"([^"]+)"/gm)].map(
    ([, one]) => one,
  );
  assert.ok(versions.length > 5);
  assert.deepEqual([...new Set(versions)], [version]);
});
