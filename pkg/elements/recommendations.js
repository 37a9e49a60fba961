// <foldin-recommendations>: a list of recommendations, each with its reason.

import { FoldinElement, knownOf } from "./base.js";
import { button, element, fill, list } from "./kit.js";

export class FoldinRecommendations extends FoldinElement {
  static k = 6;
  static observedAttributes = list("src,profile-key,texts,heading,liked,k,strategy,diversity,genres,years,href,controls");

  build() {
    return [this.rowsNode];
  }

  async show(foldin, itemsOf, isCurrent) {
    const own = list(this.getAttribute("liked"));
    const known = await itemsOf([...this.profile.ids(), ...own]);
    const profile = knownOf(this.profile, known);
    profile.liked.push(...own.filter((id) => known.has(id)));
    const answer = await foldin.recommend(profile, this.#request());
    if (!isCurrent()) return;
    const { items } = answer;
    const t = this.texts;
    if (!this.hasAttribute("heading")) {
      this.headingNode.textContent = items.some(({ because }) => because.length) ? t.heading : t.popularHeading;
    }
    if (this.dataset.state === "ready") this.announce(fill(t.updated, { count: items.length, title: items[0]?.title }));
    for (const old of this.querySelectorAll(':scope > [slot^="item-"]')) old.remove();
    this.place(items.map((item, n) => this.#row(item, n, t, this.#reason(item, t, known, own))));
    this.emit("results", answer);
  }

  #request() {
    const years = this.getAttribute("years")?.match(/\d+/g)?.map(Number);
    return {
      k: this.k,
      strategy: this.getAttribute("strategy") ?? "hybrid",
      diversity: Number(this.getAttribute("diversity")),
      where: { genres: list(this.getAttribute("genres")), ...(years && { years: [years[0], years.at(-1)] }) },
    };
  }

  #row(item, n, t, reason) {
    const { id, title, genres } = item;
    const stars = item.stars?.toLocaleString(this.#language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) ?? "";
    const values = { id, title, year: item.year ?? "", genres: genres.join(", "), stars, reason };
    const href = this.getAttribute("href");
    const select = (event) => {
      if (event.target.closest("a, button") && !this.emit("select", { item })) event.preventDefault();
    };
    const line = (part, ...nodes) => element("p", { part }, ...nodes);
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
