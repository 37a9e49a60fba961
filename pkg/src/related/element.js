// <foldin-related>: keeps the list that `foldin site` wrote into the page, and makes it personal for returning readers.

import { BaseElement } from "../elements/define.js";
import { Profile } from "../profile.js";
import { forgetVisited } from "../visited.js";
import { CANDIDATES, newerFirst } from "./freshness.js";
import { replaceItems, rowOf } from "./list.js";
import { mayRemember } from "./permission.js";
import { whenRead } from "./reading.js";
import { Site } from "./site.js";
import { textsOf } from "./texts.js";

/** @typedef {import("../../related.d.ts").FoldinRelated} ElementInterface */

/** So many of the newest pages say what a reader likes. */
const MOST_LIKED = 50;

/** @implements {ElementInterface} */
export class FoldinRelated extends BaseElement {
  /** @type {AbortController | undefined} */
  #connected;
  /**
   * The items of the page itself, which come back when the reader forgets.
   *
   * @type {Element[] | undefined}
   */
  #written;
  /** Number of the latest update. */
  #turn = 0;

  get k() {
    return Number(this.getAttribute("k")) || this.#written?.length || 6;
  }

  // Frameworks write to any property that they find.
  set k(k) {
    if (k == null) this.removeAttribute("k");
    else this.setAttribute("k", String(k));
  }

  /** The pages that this reader has read here, kept on this device only. */
  get profile() {
    return new Profile({ key: this.getAttribute("profile-key") ?? `foldin:read:${this.#site.root.pathname}` });
  }

  get #site() {
    return Site.at(this.getAttribute("src"));
  }

  get #list() {
    return this.querySelector("ul");
  }

  connectedCallback() {
    // While the page is being parsed, the list inside is not there yet.
    if (document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#start(), { once: true });
    } else {
      this.#start();
    }
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.#turn += 1;
  }

  #start() {
    this.#connected?.abort();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#written ??= this.#list ? [...this.#list.children] : undefined;
    if (!mayRemember(this)) return;
    const { profile } = this;
    const seconds = Number(this.getAttribute("read-after") ?? 10);
    const share = Number(this.getAttribute("read-share") ?? 0.5);
    whenRead(seconds, share, signal, async () => {
      const id = await this.#page();
      if (id !== undefined && !signal.aborted) profile.like(id);
    });
    profile.addEventListener("change", () => profile.size === 0 && this.#forget(), { signal });
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return;
        observer.disconnect();
        this.update();
      },
      { rootMargin: "600px" },
    );
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  /** The id of the page: as written into it, else by its address. */
  async #page() {
    const written = this.dataset.page ?? this.#list?.dataset.page;
    return written ?? (await this.#site.load()).idOf(location.href);
  }

  /** Shows what suits the reader. Whoever has read nothing else sees what the page came with. */
  async update() {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const site = await this.#site.load();
      const page = await this.#page();
      const { profile } = this;
      const read = profile.ids().filter((id) => id !== page);
      const rows = read.length || !this.#written ? await this.#rows(site, page, read) : [];
      if (turn !== this.#turn || !this.isConnected) return;
      if (rows.length) this.#show(rows, read.length > 0);
      this.dispatchEvent(new CustomEvent("foldin-ready", { bubbles: true, detail: { personal: read.length > 0 } }));
    } catch (error) {
      if (turn !== this.#turn) return;
      console.warn(`foldin: ${/** @type {Error} */ (error).message}`);
      this.dispatchEvent(new CustomEvent("foldin-error", { bubbles: true, detail: { error } }));
    }
  }

  /**
   * @param {import("./site.js").LoadedSite} site
   * @param {string | undefined} page
   * @param {string[]} read
   */
  async #rows(site, page, read) {
    const known = await site.known([...read.slice(-MOST_LIKED), ...(page === undefined ? [] : [page])]);
    const { freshness, pages } = site.file;
    const { k } = this;
    const request = site.request(freshness ? k * CANDIDATES : k, this.#language);
    const { items } = await site.foldin.recommend({ liked: known, seen: read }, request);
    const shown = freshness ? newerFirst(items, freshness, pages).slice(0, k) : items;
    return shown.map((item) => rowOf(site, item, this.hasAttribute("cards")));
  }

  get #language() {
    const language = this.closest("[lang]")?.getAttribute("lang") ?? "";
    return language.split("-")[0]?.toLowerCase() ?? "";
  }

  /**
   * @param {HTMLElement[]} rows
   * @param {boolean} isPersonal
   */
  #show(rows, isPersonal) {
    const texts = textsOf(this.#language);
    const list = this.#list ?? this.#build(texts.heading);
    replaceItems(list, rows, this.#written !== undefined);
    if (isPersonal) this.#note(texts);
  }

  /**
   * The heading and the list of an element that the page left empty.
   *
   * @param {string} heading
   */
  #build(heading) {
    const title = document.createElement("h2");
    title.className = "foldin-related-heading";
    title.textContent = heading;
    const list = document.createElement("ul");
    list.className = "foldin-related-list";
    const note = document.createElement("p");
    note.className = "foldin-related-note";
    note.textContent = "\u00a0";
    this.append(title, list, note);
    return list;
  }

  /**
   * Says what the list is based on, with the switch to forget it, in the line that the page reserves for it.
   *
   * @param {import("./texts.js").Texts} texts
   */
  #note(texts) {
    const note = /** @type {HTMLElement | null} */ (this.querySelector(".foldin-related-note"));
    if (!note) return;
    const forget = document.createElement("button");
    forget.type = "button";
    forget.className = "foldin-related-forget";
    forget.textContent = texts.forget;
    forget.addEventListener("click", () => this.profile.clear());
    Object.assign(note.style, { whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" });
    // Smaller than the line that is reserved, whose height stays.
    const line = document.createElement("span");
    line.style.fontSize = "0.85em";
    Object.assign(forget.style, {
      all: "unset",
      cursor: "pointer",
      textDecoration: "underline",
      font: "inherit",
      outline: "revert",
    });
    line.append(forget, ` · ${texts.based}`);
    note.title = texts.based;
    note.replaceChildren(line);
  }

  #forget() {
    this.#turn += 1;
    forgetVisited(this.#site.root.href);
    const [list, note] = [this.#list, this.querySelector(".foldin-related-note")];
    if (note) note.textContent = "\u00a0";
    note?.removeAttribute("title");
    if (list && this.#written) list.replaceChildren(...this.#written);
  }
}
