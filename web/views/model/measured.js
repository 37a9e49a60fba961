// What was measured of a model: all of it from metrics.json, which stays on the device once it has come, or else the
// few figures that the manifest tells.

/** `clearCache` of the package drops what has such a name. */
const CACHE = "foldin:papers:";

/** All that was measured, or as much of it as is known here (`isShort`); `null`: nothing. */
export async function fetchMeasured(info) {
  const path = info.papers?.metrics;
  const all = path ? await fetchOrKept(new URL(path, info.modelUrl).href) : null;
  if (all) return all;
  if (!info.metrics) return null;
  const { protocol, users, ...named } = info.metrics;
  const systems = Object.entries(named)
    .filter(([, metrics]) => metrics && typeof metrics === "object")
    .map(([name, metrics]) => ({ name, metrics }));
  return systems.length ? { protocols: [{ protocol, users, systems }], isShort: true } : null;
}

/** The network comes first: a model may be trained and measured again under the same name. */
async function fetchOrKept(url) {
  // Some browsers have no such store in private windows, and pages without HTTPS have none.
  const kept = await globalThis.caches?.open(CACHE + new URL(".", location.href).pathname).catch(() => null);
  try {
    const response = await fetch(url);
    if (response.ok) {
      const all = await response.clone().json();
      await kept?.put(url, response).catch(() => {});
      for (const { url: other } of (await kept?.keys().catch(() => [])) ?? []) if (other !== url) kept.delete(other);
      return all;
    }
  } catch {
    // Offline, or no such file after all.
  }
  const response = await kept?.match(url).catch(() => undefined);
  return response ? response.json() : null;
}
