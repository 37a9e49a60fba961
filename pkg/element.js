// The package `foldin/element`: defines <foldin-recommendations>, a list with reasons, and <foldin-picker>, where
// visitors say what they like and take back what they said. Documented in element.d.ts.
//
// In this order: what nodes are made with, texts, style, what both elements have in common, the list, the picker. It is
// one file because each file is a request of its own on a site without a bundler.

import { load } from "./foldin.js";
import { Profile } from "./profile.js";

/**
 * An element, made without HTML strings: titles come from a data set and are text, whatever they contain. Attributes
 * that are functions listen, and those that are `false` or missing are left out.
 */
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value ?? false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function line(part, ...children) {
  return element("p", { part }, ...children);
}

function button(part, text, click, attributes) {
  return element("button", { type: "button", part, click, ...attributes }, text);
}

/** A text with its `{names}` replaced. */
function fill(text, values, encode = String) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? encode(values[name]) : hole));
}

/** The parts of an attribute between commas. */
function list(text) {
  return text ? text.split(",").map((part) => part.trim()) : [];
}

/** Every text that visitors see or hear; sites that speak otherwise replace them. */
const TEXTS = {
  heading: "Recommended for you",
  popularHeading: "Popular with everyone",
  because: "because you liked {titles}",
  goesWith: "goes with {titles}",
  popular: "popular with everyone",
  recent: "popular lately",
  "top-rated": "among the best rated",
  like: "Like {title}",
  dislike: "Not for me: {title}",
  markSeen: "Seen already: {title}",
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
  --row: 6.75em;
  display: block;
  margin-block: 1.5em;
  line-height: 1.35;
  overflow-wrap: anywhere;
}
:host([hidden]), [hidden] { display: none !important }
:host([controls]) { --row: calc(7.5em + 44px) }
:host(foldin-picker) { --foldin-column: 10em; --foldin-columns: 4; --row: 4em }
*, ::placeholder { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; list-style: none }
h2 { font-size: 1.25em }
h2, [part=title] { font-weight: bold }
h2, [part=combobox], [part=list] { margin-bottom: .75em }
[part=list] {
  display: grid;
  grid: auto / repeat(auto-fill, minmax(
    max(min(var(--foldin-column, 15em), 100%), 100% / var(--foldin-columns, 3) - .75em), 1fr));
  gap: .75em;
}
[part=list] > li { display: flex; flex-flow: column }
[part=item], [part=pick] { min-height: var(--row) }
[part=item], button, input {
  padding: .75em;
  border: var(--line);
  border-radius: var(--foldin-radius, .5em);
  background: none;
}
[part=title], [part=about], [part=reason], [part=pick] span {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
}
[part=about] { -webkit-line-clamp: 1 }
[part=about], [part=reason], ::placeholder { font-size: .875em; opacity: .8 }
[part=controls], [part=tools] { margin-top: auto; display: flex; flex-flow: wrap; gap: .5em }
button, input { min-height: 44px; min-width: 44px; padding-block: 0 }
[part=pick] { flex: 1; text-align: start }
[aria-pressed=true] span::before { content: "✓ " }
[part=combobox] { position: relative }
input { width: 100% }
[part=listbox] {
  position: absolute;
  z-index: 1;
  width: 100%;
  border: var(--line);
  background: var(--foldin-surface, Canvas);
  color: var(--foldin-surface-text, CanvasText);
}
[part=option] { padding: .75em }
:focus-visible, [aria-pressed=true], [aria-selected=true] {
  outline: 2px solid var(--foldin-accent, currentColor);
  outline-offset: -2px;
}
button:focus-visible { outline-offset: 2px }
:host(foldin-recommendations) [part=status] { position: absolute; clip-path: inset(50%) }
`);

/** One loaded model for each address, and one profile for all elements that keep theirs nowhere. */
const models = new Map();
const unstored = new Profile({ key: null });

/** Items by id: those of them that the model has. */
async function itemsOf(foldin, ids) {
  return new Map((await foldin.items(ids)).map((item) => [item.id, item]));
}

/** What a profile says of known items: ids of another model may be in it too. */
function knownOf(profile, items) {
  const request = profile.toRequest();
  for (const name in request) request[name] = request[name].filter((said) => items.has([said].flat()[0]));
  return request;
}

/** What both have: they wait until near, load, follow attributes and profile, and say what is wrong. */
class FoldinElement extends HTMLElement {
  static observedAttributes = list(
    "src,profile-key,texts,heading,k,liked,strategy,diversity,genres,years,href,controls",
  );
  #slots;
  #url;
  #foldin;
  #profile;
  #observer;
  #begun;
  #turn = 0;
  #follow = () => this.update();

  get texts() {
    return { ...TEXTS, ...JSON.parse(this.getAttribute("texts")) };
  }

  set texts(texts) {
    this.setAttribute("texts", JSON.stringify(texts));
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
    const turn = ++this.#turn;
    const isCurrent = () => turn === this.#turn;
    await null;
    if (!this.#begun || !isCurrent()) return;
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
    if (at >= 0)
      focusable()
        .slice(0, at + 1)
        .at(-1)
        ?.focus();
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
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    return this.dispatchEvent(new CustomEvent(`foldin-${name}`, options));
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
      slot(
        "error",
        line(
          "message",
          t.error,
          " ",
          button("button", t.retry, () => this.update()),
        ),
      ),
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

export class FoldinRecommendations extends FoldinElement {
  static k = 6;

  build() {
    return [this.rowsNode];
  }

  async show(foldin, isCurrent) {
    const own = list(this.getAttribute("liked"));
    const known = await itemsOf(foldin, [...this.profile.ids(), ...own]);
    const profile = knownOf(this.profile, known);
    profile.liked.push(...own.filter((id) => known.has(id)));
    const answer = await foldin.recommend(profile, this.#request());
    if (!isCurrent()) return;
    const { items } = answer;
    const t = this.texts;
    if (!this.hasAttribute("heading")) {
      this.headingNode.textContent = items.some(({ because }) => because.length) ? t.heading : t.popularHeading;
    }
    if (this.dataset.state === "ready") {
      this.statusNode.textContent = fill(t.updated, { count: items.length, title: items[0]?.title });
    }
    for (const old of this.querySelectorAll(':scope > [slot^="item-"]')) old.remove();
    this.place(items.map((item, n) => this.#row(item, n, t, this.#reason(item, t, known, own))));
    this.emit("results", answer);
  }

  #request() {
    const years = this.getAttribute("years")?.split("-").map(Number);
    return {
      k: this.k,
      strategy: this.getAttribute("strategy") ?? "hybrid",
      diversity: Number(this.getAttribute("diversity")),
      where: { genres: list(this.getAttribute("genres")), ...(years && { years }) },
    };
  }

  #row(item, n, t, reason) {
    const { id, title, genres } = item;
    const stars = item.stars?.toLocaleString(language(), { maximumFractionDigits: 1 }) ?? "";
    const values = { id, title, year: item.year ?? "", genres: genres.join(", "), stars, reason };
    const href = this.getAttribute("href");
    const select = (event) => {
      if (event.target.closest("a, button") && !this.emit("select", { item })) event.preventDefault();
    };
    const control = ([name, sign]) => {
      const words = fill(t[name], values);
      return button("control", sign, () => this.change((profile) => profile[name](id)), {
        "aria-label": words,
        title: words,
      });
    };
    const template = this.querySelector("template");
    const row = element("li", { part: !template && "item" });
    if (template) {
      // It becomes a child of this element, so that the page's own styles hold.
      const copy = filled(template.content.firstElementChild.cloneNode(true), values);
      copy.slot = `item-${n}`;
      copy.addEventListener("click", select);
      this.append(copy);
      row.append(element("slot", { name: copy.slot }));
    } else {
      const link = href !== null && { href: fill(href, values, encodeURIComponent), click: select };
      row.append(
        line("title", element(link ? "a" : "span", link || {}, title), ` ${values.year}`),
        line("about", stars && `★ ${stars} `, values.genres),
        line("reason", reason),
      );
    }
    if (this.hasAttribute("controls")) row.append(line("controls", ...CONTROLS.map(control)));
    return row;
  }

  #reason({ sources, because }, t, known, own) {
    const [first] = because;
    // What holds for everybody, where that is the main reason.
    if (!(first?.share > 0) || /popular|recent|top/.test(sources[0])) return t[sources[0]] ?? "";
    // One more of the same kind, if it weighs a quarter of the first.
    const isOwn = own.includes(first.id);
    const titles = because
      .filter(({ id, share }) => share * 4 >= first.share && own.includes(id) === isOwn)
      .slice(0, 2)
      .map(({ id }) => known.get(id).title);
    return fill(isOwn ? t.goesWith : t.because, { titles: new Intl.ListFormat(language()).format(titles) });
  }
}

/** Names of a profile's calls and of texts, and the signs of their buttons. */
const CONTROLS = Object.entries({ like: "♥\ufe0e", dislike: "✕", markSeen: "✓" });

/** The language of the page. */
function language() {
  return document.documentElement.lang || undefined;
}

/** Puts values in place of `{names}` in texts and attributes, but never where they would be a program. */
function filled(node, values) {
  for (const { name, value } of node.attributes ?? []) {
    const encode = /^(alt|title|aria-|data-)/.test(name) ? String : encodeURIComponent;
    if (!/^on/.test(name)) node.setAttribute(name, fill(value, values, encode));
  }
  if (node.data) node.data = fill(node.data, values);
  for (const child of node.childNodes) filled(child, values);
  return node;
}

export class FoldinPicker extends FoldinElement {
  static heading = "pickerHeading";
  static k = 12;
  #foldin;
  #seeds;

  build(t) {
    const file = element("input", { type: "file", accept: ".json", hidden: true, change: () => this.#import(file, t) });
    const search = (text) => this.#foldin?.search(text);
    const forget = () => confirm(t.reallyForget) && this.change((profile) => profile.clear());
    this.#foldin = null;
    return [
      combobox(t, search, (id) => this.change((profile) => profile.like(id))),
      this.rowsNode,
      line(
        "tools",
        button("button", t.export, () => this.#export()),
        button("button", t.import, () => file.click()),
        button("button", t.forget, forget),
        file,
      ),
    ];
  }

  async show(foldin, isCurrent) {
    const { profile, k } = this;
    const known = await itemsOf(foldin, profile.ids());
    // They stay while they are tapped.
    let seeds = this.#seeds;
    if (foldin !== this.#foldin || k !== seeds.k) {
      seeds = { k, ...(await foldin.seeds({ k, profile: knownOf(profile, known) })) };
    }
    if (!isCurrent()) return;
    this.#foldin = foldin;
    this.#seeds = seeds;
    // What was picked elsewhere comes first, the newest in front.
    for (const { id } of seeds.items) known.delete(id);
    const others = [...known.values()].filter(({ id }) => isPicked(profile, id));
    const tile = ({ id, title }) => {
      const picked = isPicked(profile, id);
      const toggle = () => this.change(() => (picked ? profile.remove(id) : profile.like(id)));
      return element("li", {}, button("pick", element("span", {}, title), toggle, { "aria-pressed": `${picked}` }));
    };
    this.place([...others.reverse(), ...seeds.items].map(tile));
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(this.profile.export())}`;
    element("a", { href, download: "foldin-profile.json" }).click();
  }

  async #import(input, t) {
    this.statusNode.textContent = "";
    try {
      const text = await input.files[0].text();
      this.change((profile) => profile.import(text));
    } catch (error) {
      this.statusNode.textContent = t.badFile;
      this.fail(error);
    }
    // The same file may be chosen again.
    input.value = "";
  }
}

function isPicked(profile, id) {
  return ["liked", "rated"].includes(profile.signalOf(id)?.type);
}

/** An ARIA combobox with a listbox. The first title found is marked, so that Enter takes it. */
function combobox(t, search, pick) {
  let active;
  let turn = 0;
  const mark = (n) => {
    active = n;
    [...options].forEach((option, at) => (option.ariaSelected = at === n));
    input.setAttribute("aria-activedescendant", options[n]?.id ?? "");
  };
  const show = (items, nothing) => {
    const option = ({ id, title, year }, n) => {
      const click = () => {
        input.value = "";
        close();
        pick(id);
      };
      return element("li", { id: `option-${n}`, role: "option", part: "option", click }, `${title} ${year ?? ""}`);
    };
    listbox.replaceChildren(...items.map(option));
    listbox.hidden = !items.length;
    input.ariaExpanded = !!items.length;
    none.textContent = nothing || "";
    mark(0);
  };
  const close = () => {
    turn += 1;
    show([]);
  };
  const update = async () => {
    const mine = ++turn;
    const text = input.value.trim();
    const found = text ? await search(text) : null;
    if (mine === turn) show(found?.items ?? [], found?.items.length === 0 && t.notFound);
  };
  const keydown = (event) => {
    const { key } = event;
    const { length } = options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing) return;
    if (key === "Escape") {
      // First the list goes, then the text.
      if (!length) input.value = "";
      close();
    } else if (length && (step || key === "Enter")) {
      event.preventDefault();
      if (step) mark((active + step + length) % length);
      else options[active].click();
    } else if (step) {
      update();
    }
  };
  // Pressing must not take the focus from the field.
  const mousedown = (event) => event.preventDefault();
  const listbox = element("ul", {
    id: "found",
    part: "listbox",
    role: "listbox",
    "aria-label": t.search,
    hidden: true,
    mousedown,
  });
  const options = listbox.children;
  const none = element("p", { role: "alert" });
  const input = element("input", {
    part: "search",
    role: "combobox",
    placeholder: t.search,
    "aria-label": t.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found",
    autocomplete: "off",
    input: update,
    blur: close,
    keydown,
  });
  return element("div", { part: "combobox" }, input, listbox, none);
}

// A page may have got this module twice, under two addresses.
if (!customElements.get("foldin-picker")) {
  customElements.define("foldin-recommendations", FoldinRecommendations);
  customElements.define("foldin-picker", FoldinPicker);
}
