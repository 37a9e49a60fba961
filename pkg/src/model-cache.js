// The Cache API storage in which the files of models stay between visits.

/** Names of all caches of this package begin with it. */
const PREFIX = "foldin:";
/** An origin may have several models; those that came first go first. */
const MAX_CACHES = 8;

/**
 * The most recent write to any cache. Each write starts after the one before.
 *
 * @type {Promise<unknown>}
 */
let lastWrite = Promise.resolve();

/**
 * The cached files of one model. Storage may be missing, full, forbidden or broken; the cache then behaves as an empty
 * one.
 */
export class ModelCache {
  /** @type {Promise<Cache | false | undefined>} */
  #cache;

  /**
   * @param {string} name name of the cache: the address of the manifest
   * @param {boolean} isEnabled whether to read and write anything
   */
  constructor(name, isEnabled) {
    this.#cache = ignoreErrors(async () => isEnabled && caches.open(PREFIX + name));
  }

  /**
   * @param {string} key
   * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}
   */
  get(key) {
    return this.#withCache(async (cache) => {
      const response = await cache.match(key);
      return response && new Uint8Array(await response.arrayBuffer());
    });
  }

  /**
   * @param {string} key
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  put(key, bytes) {
    // Copies the bytes now: the caller may transfer them to the worker.
    const response = new Response(bytes);
    return this.#write((cache) => cache.put(key, response));
  }

  /** @param {string} key */
  delete(key) {
    return this.#write((cache) => cache.delete(key));
  }

  /**
   * Deletes every file but those with these keys, such as the files of earlier versions.
   *
   * @param {string[]} keys
   */
  keepOnly(keys) {
    return this.#write(async (cache) => {
      const old = (await cache.keys()).filter(({ url }) => !keys.includes(url));
      await Promise.all(old.map((request) => cache.delete(request)));
    });
  }

  /**
   * @template T
   * @param {(cache: Cache) => Promise<T>} action
   * @returns {Promise<T | undefined>}
   */
  async #withCache(action) {
    const cache = await this.#cache;
    return cache ? ignoreErrors(() => action(cache)) : undefined;
  }

  /**
   * Writes after all earlier writes. Loading does not wait for it.
   *
   * @param {(cache: Cache) => Promise<unknown>} action
   */
  #write(action) {
    lastWrite = lastWrite.then(() => this.#withCache(action));
    return lastWrite;
  }
}

/**
 * Deletes the caches that a newly loaded model makes superfluous: of the same manifest with another query, as sites use
 * them against HTTP caches, and the oldest if there are too many.
 *
 * @param {string} manifest address of the model that was loaded
 */
export function dropSuperfluousCaches(manifest) {
  /** @param {string} address */
  const path = (address) => address.replace(/[?#].*/, "");
  lastWrite = lastWrite.then(() =>
    ignoreErrors(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + manifest);
      const others = names.filter((name) => path(name) !== PREFIX + path(manifest));
      const old = others.slice(0, Math.max(0, others.length - MAX_CACHES + 1));
      const superfluous = names.filter((name) => !others.includes(name) || old.includes(name));
      await Promise.all(superfluous.map((name) => caches.delete(name)));
    }),
  );
}

/** Deletes every cache of this package. */
export async function clearCache() {
  await lastWrite;
  await ignoreErrors(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}

/**
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
async function ignoreErrors(action) {
  try {
    return await action();
  } catch {
    return undefined;
  }
}
