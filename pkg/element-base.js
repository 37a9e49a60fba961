// What both elements share: loading when near, following attributes and the profile, and showing states.

import { button, element, line, list } from "./element-dom.js";
import { loadShared } from "./element-model.js";
import { SHEET } from "./element-style.js";
import { TEXTS } from "./element-texts.js";
import { Profile } from "./profile.js";

/** @typedef {import("./foldin.d.ts").Foldin} Foldin */
/** @typedef {import("./element.d.ts").Texts} Texts */

/** The profile of all elements with `profile-key="none"`. */
const unstored = new Profile({ key: null });

/** The largest number of empty rows that reserve space. */
const MAX_BLANK_ROWS = 100;

/** The base of both elements. */
export class FoldinElement extends HTMLElement {
  static observedAttributes = list(
    "src,profile-key,texts,heading,k,liked,strategy,diversity,genres,years,href,controls",
  );
  /**
   * The text above the element; `null` if it depends on what is shown.
   *
   * @type {keyof Texts | null}
   */
  static heading = null;
  /** The default of the attribute `k`. */
  static k = 0;

  headingNode = element("h2", {});
  rowsNode = element("ul", {});
  statusNode = element("p", {});
  /** @type {HTMLSlotElement[]} */
  #slots = [];
  /**
   * Address of the manifest whose answers are shown.
   *
   * @type {string | null}
   */
  #url = null;
  /** @type {Foldin | undefined} */
  #foldin;
  /** @type {Profile | undefined} */
  #profile;
  /** @type {IntersectionObserver | undefined} */
  #observer;
  /** Whether the element is in a page and has come near enough to load. */
  #isActive = false;
  /** Number of the latest update. */
  #turn = 0;
  #follow = () => this.update();

  /** @returns {Texts} */
  get texts() {
    return { ...TEXTS, .../** @type {Partial<Texts>} */ (JSON.parse(this.getAttribute("texts") ?? "{}")) };
  }

  /** @param {Partial<Texts>} texts */
  set texts(texts) {
    this.setAttribute("texts", JSON.stringify(texts));
  }

  get profile() {
    return this.#profile;
  }

  get k() {
    return Number(this.getAttribute("k") ?? this.#class.k);
  }

  get #class() {
    return /** @type {typeof FoldinElement} */ (this.constructor);
  }

  connectedCallback() {
    this.#build();
    const activate = () => {
      this.#observer?.disconnect();
      this.#isActive = true;
      this.update();
    };
    if (this.getAttribute("loading") !== "lazy") return activate();
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && activate(), {
      rootMargin: "300px",
    });
    this.#observer = observer;
    observer.observe(this);
  }

  disconnectedCallback() {
    this.#isActive = false;
    this.#turn += 1;
    this.#observer?.disconnect();
    this.#listenTo(undefined);
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (/texts|heading/.test(name) && this.isConnected) this.#build();
    this.update();
  }

  /** Shows everything anew, once for all changes of this moment. */
  async update() {
    this.#turn += 1;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn;
    await null;
    if (!this.#isActive || !isCurrent()) return;
    try {
      const url = new URL(this.getAttribute("src") ?? "model/manifest.json", document.baseURI).href;
      const key = this.getAttribute("profile-key") ?? `foldin:profile:${new URL(".", url).pathname}`;
      const profile = key === "none" ? unstored : new Profile({ key });
      this.#listenTo(profile);
      if (url !== this.#url) this.#showState("loading");
      const foldin = await loadShared(url);
      if (!isCurrent()) return;
      this.#url = url;
      if (foldin !== this.#foldin) this.emit("ready", { foldin });
      this.#foldin = foldin;
      await this.show(foldin, profile, isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      this.#url = null;
      this.#showState("error");
      this.fail(error);
    }
  }

  /**
   * The nodes below the heading.
   *
   * @param {Texts} _texts
   * @returns {HTMLElement[]}
   */
  build(_texts) {
    return [];
  }

  /**
   * Shows what the model answers.
   *
   * @param {Foldin} _foldin
   * @param {Profile} _profile
   * @param {() => boolean} _isCurrent whether no later update has begun
   */
  async show(_foldin, _profile, _isCurrent) {}

  /**
   * Replaces the rows. The focus stays at the same position.
   *
   * @param {HTMLElement[]} rows
   */
  place(rows) {
    const focusable = () => [.../** @type {NodeListOf<HTMLElement>} */ (this.rowsNode.querySelectorAll("a, button"))];
    const focused = this.shadowRoot?.activeElement;
    const at = focusable().indexOf(/** @type {HTMLElement} */ (focused));
    this.rowsNode.replaceChildren(...rows);
    if (at >= 0) {
      focusable()
        .slice(0, at + 1)
        .at(-1)
        ?.focus();
    }
    this.#showState(rows.length ? "ready" : "empty");
  }

  /**
   * Changes the profile for the visitor; all elements with the same profile follow.
   *
   * @param {(profile: Profile) => void} edit
   */
  change(edit) {
    if (!this.#profile) return;
    edit(this.#profile);
    this.emit("change", { profile: this.#profile });
  }

  /** @param {unknown} error */
  fail(error) {
    console.warn(`foldin: ${/** @type {Error} */ (error).message}`);
    this.emit("error", { error });
  }

  /**
   * Dispatches `foldin-name`; returns `false` if a listener has called `preventDefault`.
   *
   * @param {string} name
   * @param {object} detail
   */
  emit(name, detail) {
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    return this.dispatchEvent(new CustomEvent(`foldin-${name}`, options));
  }

  /** @param {Profile | undefined} profile */
  #listenTo(profile) {
    if (profile === this.#profile) return;
    this.#profile?.removeEventListener("change", this.#follow);
    this.#profile = profile;
    profile?.addEventListener("change", this.#follow);
  }

  #build() {
    const { texts } = this;
    const { heading: name } = this.#class;
    // A heading that depends on what will be shown reserves its line.
    const heading = this.getAttribute("heading") ?? (name ? texts[name] : "\u00a0");
    this.headingNode = element("h2", { part: "heading", hidden: !heading }, heading);
    this.statusNode = element("p", { part: "status", role: "status" });
    // Empty rows reserve the space until there is something to show.
    this.rowsNode = element("ul", { part: "list", role: "list", "aria-label": heading.trim() || texts.heading });
    for (let n = Math.min(this.k, MAX_BLANK_ROWS); n > 0; n -= 1) {
      this.rowsNode.append(element("li", { part: "item" }));
    }
    const retry = button("button", texts.retry, () => this.update());
    this.#slots = [
      element("slot", { name: "loading" }),
      element("slot", { name: "empty" }, line("message", texts.empty)),
      element("slot", { name: "error" }, line("message", texts.error, " ", retry)),
    ];
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const headingSlot = element("slot", { name: "heading" }, this.headingNode);
    root.adoptedStyleSheets = [SHEET];
    root.replaceChildren(headingSlot, ...this.#slots, ...this.build(texts), this.statusNode);
    this.#url = null;
    this.#showState("loading");
  }

  /** @param {"loading" | "ready" | "empty" | "error"} state */
  #showState(state) {
    this.dataset.state = state;
    for (const slot of this.#slots) slot.hidden = slot.name !== state;
    this.rowsNode.hidden = /empty|error/.test(state);
  }
}
