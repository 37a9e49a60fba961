// Stand-in until the package has its own.
export class Profile extends EventTarget {
  #events = [];
  #past = [];
  #key;
  constructor({ key = `foldin:profile:${new URL(".", location.href).pathname}` } = {}) {
    super();
    this.#key = key;
    try {
      this.#events = JSON.parse(localStorage.getItem(key))?.events ?? [];
    } catch {}
  }
  #set(id, event) {
    this.#past.push(this.#events);
    this.#events = this.#events.filter((one) => one.id !== id);
    if (event) this.#events.push({ id, ...event });
    this.#changed();
  }
  #changed() {
    try {
      if (this.size) localStorage.setItem(this.#key, this.export());
      else localStorage.removeItem(this.#key);
    } catch {}
    this.dispatchEvent(new Event("change"));
  }
  like(id) { this.#set(id, { type: "liked" }); }
  dislike(id) { this.#set(id, { type: "disliked" }); }
  rate(id, stars) { this.#set(id, { type: "rated", stars }); }
  markSeen(id) { this.#set(id, { type: "seen" }); }
  remove(id) { this.#set(id); }
  signalOf(id) { return this.#events.find((one) => one.id === id) ?? null; }
  get size() { return this.#events.length; }
  ids() { return this.#events.map(({ id }) => id); }
  get canUndo() { return this.#past.length > 0; }
  undo() {
    if (!this.canUndo) return false;
    this.#events = this.#past.pop();
    this.#changed();
    return true;
  }
  clear() { this.#events = []; this.#past = []; this.#changed(); }
  toRequest() {
    const of = (type) => this.#events.filter((one) => one.type === type).map(({ id }) => id);
    const ratings = this.#events.filter(({ type }) => type === "rated").map(({ id, stars }) => [id, stars]);
    return { liked: of("liked"), disliked: of("disliked"), ratings, seen: of("seen") };
  }
  export() { return JSON.stringify({ format: "foldin-profile", version: 1, events: this.#events }); }
  import(text) {
    const { events } = JSON.parse(text);
    if (!Array.isArray(events)) throw new Error("not a profile");
    this.#past.push(this.#events);
    this.#events = events;
    this.#changed();
  }
  keepOnly(ids) { const known = new Set(ids); this.#events = this.#events.filter(({ id }) => known.has(id)); }
}
