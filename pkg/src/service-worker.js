// The package `foldin/service-worker`: answers HTTP endpoints of the site itself with recommendations, and keeps the
// site's files for use offline. service-worker.d.ts documents it.
//
// The browser ends a service worker at any time, and starts it again for the next request: all lasting state is in
// caches, and the model is loaded at the first request to an endpoint.

import { checkFields, checkString, invalid } from "./error.js";
import { load } from "./foldin.js";
import { createShell, keyOf } from "./shell.js";

/** @typedef {import("../foldin.d.ts").Foldin} Foldin */
/** @typedef {Record<string, any>} Query the query of a request; `k` is a number */

const worker = /** @type {import("./shell.js").WorkerScope} */ (/** @type {unknown} */ (globalThis));

/** @param {import("../service-worker.d.ts").ServeOptions} [options] */
export function serve(options = {}) {
  checkFields("options", options, ["manifest", "endpoints", "shell", "visited"]);
  /** @param {string} url */
  const absolute = (url) => new URL(url, location.href).href;
  const manifest = absolute(options.manifest ?? "model/manifest.json");
  const endpoints = absolute(options.endpoints ?? "foldin/");
  const answer = createEndpoints(manifest);
  const shell = createShell(options.shell && absolute(options.shell), worker, options.visited);

  worker.addEventListener("install", (event) => event.waitUntil(shell.fill().then(() => worker.skipWaiting())));
  worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
  worker.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    const address = keyOf(url);
    if (!address.startsWith(worker.registration.scope)) return;
    // Other names in the folder may be files, such as those of this package.
    const name = address.replace(endpoints, "");
    if (Object.hasOwn(ENDPOINTS, name)) event.respondWith(answer(name, method, new URL(url).searchParams));
    // The package caches the model itself, and knows by checksums what is outdated.
    else if (options.shell && method === "GET" && !address.startsWith(absolute(`${manifest}/../`)))
      shell.respond(event);
  });
}

/** @type {Record<string, (foldin: Foldin, parameters: Query) => Promise<unknown>>} */
const ENDPOINTS = {
  health: (foldin) => foldin.health(),
  stats: (foldin) => foldin.stats(),
  async recommend(foldin, { user_id, ...request }) {
    checkString("user_id", user_id);
    return foldin.recommendUser(user_id, request);
  },
  recommend_cold: async (foldin, { liked, ...request }) => foldin.recommend({ liked: list("liked", liked) }, request),
  similar: (foldin, { id, ...options }) => foldin.similar(id, options),
  async compare(foldin, { liked, user_id, strategies, ...request }) {
    const profile = user_id ? await foldin.userProfile(user_id) : { liked: list("liked", liked) };
    const chosen = strategies ? list("strategies", strategies) : [...foldin.info.strategies, "diverse"];
    return foldin.compare(profile, /** @type {import("../foldin.d.ts").ComparedStrategy[]} */ (chosen), request);
  },
};

/**
 * HTTP status by error code. Any other code means that the model could not be loaded: 503.
 *
 * @type {Record<string, number>}
 */
const STATUS = { "invalid-value": 400, "unknown-item": 404, "unknown-user": 404, "not-in-model": 404, internal: 500 };

/** @param {string} manifest */
function createEndpoints(manifest) {
  /** @type {Promise<Foldin> | null} */
  let loading = null;
  const loaded = async () => {
    loading ??= load(manifest);
    try {
      return await loading;
    } catch (error) {
      // The next request tries again.
      loading = null;
      throw error;
    }
  };

  /** @type {(name: string, method: string, parameters: URLSearchParams) => Promise<Response>} */
  return async (name, method, parameters) => {
    const begin = performance.now();
    let status = /GET|HEAD/.test(method) ? 200 : 405;
    let body;
    try {
      if (status > 200) throw invalid("method", method, "GET or HEAD");
      /** @type {Query} */
      const values = Object.fromEntries(parameters);
      if (values.k) values.k = Number(values.k);
      body = await ENDPOINTS[name](await loaded(), values);
    } catch (error) {
      const { code = "internal", message } = /** @type {import("./error.js").FoldinError} */ (error);
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

/**
 * The ids or names of a parameter, separated by commas.
 *
 * @param {string} name
 * @param {string} text
 */
function list(name, text) {
  checkString(name, text);
  return text.split(",").filter(Boolean);
}
