// The package `foldin/element`: defines <foldin-recommendations>, a list with reasons, and <foldin-picker>, where visitors
// say what they like and take back what they said. Documented in element.d.ts.

import { FoldinElement, button, element, fill, itemsOf, knownOf, line, list } from "./elements/base.js";

export class FoldinRecommendations extends FoldinElement {
  static k = 6;
  static observedAttributes = list("src,profile-key,texts,heading,liked,k,strategy,diversity,genres,years,href,controls");

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
    const stars = item.stars?.toLocaleString(this.#language, { maximumFractionDigits: 1 }) ?? "";
    const values = { id, title, year: item.year ?? "", genres: genres.join(", "), stars, reason };
    const href = this.getAttribute("href");
    const select = (event) => {
      if (event.target.closest("a, button") && !this.emit("select", { item })) event.preventDefault();
    };
    const control = (name, sign, how) => {
      const words = fill(t[name], values);
      return button("control", sign, () => this.change(how), { "aria-label": words, title: words });
    };
    const row = element("li", { part: "item" });
    const template = this.querySelector("template");
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
        line("about", stars && element("span", { role: "img", "aria-label": fill(t.stars, values) }, `★ ${stars} `), values.genres),
        line("reason", reason),
      );
    }
    if (this.hasAttribute("controls")) {
      row.append(
        line(
          "controls",
          control("like", "♥\ufe0e", (profile) => profile.like(id)),
          control("dislike", "✕", (profile) => profile.dislike(id)),
          control("seen", "✓", (profile) => profile.markSeen(id)),
        ),
      );
    }
    return row;
  }

  #reason({ sources, because }, t, known, own) {
    const [first] = because;
    // What holds for everybody, where that is the main reason.
    if (!first || /^(popular|recent|top-rated)$/.test(sources[0])) return t[sources[0]] ?? t.popular;
    // One more of the same kind, if it weighs a quarter of the first.
    const isOwn = own.includes(first.id);
    const strong = because.filter(({ id, share }) => share > 0 && share * 4 >= first.share && own.includes(id) === isOwn);
    const titles = strong.slice(0, 2).map(({ id }) => known.get(id).title);
    if (!titles.length) return t.near;
    return fill(isOwn ? t.goesWith : t.because, { titles: new Intl.ListFormat(this.#language).format(titles) });
  }

  /** The language of the text around. */
  get #language() {
    return this.closest("[lang]")?.lang || undefined;
  }
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
  static observedAttributes = list("src,profile-key,texts,heading,k");
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
    const seeds =
      foldin === this.#foldin && k === this.#seeds.k ? this.#seeds : { k, ...(await foldin.seeds({ k, profile: knownOf(profile, known) })) };
    if (!isCurrent()) return;
    this.#foldin = foldin;
    this.#seeds = seeds;
    // What was picked elsewhere comes first, the newest in front.
    for (const { id } of seeds.items) known.delete(id);
    const others = [...known.values()].filter(({ id }) => isPicked(profile, id));
    const tile = ({ id, title }) => {
      const picked = isPicked(profile, id);
      const toggle = () => this.change(() => (picked ? profile.remove(id) : profile.like(id)));
      return element("li", {}, button("pick", title, toggle, { "aria-pressed": `${picked}` }));
    };
    this.place([...others.reverse(), ...seeds.items].map(tile));
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(this.profile.export())}`;
    element("a", { href, download: "foldin-profile.json" }).click();
  }

  async #import(input, t) {
    let outcome = "";
    try {
      const text = await input.files[0].text();
      this.change((profile) => profile.import(text));
    } catch (error) {
      outcome = t.badFile;
      this.fail(error);
    }
    this.statusNode.textContent = outcome;
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
    const found = text && (await search(text));
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
  const listbox = element("ul", { id: "found", role: "listbox", part: "listbox", "aria-label": t.search, hidden: true, mousedown });
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
