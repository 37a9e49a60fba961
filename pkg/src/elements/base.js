// The class of both elements: attributes, their properties, and the callbacks of the browser.

import { ATTRIBUTES, adoptEarlyProperties, defineProperties, writeAttribute } from "./attributes.js";
import { Controller } from "./controller.js";
import { BaseElement } from "./define.js";

/** @typedef {import("../../element.d.ts").Texts} Texts */

export class FoldinElement extends BaseElement {
  static observedAttributes = ATTRIBUTES;
  #controller;

  /** @param {(controller: Controller) => import("./controller.js").View} createView */
  constructor(createView) {
    super();
    this.#controller = new Controller(this, createView);
  }

  /** @returns {Texts} */
  get texts() {
    return this.#controller.texts;
  }

  /** @param {Partial<Texts> | string | null | undefined} texts */
  set texts(texts) {
    writeAttribute(this, "texts", texts);
  }

  get state() {
    return this.#controller.frame?.state ?? "loading";
  }

  // Frameworks may write any property that they find: these cannot be changed, and complain about nothing.
  set state(_) {}

  get profile() {
    return this.#controller.profile;
  }

  set profile(_) {}

  get k() {
    return this.#controller.k;
  }

  set k(k) {
    writeAttribute(this, "k", k);
  }

  update() {
    return this.#controller.update();
  }

  connectedCallback() {
    adoptEarlyProperties(this);
    try {
      this.#controller.connect();
    } catch (error) {
      this.#controller.fail(error);
    }
  }

  disconnectedCallback() {
    this.#controller.disconnect();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before !== now) this.#controller.attributeChanged(name);
  }
}

defineProperties(FoldinElement.prototype);
