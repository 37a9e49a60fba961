// <foldin-picker>: where visitors say what they like, and take back what they said.

import { FoldinElement } from "./base.js";
import { combobox } from "./combobox.js";
import { button, element, list } from "./dom.js";
import { knownOf } from "./shared.js";

export class FoldinPicker extends FoldinElement {
  static heading = "pickerHeading";
  static k = 12;
  static observedAttributes = list("src,profile-key,texts,heading,k");
  #foldin;
  #seeds;
  #seedsOf;

  build(t) {
    const choose = element("input", { type: "file", accept: ".json", hidden: true, change: () => this.#import(choose, t) });
    const tool = (text, click) => button("button", text, click);
    return [
      combobox(t, {
        search: async (text) => (await this.#foldin?.search(text))?.items ?? [],
        pick: ({ id }) => this.#toggle(id),
        isPicked: (id) => this.#isPicked(id),
      }),
      this.rowsNode,
      element(
        "p",
        { part: "tools" },
        tool(t.export, () => this.#export()),
        tool(t.import, () => choose.click()),
        tool(t.forget, () => confirm(t.reallyForget) && this.change((profile) => profile.clear())),
        choose,
      ),
    ];
  }

  async show(foldin, itemsOf, isCurrent) {
    const known = await itemsOf(this.profile.ids());
    if (foldin !== this.#foldin || this.k !== this.#seedsOf) {
      const { items } = await foldin.seeds({ k: this.k, profile: knownOf(this.profile, known) });
      if (!isCurrent()) return;
      this.#foldin = foldin;
      this.#seedsOf = this.k;
      this.#seeds = items;
    }
    if (!isCurrent()) return;
    const tile = ({ id, title }) =>
      element("li", {}, button("pick", title, () => this.#toggle(id), { "aria-pressed": `${this.#isPicked(id)}`, title }));
    // What was picked elsewhere comes first, the newest in front.
    const seeds = new Set(this.#seeds.map(({ id }) => id));
    const others = this.profile.ids().filter((id) => this.#isPicked(id) && known.has(id) && !seeds.has(id));
    this.place([...others.reverse().map((id) => known.get(id)), ...this.#seeds].map(tile));
  }

  #isPicked(id) {
    return ["liked", "rated"].includes(this.profile.signalOf(id)?.type);
  }

  #toggle(id) {
    this.change((profile) => (this.#isPicked(id) ? profile.remove(id) : profile.like(id)));
  }

  #export() {
    const href = URL.createObjectURL(new Blob([this.profile.export()], { type: "application/json" }));
    element("a", { href, download: "foldin-profile.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  }

  async #import(input, t) {
    try {
      const text = await input.files[0].text();
      this.announce("");
      this.change((profile) => profile.import(text));
    } catch (error) {
      this.announce(t.badFile);
      this.fail(error);
    }
    // The same file may be chosen again.
    input.value = "";
  }
}
