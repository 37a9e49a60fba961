// The package `foldin/profile`: what a visitor likes, dislikes, has rated and has seen, stored in this browser only.
// profile.d.ts documents it.

import { FoldinError } from "./error.js";
import { pageWideMap } from "./page-wide.js";
import { checkEvent, formatProfile, parseProfile, salvageProfile } from "./profile-format.js";

/** @typedef {import("../profile.d.ts").Profile} ProfileInterface */
/** @typedef {import("./profile-format.js").ProfileEvent} ProfileEvent */
/** @typedef {Map<string, ProfileEvent>} Events by item id, the oldest first */
/** @typedef {(events: Events) => Events} Change gives a new map */

/** More than anyone picks by hand, and still parsed in a few milliseconds. */
const MAX_EVENTS = 10_000;
const MAX_UNDO = 50;
/** Some messengers cut off longer links. */
const MAX_LINKED = 100;
/** This page, among those that change a profile at the same time. */
const PAGE = `p${Math.random().toString(36).slice(2, 8)}`;
/** So many pages are told apart. */
const MAX_PAGES = 20;
/** Within this time, browsers have told all pages what one has stored, unless a page is asleep. */
const NOTICE_MS = 10_000;

/**
 * Profiles by key: all users of a key on one page share one profile, so that they see each other's changes, whichever
 * files of this package they have loaded.
 *
 * @type {Map<string | null, Profile>}
 */
const byKey = pageWideMap("profiles");

// Other tabs write too, and a page restored from the back-forward cache has missed what they wrote.
for (const type of ["storage", "pageshow"]) {
  globalThis.addEventListener?.(type, () => {
    for (const profile of byKey.values()) profile.refresh();
  });
}

/** @implements {ProfileInterface} */
export class Profile extends EventTarget {
  /** @type {string} */
  #key = "";
  /**
   * Where it is stored; `undefined` if it is not.
   *
   * @type {Storage | undefined}
   */
  #storage;
  /**
   * Every change makes a new map: `#past` keeps the old ones.
   *
   * @type {Events}
   */
  #events = new Map();
  /** @type {Events[]} */
  #past = [];
  /**
   * The text in storage when it was last read or written.
   *
   * @type {string | null}
   */
  #stored = null;
  #dropped = 0;
  /** What the stored text contains of each page. */
  #changes = /** @type {import("./profile-format.js").Changes} */ ({});
  #nChanges = 0;
  /**
   * The latest changes of this page. Two pages that write at the same moment both begin with what was stored before:
   * the one that does not find its change in what is stored then makes it once more.
   *
   * @type {{ n: number, at: number, change: Change }[]}
   */
  #recent = [];

  /** @param {{ key?: string | null }} [options] */
  constructor({ key = `foldin:profile:${new URL(".", globalThis.location?.href ?? "file:///").pathname}` } = {}) {
    super();
    const shared = byKey.get(key);
    // biome-ignore lint/correctness/noConstructorReturn: all users of a key share one profile
    if (shared) return shared;
    if (key === null) return;
    this.#key = key;
    byKey.set(key, this);
    try {
      this.#storage = localStorage;
    } catch {
      // Storage is blocked: the profile lasts until the page is left.
    }
    this.refresh();
  }

  /** @param {string | URL} url */
  static fromLink(url) {
    const [, list = ""] = /[#&]liked=([^&]*)/.exec(String(url)) ?? [];
    const profile = new Profile({ key: null });
    for (const text of list.split(",").slice(-MAX_LINKED)) {
      try {
        if (text) profile.like(decodeURIComponent(text));
      } catch {
        // This id was cut off, or was never valid; the others may be.
      }
    }
    return profile;
  }

  /** @param {string | URL} [url] */
  toLink(url = globalThis.location?.href) {
    const link = parseUrl(url);
    link.hash = `liked=${this.toRequest().liked.slice(-MAX_LINKED).map(encodeURIComponent)}`;
    return link.href;
  }

  get size() {
    return this.#events.size;
  }

  get dropped() {
    return this.#dropped;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  ids() {
    return [...this.#events.keys()];
  }

  /** @type {ProfileInterface["signalOf"]} */
  signalOf(id) {
    const event = this.#events.get(id);
    if (!event) return null;
    const { id: _, ...signal } = event;
    return signal;
  }

  /** @param {string} id */
  like(id) {
    return this.#add([{ id, type: "liked" }]);
  }

  /** @param {string} id */
  dislike(id) {
    return this.#add([{ id, type: "disliked" }]);
  }

  /**
   * @param {string} id
   * @param {number} stars
   */
  rate(id, stars) {
    return this.#add([{ id, type: "rated", stars }]);
  }

  /** @param {string} id */
  markSeen(id) {
    return this.#add([{ id, type: "seen" }]);
  }

  /** @param {string} id */
  remove(id) {
    this.refresh();
    if (this.#events.has(id)) this.#change((events) => without(events, [id]));
    return this;
  }

  undo() {
    this.refresh();
    const before = this.#past.pop();
    if (before) this.#store(before);
    return Boolean(before);
  }

  clear() {
    this.#past = [];
    this.#recent = [];
    this.#store(new Map());
  }

  /** @param {Iterable<string>} ids */
  keepOnly(ids) {
    const kept = new Set(ids);
    this.refresh();
    const dropped = this.ids().filter((id) => !kept.has(id));
    if (!dropped.length) return;
    // An undo must not bring back what the model does not have.
    this.#past = [];
    this.#store(without(this.#events, dropped));
  }

  /** @type {ProfileInterface["toRequest"]} */
  toRequest() {
    /** @type {{ liked: string[], disliked: string[], ratings: [string, number][], seen: string[] }} */
    const request = { liked: [], disliked: [], ratings: [], seen: [] };
    for (const event of this.#events.values()) {
      if (event.type === "rated") request.ratings.push([event.id, event.stars]);
      else request[event.type].push(event.id);
    }
    return request;
  }

  export() {
    return formatProfile([...this.#events.values()]);
  }

  /** @param {string} text */
  import(text) {
    return this.#add(parseProfile(text));
  }

  /** Takes over what another tab has stored. */
  refresh() {
    const text = this.#read();
    if (text === this.#stored) return;
    this.#stored = text;
    this.#past = [];
    const { events, dropped, changes } = salvageProfile(text);
    this.#events = new Map(events.map((event) => [event.id, event]));
    this.#dropped = dropped;
    this.#changes = changes ?? {};
    // A version of this package that does not count changes has to be believed, and so has who cleared the storage.
    const nSeen = changes ? (changes[PAGE] ?? 0) : Number.POSITIVE_INFINITY;
    this.#recent = this.#recent.filter(({ at }) => Date.now() - at < NOTICE_MS);
    const lost = this.#recent.filter(({ n }) => n > nSeen);
    if (lost.length) this.#store(lost.reduce((events, { change }) => change(events), this.#events));
    else this.dispatchEvent(new Event("change"));
  }

  /** @param {ProfileEvent[]} events */
  #add(events) {
    const checked = events.map(checkEvent);
    this.refresh();
    this.#change((events) => {
      // Removed first, so that the newest events are the last in the map.
      const all = without(
        events,
        checked.map(({ id }) => id),
      );
      for (const event of checked) all.set(event.id, event);
      return all;
    });
    return this;
  }

  /** @param {Change} change */
  #change(change) {
    this.#past = [...this.#past, this.#events].slice(-MAX_UNDO);
    this.#nChanges += 1;
    this.#recent = [...this.#recent, { n: this.#nChanges, at: Date.now(), change }].slice(-MAX_UNDO);
    this.#store(change(this.#events));
  }

  /** @param {Events} events */
  #store(events) {
    this.#events = events.size > MAX_EVENTS ? new Map([...events].slice(-MAX_EVENTS)) : events;
    const { [PAGE]: _, ...others } = this.#changes;
    this.#changes = Object.fromEntries([...Object.entries(others).slice(1 - MAX_PAGES), [PAGE, this.#nChanges]]);
    try {
      if (events.size) this.#storage?.setItem(this.#key, formatProfile([...this.#events.values()], this.#changes));
      else this.#storage?.removeItem(this.#key);
    } catch {
      // Storage is full: the change lasts until the page is left.
    }
    this.#stored = this.#read();
    this.#dropped = 0;
    this.dispatchEvent(new Event("change"));
  }

  #read() {
    return this.#storage?.getItem(this.#key) ?? null;
  }
}

/**
 * @param {Events} events
 * @param {string[]} ids
 */
function without(events, ids) {
  const rest = new Map(events);
  for (const id of ids) rest.delete(id);
  return rest;
}

/** @param {string | URL | undefined} url */
function parseUrl(url) {
  try {
    return new URL(/** @type {string} */ (url));
  } catch (cause) {
    const message = `toLink: ${JSON.stringify(url)} is no absolute address; outside of a page give it one`;
    throw new FoldinError("invalid-value", message, { cause });
  }
}
