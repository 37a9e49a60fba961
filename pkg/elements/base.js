// What both elements have: DOM nodes made without HTML strings, since titles come from a data set and are text, whatever
// they contain; texts and style; and the common life: wait until near, load, follow attributes and profile, say what is
// wrong.

import { load } from "../foldin.js";
import { Profile } from "../profile.js";

/** An element; attributes that are functions listen, and those that are `false` or missing are left out. */
export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value ?? false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function line(part, ...children) {
  return element("p", { part }, ...children);
}

export function button(part, text, click, attributes) {
  return element("button", { type: "button", part, click, ...attributes }, text);
}

/** A text with its `{names}` replaced. */
export function fill(text, values, encode = String) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? encode(values[name]) : hole));
}

/** The parts of an attribute between commas. */
export function list(text) {
  return text ? text.split(",").map((part) => part.trim()) : [];
}

/** Every text that visitors see or hear; sites that speak otherwise replace them. */
const TEXTS = {
  heading: "Recommended for you",
  popularHeading: "Popular with everyone",
  because: "because you liked {titles}",
  goesWith: "goes with {titles}",
  near: "near to your taste",
  popular: "popular with everyone",
  recent: "popular lately",
  "top-rated": "among the best rated",
  stars: "{stars} stars expected",
  like: "Like {title}",
  dislike: "Not for me: {title}",
  seen: "Seen already: {title}",
  updated: "{count} recommendations, first {title}",
  empty: "Nothing to recommend here.",
  error: "There are no recommendations now.",
  retry: "Try again",
  pickerHeading: "What do you like?",
  search: "Search for a title",
  notFound: "No such title; try fewer letters",
  export: "Export",
  import: "Import",
  forget: "Forget me",
  reallyForget: "Forget all your picks? This cannot be undone.",
  badFile: "This file holds no picks.",
};

// Fonts and colours are the site's. A sheet made in script is allowed by a strict Content-Security-Policy.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host {
  --line: 1px solid var(--foldin-border, #8886);
  --row: 8em;
  display: block;
  margin-block: 1.5em;
  line-height: 1.35;
  overflow-wrap: anywhere;
}
:host([hidden]), [hidden] { display: none !important }
:host([controls]) { --row: calc(8em + 44px) }
:host(foldin-picker) { --foldin-column: 10em; --row: 3.4em }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; list-style: none }
h2 { font-size: 1.25em; font-weight: bold }
h2, [part=combobox], [part=list] { margin-bottom: .75em }
[part=list] {
  display: grid;
  grid: auto / repeat(auto-fill, minmax(min(var(--foldin-column, 15em), 100%), 1fr));
  gap: .75em;
}
[part=list] > li { display: flex; flex-direction: column; min-height: var(--row) }
[part=item], button, input { padding: .75em; border: var(--line); border-radius: var(--foldin-radius, .5em); background: none }
[part=title], [part=about], [part=reason] { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
[part=about] { -webkit-line-clamp: 1 }
[part=title] { font-weight: bold }
[part=about], [part=reason] { font-size: .875em; opacity: .8 }
[part=controls], [part=tools] { display: flex; gap: .5em; margin-top: auto }
button, input { min-height: 44px; min-width: 44px; padding-block: 0 }
[part=pick] { flex: 1; text-align: start }
[aria-pressed=true]::before { content: "✓ " }
[part=combobox] { position: relative }
input { width: 100% }
[part=listbox] { position: absolute; z-index: 1; width: 100%; border: var(--line); background: var(--foldin-surface, Canvas) }
[part=option] { padding: .75em }
:focus-visible, [aria-pressed=true], [aria-selected=true] { outline: 2px solid var(--foldin-accent, currentColor); outline-offset: -2px }
button:focus-visible { outline-offset: 2px }
:host(foldin-recommendations) [part=status] { position: absolute; clip-path: inset(50%) }
`);

/** One loaded model for each address, and one profile for all elements that keep theirs nowhere. */
const models = new Map();
const unstored = new Profile({ key: null });

/** Items by id: those of them that the model has. */
export async function itemsOf(foldin, ids) {
  return new Map((await foldin.items(ids)).map((item) => [item.id, item]));
}

/** What a profile says of known items: ids of another model may be in it too. */
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
      const key = this.getAttribute("profile-key") ?? `foldin:profile:${new URL(".", url).pathname}`;
      this.#listen(key === "none" ? unstored : new Profile({ key }));
      if (url !== this.#url) this.#state("loading");
      if (!models.has(url)) models.set(url, load(url));
      const foldin = await models.get(url).catch((error) => {
        // The next try loads again.
        models.delete(url);
        throw error;
      });
      if (!isCurrent()) return;
      this.#url = url;
      if (foldin !== this.#foldin) this.emit("ready", { foldin });
      this.#foldin = foldin;
      await this.show(foldin, isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      this.#url = null;
      this.#state("error");
      this.fail(error);
    }
  }

  /** Puts rows in place of the old ones. The focus stays at the same place. */
  place(rows) {
    const focusable = () => [...this.rowsNode.querySelectorAll("a, button")];
    const at = focusable().indexOf(this.shadowRoot.activeElement);
    this.rowsNode.replaceChildren(...rows);
    if (at >= 0) (focusable()[at] ?? focusable().at(-1))?.focus();
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
    this.headingNode = element("h2", { part: "heading", hidden: !heading }, heading);
    this.statusNode = element("p", { part: "status", role: "status" });
    // Until there is something to show, empty rows keep the place.
    this.rowsNode = element("ul", { part: "list", role: "list", "aria-label": heading.trim() || t.heading });
    for (let n = Math.min(this.k, 100); n > 0; n -= 1) this.rowsNode.append(element("li", { part: "item" }));
    this.#slots = [
      slot("loading"),
      slot("empty", line("message", t.empty)),
      slot("error", line("message", t.error, " ", button("button", t.retry, () => this.update()))),
    ];
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.replaceChildren(slot("heading", this.headingNode), ...this.#slots, ...this.build(t), this.statusNode);
    this.#url = null;
    this.#state("loading");
  }

  #state(state) {
    this.dataset.state = state;
    for (const slot of this.#slots) slot.hidden = slot.name !== state;
    this.rowsNode.hidden = /empty|error/.test(state);
  }
}
