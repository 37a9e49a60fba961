// What a visitor said of items, kept in this browser alone: the package `foldin/profile`. Documented in profile.d.ts.

import { FoldinError, checkString, invalid } from "./error.js";

const FORMAT = "foldin-profile";
const VERSION = 1;
const TYPES = ["liked", "disliked", "rated", "seen"];
/** More than anybody taps, and still parsed in a few milliseconds. */
const MAX_EVENTS = 10_000;
const MAX_UNDO = 50;
/** Some messengers cut links that are longer. */
const MAX_LINKED = 100;

/** Profiles by key: on one page a key is one profile, so that all who use it see each other's changes. */
const byKey = new Map();

// Other tabs write too, and a page that comes back from the browser's history has missed what they wrote.
for (const type of ["storage", "pageshow"]) {
  globalThis.addEventListener?.(type, () => byKey.forEach((profile) => profile.refresh()));
}

export class Profile extends EventTarget {
  #key;
  /** Where it is kept, if anywhere. */
  #storage;
  /** Events by id, oldest first. A change makes a new map, so that the old one can stay in `#past`. */
  #events = new Map();
  #past = [];
  /** What the storage held when it was looked at last. */
  #stored = null;

  constructor({ key = `foldin:profile:${new URL(".", globalThis.location ?? "file:///").pathname}` } = {}) {
    if (byKey.has(key)) return byKey.get(key);
    super();
    if (key === null) return;
    this.#key = key;
    byKey.set(key, this);
    try {
      this.#storage = localStorage;
    } catch {
      // Blocked: what is said counts until the page is left.
    }
    this.refresh();
  }

  static fromLink(url) {
    const [, list = ""] = /[#&]liked=([^&]*)/.exec(url) ?? [];
    const profile = new Profile({ key: null });
    for (const text of list.split(",").slice(-MAX_LINKED)) {
      try {
        if (text) profile.like(decodeURIComponent(text));
      } catch {
        // Cut off, or never one of ours: the others may hold.
      }
    }
    return profile;
  }

  toLink(url = location) {
    const link = new URL(url);
    link.hash = `liked=${this.toRequest().liked.slice(-MAX_LINKED).map(encodeURIComponent)}`;
    return link.href;
  }

  get size() {
    return this.#events.size;
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  ids() {
    return [...this.#events.keys()];
  }

  signalOf(id) {
    const { id: _, ...signal } = this.#events.get(id) ?? {};
    return signal.type ? signal : null;
  }

  like(id) {
    return this.#add([{ id, type: "liked" }]);
  }

  dislike(id) {
    return this.#add([{ id, type: "disliked" }]);
  }

  rate(id, stars) {
    return this.#add([{ id, type: "rated", stars }]);
  }

  markSeen(id) {
    return this.#add([{ id, type: "seen" }]);
  }

  remove(id) {
    if (this.#events.has(id)) this.#change(this.#without([id]));
    return this;
  }

  undo() {
    const before = this.#past.pop();
    if (before) this.#keep(before);
    return Boolean(before);
  }

  clear() {
    this.#past = [];
    this.#keep(new Map());
  }

  keepOnly(ids) {
    const kept = new Set(ids);
    const gone = this.ids().filter((id) => !kept.has(id));
    if (!gone.length) return;
    // What the model does not have must not come back by an undo.
    this.#past = [];
    this.#keep(this.#without(gone));
  }

  toRequest() {
    const request = { liked: [], disliked: [], ratings: [], seen: [] };
    for (const { id, type, stars } of this.#events.values()) {
      if (type === "rated") request.ratings.push([id, stars]);
      else request[type].push(id);
    }
    return request;
  }

  export() {
    return JSON.stringify({ format: FORMAT, version: VERSION, events: [...this.#events.values()] });
  }

  import(text) {
    return this.#add(parse(text));
  }

  /** Takes over what another tab has stored meanwhile. */
  refresh() {
    const text = this.#read();
    if (text === this.#stored) return;
    this.#stored = text;
    this.#past = [];
    this.#events = new Map();
    try {
      for (const event of parse(text)) this.#events.set(event.id, event);
    } catch {
      // Broken or of another program: as if nothing was there.
    }
    this.dispatchEvent(new Event("change"));
  }

  #add(events) {
    const checked = events.map(check);
    // Removed first: what is said last of an item stands last.
    const all = this.#without(checked.map(({ id }) => id));
    for (const event of checked) all.set(event.id, event);
    this.#change(all);
    return this;
  }

  #without(ids) {
    const rest = new Map(this.#events);
    for (const id of ids) rest.delete(id);
    return rest;
  }

  #change(events) {
    this.#past = [...this.#past, this.#events].slice(-MAX_UNDO);
    this.#keep(events);
  }

  #keep(events) {
    this.#events = events.size > MAX_EVENTS ? new Map([...events].slice(-MAX_EVENTS)) : events;
    try {
      if (events.size) this.#storage?.setItem(this.#key, this.export());
      else this.#storage?.removeItem(this.#key);
    } catch {
      // Full: as if it was blocked.
    }
    this.#stored = this.#read();
    this.dispatchEvent(new Event("change"));
  }

  #read() {
    return this.#storage?.getItem(this.#key) ?? null;
  }
}

/** Events of an exported profile; an item's last one counts. */
function parse(text) {
  try {
    const { format, version, events } = JSON.parse(text);
    if (format + version !== FORMAT + VERSION) throw invalid("its format", format, FORMAT);
    return events.map(check);
  } catch (cause) {
    const message = `this is not an exported profile: ${cause.message}. Nothing was changed`;
    throw new FoldinError("invalid-profile", message, { cause });
  }
}

function check({ id, type, stars }) {
  checkString("id", id);
  if (!TYPES.includes(type)) throw invalid("type", type, TYPES);
  if (type !== "rated") return { id, type };
  if (Number.isFinite(stars) && stars >= 0) return { id, type, stars };
  throw invalid("stars", stars, "a number of at least 0");
}
