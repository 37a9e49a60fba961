// What was measured of a model: all of it from metrics.json, which is then stored on the device, or else the few values
// in the manifest.

/** `clearCache` of the package deletes caches with this prefix. */
const CACHE = "foldin:reports:";

/** The fields of the manifest's metrics that are not systems. */
const NOT_SYSTEMS = ["protocol", "users"];

/**
 * @param {import("../../foldin/foldin.d.ts").Info} info
 * @returns {Promise<object | null>} the content of metrics.json; with `isShort`, the part that the manifest contains;
 * `null` if there is nothing
 */
export async function fetchMeasured(info) {
  const path = info.reports.metrics;
  const all = path ? await fetchOrStored(new URL(path, info.modelUrl).href) : null;
  return all ?? fromManifest(info.metrics);
}

/** The metrics of the manifest in the form of metrics.json. */
export function fromManifest(metrics) {
  if (!metrics) return null;
  const systems = Object.entries(metrics)
    .filter(([name, values]) => !NOT_SYSTEMS.includes(name) && values && typeof values === "object")
    .map(([name, values]) => ({ name, metrics: values }));
  if (!systems.length) return null;
  return { protocols: [{ protocol: metrics.protocol, users: metrics.users, systems }], isShort: true };
}

/** The network comes first: a model may be trained and measured again under the same name. */
async function fetchOrStored(url) {
  // Some browsers have no caches in private windows, and pages without HTTPS have none.
  const cache = await globalThis.caches?.open(CACHE + new URL(".", location.href).pathname).catch(() => null);
  try {
    const response = await fetch(url);
    if (response.ok) {
      const all = await response.clone().json();
      await store(cache, url, response);
      return all;
    }
  } catch {
    // Offline, or the file is missing.
  }
  const response = await cache?.match(url).catch(() => undefined);
  return response ? response.json() : null;
}

/** Stores a response in place of all earlier ones. */
async function store(cache, url, response) {
  try {
    await cache?.put(url, response);
    for (const { url: other } of (await cache?.keys()) ?? []) if (other !== url) await cache.delete(other);
  } catch {
    // Storage is full: the metrics are fetched again next time.
  }
}
