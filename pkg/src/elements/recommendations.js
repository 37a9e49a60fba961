// <foldin-recommendations>: a list of recommendations with reasons.

import { itemsById, knownPart } from "../known.js";
import { list } from "./attributes.js";
import { FoldinElement } from "./base.js";
import { fill } from "./dom.js";
import { readRequest } from "./filters.js";
import { reasonOf } from "./reason.js";
import { createRow } from "./row.js";

/** @typedef {import("./controller.js").View} View */
/** @typedef {import("../../foldin.d.ts").Foldin} Foldin */
/** @typedef {import("../../foldin.d.ts").Recommendation} Recommendation */
/** @typedef {import("../../profile.d.ts").Profile} Profile */
/** @typedef {import("../../element.d.ts").Texts} Texts */

export class FoldinRecommendations extends FoldinElement {
  constructor() {
    super((controller) => new RecommendationsView(controller));
  }
}

/** @implements {View} */
class RecommendationsView {
  heading = null;
  k = 6;
  #controller;

  /** @param {import("./controller.js").Controller} controller */
  constructor(controller) {
    this.#controller = controller;
  }

  /** @param {import("./frame.js").Frame} frame */
  build({ rowsNode }) {
    return [rowsNode];
  }

  /**
   * @param {Foldin} foldin
   * @param {Profile} profile
   * @param {() => boolean} isCurrent
   */
  async show(foldin, profile, isCurrent) {
    const { host, texts, k, warn } = this.#controller;
    const own = list(host.getAttribute("liked"));
    const known = await itemsById(foldin, [...profile.ids(), ...own]);
    const part = knownPart(profile, known);
    part.liked.push(...own.filter((id) => known.has(id)));
    const answer = await foldin.recommend(part, { k, ...readRequest(host, foldin.info, warn) });
    if (!isCurrent()) return;
    const { frame } = this.#controller;
    if (!frame) return;
    const { items } = answer;
    if (!host.hasAttribute("heading")) {
      const isPersonal = items.some(({ because }) => because.length);
      frame.headingNode.textContent = isPersonal ? texts.heading : texts.popularHeading;
    }
    if (frame.state === "ready") {
      frame.statusNode.textContent = fill(texts.updated, { count: items.length, title: items[0]?.title });
    }
    frame.place(items.map((item) => createRow(this.#controller, item, texts, reasonOf(item, texts, known, own))));
    this.#controller.emit("results", answer);
  }
}
