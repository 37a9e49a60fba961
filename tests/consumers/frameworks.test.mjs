// The packed package in React 19 and Vue 3, as bundles of esbuild: properties of every kind, templates, hydration.
// FOLDIN_MODEL names a model's folder (default: target/test-model), CHROMIUM the browser.
// node --test tests/consumers/frameworks.test.mjs

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { install, launch, NODE_MODULES, serveWithModel } from "./install.mjs";

const run = promisify(execFile);
let root;
let browser;
let remove;
before(async () => {
  ({ root, remove } = await install());
  for (const name of ["react", "react-dom", "scheduler", "vue", "@vue", "@types", "csstype"]) {
    await symlink(join(NODE_MODULES, name), join(root, "node_modules", name));
  }
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await remove?.();
});

/** Bundles a consumer with its worker and module beside it, as the guide says. */
async function bundled(name, options = {}, outdir = join(root, name, "dist")) {
  const entryPoints = { main: join(root, name, "main.js"), worker: join(root, "node_modules/foldin/worker.js") };
  const define = {
    "process.env.NODE_ENV": '"development"',
    __VUE_OPTIONS_API__: "true",
    __VUE_PROD_DEVTOOLS__: "false",
  };
  define.__VUE_PROD_HYDRATION_MISMATCH_DETAILS__ = "true";
  await build({ entryPoints, bundle: true, format: "esm", outdir, define, logLevel: "error", ...options });
  await cp(join(root, "node_modules/foldin/wasm"), join(outdir, "wasm"), { recursive: true });
  await cp(join(root, name, "index.html"), join(outdir, "index.html"));
  return outdir;
}

/** Opens a bundled consumer; gives the page, and what it complains about. */
async function open(t, folder) {
  const site = await serveWithModel(folder);
  t.after(() => site.close());
  const page = await browser.newPage();
  t.after(() => page.close());
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(site.url);
  return { page, complaints };
}

const rowsOf = (id) => `document.querySelector("${id}")?.shadowRoot?.querySelectorAll("[part=list] > li").length`;

/** Waits until the element is ready with so many rows. */
function shows(page, id, n) {
  return page.waitForFunction(`document.querySelector("${id}")?.state === "ready" && ${rowsOf(id)} === ${n}`);
}

/** The texts of the cards of the application's own template. */
function cards(page) {
  return page.evaluate(() =>
    [...document.querySelector("#cards").shadowRoot.querySelectorAll("[part=copy]")].map(
      (copy) => copy.shadowRoot.querySelector("article.card").textContent,
    ),
  );
}

async function behavesInAFramework(page) {
  await shows(page, "#list", 3);
  await shows(page, "#cards", 2);
  for (const text of await cards(page)) assert.ok(text && !text.includes("{"), text);
  await page.click("#more");
  await shows(page, "#list", 4);
  const { retry, controls } = await page.evaluate(() => {
    const list = document.querySelector("#list");
    return { retry: list.texts.retry, controls: list.shadowRoot.querySelectorAll("[part=control]").length };
  });
  assert.deepEqual({ retry, controls }, { retry: "Again", controls: 12 });
  await page.waitForSelector("#hook[data-state=ready]");
}

test("React 19: properties, templates and the hook", async (t) => {
  const { page, complaints } = await open(t, await bundled("react"));
  await behavesInAFramework(page);
  const before = await page.textContent("#hook");
  assert.equal(before.split(",").length, 3);
  await page.click("#hook");
  await page.waitForFunction((before) => document.querySelector("#hook").textContent !== before, before);
  assert.deepEqual(complaints, []);
});

test("React 19 hydrates what a server has rendered, after the elements have filled themselves", async (t) => {
  const folder = await bundled("react", {}, join(root, "react/hydrated"));
  const rendered = await run(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { createElement } from "react";
     import { renderToString } from "react-dom/server";
     import { App } from ${JSON.stringify(pathToFileURL(join(root, "react/app.js")).href)};
     process.stdout.write(renderToString(createElement(App, { isHydrated: true })));`,
    ],
    { cwd: root },
  );
  const html = (await readFile(join(root, "react/index.html"), "utf8")).replace(
    `<div id="root"></div>`,
    `<div id="root">${rendered.stdout}</div>`,
  );
  await writeFile(join(folder, "index.html"), html);
  const { page, complaints } = await open(t, folder);
  await behavesInAFramework(page);
  assert.deepEqual(complaints, []);
  assert.equal(await page.evaluate(() => document.body.dataset.recovered), undefined);
});

test("Vue 3: properties, templates and the composable", async (t) => {
  const { page, complaints } = await open(t, await bundled("vue"));
  await behavesInAFramework(page);
  await page.waitForFunction(() => document.querySelector("#hook").textContent.split(",").length === 4);
  assert.deepEqual(complaints, []);
});

test("a bundle that is no ES module says so", async (t) => {
  const { page } = await open(
    t,
    await bundled("iife", { format: "iife", logOverride: { "empty-import-meta": "silent" } }),
  );
  await page.waitForFunction(() => document.body.dataset.first);
  const { first, message, foldin } = await page.evaluate(() => ({ ...document.body.dataset }));
  assert.deepEqual([first, foldin], ["not-found", "true"]);
  assert.match(message, /no ES module.*format "esm"/);
});

test("a server imports every entry, and none touches a DOM", async () => {
  const { exports } = JSON.parse(await readFile(join(root, "node_modules/foldin/package.json"), "utf8"));
  const names = Object.keys(exports).filter((name) => exports[name].default && name !== "./worker.js");
  assert.ok(names.length >= 8, names.join());
  for (const name of names) {
    const specifier = name.replace(/^\./, "foldin");
    const script = `await import(${JSON.stringify(specifier)}); console.log("imported");`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
    assert.equal(stdout, "imported\n", specifier);
  }
});

test("JSX, and programs without any framework, are typed", async () => {
  const options = { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022" };
  const check = async (file, more) => {
    const config = join(root, "types", `${file}.json`);
    const compilerOptions = {
      ...options,
      skipLibCheck: false,
      types: [],
      lib: ["es2022", "dom", "dom.iterable"],
      ...more,
    };
    await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }));
    await run(process.execPath, [join(NODE_MODULES, "typescript/bin/tsc"), "-p", config]).catch(({ stdout }) => {
      assert.fail(stdout);
    });
  };
  await check("page.tsx", { jsx: "react-jsx" });
  // Where neither React nor Vue is installed.
  const { root: bare, remove } = await install();
  try {
    await cp(join(root, "types/plain.ts"), join(bare, "types/plain.ts"));
    const config = join(bare, "types/tsconfig.json");
    const compilerOptions = { ...options, skipLibCheck: false, types: [], lib: ["es2022", "dom", "dom.iterable"] };
    await writeFile(config, JSON.stringify({ compilerOptions, files: ["plain.ts"] }));
    await run(process.execPath, [join(NODE_MODULES, "typescript/bin/tsc"), "-p", config]).catch(({ stdout }) => {
      assert.fail(stdout);
    });
  } finally {
    await remove();
  }
});

test("publint and attw find nothing to mend", async () => {
  const bin = (name) => join(NODE_MODULES, ".bin", name);
  const { stdout } = await run(bin("publint"), ["run", "--strict", join(root, "node_modules/foldin")]);
  assert.match(stdout, /All good/);
  // A CommonJS program loads an ES module by import() alone; the wasm module has no types.
  const ignored = [
    "--ignore-rules",
    "cjs-resolves-to-esm",
    "--exclude-entrypoints",
    "./wasm/*",
    "./custom-elements.json",
  ];
  await run(bin("attw"), [join(root, "foldin.tgz"), ...ignored, "--format", "ascii"]).catch(({ stdout }) =>
    assert.fail(stdout),
  );
});
