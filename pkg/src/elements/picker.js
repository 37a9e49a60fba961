// <foldin-picker>: visitors choose what they like, and export, import or forget their profile.

import { itemsById, knownPart } from "../known.js";
import { FoldinElement } from "./base.js";
import { createCombobox } from "./combobox.js";
import { button, element, line } from "./dom.js";
import { createForget } from "./forget.js";

/** @typedef {import("./controller.js").View} View */
/** @typedef {import("../../foldin.d.ts").Foldin} Foldin */
/** @typedef {import("../../foldin.d.ts").Item} Item */
/** @typedef {import("../../profile.d.ts").Profile} Profile */
/** @typedef {import("../../element.d.ts").Texts} Texts */
/** @typedef {import("./frame.js").Frame} Frame */

export class FoldinPicker extends FoldinElement {
  constructor() {
    super((controller) => new PickerView(controller));
  }
}

/** @implements {View} */
class PickerView {
  heading = /** @type {const} */ ("pickerHeading");
  k = 12;
  #controller;
  /** @type {Foldin | null} */
  #foldin = null;
  /** Searches that wait for the model. @type {((foldin: Foldin) => void)[]} */
  #waiting = [];
  /**
   * The titles offered, and how many were asked for.
   *
   * @type {{ k: number, items: Item[] } | undefined}
   */
  #seeds;

  /** @param {import("./controller.js").Controller} controller */
  constructor(controller) {
    this.#controller = controller;
  }

  /**
   * @param {Frame} frame
   * @param {Texts} texts
   * @returns {HTMLElement[]}
   */
  build(frame, texts) {
    const { change } = this.#controller;
    const file = element("input", {
      type: "file",
      accept: ".json",
      hidden: true,
      change: () => this.#import(file, frame, texts),
    });
    this.#foldin = null;
    this.#waiting = [];
    return [
      createCombobox(
        texts,
        async (text) => (await this.#loaded()).search(text),
        (id) => change((profile) => profile.like(id)),
      ),
      frame.rowsNode,
      line(
        "tools",
        button("button", texts.export, () => this.#export()),
        button("button", texts.import, () => file.click()),
        createForget(texts, () => change((profile) => profile.clear())),
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
    const { k, texts, change } = this.#controller;
    const known = await itemsById(foldin, profile.ids());
    // The titles offered stay while the visitor picks among them.
    let seeds = this.#seeds;
    if (foldin !== this.#foldin || k !== seeds?.k) {
      const { items } = await foldin.seeds({ k, profile: knownPart(profile, known) });
      seeds = { k, items };
    }
    const { frame } = this.#controller;
    if (!isCurrent() || !frame) return;
    this.#foldin = foldin;
    this.#seeds = seeds;
    for (const resolve of this.#waiting.splice(0)) resolve(foldin);
    // What was picked elsewhere comes first, the newest in front.
    for (const { id } of seeds.items) known.delete(id);
    const others = [...known.values()].filter(({ id }) => isPicked(profile, id));
    /** @param {Item} item */
    const tile = ({ id, title }) => {
      const picked = isPicked(profile, id);
      const toggle = () => change(() => (picked ? profile.remove(id) : profile.like(id)));
      return element("li", {}, button("pick", element("span", {}, title), toggle, { "aria-pressed": `${picked}` }));
    };
    frame.place([...others.reverse(), ...seeds.items].map(tile));
    if (profile.dropped) frame.statusNode.textContent = texts.dropped;
  }

  /**
   * The model, also for what the visitor types before it is there.
   *
   * @returns {Promise<Foldin>}
   */
  async #loaded() {
    return this.#foldin ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(this.#controller.profile?.export() ?? "")}`;
    element("a", { href, download: "foldin-profile.json" }).click();
  }

  /**
   * @param {HTMLInputElement} input
   * @param {Frame} frame
   * @param {Texts} texts
   */
  async #import(input, { statusNode }, texts) {
    statusNode.textContent = "";
    try {
      const text = (await input.files?.[0]?.text()) ?? "";
      this.#controller.change((profile) => profile.import(text));
    } catch (error) {
      statusNode.textContent = texts.badFile;
      this.#controller.fail(error);
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
