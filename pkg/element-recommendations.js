// <foldin-recommendations>: a list of recommendations with reasons.

import { FoldinElement } from "./element-base.js";
import { button, element, fill, line, list } from "./element-dom.js";
import { itemsById, knownPart } from "./element-model.js";

/** @typedef {import("./foldin.d.ts").Foldin} Foldin */
/** @typedef {import("./foldin.d.ts").Item} Item */
/** @typedef {import("./foldin.d.ts").Recommendation} Recommendation */
/** @typedef {import("./profile.d.ts").Profile} Profile */
/** @typedef {import("./element.d.ts").Texts} Texts */
/** @typedef {import("./element.d.ts").FoldinRecommendations} ElementInterface */

/**
 * The buttons of `controls`: the method of the profile and the text of the same name, and the sign.
 *
 * @type {["like" | "dislike" | "markSeen", string][]}
 */
const CONTROLS = [
  ["like", "♥\ufe0e"],
  ["dislike", "✕"],
  ["markSeen", "✓"],
];

/** @implements {ElementInterface} */
export class FoldinRecommendations extends FoldinElement {
  static k = 6;

  /** @returns {HTMLElement[]} */
  build() {
    return [this.rowsNode];
  }

  /**
   * @param {Foldin} foldin
   * @param {Profile} profile
   * @param {() => boolean} isCurrent
   */
  async show(foldin, profile, isCurrent) {
    const own = list(this.getAttribute("liked"));
    const known = await itemsById(foldin, [...profile.ids(), ...own]);
    const request = knownPart(profile, known);
    request.liked.push(...own.filter((id) => known.has(id)));
    const answer = await foldin.recommend(request, this.#request());
    if (!isCurrent()) return;
    const { items } = answer;
    const { texts } = this;
    if (!this.hasAttribute("heading")) {
      const isPersonal = items.some(({ because }) => because.length);
      this.headingNode.textContent = isPersonal ? texts.heading : texts.popularHeading;
    }
    if (this.dataset.state === "ready") {
      this.statusNode.textContent = fill(texts.updated, { count: items.length, title: items[0]?.title });
    }
    for (const old of this.querySelectorAll(':scope > [slot^="item-"]')) old.remove();
    this.place(items.map((item, n) => this.#row(item, n, texts, reasonOf(item, texts, known, own))));
    this.emit("results", answer);
  }

  /** @returns {import("./foldin.d.ts").Request} */
  #request() {
    const years = /** @type {[number, number] | undefined} */ (this.getAttribute("years")?.split("-").map(Number));
    return {
      k: this.k,
      strategy: /** @type {import("./foldin.d.ts").Strategy} */ (this.getAttribute("strategy") ?? "hybrid"),
      diversity: Number(this.getAttribute("diversity")),
      where: { genres: list(this.getAttribute("genres")), ...(years && { years }) },
    };
  }

  /**
   * @param {Recommendation} item
   * @param {number} n place in the list, from 0
   * @param {Texts} texts
   * @param {string} reason
   */
  #row(item, n, texts, reason) {
    const { id, title, genres } = item;
    const stars = item.stars?.toLocaleString(language(), { maximumFractionDigits: 1 }) ?? "";
    const values = { id, title, year: item.year ?? "", genres: genres.join(", "), stars, reason };
    const href = this.getAttribute("href");
    /** @param {MouseEvent} event */
    const select = (event) => {
      const target = /** @type {Element} */ (event.target);
      if (target.closest("a, button") && !this.emit("select", { item })) event.preventDefault();
    };
    const template = this.querySelector("template");
    const row = element("li", { part: !template && "item" });
    const first = template?.content.firstElementChild;
    if (first) {
      // The copy becomes a child of this element, so that the page's own styles apply.
      const copy = /** @type {HTMLElement} */ (fillTree(first.cloneNode(true), values));
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
    if (this.hasAttribute("controls")) {
      const controls = CONTROLS.map(([name, sign]) => {
        const label = fill(texts[name], values);
        const click = () => this.change((profile) => profile[name](id));
        return button("control", sign, click, { "aria-label": label, title: label });
      });
      row.append(line("controls", ...controls));
    }
    return row;
  }
}

/**
 * Why an item is recommended, in a few words.
 *
 * @param {Recommendation} item
 * @param {Texts} texts
 * @param {Map<string, Item>} known
 * @param {string[]} own ids in the attribute `liked`
 */
function reasonOf({ sources, because }, texts, known, own) {
  const [source = ""] = sources;
  const [first] = because;
  // A source that is the same for everyone is the reason if it comes first.
  if (!first || !(first.share > 0) || /popular|recent|top/.test(source)) {
    return /** @type {Record<string, string>} */ (/** @type {unknown} */ (texts))[source] ?? "";
  }
  // A second title of the same kind is named if its share is at least a quarter of the first.
  const isOwn = own.includes(first.id);
  const titles = because
    .filter(({ id, share }) => share * 4 >= first.share && own.includes(id) === isOwn)
    .slice(0, 2)
    .map(({ id }) => known.get(id)?.title ?? id);
  return fill(isOwn ? texts.goesWith : texts.because, { titles: new Intl.ListFormat(language()).format(titles) });
}

/** The language of the page. */
function language() {
  return document.documentElement.lang || undefined;
}

/**
 * Replaces `{names}` in the texts and attributes of a tree, but never in attributes that hold a script.
 *
 * @param {Node} node
 * @param {Record<string, string | number>} values
 */
function fillTree(node, values) {
  if (node instanceof Element) {
    for (const { name, value } of node.attributes) {
      const encode = /^(alt|title|aria-|data-)/.test(name) ? String : encodeURIComponent;
      if (!/^on/.test(name)) node.setAttribute(name, fill(value, values, encode));
    }
  }
  if (node instanceof CharacterData && node.data) node.data = fill(node.data, values);
  for (const child of node.childNodes) fillTree(child, values);
  return node;
}
