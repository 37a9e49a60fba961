// How the package loads: in a worker or without, from cache or network, one variant of several.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { load as loadInNode } from "../../pkg/foldin.js";
import { readManifest } from "../../pkg/src/manifest.js";
import { endTimeouts, expect, test } from "./bare-site.js";
import { SITE } from "./site-server.js";

const MODEL_FILE = /\.(foldin|wasm)$/;

/** Those of the requests that are for files of the model and for the wasm module, without the site's address. */
function modelFiles(requests) {
  return requests.filter((url) => MODEL_FILE.test(url)).map((url) => url.split("/").at(-1));
}

/** Waits until all that is to be kept lies in the cache, and nothing else. */
async function kept(page, { entry }, more = []) {
  const files = [entry.files.score, entry.files.show].map(({ path }) => nameOf(path));
  const names = ["manifest.json", "foldin_bg.wasm", ...files, ...more].sort();
  await expect.poll(() => keptNames(page), { message: "what is kept" }).toEqual(names);
}

function keptNames(page) {
  return page.evaluate(async () => {
    const names = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) names.push(new URL(url).pathname.split("/").at(-1));
    }
    return names.sort();
  });
}

function nameOf(path) {
  return path.split("/").at(-1);
}

/** Serves the manifest of the site as `change` leaves it. */
function changeManifest(page, { manifest }, change, name = "manifest.json") {
  const changed = structuredClone(manifest);
  change(changed);
  return page.route(`**/model/${name}`, (route) => route.fulfill({ json: changed }));
}

/** The manifest with a second version, whose files are those of the first under other names. */
function withSecondVersion(entry) {
  const files = structuredClone(entry.files);
  for (const file of Object.values(files)) file.path = file.path.replace(/([^/]*)$/, "second-$1");
  return { ...entry, version: "second", files };
}

async function serveSecondVersion(page) {
  await page.route("**/second-*", async (route) => {
    const url = route.request().url().replace("second-", "");
    await route.fulfill({ response: await route.fetch({ url }) });
  });
}

test.describe("worker", () => {
  test("answers come from a worker, from this thread, and from Node, and are the same", async ({ page, open }) => {
    await open();
    const ask = async (foldin) => {
      const [{ id: first }, { id: second }] = (await foldin.popular({ k: 2 })).items;
      return [
        (await foldin.recommend({ liked: [first, second] }, { diversity: 0.3 })).items,
        (await foldin.similar(first)).items,
        (await foldin.search("the")).items,
      ];
    };
    const { inWorker, here, workers } = await page.evaluate(async (ask) => {
      const call = new Function(`return ${ask}`)();
      const [worker, main] = await Promise.all([true, false].map((worker) => load("model/manifest.json", { worker })));
      return { inWorker: await call(worker), here: await call(main), workers: [worker.info.worker, main.info.worker] };
    }, String(ask));
    const inNode = await loadInNode(pathToFileURL(join(SITE, "model/manifest.json")));
    expect(workers).toEqual([true, false]);
    expect(inNode.info).toMatchObject({ worker: false, source: "network" });
    expect(inWorker).toEqual(here);
    expect(inWorker).toEqual(await ask(inNode));
    inNode.close();
  });

  const inTheWay = {
    "there is no worker.js": (page) => page.route("**/worker.js", (route) => route.fulfill({ status: 404 })),
    "worker.js is a web page": (page) =>
      page.route("**/worker.js", (route) => route.fulfill({ body: "<!doctype html>", contentType: "text/html" })),
    "worker.js imports what is not there": (page) =>
      page.route("**/worker.js", (route) =>
        route.fulfill({ body: `import "./no-such.js";`, contentType: "text/javascript" }),
      ),
    "worker.js throws": (page) =>
      page.route("**/worker.js", (route) => route.fulfill({ body: "throw 1", contentType: "text/javascript" })),
    "the browser has no workers": (page) => page.addInitScript(() => delete window.Worker),
    "the browser has no module workers": (page) =>
      page.addInitScript(() => {
        window.Worker = class {
          constructor() {
            throw new TypeError("type: module is not supported");
          }
        };
      }),
    "the wasm module does not start there": (page) =>
      page.route("**/worker.js", (route) =>
        route.fulfill({
          body: `onmessage = ({ data: { id } }) => postMessage({ id, error: { code: "x", message: "no" } })`,
          contentType: "text/javascript",
        }),
      ),
    "the policy forbids it": () => "no-worker.html",
    "Trusted Types are asked for and foldin's policy is forbidden": () => "no-policy.html",
  };
  for (const [what, prepare] of Object.entries(inTheWay)) {
    test(`where ${what}, this thread answers; it is an error only if a worker is a must`, async ({ page, open }) => {
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      const name = await prepare(page);
      await open(typeof name === "string" ? name : undefined);
      const [auto, must] = await page.evaluate(() => Promise.all([infoOf({}), infoOf({ worker: true })]));
      expect(auto.answered).toMatchObject({ worker: false });
      const message = expect.stringContaining("worker-src");
      expect(must).toMatchObject({ foldin: true, code: "worker-blocked", message });
      expect(errors).toEqual([]);
    });
  }

  test("where Trusted Types are asked for, the worker answers, also for several entries on a page", async ({
    page,
    open,
  }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await open("trusted-types.html");
    const infos = await page.evaluate(() => Promise.all([infoOf({ worker: true }), infoOf({ worker: true })]));
    for (const info of infos) expect(info.answered).toMatchObject({ worker: true });
    // Another copy of the package, as each entry has one, finds the policy.
    const again = await page.evaluate(async () => {
      const { load } = await import("./foldin/foldin.js?again");
      const foldin = await load("model/manifest.json", { worker: true });
      return foldin.info.worker;
    });
    expect(again).toBe(true);
    expect(errors).toEqual([]);
  });

  const silent = {
    "worker.js never answers": (route) => route.fulfill({ body: "", contentType: "text/javascript" }),
    "worker.js never comes": () => {},
  };
  for (const [what, respond] of Object.entries(silent)) {
    test(`where ${what}, this thread answers after a time-out, or the time-out is an error`, async ({ page, open }) => {
      await page.route("**/worker.js", respond);
      await open();
      await page.evaluate(() => {
        window.loading = Promise.all([infoOf({}), infoOf({ worker: true })]);
      });
      await endTimeouts(page, 2);
      const [auto, must] = await page.evaluate(() => loading);
      expect(auto.answered).toMatchObject({ worker: false });
      const message = expect.stringContaining("it does not answer");
      expect(must).toMatchObject({ foldin: true, code: "worker-blocked", message });
    });
  }

  test("options say where worker and wasm module lie, for bundlers that leave them behind", async ({ page, open }) => {
    await page.route("**/elsewhere/my.wasm", async (route) => {
      const url = route.request().url().replace("elsewhere/my", "foldin/wasm/foldin_bg");
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await page.route("**/elsewhere/my-worker.js", (route) =>
      route.fulfill({ body: `import "../foldin/worker.js";`, contentType: "text/javascript" }),
    );
    await page.route("**/foldin_bg.wasm", (route) => route.fulfill({ status: 404 }));
    await open();
    const info = await page.evaluate(() =>
      infoOf({ worker: true, wasm: "elsewhere/my.wasm", workerUrl: new URL("elsewhere/my-worker.js", location) }),
    );
    expect(info.answered).toMatchObject({ worker: true });
  });

  test("a worker that dies rejects what waits and what comes, and loading again helps", async ({ page, open }) => {
    await open();
    let dying = true;
    const death = `addEventListener("message", (event) => {
      if (event.data.name !== "stats") return;
      event.stopImmediatePropagation();
      setTimeout(() => { throw new Error("the end"); });
    });`;
    await page.route("**/worker.js", async (route) => {
      const script = await (await route.fetch()).text();
      await route.fulfill({ body: (dying ? death : "") + script, contentType: "text/javascript" });
    });
    const { before, outcomes } = await page.evaluate(async () => {
      window.foldin = await load("model/manifest.json", { worker: true });
      const before = await outcome(() => foldin.search("a"));
      const outcomes = await Promise.all([foldin.stats(), foldin.stats()].map((waiting) => outcome(() => waiting)));
      return { before, outcomes: [...outcomes, await outcome(() => foldin.search("a"))] };
    });
    expect(before.answered.items.length).toBeGreaterThan(0);
    for (const rejected of outcomes) {
      expect(rejected).toMatchObject({ foldin: true, code: "internal", message: expect.stringContaining("the end") });
    }
    dying = false;
    expect((await page.evaluate(() => infoOf({ worker: true }))).answered.worker).toBe(true);
  });

  test("inside a worker the model answers on that worker's own thread", async ({ page, open, directory }) => {
    const script = `import { load } from "./foldin/foldin.js";
      addEventListener("message", async ({ data }) => {
        const foldin = await load(data);
        postMessage([foldin.info.worker, foldin.info.variant, (await foldin.popular({ k: 3 })).items.length]);
      });`;
    await writeFile(join(directory, "my-worker.js"), script);
    await open();
    const answer = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const worker = new Worker("my-worker.js", { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.postMessage(new URL("model/manifest.json", location).href);
        }),
    );
    expect(answer).toEqual([false, null, 3]);
  });

  test("inside a service worker too", async ({ page, open, directory }) => {
    const script = `import { load } from "./foldin/foldin.js";
      const loading = load("model/manifest.json");
      addEventListener("message", async ({ data, source }) => {
        const foldin = await loading;
        source.postMessage([foldin.info.worker, (await foldin.popular({ k: 3 })).items.length]);
      });`;
    await writeFile(join(directory, "my-service-worker.js"), script);
    await open();
    const answer = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.register("my-service-worker.js", { type: "module" });
      await navigator.serviceWorker.ready;
      return new Promise((resolve) => {
        navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
        navigator.serviceWorker.startMessages();
        registration.active.postMessage("ask");
      });
    });
    expect(answer).toEqual([false, 3]);
  });
});

test.describe("cache", () => {
  test("a second visit asks the host for nothing but the manifest", async ({ page, open, model, requests }) => {
    await open();
    const first = await page.evaluate(() => infoOf());
    expect(first.answered.source).toBe("network");
    expect(modelFiles(requests)).toHaveLength(3);
    await kept(page, model);
    requests.length = 0;
    await open();
    const { info, events } = await page.evaluate(async () => {
      const events = [];
      const info = await infoOf({ onProgress: (event) => events.push(event) });
      return { info, events };
    });
    expect(info.answered).toEqual({ ...first.answered, source: "cache" });
    expect(modelFiles(requests)).toEqual([]);
    expect(requests.filter((url) => url.endsWith("manifest.json"))).toHaveLength(1);
    for (const file of ["wasm module", "score file", "show file"]) {
      const of = events.filter((event) => event.file === file);
      expect(of.map(({ type, source }) => `${type} ${source}`)).toEqual(["initiate cache", "done cache"]);
      expect(of[1].loaded).toBe(of[1].total);
    }
    expect(events.find(({ file }) => file === "manifest")).toMatchObject({ type: "initiate", source: "network" });
  });

  test("a second visit works offline, and not after the cache was cleared", async ({ page, open, model, context }) => {
    await open();
    await page.evaluate(() => infoOf());
    await kept(page, model);
    await context.setOffline(true);
    const offline = await page.evaluate(async () => {
      const foldin = await load("model/manifest.json");
      const { items } = await foldin.popular({ k: 3 });
      return { source: foldin.info.source, n: items.length };
    });
    expect(offline).toEqual({ source: "cache", n: 3 });
    await page.evaluate(() => foldinPackage.clearCache());
    expect(await keptNames(page)).toEqual([]);
    const cleared = await page.evaluate(() => infoOf());
    const message = expect.stringContaining("This device is offline");
    expect(cleared).toMatchObject({ foldin: true, code: "network", message });
  });

  test("a host in trouble, or one that does not answer, is done without", async ({ page, open, model }) => {
    await open();
    await page.evaluate(() => infoOf());
    await kept(page, model);
    let tries = 0;
    await page.route("**/manifest.json", (route) => {
      tries += 1;
      return route.fulfill({ status: 503 });
    });
    expect((await page.evaluate(() => infoOf())).answered.source).toBe("cache");
    expect(tries).toBe(1);
    await page.unroute("**/manifest.json");
    await page.route("**/manifest.json", () => {});
    await open();
    await page.evaluate(() => {
      window.loading = infoOf({ worker: false });
    });
    await endTimeouts(page, 1);
    expect((await page.evaluate(() => loading)).answered.source).toBe("cache");
    await page.unroute("**/manifest.json");
    // A model that was taken away is not kept alive.
    await page.route("**/manifest.json", (route) => route.fulfill({ status: 404 }));
    expect((await page.evaluate(() => infoOf())).code).toBe("not-found");
  });

  for (const [what, damage] of [
    ["cut off", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["changed in one byte", (bytes) => bytes.fill(bytes[99] ^ 1, 99, 100)],
    ["something else", () => new TextEncoder().encode("<!doctype html>")],
  ]) {
    test(`what is kept but ${what} is dropped and fetched anew`, async ({ page, open, model, requests }) => {
      await open();
      await page.evaluate(() => infoOf());
      await kept(page, model);
      await page.evaluate(async (damage) => {
        const change = new Function(`return ${damage}`)();
        const cache = await caches.open((await caches.keys())[0]);
        for (const request of await cache.keys()) {
          if (request.url.endsWith("manifest.json")) continue;
          const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
          await cache.put(request, new Response(change(bytes)));
        }
      }, String(damage));
      requests.length = 0;
      const again = await page.evaluate(() => infoOf());
      expect(again.answered.source).toBe("network");
      expect(modelFiles(requests)).toHaveLength(3);
      // Healed: the next visit needs no request.
      await kept(page, model);
      requests.length = 0;
      await expect.poll(async () => (await page.evaluate(() => infoOf())).answered.source).toBe("cache");
    });
  }

  test("a cache that lost half of its files is filled up again", async ({ page, open, model, requests }) => {
    await open();
    await page.evaluate(() => infoOf());
    await kept(page, model);
    await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      for (const request of await cache.keys()) if (/score-|wasm/.test(request.url)) await cache.delete(request);
    });
    requests.length = 0;
    expect((await page.evaluate(() => infoOf())).answered.source).toBe("network");
    expect(modelFiles(requests).sort()).toEqual(["foldin_bg.wasm", nameOf(model.entry.files.score.path)]);
    await kept(page, model);
  });

  test("files of earlier versions, and of other wasm modules, are removed", async ({ page, open, model, site }) => {
    await open();
    await page.evaluate(() => infoOf());
    await kept(page, model);
    await page.evaluate(async () => {
      const cache = await caches.open((await caches.keys())[0]);
      await cache.put("foldin/wasm/foldin_bg.wasm?0123", new Response("an earlier one"));
    });
    const second = withSecondVersion(model.entry);
    await serveSecondVersion(page);
    await changeManifest(page, model, (manifest) => {
      manifest.versions.push(second);
      manifest.current = "second";
    });
    expect((await page.evaluate(() => infoOf())).answered).toMatchObject({ version: "second", source: "network" });
    await kept(page, { entry: second });
  });

  test("nothing is kept if nothing is to be", async ({ page, open }) => {
    await open();
    await page.evaluate(() => infoOf({ cache: false }));
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
  });

  const refusals = {
    "has no Cache API": () => delete window.caches,
    "throws at the mention of caches": () =>
      Object.defineProperty(window, "caches", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      }),
    "opens no cache": () => {
      CacheStorage.prototype.open = () => Promise.reject(new DOMException("no", "SecurityError"));
    },
    "has no room": () => {
      Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    },
    "cannot read what it kept": () => {
      Cache.prototype.match = () => Promise.reject(new Error("opaque failure"));
    },
  };
  for (const [what, refuse] of Object.entries(refusals)) {
    test(`a browser that ${what} loads from the network every time`, async ({ page, open, complaints }) => {
      await page.addInitScript(refuse);
      await open();
      for (let visit = 0; visit < 2; visit += 1) {
        expect((await page.evaluate(() => infoOf())).answered).toMatchObject({ source: "network" });
      }
      await page.evaluate(() => foldinPackage.clearCache());
      expect(complaints).toEqual([]);
    });
  }

  test("an insecure origin has neither cache nor checksums, and answers all the same", async ({ page, site }) => {
    await page.route("http://insecure.test/**", async (route) => {
      const url = route.request().url().replace("http://insecure.test/", site.url);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await page.goto("http://insecure.test/index.html");
    const answer = await page.evaluate(async () => {
      const { load } = await import("http://insecure.test/foldin/foldin.js");
      const foldin = await load("model/manifest.json");
      return [isSecureContext, foldin.info.worker, foldin.info.source, (await foldin.popular({ k: 3 })).items.length];
    });
    expect(answer).toEqual([false, true, "network", 3]);
  });
});

test.describe("downloads", () => {
  test("what two load at once is downloaded once, and both answer", async ({ page, open, requests }) => {
    await open();
    requests.length = 0;
    const lengths = await page.evaluate(async () => {
      const both = await Promise.all([load("model/manifest.json"), load("model/manifest.json")]);
      return Promise.all(both.map(async (foldin) => (await foldin.popular({ k: 3 })).items.length));
    });
    expect(lengths).toEqual([3, 3]);
    expect(modelFiles(requests)).toHaveLength(3);
    expect(requests.filter((url) => url.endsWith("manifest.json"))).toHaveLength(1);
  });

  for (const [browser, deletion] of [
    ["a browser", () => {}],
    ["a browser without DecompressionStream", () => delete globalThis.DecompressionStream],
  ]) {
    test(`${browser} unpacks files that the site has compressed, and keeps their content`, async ({
      page,
      open,
      model,
    }) => {
      await page.addInitScript(deletion);
      await page.route("**/*.foldin", async (route) => {
        const served = await (await route.fetch()).body();
        const body = served[0] === 0x1f ? served : gzipSync(served);
        await route.fulfill({ body, contentType: "application/octet-stream" });
      });
      await open();
      const { bytes } = (await page.evaluate(() => infoOf())).answered;
      expect(bytes.score).toBe(model.entry.files.score.bytes);
      await kept(page, model);
      expect((await page.evaluate(() => infoOf())).answered.source).toBe("cache");
    });
  }

  test("one of two that gives up leaves the other its download", async ({ page, open }) => {
    await open();
    const outcomes = await page.evaluate(async () => {
      const controller = new AbortController();
      const onProgress = ({ type, file }) => type === "download" && file === "score file" && controller.abort();
      const both = [infoOf({ signal: controller.signal, onProgress }), infoOf()];
      return Promise.all(both);
    });
    expect(outcomes[0]).toMatchObject({ name: "AbortError" });
    expect(outcomes[1].answered.version).toBeTruthy();
  });

  test("what the page preloads is used, and not fetched again", async ({
    page,
    model,
    site,
    requests,
    directory,
    open,
    complaints,
  }) => {
    const ofModel = ["score", "show"].map((name) => `model/${model.entry.files[name].path}`);
    const paths = ["model/manifest.json", ...ofModel, "foldin/wasm/foldin_bg.wasm"];
    const links = paths.map((path) => `<link rel="preload" as="fetch" crossorigin href="${path}">`);
    await writeFile(join(directory, "preload.html"), `<!doctype html>${links.join("")}<link rel="icon" href="data:,">`);
    for (const visit of ["first", "second"]) {
      requests.length = 0;
      await open("preload.html");
      const read = await page.evaluate(async () => {
        const read = [];
        await infoOf({ onProgress: ({ type, url, source }) => type === "done" && read.push(`${url} ${source}`) });
        return read.sort();
      });
      // Every file is read from the network, and asked for once: by the preload.
      expect(read, visit).toEqual(paths.map((path) => `${site.url}${path} network`).sort());
      for (const path of paths) {
        expect(
          requests.filter((url) => url === site.url + path),
          `${path} on the ${visit} visit`,
        ).toHaveLength(1);
        const entries = await page.evaluate(
          (url) => performance.getEntriesByName(url).map(({ initiatorType }) => initiatorType),
          site.url + path,
        );
        expect(entries, `${path} on the ${visit} visit`).toEqual(["link"]);
      }
      await kept(page, model);
    }
    expect(complaints).toEqual([]);
  });

  test("known users are loaded when first asked for, or at once if wanted", async ({ page, open, model, requests }) => {
    await open();
    const users = () => modelFiles(requests).filter((name) => name.startsWith("users-"));
    const outcomes = await page.evaluate(async () => {
      window.foldin = await load("model/manifest.json");
      return { hasUsers: foldin.info.hasUsers, bytes: foldin.info.bytes.users };
    });
    expect(users()).toEqual([]);
    expect(outcomes.hasUsers).toBe(Boolean(model.entry.files.users));
    const asked = () =>
      page.evaluate(async () => {
        const user = "no such user";
        const calls = [foldin.recommendUser(user), foldin.userProfile(user), foldin.batch([{ user }])];
        return Promise.all(calls.map((call) => outcome(() => call)));
      });
    if (!outcomes.hasUsers) {
      const refused = { foldin: true, code: "not-in-model", message: expect.stringContaining("--with-users") };
      for (const answer of await asked()) expect(answer).toMatchObject(refused);
      expect(await page.evaluate(() => infoOf({ users: true }))).toMatchObject(refused);
      return;
    }
    expect(outcomes.bytes).toBe(model.entry.files.users.bytes);
    await page.route("**/users-*", (route) => route.fulfill({ status: 404 }));
    for (const answer of await asked()) expect(answer).toMatchObject({ foldin: true, code: "not-found" });
    await page.unroute("**/users-*");
    requests.length = 0;
    for (const answer of await asked()) expect(answer).toMatchObject({ foldin: true, code: "unknown-user" });
    expect(users()).toHaveLength(1);
    const known = await page.evaluate(async () => {
      const ids = await foldin.userIds();
      const [user] = ids;
      const profile = await foldin.userProfile(user);
      const [mine, likewise] = [await foldin.recommendUser(user), await foldin.recommend(profile)];
      const { answers } = await foldin.batch([{ user, request: { k: 3 } }]);
      return { ids, mine: mine.items, likewise: likewise.items, batch: answers[0].items };
    });
    expect(known.ids.length).toBeGreaterThan(1);
    expect(known.ids).toEqual([...new Set(known.ids)].sort());
    expect(known.mine).toEqual(known.likewise);
    expect(known.batch).toEqual(known.mine.slice(0, 3));
    await page.evaluate(() => foldinPackage.clearCache());
    requests.length = 0;
    await page.evaluate(() => infoOf({ users: true, cache: false }));
    expect(users()).toHaveLength(1);
  });

  test("a known user is recommended nothing that they have liked, disliked, rated or seen", async ({ page, open }) => {
    await open();
    const histories = await page.evaluate(async () => {
      const foldin = await load("model/manifest.json");
      if (!foldin.info.hasUsers) return [];
      const users = (await foldin.userIds()).slice(0, 30);
      return Promise.all(
        users.map(async (user) => {
          const { liked = [], disliked = [], seen = [], ratings = [] } = await foldin.userProfile(user);
          const { items } = await foldin.recommendUser(user, { k: 50 });
          const known = [...liked, ...disliked, ...seen, ...ratings.map(([id]) => id)];
          return { known, recommended: items.map(({ id }) => id) };
        }),
      );
    });
    test.skip(histories.length === 0, "the model of this site has no users");
    for (const { known, recommended } of histories) {
      expect(known.length).toBeGreaterThan(0);
      expect(recommended).toHaveLength(50);
      expect(recommended.filter((id) => known.includes(id))).toEqual([]);
    }
  });

  test("an abort ends loading with the signal's own error, at any moment", async ({ page, open }) => {
    await open();
    const outcomes = await page.evaluate(async () => {
      const abort = async (after, reason, worker = "auto") => {
        const controller = new AbortController();
        const onProgress = ({ type, file }) => {
          if (after === `${type} ${file}`) controller.abort(reason);
        };
        if (!after) controller.abort(reason);
        try {
          await load("model/manifest.json", { signal: controller.signal, onProgress, worker, cache: false });
          return "loaded";
        } catch (error) {
          return error?.name ?? error;
        }
      };
      return [
        await abort(null),
        await abort("initiate score file"),
        await abort("done score file"),
        await abort("done wasm module", undefined, false),
        await abort("ready undefined"),
        await abort("initiate score file", "my own reason"),
      ];
    });
    expect(outcomes).toEqual([...Array(5).fill("AbortError"), "my own reason"]);
  });

  test("what a progress hook throws ends the loading", async ({ page, open }) => {
    await open();
    const thrown = await page.evaluate(() =>
      infoOf({
        onProgress: () => {
          throw new RangeError("mine");
        },
      }),
    );
    expect(thrown).toMatchObject({ name: "RangeError", message: "mine" });
  });

  test("progress goes from initiate to ready, and no file grows beyond its length", async ({ page, open }) => {
    await open();
    const events = await page.evaluate(async () => {
      const events = [];
      await load("model/manifest.json", { onProgress: (event) => events.push(event) });
      return events;
    });
    expect(events.at(-1)).toEqual({ type: "ready" });
    for (const file of ["manifest", "wasm module", "score file", "show file"]) {
      const of = events.filter((event) => event.file === file);
      const types = of.map(({ type }) => type);
      expect(types.filter((type, n) => type !== types[n - 1])).toEqual(["initiate", "download", "progress", "done"]);
      const loaded = of.map(({ loaded }) => loaded);
      expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
      expect(of.at(-1).loaded).toBe(of.at(-1).total);
      for (const { source } of of) expect(source).toBe("network");
    }
  });
});

test.describe("variants", () => {
  const entries = ["a", "b", "c"].map((version) => ({ version, files: { score: { path: "s" }, show: { path: "t" } } }));
  const visitors = Array.from({ length: 5000 }, (_, n) => `visitor ${n}`);
  const assign = (variants) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ format: 1, current: "a", versions: entries, variants }));
    const url = new URL("https://example.org/manifest.json");
    return visitors.map((visitor) => readManifest(bytes, url, { visitor }).variant);
  };
  const part = (assigned, name) => assigned.filter((variant) => variant === name).length / assigned.length;

  test("visitors are divided by the shares, and each always gets the same", () => {
    const assigned = assign([
      { version: "a", share: 90 },
      { version: "b", share: 10 },
    ]);
    expect(part(assigned, "b")).toBeGreaterThan(0.085);
    expect(part(assigned, "b")).toBeLessThan(0.115);
    expect(
      assign([
        { version: "b", share: 0.1 },
        { version: "a", share: 0.9 },
      ]),
    ).toEqual(assigned);
  });

  test("changed shares move no more visitors than they must, and only to what gained", () => {
    const before = assign([
      { version: "a", share: 9 },
      { version: "b", share: 1 },
    ]);
    const after = assign([
      { version: "a", share: 8 },
      { version: "b", share: 2 },
    ]);
    const moved = visitors.filter((_, n) => before[n] !== after[n]);
    expect(moved.length / visitors.length).toBeCloseTo(0.1, 1);
    for (const n of visitors.keys()) if (before[n] !== after[n]) expect([before[n], after[n]]).toEqual(["a", "b"]);
    const third = assign([
      { version: "a", share: 9 },
      { version: "b", share: 1 },
      { version: "c", share: 10 },
    ]);
    for (const n of visitors.keys()) if (before[n] !== third[n]) expect(third[n]).toBe("c");
    expect(part(third, "c")).toBeCloseTo(0.5, 1);
  });

  /** A site whose manifest has two variants of the one model. */
  async function twoVariants({ page, model, site }, shares = [1, 1]) {
    const second = withSecondVersion(model.entry);
    await serveSecondVersion(page);
    await changeManifest(page, model, (manifest) => {
      manifest.versions.push(second);
      manifest.variants = [
        { version: manifest.current, share: shares[0] },
        { version: "second", share: shares[1] },
      ];
    });
    return second;
  }

  test("a visitor keeps a variant, and the seed is in no request", async ({ page, open, model, site, requests }) => {
    await twoVariants({ page, model, site });
    const bodies = [];
    page.on("request", (request) => bodies.push(request.postData(), JSON.stringify(request.headers())));
    await open();
    const first = (await page.evaluate(() => infoOf())).answered;
    expect([model.entry.version, "second"]).toContain(first.variant);
    expect(first.version).toBe(first.variant);
    const seed = await page.evaluate(() => localStorage.getItem("foldin:visitor"));
    expect(seed.length).toBeGreaterThan(5);
    await open();
    expect((await page.evaluate(() => infoOf())).answered.variant).toBe(first.variant);
    expect(await page.evaluate(() => localStorage.getItem("foldin:visitor"))).toBe(seed);
    for (const sent of [...requests, ...bodies]) expect(sent ?? "").not.toContain(seed);
  });

  test("the site's own name for the visitor decides, or the site itself", async ({ page, open, model, site }) => {
    await twoVariants({ page, model, site });
    await open();
    const { named, again, forced, none } = await page.evaluate(async (current) => {
      const names = ["anna", "ben", "cleo", "dan", "eve", "finn", "gus", "hal"];
      const variants = async () => {
        const infos = [];
        for (const visitor of names) infos.push((await infoOf({ visitor })).answered.variant);
        return infos;
      };
      const forced = [await infoOf({ variant: "second" }), await infoOf({ variant: current, visitor: "anna" })];
      const named = await variants();
      return { named, again: await variants(), forced, none: await infoOf({ variant: "third" }) };
    }, model.entry.version);
    expect(again).toEqual(named);
    expect(new Set(named).size).toBe(2);
    expect(forced.map(({ answered }) => answered.variant)).toEqual(["second", model.entry.version]);
    expect(none).toMatchObject({ foldin: true, code: "invalid-value", message: expect.stringContaining('"third"') });
    // Named by the site, a visitor needs no seed here.
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  test("who keeps nothing gets the current version", async ({ page, open, model, site }) => {
    await page.addInitScript(() =>
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("no", "SecurityError");
        },
      }),
    );
    await twoVariants({ page, model, site }, [1, 1e9]);
    await open();
    expect((await page.evaluate(() => infoOf())).answered.variant).toBe(model.entry.version);
  });

  test("both variants stay in the cache, for visits offline", async ({ page, open, model, site, context }) => {
    const second = await twoVariants({ page, model, site });
    await open();
    await page.evaluate(
      async (versions) => {
        for (const variant of versions) await infoOf({ variant });
      },
      [model.entry.version, "second"],
    );
    await kept(
      page,
      model,
      ["score", "show"].map((name) => nameOf(second.files[name].path)),
    );
    await context.setOffline(true);
    const offline = await page.evaluate(() => infoOf({ variant: "second" }));
    expect(offline.answered).toMatchObject({ variant: "second", source: "cache" });
  });

  test("the site's hook is told of each answer, and cannot break one", async ({ page, open, model, site }) => {
    await twoVariants({ page, model, site });
    await open();
    const { events, items, lists, broken } = await page.evaluate(async () => {
      const events = [];
      const foldin = await load("model/manifest.json", { variant: "second", onEvent: (event) => events.push(event) });
      const { items } = await foldin.popular({ k: 2 });
      const { lists } = await foldin.compare({}, ["hybrid", "popular"], { k: 1 });
      await outcome(() => foldin.search(1));
      await foldin.health();
      const throwing = await load("model/manifest.json", {
        onEvent: () => {
          throw new Error("the hook's own");
        },
      });
      const broken = await throwing.popular({ k: 2 });
      return { events, items, lists, broken: broken.items.length };
    });
    expect(events.map(({ type }) => type)).toEqual(["load", "popular", "compare", "health"]);
    const common = { variant: "second", version: "second", ms: expect.any(Number), ids: expect.any(Array) };
    for (const event of events) expect(event).toMatchObject(common);
    expect(events[1].ids).toEqual(items.map(({ id }) => id));
    expect(events[2].ids).toEqual(lists.map(({ items }) => items[0].id));
    expect(broken).toBe(2);
  });
});
