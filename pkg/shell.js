// The shell of a site, kept by its service worker: what its pages are made of, but for the model.
//
// The network comes first, so that nobody sees an old page while there is a new one; what was kept stands in where it
// fails or is slow. A list of relative URLs (files.json) says what to keep. When that list has changed, its files are
// fetched anew, and replaced all at once.

/** By when a slow network has lost against the kept copy. */
const WAIT_MS = 3000;
const VERSION = 1;

/** Keeps the files in the list at `list`; nothing if there is none. */
export function createShell(list) {
  const prefix = `foldin-shell:${registration.scope}:`;
  const name = prefix + VERSION;

  /** Fetches all files if the list has changed. Only when all have come, they are kept. */
  async function fill() {
    if (!list) return;
    const cache = await caches.open(name);
    const fresh = await fetched(list);
    if ((await stamp(fresh)) === (await stamp(await cache.match(list)))) return;
    const keys = (await fresh.clone().json()).map((url) => keyOf(new URL(url, list).href));
    const responses = await Promise.all(keys.map(fetched));
    await Promise.all([list, ...keys].map((key, n) => cache.put(key, [fresh, ...responses][n])));
    for (const { url } of await cache.keys()) if (url !== list && !keys.includes(url)) await cache.delete(url);
  }

  /** Removes what earlier versions of this file have kept. */
  async function dropOld() {
    for (const key of await caches.keys()) if (key.startsWith(prefix) && key !== name) await caches.delete(key);
  }

  async function answer(event) {
    const { request } = event;
    const cache = await caches.open(name);
    const key = keyOf(request.url);
    const kept = await cache.match(key);
    if (!kept) return fetch(request);
    const newest = fetch(request).then(
      async (response) => {
        if (response.status >= 500) return kept;
        if (response.status === 200 && !response.redirected) await cache.put(key, response.clone());
        return response;
      },
      () => kept,
    );
    event.waitUntil(newest);
    return Promise.race([newest, new Promise((resolve) => setTimeout(resolve, WAIT_MS, kept))]);
  }

  return {
    fill,
    dropOld,
    respond(event) {
      if (!list) return;
      event.respondWith(answer(event));
      if (event.request.mode === "navigate") event.waitUntil(fill().catch(() => {}));
    },
  };
}

/** A page has one name, whatever is asked of it. */
function keyOf(url) {
  return url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
}

async function fetched(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url} answers with HTTP status ${response.status}`);
  // Browsers refuse a redirected response where a page was asked for.
  return response.redirected ? new Response(response.body, response) : response;
}

/** What changes with the list, and on most hosts with every build. */
async function stamp(response) {
  return response && [response.headers.get("etag"), response.headers.get("last-modified"), await response.clone().text()].join();
}
