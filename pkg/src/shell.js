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
const VERSION = 2;

/**
 * @param {string | undefined} listUrl a JSON list of the files to keep; when it changes, all of them are replaced
 * @param {WorkerScope} worker
 */
export function createShell(listUrl, worker) {
  const prefix = `foldin-shell:${worker.registration.scope}:`;
  const cacheName = prefix + VERSION;
  let patience = PATIENCE_MS;
  /** @type {Promise<unknown>} */
  let changing = Promise.resolve();

  /**
   * Runs one change of the cache after the other: what one has dropped, another that looked before must not bring back.
   *
   * @param {() => Promise<unknown>} change
   */
  function change(change) {
    const changed = changing.then(change);
    changing = changed.catch(() => {});
    return changed;
  }

  /**
   * Fetches all files of the list, if the list has changed.
   *
   * @param {ReturnType<typeof fetchList>} [listing] the list, if it is being fetched already
   */
  async function fill(listing) {
    // Caches of earlier versions of this file.
    for (const key of await caches.keys()) if (key.startsWith(prefix) && key !== cacheName) await caches.delete(key);
    if (!listUrl) return;
    const cache = await caches.open(cacheName);
    const { response, files } = await (listing ?? fetchList(listUrl));
    if ((await stampOf(response)) === (await stampOf(await cache.match(listUrl)))) return;
    // Nothing is stored before all files have arrived.
    const fetched = (await Promise.all(files.map(fetchFresh))).flat();
    await change(async () => {
      await Promise.all([cache.put(listUrl, response), ...fetched.map(([key, response]) => cache.put(key, response))]);
      const known = new Set([listUrl, ...fetched.map(([key]) => key)]);
      for (const { url } of await cache.keys()) if (!known.has(url)) await cache.delete(url);
    });
  }

  /**
   * Whether an answer may replace the cached copy. Whoever answers every request with a page of theirs, such as the login
   * of a hotel, sends pages in place of scripts, and no list of this site's files.
   *
   * @param {Response} response
   * @param {Response} cached
   * @param {Promise<unknown>} listing
   */
  async function isOfThisSite(response, cached, listing) {
    if (response.status !== 200 || isPage(response) !== isPage(cached)) return false;
    return listing.then(
      () => true,
      () => false,
    );
  }

  /**
   * @param {FetchEvent} event
   * @param {Promise<unknown> | undefined} listing
   */
  async function answer(event, listing) {
    const { request } = event;
    const cache = await caches.open(cacheName);
    const network = fetch(request);
    const found = await findCached(cache, request);
    if (!found) return network;
    const { key, cached } = found;
    const checking = listing ?? (isPage(cached) && listUrl ? fetchList(listUrl) : Promise.resolve());
    checking.catch(() => {});
    const newest = network.then(
      async (response) => {
        if (response.status >= 500) return cached;
        const copy = response.clone();
        if (await isOfThisSite(response, cached, checking)) {
          const fresh = await withoutRedirect(copy);
          // The file may have been dropped from the cache meanwhile.
          await change(async () => (await cache.match(key)) && cache.put(key, fresh));
        }
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
    fill,
    /**
     * Answers a request for a file of the shell.
     *
     * @param {FetchEvent} event
     */
    respond(event) {
      // The list is asked for beside a page, so that the page does not come later.
      const listing = listUrl && event.request.mode === "navigate" ? fetchList(listUrl) : undefined;
      event.respondWith(answer(event, listing));
      if (listing) event.waitUntil(fill(listing).catch(() => {}));
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

/**
 * The cached copy of a file. Hosts show `about.html` as `about` or `about/` too, and redirect from one to the other: any
 * of them is found by the others.
 *
 * @param {Cache} cache
 * @param {Request} request
 */
async function findCached(cache, { url, mode }) {
  const key = keyOf(url);
  const stem = key.replace(/(\.html|\/)$/, "");
  const keys = mode === "navigate" ? [key, `${stem}.html`, `${stem}/`, stem] : [key];
  for (const key of keys) {
    const cached = await cache.match(key);
    if (cached) return { key, cached };
  }
  return undefined;
}

/**
 * The list, and the keys of the files in it.
 *
 * @param {string} url
 */
async function fetchList(url) {
  const [[, response]] = await fetchFresh(url);
  /** @type {string[]} */
  const files = await response.clone().json();
  return { response, files: files.map((file) => keyOf(new URL(file, url).href)) };
}

/**
 * A file as the host has it now, under the address that was asked and, if that redirects, the one that answered.
 *
 * @param {string} url
 * @returns {Promise<[key: string, response: Response][]>}
 */
async function fetchFresh(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url} answers with HTTP status ${response.status}`);
  const final = keyOf(response.url);
  if (new URL(final).origin !== new URL(url).origin) throw new Error(`${url} leads to another host, ${final}`);
  const fresh = await withoutRedirect(response);
  return final === url
    ? [[url, fresh]]
    : [
        [url, fresh],
        [final, fresh.clone()],
      ];
}

/**
 * The same answer as if it had not been redirected: browsers refuse a redirected one for a page.
 *
 * @param {Response} response
 */
async function withoutRedirect(response) {
  const { status, statusText, headers } = response;
  return response.redirected ? new Response(await response.blob(), { status, statusText, headers }) : response;
}

/** @param {Response} response */
function isPage({ headers }) {
  return Boolean(headers.get("content-type")?.startsWith("text/html"));
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
