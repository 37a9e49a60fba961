// The site's shell: all files of its pages except the model, kept in a cache for use offline. The network comes first,
// so that visitors always see the newest page. What a visitor opens beside the listed files is kept too, if wanted.

import { visitedName } from "./visited.js";

/**
 * The parts of ServiceWorkerGlobalScope that are used. TypeScript's library for workers cannot be loaded beside that
 * for pages.
 *
 * @typedef {object} WorkerScope
 * @property {{ scope: string, unregister: () => Promise<boolean> }} registration
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
/** So many of the files that were visited are kept; those that were not asked for the longest go first. */
const MOST_VISITED = 500;

/**
 * @param {string | undefined} listUrl a JSON list of the files to keep; when it changes, all of them are replaced
 * @param {WorkerScope} worker
 * @param {boolean} keepsVisited whether everything that a visitor opens is kept as well, and the worker ends itself once
 * the host has no list any more
 */
export function createShell(listUrl, worker, keepsVisited = false) {
  const prefix = `foldin-shell:${worker.registration.scope}:`;
  const cacheName = prefix + VERSION;
  const visited = visitedName(worker.registration.scope);
  const cacheNames = keepsVisited ? [cacheName, visited] : [cacheName];
  let hasRetired = false;
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
   * Changes a file in a cache, unless it has been dropped from there meanwhile.
   *
   * @param {string} name
   * @param {string} key
   * @param {(cache: Cache) => Promise<unknown>} action
   */
  function changeKept(name, key, action) {
    return change(async () => (await caches.match(key, { cacheName: name })) && action(await caches.open(name)));
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
    const { response, files } = await (listing ?? fetchList(listUrl));
    if ((await stampOf(response)) === (await stampOf(await caches.match(listUrl, { cacheName })))) return;
    // Nothing is stored before all files have arrived.
    const fetched = (await Promise.all(files.map(fetchFresh))).flat();
    await change(async () => {
      // To open a cache makes it: one that was just dropped must not come back.
      if (hasRetired) return;
      const cache = await caches.open(cacheName);
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
   * Keeps an answer for a visit without a network.
   *
   * @param {Request} request
   * @param {Promise<Response>} network
   * @param {Promise<unknown> | undefined} listing the list, if it is being fetched already
   */
  async function keepVisited(request, network, listing) {
    const response = await network;
    if (!listUrl || !isKept(request, response)) return;
    const copy = response.clone();
    // Fails where somebody else has answered with a page, such as the login of a hotel.
    if (isPage(response)) await (listing ?? fetchList(listUrl));
    const fresh = await withoutRedirect(copy);
    await change(async () => {
      // A worker that has ended itself still answers pages that were open then.
      if (!(await caches.match(listUrl, { cacheName }))) return;
      const cache = await caches.open(visited);
      await cache.put(keyOf(request.url), fresh);
      for (const oldest of (await cache.keys()).slice(0, -MOST_VISITED)) await cache.delete(oldest);
    });
  }

  /** Ends this worker: the next page is the host's alone. */
  async function retire() {
    hasRetired = true;
    await worker.registration.unregister();
    await change(() => Promise.all(cacheNames.map((name) => caches.delete(name))));
  }

  /**
   * @param {FetchEvent} event
   * @param {Promise<unknown> | undefined} listing
   */
  async function answer(event, listing) {
    const { request } = event;
    const network = fetch(request);
    const found = await findCached(cacheNames, request);
    if (!found) {
      if (keepsVisited) event.waitUntil(keepVisited(request, network, listing).catch(() => {}));
      return network;
    }
    const { key, cached, name } = found;
    const checking = listing ?? (isPage(cached) && listUrl ? fetchList(listUrl) : Promise.resolve());
    checking.catch(() => {});
    const newest = network.then(
      async (response) => {
        if (response.status >= 500) return cached;
        const copy = response.clone();
        if (await isOfThisSite(response, cached, checking)) {
          const fresh = await withoutRedirect(copy);
          await changeKept(name, key, (cache) => cache.put(key, fresh));
        } else if (name === visited && isGone(response.status)) {
          await changeKept(name, key, (cache) => cache.delete(key));
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
      if (hasRetired) return;
      // The list is asked for beside a page, so that the page does not come later.
      const listing = listUrl && event.request.mode === "navigate" ? fetchList(listUrl) : undefined;
      event.respondWith(answer(event, listing));
      if (listing) event.waitUntil(fill(listing).catch(() => {}));
      if (!listing || !keepsVisited) return;
      event.waitUntil(listing.then(undefined, ({ status }) => (isGone(status) ? retire() : undefined)));
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
 * @param {string[]} cacheNames
 * @param {Request} request
 */
async function findCached(cacheNames, { url, mode }) {
  const key = keyOf(url);
  const stem = key.replace(/(\.html|\/)$/, "");
  const keys = mode === "navigate" ? [key, `${stem}.html`, `${stem}/`, stem] : [key];
  for (const name of cacheNames) {
    for (const key of keys) {
      // Unlike `caches.open`, this makes no cache where there is none.
      const cached = await caches.match(key, { cacheName: name });
      if (cached) return { name, key, cached };
    }
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
  const { ok, status } = response;
  if (!ok) throw Object.assign(new Error(`${url} answers with HTTP status ${status}`), { status });
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

/** @param {number} status */
function isGone(status) {
  return status === 404 || status === 410;
}

/**
 * Whether an answer is worth keeping: all of a file, from this host, and not a download that somebody follows a link to.
 *
 * @param {Request} request
 * @param {Response} response
 */
function isKept({ mode }, response) {
  const { status, type, headers } = response;
  if (status !== 200 || type !== "basic" || headers.get("cache-control")?.includes("no-store")) return false;
  return mode !== "navigate" || isPage(response);
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
