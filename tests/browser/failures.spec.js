// The errors when something is missing, broken or forbidden: a code for programs, and a message that helps.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "./bare-site.js";
import { holdTimeouts } from "./held-timeouts.js";
import { SITE } from "./site-server.js";

const SCORE = "**/score-*.foldin";

/** Loads the model; gives how that fails. */
function failure(page, url, options) {
  return page.evaluate(([url, options]) => infoOf(options, url), [url, options]);
}

function failed(code, ...words) {
  const text = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^]*");
  return { foldin: true, name: "FoldinError", code, message: expect.stringMatching(new RegExp(text)) };
}

/** The content of a file, which the site may have compressed. */
function contentOf(body) {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}

/** Serves the file with its content as `change` leaves it. */
function changeFile(page, pattern, change) {
  return page.route(pattern, async (route) => {
    const body = contentOf(await (await route.fetch()).body());
    await route.fulfill({ body: Buffer.from(change(body)) });
  });
}

/** Serves the manifest as `change` leaves it. */
function changeManifest(page, { manifest, entry }, change) {
  const changed = structuredClone(manifest);
  change(
    changed.versions.find(({ version }) => version === entry.version),
    changed,
  );
  return page.route("**/manifest.json", (route) => route.fulfill({ json: changed }));
}

/** Serves the scripts that hold the glue of the wasm module as `change` leaves them, here and in the worker. */
async function changeScripts(page, change) {
  for (const name of ["foldin.js", "worker.js"]) {
    const script = await readFile(join(SITE, "foldin", name), "utf8");
    const body = change(script);
    expect(body, name).not.toBe(script);
    await page.route(`**/foldin/${name}`, (route) => route.fulfill({ body, contentType: "text/javascript" }));
  }
}

/** Takes lengths and checksums out of the manifest: what is wrong with a file must show in the file itself. */
function forgetChecks(page, model) {
  return changeManifest(page, model, ({ files }) => {
    for (const file of Object.values(files)) {
      delete file.bytes;
      delete file.sha256;
    }
  });
}

test("a missing model is told with its address and what to do, after one try", async ({ page, open, site }) => {
  await open();
  let tries = 0;
  page.on("request", (request) => (tries += request.url().endsWith("none.json")));
  const missing = await failure(page, "model/none.json");
  const url = `${site.url}model/none.json`;
  expect(missing).toMatchObject({ ...failed("not-found", url, "HTTP status 404", "foldin train"), url, status: 404 });
  expect(tries).toBe(1);
});

test("a missing file of the model is told by its name", async ({ page, open, site, model }) => {
  await open();
  await page.route("**/show-*.foldin", (route) => route.fulfill({ status: 404 }));
  const url = `${site.url}model/${model.entry.files.show.path}`;
  expect(await failure(page)).toMatchObject({ ...failed("not-found", "the show file", url), url, status: 404 });
});

test("a web page in place of a file is told as a missing file", async ({ page, open }) => {
  await open();
  const html = (route) => route.fulfill({ body: "<!doctype html>", contentType: "text/html; charset=utf-8" });
  await page.route(SCORE, html);
  expect(await failure(page)).toMatchObject(
    failed("not-found", "the score file", "a web page instead of the file", "foldin train"),
  );
  await page.unroute(SCORE);
  await page.route("**/foldin_bg.wasm", html);
  const module = await failure(page, undefined, { cache: false });
  expect(module).toMatchObject(failed("not-found", "the wasm module", "a web page instead of the file", "bundler"));
});

test("a truncated file is told, after three tries", async ({ page, open }) => {
  await open();
  let tries = 0;
  page.on("request", (request) => (tries += request.url().includes("/score-")));
  await changeFile(page, SCORE, (body) => body.subarray(0, body.length - 100));
  expect(await failure(page)).toMatchObject(failed("wrong-length", "score file", "cut off", "instead of"));
  expect(tries).toBe(3);
});

for (const [browser, deletion] of [
  ["a browser", () => {}],
  ["a browser without DecompressionStream", () => delete globalThis.DecompressionStream],
]) {
  test(`${browser} tells of a compressed file that is cut off or changed, after three tries`, async ({
    page,
    open,
  }) => {
    await page.addInitScript(deletion);
    await open();
    for (const change of [
      (packed) => packed.subarray(0, packed.length - 100),
      (packed) => packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 500),
    ]) {
      let tries = 0;
      await page.unroute(SCORE);
      await changeFile(page, SCORE, (content) => {
        tries += 1;
        return change(gzipSync(content));
      });
      const { code, message } = await failure(page);
      // What is changed may come out as something else of the same length.
      expect(["wrong-length", "damaged"]).toContain(code);
      expect(message).toContain("score file");
      expect(tries).toBe(3);
    }
  });
}

test("a changed byte is found by the checksum", async ({ page, open }) => {
  await open();
  const change = (body) => body.fill(body.at(-1) ^ 1, body.length - 1);
  await changeFile(page, SCORE, change);
  expect(await failure(page)).toMatchObject(failed("damaged", "score file", "SHA-256"));
  await page.unroute(SCORE);
  await changeFile(page, "**/foldin_bg.wasm", change);
  expect(await failure(page, undefined, { cache: false })).toMatchObject(failed("damaged", "wasm module", "SHA-256"));
});

test("without checksums in the manifest the files' own ones find it", async ({ page, open, model }) => {
  await open();
  await forgetChecks(page, model);
  await changeFile(page, SCORE, (body) => body.fill(body[200] ^ 1, 200, 201));
  for (const worker of [true, false]) {
    expect(await failure(page, undefined, { worker })).toMatchObject(failed("damaged", "score-"));
  }
  await page.unroute(SCORE);
  await changeFile(page, SCORE, (body) => body.subarray(0, body.length - 100));
  expect(await failure(page)).toMatchObject(failed("wrong-length", "score-"));
});

test("a damaged file that was kept for want of checksums does not stay", async ({ page, open, model }) => {
  await open();
  await forgetChecks(page, model);
  await changeFile(page, SCORE, (body) => body.fill(body[200] ^ 1, 200, 201));
  expect(await failure(page)).toMatchObject({ code: "damaged" });
  await page.unroute(SCORE);
  expect((await failure(page)).answered).toMatchObject({ version: model.entry.version });
});

test("foreign files, and those of another model or another time, are told apart", async ({ page, open, model }) => {
  await open();
  await forgetChecks(page, model);
  const golden = (name) => readFile(new URL(`../golden/format-1-${name}.foldin`, import.meta.url));
  const show = await readFile(join(SITE, "model", model.entry.files.show.path));
  const newer = (body) => Buffer.from(body).fill(0xff, 8, 10);
  for (const [code, change] of [
    ["not-foldin", () => "not a model at all, but long enough to have been one"],
    ["wrong-kind", () => show],
    ["newer-format", newer],
  ]) {
    await page.unroute(SCORE);
    await changeFile(page, SCORE, change);
    expect(await failure(page), code).toMatchObject(failed(code, "score-"));
  }
  await page.unroute(SCORE);
  const other = await golden("show");
  await changeFile(page, "**/show-*.foldin", () => other);
  expect(await failure(page)).toMatchObject({ code: "other-model" });
});

test("what is no manifest, or a newer one, is told apart", async ({ page, open, site, model }) => {
  await open();
  expect(await failure(page, "index.html")).toMatchObject(failed("not-a-manifest", "not JSON"));
  for (const [json, code, words] of [
    [[], "not-a-manifest", `no "format"`],
    [{ format: 1 }, "not-a-manifest", `"versions"`],
    [{ ...model.manifest, current: "lost" }, "not-a-manifest", `lost is not among`],
    [{ format: 1, current: "v", versions: [{ version: "v" }] }, "not-a-manifest", "no score file"],
    [{ ...model.manifest, variants: [{ version: "lost", share: 1 }] }, "not-a-manifest", "variant lost"],
    [{ ...model.manifest, variants: [{ version: model.entry.version, share: 0 }] }, "not-a-manifest", "share above 0"],
    [{ format: 2 }, "newer-format", "update foldin"],
  ]) {
    await page.unroute("**/other.json");
    await page.route("**/other.json", (route) => route.fulfill({ json }));
    expect(await failure(page, "other.json")).toMatchObject({ ...failed(code, words), url: `${site.url}other.json` });
  }
  expect(await failure(page, "http://[")).toMatchObject(failed("invalid-value", "http://["));
});

test("a host in trouble is asked three times, then told", async ({ page, open }) => {
  await open();
  let tries = 0;
  await page.route("**/busy.json", (route) => {
    tries += 1;
    return route.fulfill({ status: 503 });
  });
  expect(await failure(page, "busy.json")).toMatchObject({ ...failed("http", "HTTP status 503"), status: 503 });
  expect(tries).toBe(3);
});

test("a connection that breaks twice is tried again", async ({ page, open }) => {
  await open();
  let tries = 0;
  await page.route(SCORE, (route) => {
    tries += 1;
    return tries < 3 ? route.abort("connectionreset") : route.continue();
  });
  expect((await failure(page)).answered.source).toBe("network");
  expect(tries).toBe(3);
});

test("an abort ends the waiting between two tries", async ({ page, open }) => {
  // The shortest wait before another try is 300 ms: here it never ends by itself.
  await holdTimeouts(page, 300);
  await open();
  let tries = 0;
  await page.route(SCORE, (route) => {
    tries += 1;
    return route.abort("connectionreset");
  });
  await page.evaluate(() => {
    window.controller = new AbortController();
    window.loading = infoOf({ signal: controller.signal });
  });
  await expect.poll(() => page.evaluate(() => heldTimeouts())).toBe(1);
  const rejected = await page.evaluate(() => {
    controller.abort();
    return loading;
  });
  expect(rejected).toMatchObject({ name: "AbortError" });
  expect(tries).toBe(1);
});

test("a host that cannot be reached is told as such", async ({ page, open }) => {
  await open();
  await page.route(SCORE, (route) => route.abort("connectionrefused"));
  expect(await failure(page)).toMatchObject(failed("network", "score file", "CORS", "connect-src"));
});

test("a first visit without a network is told as such", async ({ page, open, context }) => {
  await open();
  await context.setOffline(true);
  expect(await failure(page)).toMatchObject(failed("network", "This device is offline", "connect once"));
});

test("a half updated cache is told offline, and heals when the network is back", async ({ page, open, context }) => {
  await open();
  await failure(page);
  const nKept = async () => (await (await caches.open((await caches.keys())[0])).keys()).length;
  await expect.poll(() => page.evaluate(nKept)).toBe(4);
  await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    for (const request of await cache.keys()) if (request.url.includes("/score-")) await cache.delete(request);
  });
  await context.setOffline(true);
  expect(await failure(page)).toMatchObject(failed("network", "score file", "This device is offline"));
  await context.setOffline(false);
  expect((await failure(page)).answered.source).toBe("network");
});

test("a policy that forbids WebAssembly is told with the line that allows it", async ({ page, open }) => {
  await open("no-wasm.html");
  expect(await failure(page)).toMatchObject(failed("wasm-blocked", "script-src 'self' 'wasm-unsafe-eval'"));
});

test("a browser without WebAssembly is told as such", async ({ page, open }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await open();
  for (const worker of ["auto", false]) {
    expect(await failure(page, undefined, { worker })).toMatchObject(failed("wasm-unsupported", "no WebAssembly"));
  }
});

test("a browser without SIMD is told which ones have it", async ({ page, open }) => {
  await page.addInitScript(() => {
    const { compile } = WebAssembly;
    WebAssembly.compile = (bytes) =>
      bytes.length > 8 ? Promise.reject(new WebAssembly.CompileError("invalid value type 'Simd128'")) : compile(bytes);
  });
  await open();
  expect(await failure(page)).toMatchObject(failed("wasm-unsupported", "Simd128", "Safari 16.4"));
});

test("scripts and wasm module of two versions are told as such", async ({ page, open }) => {
  await open();
  await changeScripts(page, (script) => script.replace(/__wbg_push_[0-9a-f]+/, "__wbg_push_of_another_version"));
  await page.reload();
  await open();
  expect(await failure(page)).toMatchObject(failed("wasm-unsupported", "of one version"));
});

for (const worker of [true, false]) {
  const where = worker ? "the worker" : "this thread";
  test(`when the wasm module stops in ${where}, that call says so, and every later one`, async ({ page, open }) => {
    // The real module, but that it stops when it is asked to recommend, and must not be touched after that.
    await changeScripts(page, (script) =>
      script
        .replace(
          /recommend\(\w+,\w+\)\{(?=let \w+=\w+\.foldinmodel_)/,
          '$&throw new WebAssembly.RuntimeError("unreachable");',
        )
        .replace(/free\(\)\{/, '$&throw new WebAssembly.RuntimeError("freed after a trap");'),
    );
    await open();
    const outcomes = await page.evaluate(async (worker) => {
      const foldin = await load("model/manifest.json", { worker });
      const outcomes = [
        await outcome(() => foldin.search("a")),
        await outcome(() => foldin.recommend()),
        await outcome(() => foldin.search("a")),
        await infoOf({ worker }),
      ];
      foldin.close();
      return [...outcomes, await outcome(() => foldin.search("a"))];
    }, worker);
    expect(outcomes[0].answered.items.length).toBeGreaterThan(0);
    expect(outcomes[1]).toMatchObject(failed("internal", "the wasm module has stopped: unreachable"));
    expect(outcomes[2]).toMatchObject(failed("internal", "the wasm module stopped earlier"));
    // Another worker has a module of its own; this thread has only one.
    if (worker) expect(outcomes[3].answered.worker).toBe(true);
    else expect(outcomes[3]).toMatchObject(failed("internal", "the wasm module stopped earlier"));
    expect(outcomes[4]).toMatchObject({ foldin: true, code: "closed" });
  });
}
