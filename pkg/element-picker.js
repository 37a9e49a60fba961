// <foldin-picker>: visitors choose what they like, and export, import or forget their profile.

import { FoldinElement } from "./element-base.js";
import { createCombobox } from "./element-combobox.js";
import { button, element, line } from "./element-dom.js";
import { itemsById, knownPart } from "./element-model.js";

/** @typedef {import("./foldin.d.ts").Foldin} Foldin */
/** @typedef {import("./foldin.d.ts").Item} Item */
/** @typedef {import("./profile.d.ts").Profile} Profile */
/** @typedef {import("./element.d.ts").Texts} Texts */
/** @typedef {import("./element.d.ts").FoldinPicker} ElementInterface */

/** @implements {ElementInterface} */
export class FoldinPicker extends FoldinElement {
  static heading = /** @type {const} */ ("pickerHeading");
  static k = 12;
  /** @type {Foldin | null} */
  #foldin = null;
  /**
   * The titles offered, and how many were asked for.
   *
   * @type {{ k: number, items: Item[] } | undefined}
   */
  #seeds;

  /**
   * @param {Texts} texts
   * @returns {HTMLElement[]}
   */
  build(texts) {
    const file = element("input", {
      type: "file",
      accept: ".json",
      hidden: true,
      change: () => this.#import(file, texts),
    });
    const forget = () => confirm(texts.reallyForget) && this.change((profile) => profile.clear());
    this.#foldin = null;
    return [
      createCombobox(
        texts,
        (text) => this.#foldin?.search(text),
        (id) => this.change((profile) => profile.like(id)),
      ),
      this.rowsNode,
      line(
        "tools",
        button("button", texts.export, () => this.#export()),
        button("button", texts.import, () => file.click()),
        button("button", texts.forget, forget),
        file,
      ),
    ];
  }

  /**
   * @param {Foldin} foldin
   * @param {Profile} profile
   * @param {() => boolean} isCurrent
   */
  async show(foldin, profile, isCurrent) {
    const { k } = this;
    const known = await itemsById(foldin, profile.ids());
    // The titles offered stay while the visitor picks among them.
    let seeds = this.#seeds;
    if (foldin !== this.#foldin || k !== seeds?.k) {
      const { items } = await foldin.seeds({ k, profile: knownPart(profile, known) });
      seeds = { k, items };
    }
    if (!isCurrent()) return;
    this.#foldin = foldin;
    this.#seeds = seeds;
    // What was picked elsewhere comes first, the newest in front.
    for (const { id } of seeds.items) known.delete(id);
    const others = [...known.values()].filter(({ id }) => isPicked(profile, id));
    /** @param {Item} item */
    const tile = ({ id, title }) => {
      const picked = isPicked(profile, id);
      const toggle = () => this.change(() => (picked ? profile.remove(id) : profile.like(id)));
      return element("li", {}, button("pick", element("span", {}, title), toggle, { "aria-pressed": `${picked}` }));
    };
    this.place([...others.reverse(), ...seeds.items].map(tile));
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(this.profile?.export() ?? "")}`;
    element("a", { href, download: "foldin-profile.json" }).click();
  }

  /**
   * @param {HTMLInputElement} input
   * @param {Texts} texts
   */
  async #import(input, texts) {
    this.statusNode.textContent = "";
    try {
      const text = (await input.files?.[0]?.text()) ?? "";
      this.change((profile) => profile.import(text));
    } catch (error) {
      this.statusNode.textContent = texts.badFile;
      this.fail(error);
    }
    // Makes it possible to choose the same file again.
    input.value = "";
  }
}

/**
 * @param {Profile} profile
 * @param {string} id
 */
function isPicked(profile, id) {
  return ["liked", "rated"].includes(profile.signalOf(id)?.type ?? "");
}
