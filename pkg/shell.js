// The site's shell: all files of its pages except the model, kept in a cache for use offline. The network comes first,
// so that visitors always see the newest page.

/**
 * The parts of ServiceWorkerGlobalScope that are used. TypeScript's library for workers cannot be loaded beside that
 * for pages.
 *
 * @typedef {object} WorkerScope
 * @property {{ scope: string }} registration
 * @property {{ claim: () => Promise<void> }} clients
 * @property {() => Promise<void>} skipWaiting
 * @property {(type: string, listener: (event: FetchEvent) => void) => void} addEventListener
 */

/**
 * @typedef {object} FetchEvent
 * @property {Request} request
 * @property {(response: Promise<Response>) => void} respondWith
 * @property {(promise: Promise<unknown>) => void} waitUntil
 */

/** Milliseconds after which a cached copy replaces a slow network; 0 until the network has answered again. */
const PATIENCE_MS = 3000;
/** Raised when the content of the cache changes its meaning. */
const VERSION = 1;

/**
 * @param {string | undefined} listUrl a JSON list of the files to keep; when it changes, all of them are replaced
 * @param {WorkerScope} worker
 */
export function createShell(listUrl, worker) {
  const prefix = `foldin-shell:${worker.registration.scope}:`;
  const cacheName = prefix + VERSION;
  let patience = PATIENCE_MS;

  async function fill() {
    // Caches of earlier versions of this file.
    for (const key of await caches.keys()) if (key.startsWith(prefix) && key !== cacheName) await caches.delete(key);
    if (!listUrl) return;
    const cache = await caches.open(cacheName);
    const fresh = await fetchFresh(listUrl);
    if ((await stampOf(fresh)) === (await stampOf(await cache.match(listUrl)))) return;
    /** @type {string[]} */
    const files = await fresh.clone().json();
    const keys = files.map((url) => keyOf(new URL(url, listUrl).href));
    // Nothing is stored before all files have arrived.
    const responses = await Promise.all(keys.map(fetchFresh));
    await Promise.all([cache.put(listUrl, fresh), ...keys.map((key, n) => cache.put(key, responses[n]))]);
    const known = new Set([listUrl, ...keys]);
    for (const { url } of await cache.keys()) if (!known.has(url)) await cache.delete(url);
  }

  /** @param {FetchEvent} event */
  async function answer(event) {
    const { request } = event;
    const cache = await caches.open(cacheName);
    const key = keyOf(request.url);
    const cached = await cache.match(key);
    const network = fetch(request);
    if (!cached) return network;
    const newest = network.then(
      async (response) => {
        if (response.status >= 500) return cached;
        // The file may have been dropped from the cache meanwhile.
        if (response.status === 200 && (await cache.match(key))) await cache.put(key, response.clone());
        return response;
      },
      () => cached,
    );
    event.waitUntil(newest);
    return new Promise((/** @type {(response: Response) => void} */ resolve) => {
      const useCached = () => {
        patience = 0;
        resolve(cached);
      };
      const timer = setTimeout(useCached, patience);
      newest.then((response) => {
        clearTimeout(timer);
        patience = PATIENCE_MS;
        resolve(response);
      });
    });
  }

  return {
    /** Fetches all files of the list, if the list has changed. */
    fill,
    /**
     * Answers a request for a file of the shell.
     *
     * @param {FetchEvent} event
     */
    respond(event) {
      event.respondWith(answer(event));
      if (event.request.mode === "navigate") event.waitUntil(fill().catch(() => {}));
    },
  };
}

/**
 * The address without its query and fragment, and without `index.html`.
 *
 * @param {string} url
 */
export function keyOf(url) {
  return url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
}

/** @param {string} url */
async function fetchFresh(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url} answers with HTTP status ${response.status}`);
  return response;
}

/**
 * A text that changes with the list, and on most hosts with every build of the site.
 *
 * @param {Response | undefined} response
 */
async function stampOf(response) {
  if (!response) return undefined;
  const { headers } = response;
  return `${headers.get("etag")}${headers.get("last-modified")}${await response.clone().text()}`;
}
