// `foldin/service-worker`: the endpoints of servers on a static host, and the shell without a network.

import { test as base, expect } from "@playwright/test";
import { keptForOffline } from "./fixtures.js";
import { HOLD_TIMEOUTS } from "./held-timeouts.js";
import { serveOwn } from "./own-site.js";

/** The worker of a site, which besides holds its time-outs back, and says when all that it has begun is done. */
const WORKER = `import { serve } from "./foldin/service-worker.js";
${HOLD_TIMEOUTS}
const begun = [];
self.idle = () => Promise.allSettled(begun);
addEventListener("fetch", (event) => {
  event.waitUntil = (promise) => {
    begun.push(promise);
    ExtendableEvent.prototype.waitUntil.call(event, promise);
  };
});
serve({ manifest: "model/manifest.json", endpoints: "foldin/", shell: "files.json" });`;
const PAGE = `<!doctype html><title>one</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script>`;
const FILES = {
  "index.html": PAGE,
  "page.js": `document.documentElement.dataset.script = "first";`,
  "sw.js": WORKER,
  "files.json": JSON.stringify(["index.html", "page.js"]),
};

const test = base.extend({
  /** A page whose worker is in charge. */
  own: async ({ page }, use) => {
    const site = await serveOwn(FILES);
    await page.goto(site.url);
    await register(page);
    await use(site);
    await site.close();
  },
});

async function register(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("sw.js", { type: "module" });
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
  });
}

/** The worker that is in charge of the page. */
async function workerOf(page) {
  const running = () => page.context().serviceWorkers();
  await expect.poll(() => running().length).toBe(1);
  return running()[0];
}

/** Status, headers and JSON of a request of the page. */
function ask(page, path, init) {
  return page.evaluate(
    async ([path, init]) => {
      const response = await fetch(path, init);
      const text = await response.text();
      const json = response.headers.get("content-type") === "application/json" && text ? JSON.parse(text) : null;
      return { status: response.status, headers: Object.fromEntries(response.headers), text, json };
    },
    [path, init],
  );
}

/** What the package itself answers in the page. */
function inPage(page, what) {
  return page.evaluate(`(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    const foldin = await load("model/manifest.json");
    return (${what})(foldin);
  })()`);
}

const ids = ({ items }) => items.map(({ id }) => id);

test("the endpoints answer as the package does, with the time they took", async ({ page, own }) => {
  const expected = await inPage(
    page,
    `async (foldin) => {
      const liked = (await foldin.popular({ k: 3 })).items.map(({ id }) => id);
      const [first] = liked;
      return {
        liked,
        cold: await foldin.recommend({ liked }, { k: 7 }),
        similar: await foldin.similar(first, { k: 4 }),
        genres: await foldin.similar(first, { k: 4, by: "genres" }),
        popular: await foldin.recommend({}),
      };
    }`,
  );
  const { liked } = expected;
  const cold = await ask(page, `foldin/recommend_cold?liked=${liked}&k=7`);
  expect(cold.status).toBe(200);
  expect(ids(cold.json)).toEqual(ids(expected.cold));
  expect(cold.headers["cache-control"]).toBe("no-store");
  expect(cold.headers["server-timing"]).toMatch(/^foldin;dur=\d+\.\d$/);
  expect(Number(cold.headers["x-foldin-ms"])).toBeGreaterThanOrEqual(0);
  expect(ids((await ask(page, `foldin/similar?id=${liked[0]}&k=4`)).json)).toEqual(ids(expected.similar));
  expect(ids((await ask(page, `foldin/similar?id=${liked[0]}&k=4&by=genres`)).json)).toEqual(ids(expected.genres));
  expect(ids((await ask(page, "foldin/recommend_cold?liked=")).json)).toEqual(ids(expected.popular));
  const head = await ask(page, `foldin/recommend_cold?liked=${liked}`, { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, text: "" });
});

test("health, stats and compare answer", async ({ page, own }) => {
  const { version, items, liked } = await inPage(
    page,
    `async (foldin) => ({
      version: foldin.info.version,
      items: foldin.info.items,
      liked: (await foldin.popular({ k: 2 })).items.map(({ id }) => id),
    })`,
  );
  expect((await ask(page, "foldin/health")).json).toMatchObject({ status: "ok", version });
  expect(JSON.stringify((await ask(page, "foldin/stats")).json)).toContain(`${items}`);
  const { json } = await ask(page, `foldin/compare?liked=${liked}&k=3&strategies=popular,hybrid,diverse`);
  expect(json.lists.map(({ strategy, items }) => [strategy, items.length])).toEqual([
    ["popular", 3],
    ["hybrid", 3],
    ["diverse", 3],
  ]);
  const all = (await ask(page, `foldin/compare?liked=${liked}`)).json.lists.map(({ strategy }) => strategy);
  expect(all[0]).toBe("hybrid");
  expect(all).toContain("popular");
});

test("known users are answered where the model holds them", async ({ page, own }) => {
  const hasUsers = await inPage(page, "(foldin) => foldin.info.hasUsers");
  const user = hasUsers ? (await inPage(page, "(foldin) => foldin.userIds()"))[0] : "1";
  const answer = await ask(page, `foldin/recommend?user_id=${user}&k=5`);
  if (hasUsers) {
    expect(answer.status).toBe(200);
    expect(answer.json.items).toHaveLength(5);
    expect((await ask(page, "foldin/recommend?user_id=nobody")).status).toBe(404);
    const lists = (await ask(page, `foldin/compare?user_id=${user}&k=2&strategies=hybrid`)).json.lists;
    expect(ids(lists[0])).toEqual(ids(answer.json).slice(0, 2));
  } else {
    expect(answer).toMatchObject({ status: 404, json: { error: { code: "not-in-model" } } });
  }
});

test("what is asked wrongly is answered with a status and a sentence", async ({ page, own }) => {
  for (const [path, status, words] of [
    ["foldin/recommend_cold", 400, "liked is undefined; expected a string"],
    ["foldin/recommend_cold?liked=&k=0", 400, "k"],
    ["foldin/recommend_cold?liked=&k=many", 400, "k"],
    ["foldin/recommend_cold?liked=&k=-1", 400, "k"],
    ["foldin/recommend_cold?liked=&k=1.5", 400, "k"],
    ["foldin/recommend_cold?liked=&user=1", 400, "user"],
    ["foldin/recommend?k=3", 400, "is undefined; expected a string"],
    ["foldin/similar", 400, "is undefined; expected a string"],
    ["foldin/similar?id=no-such-item", 404, "no-such-item"],
    ["foldin/compare", 400, "liked is undefined"],
    ["foldin/compare?liked=1&strategies=magic", 400, "magic"],
    ["foldin/recommend_cold?liked=no-such-item", 404, "no-such-item"],
  ]) {
    const { status: found, json } = await ask(page, path);
    expect([path, found]).toEqual([path, status]);
    expect(json.error.message).toContain(words);
    expect(json.error.code).toMatch(/^[a-z-]+$/);
  }
  const posted = await ask(page, "foldin/health", { method: "POST" });
  expect(posted).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
});

test("files of the package in the same folder are still files", async ({ page, own }) => {
  const { status, text } = await ask(page, "foldin/foldin.js");
  expect(status).toBe(200);
  expect(text).toMatch(/^\/\*! foldin /);
  // The built site may have no such file, but then it is the host who says so.
  expect((await ask(page, "foldin/LICENSE-MIT")).headers).not.toHaveProperty("x-foldin-ms");
});

test("what is no endpoint is the host's to answer", async ({ page, own }) => {
  for (const path of ["foldin/recommendations", "foldin/constructor", "foldin/false"]) {
    const { status, json, headers } = await ask(page, path);
    expect([path, status, json]).toEqual([path, 404, null]);
    expect(headers).not.toHaveProperty("x-foldin-ms");
  }
});

test("without a model the answer is 503, and the next request tries again", async ({ page }) => {
  const site = await serveOwn({
    ...FILES,
    "sw.js": WORKER.replace("model/manifest.json", "other.json"),
    "other.json": "not yet",
  });
  try {
    await page.goto(site.url);
    await register(page);
    expect(await ask(page, "foldin/health")).toMatchObject({
      status: 503,
      json: { error: { code: "not-a-manifest" } },
    });
    const manifest = (await (await fetch(`${site.url}model/manifest.json`)).text()).replaceAll(
      '"path": "',
      '"path": "model/',
    );
    await site.write("other.json", manifest);
    expect((await ask(page, "foldin/recommend_cold?liked=&k=1")).status).toBe(200);
  } finally {
    await site.close();
  }
});

test("a worker that the browser has ended answers again", async ({ page, own }) => {
  const before = await ask(page, "foldin/recommend_cold?liked=&k=3");
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  const after = await ask(page, "foldin/recommend_cold?liked=&k=3");
  expect(ids(after.json)).toEqual(ids(before.json));
});

test("without a network the shell and the endpoints are there", async ({ page, own }) => {
  const before = await ask(page, "foldin/recommend_cold?liked=&k=3");
  await keptForOffline(page);
  own.mood.now = "gone";
  await page.goto(`${own.url}index.html?from=home#there`);
  await expect(page).toHaveTitle("one");
  await expect(page.locator("html")).toHaveAttribute("data-script", "first");
  await page.goto(own.url);
  await expect(page).toHaveTitle("one");
  const session = await page.context().newCDPSession(page);
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  expect(ids((await ask(page, "foldin/recommend_cold?liked=&k=3")).json)).toEqual(ids(before.json));
});

test("the network comes first, and what it gave last is what is kept", async ({ page, own }) => {
  await own.write("index.html", PAGE.replace("one", "two"));
  await page.goto(own.url);
  await expect(page).toHaveTitle("two");
  for (const mood of ["busy", "gone"]) {
    own.mood.now = mood;
    await page.goto(own.url);
    await expect(page).toHaveTitle("two");
  }
});

test("for a host that does not answer the page waits for one time-out, and its script for none", async ({
  page,
  own,
}) => {
  const worker = await workerOf(page);
  own.mood.now = "silent";
  const opening = page.goto(own.url);
  await expect.poll(() => worker.evaluate(() => heldTimeouts())).toBe(1);
  await worker.evaluate(() => endTimeouts());
  await opening;
  await expect(page).toHaveTitle("one");
  // Another time-out would never end.
  await expect(page.locator("html")).toHaveAttribute("data-script", "first");
});

test("a changed list is fetched anew at the next visit, and what left it is dropped", async ({ page, own }) => {
  await own.write("more.js", "");
  await own.write("files.json", JSON.stringify(["index.html", "more.js"]));
  await page.goto(own.url);
  const kept = () =>
    page.evaluate(async () => {
      const urls = [];
      for (const name of await caches.keys()) {
        if (name.startsWith("foldin-shell"))
          urls.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
      }
      return urls.map((url) => url.replace(document.baseURI, "")).sort();
    });
  await expect.poll(kept).toEqual(["", "files.json", "more.js"]);

  // A list with a file that is not there changes nothing.
  await own.write("files.json", JSON.stringify(["index.html", "missing.js"]));
  await page.goto(own.url);
  await (await workerOf(page)).evaluate(() => idle());
  expect(await kept()).toEqual(["", "files.json", "more.js"]);
});

test("caches of earlier versions are removed, those of others stay", async ({ page }) => {
  const site = await serveOwn(FILES);
  try {
    await page.goto(site.url);
    await page.evaluate(async () => {
      for (const name of [
        `foldin-shell:${document.baseURI}:0`,
        "foldin-shell:https://other.example/:0",
        "of-the-site",
      ]) {
        await caches.open(name);
      }
    });
    await register(page);
    const names = () => page.evaluate(() => caches.keys());
    await expect.poll(names).not.toContain(`foldin-shell:${site.url}:0`);
    expect(await names()).toEqual(expect.arrayContaining(["foldin-shell:https://other.example/:0", "of-the-site"]));
  } finally {
    await site.close();
  }
});

test("a list that names a missing file leaves the worker uninstalled", async ({ page }) => {
  const site = await serveOwn({ ...FILES, "files.json": JSON.stringify(["index.html", "missing.js"]) });
  try {
    await page.goto(site.url);
    const state = await page.evaluate(async () => {
      const { installing } = await navigator.serviceWorker.register("sw.js", { type: "module" });
      return new Promise((resolve) => (installing.onstatechange = () => resolve(installing.state)));
    });
    expect(state).toBe("redundant");
  } finally {
    await site.close();
  }
});

for (const status of [301, 302, 307, 308]) {
  test(`on a host that redirects x.html to x with ${status}, every page is there offline and on a slow network`, async ({
    page,
  }) => {
    const titled = (title) => PAGE.replace("one", title);
    const own = await serveOwn(
      {
        ...FILES,
        "about.html": titled("about"),
        "files.json": JSON.stringify(["index.html", "page.js", "about.html"]),
      },
      { pretty: status },
    );
    try {
      await page.goto(own.url);
      await register(page);
      await page.goto(`${own.url}about.html`);
      await expect(page).toHaveTitle("about");
      const worker = await workerOf(page);
      await worker.evaluate(() => idle());
      for (const mood of ["gone", "busy", "silent"]) {
        own.mood.now = mood;
        for (const [path, title] of [
          ["about.html", "about"],
          ["about", "about"],
          ["about/", "about"],
          ["", "one"],
          ["index.html", "one"],
        ]) {
          // Below about/, the page's script has another address, which a silent host never answers.
          const opening = page.goto(own.url + path, { waitUntil: "commit" });
          // A late answer to the page before makes the worker wait again, so that each page may take a time-out.
          let isOpen = false;
          opening.then(() => {
            isOpen = true;
          });
          if (mood === "silent") {
            await expect
              .poll(async () => {
                await worker.evaluate(() => endTimeouts());
                return isOpen;
              })
              .toBe(true);
          }
          await opening;
          await expect(page).toHaveTitle(title);
        }
      }
    } finally {
      await own.close();
    }
  });
}

test("the login page of a foreign network is shown, and replaces nothing", async ({ page, own }) => {
  const worker = await workerOf(page);
  own.mood.now = "portal";
  await page.goto(own.url);
  await expect(page).toHaveTitle("Welcome to our hotel");
  await page.evaluate(() => fetch("page.js").then((response) => response.text()));
  await worker.evaluate(() => idle());
  own.mood.now = "gone";
  await page.goto(own.url);
  await expect(page).toHaveTitle("one");
  await expect(page.locator("html")).toHaveAttribute("data-script", "first");
});

test("what is visited is kept, the login page of a foreign network and a download are not", async ({ page }) => {
  const own = await serveOwn({
    ...FILES,
    "sw.js": WORKER.replace(`shell: "files.json"`, `shell: "files.json", visited: true`),
    "first.html": PAGE.replace("one", "first"),
    "second.html": PAGE.replace("one", "second"),
    "archive.foldin": "a large file",
  });
  try {
    await page.goto(own.url);
    await register(page);
    await page.goto(`${own.url}first.html?from=home`);
    const worker = await workerOf(page);
    await page.evaluate(() => {
      document.body.innerHTML = `<a href="archive.foldin">archive</a>`;
    });
    const download = page.waitForEvent("download");
    await page.getByRole("link").click();
    await (await download).delete();
    own.mood.now = "portal";
    for (const path of ["first.html", "second.html"]) {
      await page.goto(own.url + path);
      await expect(page).toHaveTitle("Welcome to our hotel");
    }
    await worker.evaluate(() => idle());
    const kept = await page.evaluate(async () => {
      const name = (await caches.keys()).find((name) => name.startsWith("foldin-visited:"));
      return (await (await caches.open(name)).keys()).map(({ url }) => url.split("/").at(-1));
    });
    expect(kept).toEqual(["first.html"]);
    own.mood.now = "gone";
    await page.goto(`${own.url}first.html`);
    await expect(page).toHaveTitle("first");
  } finally {
    await own.close();
  }
});
