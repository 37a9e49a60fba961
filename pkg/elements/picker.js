// <foldin-picker>: where visitors say what they like, and see and take back what they said.

import { FoldinElement } from "./base.js";
import { combobox } from "./combobox.js";
import { button, element, fill } from "./dom.js";
import { requestOf } from "./shared.js";

/** More would be a page of its own. */
const MAX_PICKS = 50;

export class FoldinPicker extends FoldinElement {
  static heading = "pickerHeading";
  static k = 12;
  static observedAttributes = ["src", "profile-key", "texts", "heading", "k"];
  #seeds = element("ul", { class: "rows tiles", part: "seeds", role: "list" });
  #picks = element("ul", { class: "picks", part: "picks", role: "list" });
  #tiles = [];
  #asked = new Set();
  #seedsOf;
  #foldin;
  #noPicks;

  build(t) {
    this.#seeds.setAttribute("aria-label", t.tap);
    this.#picks.setAttribute("aria-label", t.picks);
    this.#noPicks = element("li", { class: "muted" }, t.noPicks);
    const file = element("input", { type: "file", accept: ".json,application/json", hidden: true, change: () => this.#import(file) });
    return [
      combobox(t, {
        search: async (text) => (await this.#foldin.search(text)).items,
        pick: ({ id }) => this.#toggle(id),
        isPicked: (id) => this.#isPicked(id),
      }),
      element(
        "p",
        { class: "line" },
        element("span", {}, t.tap),
        button("button more", t.more, () => {
          this.#seedsOf = undefined;
          this.update();
        }),
      ),
      this.#seeds,
      this.#picks,
      element(
        "p",
        { class: "line", part: "tools" },
        button("button", t.export, () => this.#export()),
        button("button", t.import, () => file.click()),
        button("button", t.forget, () => confirm(t.reallyForget) && this.change((profile) => profile.clear())),
        file,
      ),
    ];
  }

  async show({ foldin, itemsOf }, isCurrent) {
    const request = await requestOf(this.profile, itemsOf);
    const seedsOf = `${this.k} ${this.getAttribute("src")}`;
    if (foldin !== this.#foldin) this.#asked.clear();
    this.#foldin = foldin;
    if (seedsOf !== this.#seedsOf) {
      const ask = async () => (await foldin.seeds({ k: this.k, profile: request, exclude: [...this.#asked] })).items;
      let items = await ask();
      if (!items.length) {
        // All were shown: once more from the beginning.
        this.#asked.clear();
        items = await ask();
      }
      if (!isCurrent()) return;
      this.#seedsOf = seedsOf;
      this.#showSeeds(items);
    }
    const items = await itemsOf([]);
    if (!isCurrent()) return;
    for (const [id, tile] of this.#tiles) tile.setAttribute("aria-pressed", this.#isPicked(id));
    const picks = this.profile.ids().filter((id) => this.#isPicked(id) && items.has(id));
    this.#showPicks(picks.slice(-MAX_PICKS).reverse().map((id) => items.get(id)));
    return !this.#tiles.length;
  }

  #showSeeds(items) {
    this.#tiles = items.map(({ id, title }) => [id, button("seed", title, () => this.#toggle(id))]);
    for (const { id } of items) this.#asked.add(id);
    this.#seeds.replaceChildren(...this.#tiles.map(([, tile]) => element("li", {}, tile)));
  }

  #showPicks(items) {
    const { remove } = this.texts;
    const focused = [...this.#picks.children].findIndex((pick) => pick.contains(this.shadowRoot.activeElement));
    const pick = ({ id, title }) => {
      const words = fill(remove, { title });
      return element("li", {}, element("button", { type: "button", part: "pick", "aria-label": words, click: () => this.#toggle(id) }, `${title} ×`));
    };
    this.#picks.replaceChildren(...(items.length ? items.map(pick) : [this.#noPicks]));
    if (focused >= 0) this.#picks.children[Math.min(focused, items.length - 1)]?.firstChild.focus?.();
  }

  #isPicked(id) {
    return /liked|rated/.test(this.profile.signalOf(id)?.type.replace("disliked", ""));
  }

  #toggle(id) {
    this.change((profile) => (this.#isPicked(id) ? profile.remove(id) : profile.like(id)));
  }

  #export() {
    const href = URL.createObjectURL(new Blob([this.profile.export()], { type: "application/json" }));
    element("a", { href, download: "foldin-profile.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }

  async #import(input) {
    try {
      const text = await input.files[0].text();
      this.change((profile) => profile.import(text));
      this.announce("");
    } catch (error) {
      this.announce(this.texts.badFile);
      this.fail(error);
    }
    // The same file may be chosen again.
    input.value = "";
  }
}
