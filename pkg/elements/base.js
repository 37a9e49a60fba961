// What both elements do: wait until they are near, load, follow their attributes and the profile, say what is wrong.

import { button, element } from "./dom.js";
import { modelAt, profileBy } from "./shared.js";
import { sheet } from "./style.js";
import { texts } from "./texts.js";

/** How far from the window an element with `loading="lazy"` begins to load. */
const NEAR = "300px";

export class FoldinElement extends HTMLElement {
  #texts = {};
  #slots = {};
  #url;
  #model;
  #profile;
  #near;
  #begun = false;
  #due = false;
  #turn = 0;
  #follow = () => this.update();

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet()];
    if (!Object.hasOwn(this, "texts")) return;
    // Set before this class was defined: the field would hide the accessor.
    this.#texts = this.texts;
    delete this.texts;
  }

  get texts() {
    let own = {};
    try {
      own = JSON.parse(this.getAttribute("texts"));
    } catch (error) {
      console.warn(`foldin: the attribute "texts" is not JSON: ${error.message}`);
    }
    return { ...texts, ...own, ...this.#texts };
  }

  set texts(value) {
    this.#texts = value;
    this.#build();
    this.update();
  }

  get profile() {
    return this.#profile;
  }

  /** The language of the place where the element stands. */
  get language() {
    return this.closest("[lang]")?.lang.replace("_", "-") || undefined;
  }

  get k() {
    return Number(this.getAttribute("k") ?? this.constructor.k);
  }

  connectedCallback() {
    this.#build();
    if (this.getAttribute("loading") !== "lazy") return this.#begin();
    this.#near = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.#begin(), {
      rootMargin: NEAR,
    });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#begun = false;
    this.#turn += 1;
    this.#near?.disconnect();
    this.#listen();
  }

  attributeChangedCallback(name) {
    if (name === "texts" || name === "heading") this.#build();
    this.update();
  }

  /** Shows everything anew, once for all that has changed. */
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
      this.#url = url;
      this.#listen(profileBy(this.getAttribute("profile-key"), url));
      const model = await modelAt(url);
      if (!isCurrent()) return;
      if (model !== this.#model) this.emit("ready", { foldin: model.foldin });
      this.#model = model;
      const isEmpty = await this.show(model, isCurrent);
      if (isCurrent()) this.#state(isEmpty ? "empty" : "ready");
    } catch (error) {
      if (!isCurrent()) return;
      this.#url = undefined;
      this.#state("error");
      this.fail(error);
    }
  }

  /** Changes the profile for the visitor; every element that has the same one follows. */
  change(how) {
    how(this.#profile);
    this.emit("change", { profile: this.#profile });
  }

  fail(error) {
    console.warn(`foldin: ${error.message}`);
    this.emit("error", { error });
  }

  /** Gives `false` if somebody prevented what would follow. */
  emit(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`foldin-${name}`, { bubbles: true, composed: true, cancelable, detail }));
  }

  announce(text) {
    this.shadowRoot.querySelector("[role=status]").textContent = text;
  }

  #begin() {
    this.#near?.disconnect();
    this.#begun = true;
    this.update();
  }

  #listen(profile) {
    if (profile === this.#profile) return;
    this.#profile?.removeEventListener("change", this.#follow);
    this.#profile = profile;
    profile?.addEventListener("change", this.#follow);
  }

  #build() {
    if (!this.isConnected) return;
    const t = this.texts;
    const heading = this.getAttribute("heading") ?? t[this.constructor.heading];
    const rows = Array.from({ length: Math.min(this.k || 0, 100) }, () => element("li"));
    const slot = (name, ...nodes) => (this.#slots[name] = element("slot", { name }, ...nodes));
    this.shadowRoot.replaceChildren(
      slot("heading", element("h2", { part: "heading", hidden: !heading }, heading)),
      slot("loading", element("ul", { class: "rows", part: "list", "aria-label": t.loading }, ...rows)),
      slot("empty", element("p", { part: "message" }, t.empty)),
      slot("error", element("p", { part: "message" }, t.error, " ", button("button", t.retry, () => this.update()))),
      slot("ready", ...this.build(t, heading)),
      element("p", { role: "status", part: "status" }),
    );
    this.#state("loading");
    this.#url = undefined;
  }

  #state(state) {
    this.dataset.state = state;
    for (const name of ["loading", "empty", "error", "ready"]) this.#slots[name].hidden = name !== state;
  }
}
