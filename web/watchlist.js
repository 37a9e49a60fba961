// What the visitor wants to see: a list of titles that is stored in this browser only, apart from the profile, since wanting
// to see something says little about liking it.

/** More than anyone gets to see. */
const MOST = 1000;

/** @typedef {{ id: string, title: string, year: number | null }} Wanted what stays readable without the model */

export class Watchlist extends EventTarget {
  #key;
  #storage;
  /** By id, the oldest first. @type {Map<string, Wanted>} */
  #items = new Map();
  #stored = null;

  /** @param {{ key: string, storage?: Storage }} options where it is stored; by default in the browser's own storage */
  constructor({ key, storage = browserStorage() }) {
    super();
    this.#key = key;
    this.#storage = storage;
    this.refresh();
  }

  get size() {
    return this.#items.size;
  }

  /** @returns {Wanted[]} the newest first */
  items() {
    return [...this.#items.values()].reverse();
  }

  has(id) {
    return this.#items.has(id);
  }

  /** Adds titles as the newest; those that are there already stay where they are. */
  add(...items) {
    this.refresh();
    const all = new Map(this.#items);
    for (const item of items) if (!all.has(item.id)) all.set(item.id, wanted(item));
    this.#store(all);
  }

  remove(id) {
    this.refresh();
    const rest = new Map(this.#items);
    if (rest.delete(id)) this.#store(rest);
  }

  clear() {
    this.#store(new Map());
  }

  /**
   * Drops all titles but these, such as those that a model does not have.
   *
   * @param {Iterable<string>} ids
   * @returns {Wanted[]} what was dropped
   */
  keepOnly(ids) {
    this.refresh();
    const kept = new Set(ids);
    const dropped = this.items().filter(({ id }) => !kept.has(id));
    if (dropped.length) this.#store(new Map([...this.#items].filter(([id]) => kept.has(id))));
    return dropped;
  }

  /** Takes over what another tab has stored. */
  refresh() {
    const text = this.#read();
    if (text === this.#stored) return;
    this.#stored = text;
    this.#items = new Map(usable(text).map((item) => [item.id, item]));
    this.dispatchEvent(new Event("change"));
  }

  #store(items) {
    this.#items = new Map([...items].slice(-MOST));
    try {
      if (items.size) this.#storage?.setItem(this.#key, JSON.stringify([...this.#items.values()]));
      else this.#storage?.removeItem(this.#key);
    } catch {
      // Storage is full: the change lasts until the page is left.
    }
    this.#stored = this.#read();
    this.dispatchEvent(new Event("change"));
  }

  #read() {
    return this.#storage?.getItem(this.#key) ?? null;
  }
}

/**
 * The titles of a stored or an exported list; what cannot be used is left out.
 *
 * @param {unknown} list
 * @returns {Wanted[]}
 */
export function usableItems(list) {
  const isUsable = (item) => typeof item?.id === "string" && typeof item.title === "string";
  return Array.isArray(list) ? list.filter(isUsable).map(wanted) : [];
}

function usable(text) {
  try {
    return usableItems(JSON.parse(text));
  } catch {
    return [];
  }
}

function wanted({ id, title, year }) {
  return { id, title, year: Number.isInteger(year) ? year : null };
}

function browserStorage() {
  try {
    return localStorage;
  } catch {
    // Storage is blocked: the list lasts until the page is left.
    return undefined;
  }
}
