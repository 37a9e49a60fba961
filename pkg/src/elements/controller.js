// The life of an element: it loads when near, follows attributes and the profile, and turns every failure into a state
// and an event.

import { FoldinError } from "../error.js";
import { Profile } from "../profile.js";
import { acquire, forget, release } from "../shared-models.js";
import { readK } from "./filters.js";
import { Frame } from "./frame.js";
import { readTexts } from "./texts.js";

/** @typedef {import("../../foldin.d.ts").Foldin} Foldin */
/** @typedef {import("../../element.d.ts").Texts} Texts */

/**
 * What an element shows in its frame.
 *
 * @typedef {object} View
 * @property {keyof Texts | null} heading the text above the element; `null` if it depends on what is shown
 * @property {number} k the default of the attribute `k`
 * @property {(frame: Frame, texts: Texts) => Node[]} build makes the nodes below the heading
 * @property {(foldin: Foldin, profile: Profile, isCurrent: () => boolean) => Promise<void>} show shows what the model
 * answers, unless a later update has begun meanwhile
 */

/** The profile of all elements with `profile-key="none"`. */
const unstored = new Profile({ key: null });

export class Controller {
  /** @type {Profile | undefined} */
  profile;
  /** @type {Frame | undefined} */
  frame;
  #host;
  #view;
  #internals;
  /**
   * Address of the manifest: that of the page where the element was first connected or `src` was set. A router that
   * changes the page's address later does not change it.
   *
   * @type {string | undefined}
   */
  #url;
  /**
   * The model whose answers are shown.
   *
   * @type {Foldin | undefined}
   */
  #foldin;
  /** @type {IntersectionObserver | undefined} */
  #observer;
  /** Whether the element is in a page and has come near enough to load. */
  #isActive = false;
  /** Number of the latest update. */
  #turn = 0;
  #follow = () => this.update();
  /** Problems that were reported already. */
  #reported = new Set();

  /**
   * @param {HTMLElement} host
   * @param {(controller: Controller) => View} createView
   */
  constructor(host, createView) {
    this.#host = host;
    this.#view = createView(this);
    this.#internals = host.attachInternals?.();
  }

  get host() {
    return this.#host;
  }

  get k() {
    return readK(this.#host, this.#view.k, this.warn);
  }

  get texts() {
    return readTexts(this.#host.getAttribute("texts"), this.warn);
  }

  connect() {
    this.#url ??= this.#resolve();
    this.#build();
    const activate = () => {
      this.#observer?.disconnect();
      this.#isActive = true;
      this.update();
    };
    if (this.#host.getAttribute("loading") !== "lazy" || !globalThis.IntersectionObserver) return activate();
    this.#observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && activate(), {
      rootMargin: "300px",
    });
    this.#observer.observe(this.#host);
  }

  disconnect() {
    this.#isActive = false;
    this.#turn += 1;
    this.#observer?.disconnect();
    this.#listenTo(undefined);
    if (this.#url) release(this.#url, this);
  }

  /** @param {string} name of the attribute that has changed */
  attributeChanged(name) {
    if (name === "src") {
      if (this.#url) release(this.#url, this);
      this.#foldin = undefined;
      this.#url = this.#host.isConnected ? this.#resolve() : undefined;
    }
    if (/texts|heading|src/.test(name) && this.#host.isConnected) this.#build();
    this.update();
  }

  /** Shows everything anew, once for all changes of this moment. */
  async update() {
    this.#turn += 1;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn;
    await null;
    const url = this.#url;
    if (!this.#isActive || !isCurrent() || !url) return;
    try {
      const profile = this.#profileOf(url);
      this.#listenTo(profile);
      if (!this.#foldin) this.frame?.show("loading");
      const foldin = await acquire(url, this);
      if (!isCurrent()) return;
      if (foldin !== this.#foldin) this.emit("ready", { foldin });
      this.#foldin = foldin;
      await this.#view.show(foldin, profile, isCurrent);
    } catch (error) {
      if (!isCurrent()) return;
      // A model that was closed or has stopped is loaded again at the next try.
      if (this.#foldin) forget(url, this.#foldin);
      this.#foldin = undefined;
      this.frame?.show("error");
      this.fail(error);
    }
  }

  /**
   * Changes the profile for the visitor; all elements with the same profile follow.
   *
   * @param {(profile: Profile) => void} edit
   */
  change = (edit) => {
    if (!this.profile) return;
    edit(this.profile);
    this.emit("change", { profile: this.profile });
  };

  /** @param {unknown} error */
  fail(error) {
    console.warn(`foldin: ${/** @type {Error} */ (error).message}`);
    this.emit("error", { error });
  }

  /**
   * Reports something that cannot be used and is left out, once.
   *
   * @param {string} problem
   */
  warn = (problem) => {
    if (this.#reported.has(problem)) return;
    this.#reported.add(problem);
    const error = new FoldinError("invalid-value", `<${this.#host.localName}>: ${problem}`);
    console.warn(`foldin: ${error.message}`);
    this.emit("warning", { error });
  };

  /**
   * Dispatches `foldin-name`; returns `false` if a listener has called `preventDefault`.
   *
   * @param {string} name
   * @param {object} detail
   */
  emit(name, detail) {
    const options = { bubbles: true, composed: true, cancelable: true, detail };
    return this.#host.dispatchEvent(new CustomEvent(`foldin-${name}`, options));
  }

  #resolve() {
    const src = this.#host.getAttribute("src") ?? "model/manifest.json";
    try {
      return new URL(src, document.baseURI).href;
    } catch {
      // Loading it fails, and says why.
      return src;
    }
  }

  /** @param {string} url */
  #profileOf(url) {
    const key = this.#host.getAttribute("profile-key") || `foldin:profile:${new URL(".", url).pathname}`;
    return key === "none" ? unstored : new Profile({ key });
  }

  /** @param {Profile | undefined} profile */
  #listenTo(profile) {
    if (profile === this.profile) return;
    this.profile?.removeEventListener("change", this.#follow);
    this.profile = profile;
    profile?.addEventListener("change", this.#follow);
  }

  #build() {
    const { texts } = this;
    const { heading: name } = this.#view;
    // A heading that depends on what will be shown reserves its line.
    const heading = this.#host.getAttribute("heading") ?? (name ? texts[name] : "\u00a0");
    const root = this.#host.shadowRoot ?? this.#host.attachShadow({ mode: "open" });
    const retry = () => this.update();
    this.frame = new Frame(root, this.#internals, { texts, heading, k: this.k, retry });
    this.frame.fill(this.#view.build(this.frame, texts));
  }
}
