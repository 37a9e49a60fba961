// What the browser keeps of a model between visits, in the Cache API: one drawer for each manifest. Storage may be
// missing, full, forbidden or broken; then it is as if nothing were kept.

const PREFIX = "foldin:";

/** The last thing that was begun, in whatever drawer. */
let last = Promise.resolve();

export class Drawer {
  #cache;

  /**
   * @param {string} name
   * @param {boolean} wanted whether anything is to be kept
   */
  constructor(name, wanted) {
    this.#cache = attempt(() => wanted && caches.open(PREFIX + name));
  }

  /** @returns {Promise<Uint8Array | undefined>} */
  get(key) {
    return this.#with(async (cache) => {
      const response = await cache.match(key);
      return response && new Uint8Array(await response.arrayBuffer());
    });
  }

  put(key, bytes) {
    // Copied now: the bytes may be given away to the worker.
    const response = new Response(bytes);
    return this.#later((cache) => cache.put(key, response));
  }

  drop(key) {
    return this.#later((cache) => cache.delete(key));
  }

  /** Removes everything but `keys`: files of earlier versions. */
  keepOnly(keys) {
    return this.#later(async (cache) => {
      const old = (await cache.keys()).filter(({ url }) => !keys.includes(url));
      await Promise.all(old.map((request) => cache.delete(request)));
    });
  }

  async #with(what) {
    const cache = await this.#cache;
    return cache && attempt(() => what(cache));
  }

  /** In turn, and beside everything else: nobody waits for storage. */
  #later(what) {
    return (last = last.then(() => this.#with(what)));
  }
}

/** Removes everything that foldin keeps. */
export async function clearCache() {
  await last;
  await attempt(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}

async function attempt(what) {
  try {
    return await what();
  } catch {
    return undefined;
  }
}
