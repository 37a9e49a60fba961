// The package `foldin/service-worker`: answers the HTTP endpoints of recommenders that have a server, and keeps the
// site's shell for times without a network. Documented in service-worker.d.ts.
//
// The browser ends a service worker whenever it likes, and starts it again for the next request. So nothing that counts
// is remembered here but in caches, and the model is loaded when an endpoint is asked first.

import { checkFields, checkString, invalid } from "./error.js";
import { load } from "./foldin.js";

/** By when a slow network has lost against the kept copy; until it answers, it has lost for all other files too. */
const PATIENCE_MS = 3000;
const VERSION = 1;

export function serve(options = {}) {
  checkFields("options", options, ["manifest", "endpoints", "shell"]);
  const at = (url) => new URL(url, location).href;
  const manifest = at(options.manifest ?? "model/manifest.json");
  const endpoints = at(options.endpoints ?? "foldin/");
  const answer = createEndpoints(manifest);
  const shell = createShell(options.shell && at(options.shell));

  addEventListener("install", (event) => event.waitUntil(shell.fill().then(skipWaiting)));
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    const address = keyOf(url);
    if (!address.startsWith(registration.scope)) return;
    // Only what is an endpoint: the package may lie in the same folder.
    const name = address.replace(endpoints, "");
    if (Object.hasOwn(ENDPOINTS, name)) event.respondWith(answer(name, method, new URL(url).searchParams));
    // The model is the package's own business, which knows by checksums what is stale.
    else if (options.shell && method === "GET" && !address.startsWith(at(`${manifest}/../`))) shell.respond(event);
  });
}

const ENDPOINTS = {
  health: (foldin) => foldin.health(),
  stats: (foldin) => foldin.stats(),
  recommend(foldin, { user_id, ...request }) {
    checkString("user_id", user_id);
    return foldin.recommendUser(user_id, request);
  },
  recommend_cold: (foldin, { liked, ...request }) => foldin.recommend({ liked: list("liked", liked) }, request),
  similar: (foldin, { id, ...options }) => foldin.similar(id, options),
  async compare(foldin, { liked, user_id, strategies, ...request }) {
    const profile = user_id ? await foldin.userProfile(user_id) : { liked: list("liked", liked) };
    const all = [...foldin.info.strategies, "diverse"];
    return foldin.compare(profile, strategies ? list("strategies", strategies) : all, request);
  },
};

/** HTTP status by code; with any other code there is no model to ask. */
const STATUS = { "invalid-value": 400, "unknown-item": 404, "unknown-user": 404, "not-in-model": 404, internal: 500 };

function createEndpoints(manifest) {
  let loading;

  return async (name, method, parameters) => {
    const begin = performance.now();
    let status = /GET|HEAD/.test(method) ? 200 : 405;
    let body;
    try {
      if (status > 200) throw invalid("method", method, "GET or HEAD");
      const values = Object.fromEntries(parameters);
      if (values.k) values.k = Number(values.k);
      loading ??= load(manifest);
      const foldin = await loading.catch((error) => {
        // The next request tries again.
        loading = null;
        throw error;
      });
      body = await ENDPOINTS[name](foldin, values);
    } catch ({ code = "internal", message }) {
      if (status === 200) status = STATUS[code] ?? 503;
      body = { error: { code, message } };
    }
    const ms = (performance.now() - begin).toFixed(1);
    const headers = {
      "content-type": "application/json",
      "cache-control": "no-store",
      "server-timing": `foldin;dur=${ms}`,
      "x-foldin-ms": ms,
      allow: "GET, HEAD",
    };
    return new Response(method === "HEAD" ? null : JSON.stringify(body), { status, headers });
  };
}

function list(name, text) {
  checkString(name, text);
  return text.split(",").filter(Boolean);
}

/**
 * What the site's pages are made of, but for the model. The network comes first, so that nobody sees an old page while
 * there is a new one. The JSON list at `listed` says what to keep; when it has changed, all its files are replaced.
 */
function createShell(listed) {
  const prefix = `foldin-shell:${registration.scope}:`;
  const cacheName = prefix + VERSION;
  let patience = PATIENCE_MS;

  return {
    async fill() {
      // What earlier versions of this file have kept.
      for (const key of await caches.keys()) if (key.startsWith(prefix) && key !== cacheName) await caches.delete(key);
      if (!listed) return;
      const cache = await caches.open(cacheName);
      const fresh = await fetched(listed);
      if ((await stamp(fresh)) === (await stamp(await cache.match(listed)))) return;
      const keys = [listed, ...(await fresh.clone().json()).map((url) => keyOf(new URL(url, listed).href))];
      // Only when all have come, they are kept.
      const responses = [fresh, ...(await Promise.all(keys.slice(1).map(fetched)))];
      await Promise.all(keys.map((key, n) => cache.put(key, responses[n])));
      for (const { url } of await cache.keys()) if (!keys.includes(url)) await cache.delete(url);
    },

    respond(event) {
      const { request } = event;
      const answer = async () => {
        const cache = await caches.open(cacheName);
        const key = keyOf(request.url);
        const kept = await cache.match(key);
        const network = fetch(request);
        if (!kept) return network;
        const newest = network.then(
          async (response) => {
            if (response.status >= 500) return kept;
            // It may have been dropped meanwhile.
            if (response.status === 200 && (await cache.match(key))) await cache.put(key, response.clone());
            return response;
          },
          () => kept,
        );
        event.waitUntil(newest);
        return new Promise((resolve) => {
          const lose = () => {
            patience = 0;
            resolve(kept);
          };
          const timer = setTimeout(lose, patience);
          newest.then((response) => {
            clearTimeout(timer);
            patience = PATIENCE_MS;
            resolve(response);
          });
        });
      };
      event.respondWith(answer());
      if (request.mode === "navigate") event.waitUntil(this.fill().catch(() => {}));
    },
  };
}

/** A page has one address, whatever is asked of it. */
function keyOf(url) {
  return url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
}

async function fetched(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url} answers with HTTP status ${response.status}`);
  return response;
}

/** What changes with the list, and on most hosts with every build. */
async function stamp(response) {
  const header = (name) => response.headers.get(name);
  return response && header("etag") + header("last-modified") + (await response.clone().text());
}
