// What the page and the package say when something is missing, broken or forbidden.

import { expect, ready, test } from "./fixtures.js";

const SCORE = "**/model/**/score-*.foldin";

/** Opens the page and gives the error panel. */
async function panelOf(page, site) {
  await page.goto(site.url);
  const panel = page.getByRole("alert");
  await expect(panel).toBeVisible();
  await expect(page.locator("#main")).toBeHidden();
  return panel;
}

/** Loads the model in the page by hand; gives the error, or "no error". */
function loadingError(page, url = "model/manifest.json") {
  return page.evaluate(async (url) => {
    const { load, FoldinError } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    try {
      await load(url);
      return "no error";
    } catch (error) {
      const { code, message, url, status } = error;
      return { foldin: error instanceof FoldinError, code, message, url, status };
    }
  }, url);
}

test("a missing model is told with its address and what to do", async ({ page, site }) => {
  await page.route("**/model/manifest.json", (route) => route.fulfill({ status: 404, body: "not found" }));
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("There are no recommendations now");
  await expect(panel).toContainText(`${site.url}model/manifest.json answers with HTTP status 404`);
  await expect(panel).toContainText("foldin train");
  await expect(panel).toContainText("not-found");

  await page.unroute("**/model/manifest.json");
  await panel.getByRole("button", { name: "Load again" }).click();
  await ready(page);
});

test("a truncated score file is told, after one more try", async ({ page, site }) => {
  let tries = 0;
  await page.route(SCORE, async (route) => {
    tries += 1;
    const body = await (await route.fetch()).body();
    await route.fulfill({ body: body.subarray(0, body.length - 100) });
  });
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("cut off");
  await expect(panel).toContainText("wrong-length");
  expect(tries).toBe(2);
});

test("a changed byte is found by the checksum", async ({ page, site }) => {
  await page.route(SCORE, async (route) => {
    const body = await (await route.fetch()).body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ body });
  });
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("SHA-256");
  await expect(panel).toContainText("damaged");
});

test("without a checksum in the manifest the file's own one finds the change", async ({ page, site }) => {
  await page.route("**/model/manifest.json", async (route) => {
    const manifest = await (await route.fetch()).json();
    for (const { files } of manifest.versions) for (const file of Object.values(files)) delete file.sha256;
    await route.fulfill({ json: manifest });
  });
  await page.route(SCORE, async (route) => {
    const body = await (await route.fetch()).body();
    body[200] ^= 1;
    await route.fulfill({ body });
  });
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("damaged");
  await expect(panel).toContainText("score-");
});

test("a connection that breaks once is tried again", async ({ page, site }) => {
  let tries = 0;
  await page.route(SCORE, (route) => (++tries === 1 ? route.abort("connectionreset") : route.continue()));
  await page.goto(site.url);
  await ready(page);
  expect(tries).toBe(2);
});

test("a host that cannot be reached is told as such", async ({ page, site }) => {
  await page.route(SCORE, (route) => route.abort("connectionrefused"));
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("score file could not be fetched");
  await expect(panel).toContainText("network");
});

test("what is no manifest, or a newer one, is told apart", async ({ page, site }) => {
  await page.goto(site.url);
  await ready(page);
  expect(await loadingError(page, "index.html")).toMatchObject({ foldin: true, code: "not-a-manifest" });
  await page.route("**/list.json", (route) => route.fulfill({ json: [] }));
  expect(await loadingError(page, "list.json")).toMatchObject({ code: "not-a-manifest" });
  await page.route("**/newer.json", (route) => route.fulfill({ json: { format: 2 } }));
  const newer = await loadingError(page, "newer.json");
  expect(newer).toMatchObject({ code: "newer-format", url: `${site.url}newer.json` });
  expect(newer.message).toContain("update foldin");
  await page.route("**/busy.json", (route) => route.fulfill({ status: 503 }));
  expect(await loadingError(page, "busy.json")).toMatchObject({ code: "http", status: 503 });
  await page.route("**/lost.json", (route) =>
    route.fulfill({
      json: {
        format: 1,
        current: "v1",
        versions: [{ version: "v1", files: { score: { path: "a.foldin" }, show: { path: "b.foldin" } } }],
      },
    }),
  );
  const lost = await loadingError(page, "lost.json");
  expect(lost).toMatchObject({ code: "not-found", status: 404 });
  expect(lost.message).toMatch(/(score|show) file/);
});

test("a policy that forbids WebAssembly is told with the line that allows it", async ({ page, site }) => {
  await page.route(site.url, async (route) => {
    const html = (await (await route.fetch()).text()).replace(" 'wasm-unsafe-eval'", "");
    await route.fulfill({ body: html, contentType: "text/html" });
  });
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("wasm-blocked");
  await expect(panel).toContainText("script-src 'self' 'wasm-unsafe-eval'");
});

test("a host that gives a page in place of the wasm module is told", async ({ page, site }) => {
  await page.route("**/foldin_bg.wasm", (route) => route.fulfill({ body: "<!doctype html>", contentType: "text/html" }));
  const panel = await panelOf(page, site);
  await expect(panel).toContainText("not a wasm module");
});

test("when the wasm module stops, the call says so, and so does every later one", async ({ page, site }) => {
  // In place of the real module one that works until it is asked to recommend.
  await page.route("**/foldin/wasm/foldin.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `export default async function () {}
export class FoldinModel {
  about() { return { genres: [] }; }
  recommend() { throw new WebAssembly.RuntimeError("unreachable"); }
  search() { return []; }
  free() { throw new WebAssembly.RuntimeError("freed after a trap"); }
}`,
    }),
  );
  await page.goto(`${site.url}style.css`);
  const codes = await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", location.href).href);
    const foldin = await load("model/manifest.json");
    const outcome = (call) => call.then(() => "answered", ({ code, message }) => `${code}: ${message}`);
    const outcomes = [
      await outcome(foldin.search("a")),
      await outcome(foldin.recommend()),
      await outcome(foldin.search("a")),
      await outcome(load("model/manifest.json")),
    ];
    foldin.close();
    return [...outcomes, await outcome(foldin.search("a"))];
  });
  expect(codes[0]).toBe("answered");
  expect(codes[1]).toContain("internal: the wasm module has stopped (unreachable)");
  expect(codes[2]).toContain("internal: the wasm module stopped earlier");
  expect(codes[3]).toContain("internal: the wasm module stopped earlier");
  expect(codes[4]).toContain("closed");
});
