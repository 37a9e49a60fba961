// The cache of what a visitor has opened, which the service worker of `foldin site --offline` fills.

/** Raised when the content of the cache changes its meaning. */
const VERSION = 1;

/**
 * The name of the cache.
 *
 * @param {string} scope the folder that the worker is in charge of
 */
export function visitedName(scope) {
  return `foldin-visited:${scope}:${VERSION}`;
}

/**
 * Drops everything that was kept of a site.
 *
 * @param {string} scope
 */
export async function forgetVisited(scope) {
  // There is no such storage where a page has no `https:`.
  await globalThis.caches?.delete(visitedName(scope)).catch(() => {});
}
