// <foldin-recommendations>: a list of recommendations, each with its reason.

import { FoldinElement } from "./base.js";
import { button, element, fill, list } from "./dom.js";
import { requestOf } from "./shared.js";

/** Sources that say the same to everybody. */
const FOR_ALL = ["popular", "recent", "top-rated"];

export class FoldinRecommendations extends FoldinElement {
  static heading = "heading";
  static k = 6;
  static observedAttributes = (
    "src profile-key texts heading liked k strategy diversity genres years href controls"
  ).split(" ");
  #rows;

  build(t, heading) {
    this.#rows = element("ol", { class: "rows", part: "list", role: "list", "aria-label": heading || t.heading });
    return [this.#rows];
  }

  async show({ foldin, itemsOf }, isCurrent) {
    const own = list(this.getAttribute("liked"));
    const profile = await requestOf(this.profile, itemsOf, own);
    const answer = await foldin.recommend(profile, this.#request());
    const known = await itemsOf([]);
    if (!isCurrent()) return;
    const { items } = answer;
    const first = !this.#rows.children.length;
    const personal = items.some(({ because }) => because.length);
    const t = this.texts;
    if (!this.hasAttribute("heading")) {
      this.shadowRoot.querySelector("h2").textContent = personal ? t.heading : t.popularHeading;
    }
    this.#replaceRows(items.map((item, n) => this.#row(item, n, t, this.#reason(item, t, known, own))));
    if (!first && items.length) this.announce(fill(t.updated, { count: items.length, title: items[0].title }));
    this.emit("results", answer);
    return !items.length;
  }

  #request() {
    const years = this.getAttribute("years")?.match(/\d+/g)?.map(Number);
    const genres = list(this.getAttribute("genres"));
    return {
      k: this.k,
      strategy: this.getAttribute("strategy") ?? "hybrid",
      diversity: Number(this.getAttribute("diversity")),
      where: { genres, ...(years && { years: [years[0], years.at(-1)] }) },
    };
  }

  /** The focus stays in the same place, on the same part. */
  #replaceRows(rows) {
    for (const old of this.querySelectorAll(':scope > [slot^="item-"]')) old.remove();
    const active = this.shadowRoot.activeElement;
    const place = [...this.#rows.children].findIndex((row) => row.contains(active));
    const nth = [...(this.#rows.children[place]?.querySelectorAll("a, button") ?? [])].indexOf(active);
    this.#rows.replaceChildren(...rows);
    if (place >= 0) rows[Math.min(place, rows.length - 1)]?.querySelectorAll("a, button")[nth]?.focus();
  }

  #row(item, n, t, reason) {
    const { id, title, year, genres, stars } = item;
    const shown = stars?.toLocaleString(this.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) ?? "";
    const values = { id, title, year: year ?? "", genres: genres.join(", "), stars: shown, reason };
    const href = this.getAttribute("href");
    const select = (event) => {
      if (event.target.closest("a, button") && !this.emit("select", { item }, true)) event.preventDefault();
    };
    const template = this.querySelector(":scope > template")?.content.firstElementChild;
    let content;
    if (template) {
      // In the page's own tree, where the page's own styles hold.
      const copy = filled(template.cloneNode(true), values);
      copy.slot = `item-${n}`;
      copy.addEventListener("click", select);
      this.append(copy);
      content = [element("slot", { name: copy.slot })];
    } else {
      const link = href === null ? ["span"] : ["a", { href: fill(href, values, encodeURIComponent), click: select }];
      content = [
        element("p", { part: "title", title }, element(...link, title), year === null ? "" : element("small", { part: "year" }, ` ${year}`)),
        element(
          "p",
          { part: "about" },
          shown && element("span", { part: "stars", role: "img", "aria-label": fill(t.stars, values) }, `★ ${shown} `),
          values.genres,
        ),
        element("p", { part: "reason", title: reason }, reason),
      ];
    }
    const control = (name, sign, how) => button("control", fill(t[name], values), () => this.change(how), sign);
    const controls = this.hasAttribute("controls") && [
      element(
        "p",
        { part: "controls" },
        control("like", "♥\ufe0e", (profile) => profile.like(id)),
        control("dislike", "✕", (profile) => profile.dislike(id)),
        control("seen", "✓", (profile) => profile.markSeen(id)),
      ),
    ];
    return element("li", { part: "item" }, ...content, ...(controls || []));
  }

  #reason({ sources, because }, t, known, own) {
    if (FOR_ALL.includes(sources[0])) return t[sources[0]];
    const [first] = because;
    if (!first) return t.popular;
    // Beside the strongest reason one more of its kind, if it weighs a quarter of it.
    const isOwn = own.includes(first.id);
    const titles = because
      .filter(({ id, share }) => share > 0 && share >= first.share / 4 && own.includes(id) === isOwn && known.has(id))
      .map(({ id }) => known.get(id).title)
      .slice(0, 2);
    if (!titles.length) return t.near;
    return fill(isOwn ? t.goesWith : t.because, { titles: new Intl.ListFormat(this.language).format(titles) });
  }
}

/** Puts values in place of `{names}` in texts and attributes, but never where they would be a program. */
function filled(node, values) {
  for (const { name, value } of node.attributes ?? []) {
    if (/^on/i.test(name)) continue;
    node.setAttribute(name, fill(value, values, /^(alt|title|aria-|data-)/.test(name) ? String : encodeURIComponent));
  }
  if (node.nodeType === Node.TEXT_NODE) node.data = fill(node.data, values);
  node.childNodes.forEach((child) => filled(child, values));
  return node;
}
