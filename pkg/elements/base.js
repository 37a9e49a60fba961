// What both elements do: wait until they are near, load, follow their attributes and the profile, say what is wrong.

import { load } from "../foldin.js";
import { Profile } from "../profile.js";
import { SHEET, TEXTS, button, element } from "./kit.js";

const models = new Map();
const unstored = new Map();

/** The model whose manifest is at `url`, with what is known of its items; loaded again only after a failure. */
function modelAt(url) {
  if (!models.has(url)) {
    const loading = load(url).then((foldin) => ({ foldin, itemsOf: createItems(foldin) }));
    loading.catch(() => models.delete(url));
    models.set(url, loading);
  }
  return models.get(url);
}

/** Gives all items seen so far, with these ids among them where the model has them. */
function createItems(foldin) {
  const items = new Map();
  const asked = new Set();
  return async (ids) => {
    const missing = ids.filter((id) => !asked.has(id));
    if (missing.length) for (const item of await foldin.items(missing)) items.set(item.id, item);
    for (const id of missing) asked.add(id);
    return items;
  };
}

/** The profile by an element's `profile-key`. By default one for each model, since ids are the model's. */
function profileBy(key, url) {
  if (key !== "none") return new Profile({ key: key ?? `foldin:profile:${new URL(".", url).pathname}` });
  if (!unstored.has(url)) unstored.set(url, new Profile({ key: null }));
  return unstored.get(url);
}

/** What a profile says of items that the model has: ids of another model may be in it too. */
export function knownOf(profile, items) {
  const request = profile.toRequest();
  for (const name in request) request[name] = request[name].filter((said) => items.has([said].flat()[0]));
  return request;
}

export class FoldinElement extends HTMLElement {
  #texts;
  #slots;
  #url;
  #foldin;
  #profile;
  #observer;
  #begun;
  #due;
  #turn = 0;
  #follow = () => this.update();

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    // What was set before this class was there would hide the accessor.
    if (Object.hasOwn(this, "texts")) this.#texts = this.texts;
    delete this.texts;
  }

  get texts() {
    return { ...TEXTS, ...JSON.parse(this.getAttribute("texts")), ...this.#texts };
  }

  set texts(texts) {
    this.#texts = texts;
    this.attributeChangedCallback("texts");
  }

  get profile() {
    return this.#profile;
  }

  get k() {
    return Number(this.getAttribute("k") ?? this.constructor.k);
  }

  connectedCallback() {
    this.#build();
    const begin = () => {
      this.#observer?.disconnect();
      this.#begun = true;
      this.update();
    };
    if (this.getAttribute("loading") !== "lazy") return begin();
    const seen = (entries) => entries.at(-1).isIntersecting && begin();
    this.#observer = new IntersectionObserver(seen, { rootMargin: "300px" });
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    this.#begun = false;
    this.#turn += 1;
    this.#observer?.disconnect();
    this.#listen();
  }

  attributeChangedCallback(name) {
    if (/texts|heading/.test(name) && this.isConnected) this.#build();
    this.update();
  }

  /** Shows everything anew, once for all that has just changed. */
  async update() {
    if (!this.#begun || this.#due) return;
    this.#due = true;
    await null;
    this.#due = false;
    const turn = ++this.#turn;
    const isCurrent = () => turn === this.#turn;
    try {
      const url = new URL(this.getAttribute("src") ?? "model/manifest.json", document.baseURI).href;
      if (url !== this.#url) this.#state("loading");
      this.#listen(profileBy(this.getAttribute("profile-key"), url));
      const { foldin, itemsOf } = await modelAt(url);
      if (!isCurrent()) return;
      this.#url = url;
      if (foldin !== this.#foldin) this.emit("ready", { foldin });
      this.#foldin = foldin;
      await this.show(foldin, itemsOf, isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      this.#url = null;
      this.#state("error");
      this.fail(error);
    }
  }

  /** Puts rows in place of the old ones. The focus stays at the same place. */
  place(rows) {
    const { rowsNode } = this;
    const active = this.shadowRoot.activeElement;
    const focusable = (row) => [...row.querySelectorAll("a, button")];
    const at = [...rowsNode.children].findIndex((row) => row.contains(active));
    const nth = at < 0 ? at : focusable(rowsNode.children[at]).indexOf(active);
    rowsNode.replaceChildren(...rows);
    if (at >= 0 && rows.length) focusable(rows[Math.min(at, rows.length - 1)])[nth]?.focus();
    this.#state(rows.length ? "ready" : "empty");
  }

  /** Changes the profile for the visitor; all elements that have the same one follow. */
  change(how) {
    how(this.#profile);
    this.emit("change", { profile: this.#profile });
  }

  fail(error) {
    console.warn(`foldin: ${error.message}`);
    this.emit("error", { error });
  }

  /** Gives `false` if a listener has prevented what would follow. */
  emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(`foldin-${name}`, { bubbles: true, composed: true, cancelable: true, detail }));
  }

  announce(text) {
    this.shadowRoot.querySelector("[role=status]").textContent = text;
  }

  #listen(profile) {
    if (profile === this.#profile) return;
    this.#profile?.removeEventListener("change", this.#follow);
    this.#profile = profile;
    profile?.addEventListener("change", this.#follow);
  }

  #build() {
    const t = this.texts;
    // A heading that depends on what will be shown keeps its line.
    const heading = this.getAttribute("heading") ?? t[this.constructor.heading] ?? "\u00a0";
    const slot = (name, ...nodes) => element("slot", { name }, ...nodes);
    const message = (...nodes) => element("p", { part: "message" }, ...nodes);
    this.headingNode = element("h2", { part: "heading", hidden: !heading }, heading);
    // Until there is something to show, empty rows keep the place.
    this.rowsNode = element("ul", { part: "list", role: "list", "aria-label": heading.trim() || t.heading });
    for (let n = Math.min(this.k, 100); n > 0; n -= 1) this.rowsNode.append(element("li", { part: "item" }));
    this.#slots = {
      loading: slot("loading"),
      empty: slot("empty", message(t.empty)),
      error: slot("error", message(t.error, " ", button("button", t.retry, () => this.update()))),
    };
    const slots = Object.values(this.#slots);
    const status = element("p", { part: "status", role: "status" });
    this.shadowRoot.replaceChildren(slot("heading", this.headingNode), ...slots, ...this.build(t), status);
    this.#url = null;
    this.#state("loading");
  }

  #state(state) {
    this.dataset.state = state;
    for (const name in this.#slots) this.#slots[name].hidden = name !== state;
    this.rowsNode.ariaBusy = state === "loading";
    this.rowsNode.hidden = /empty|error/.test(state);
  }
}
