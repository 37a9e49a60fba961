// What both elements show around their own content: heading, states, and rows.

import { button, element, line } from "./dom.js";
import { ownSheet } from "./style.js";

/** @typedef {import("../../element.d.ts").Texts} Texts */
/** @typedef {import("../../element.d.ts").State} State */

/** The largest number of empty rows that reserve space. */
const MAX_BLANK_ROWS = 100;

export class Frame {
  /** @type {State} */
  state = "loading";
  headingNode = element("h2", { part: "heading" });
  rowsNode = element("ul", { part: "list", role: "list" });
  statusNode = element("p", { part: "status", role: "status" });
  #slots;
  #internals;
  #root;

  /**
   * @param {ShadowRoot} root
   * @param {ElementInternals | undefined} internals
   * @param {{ texts: Texts, heading: string, k: number, retry: () => void }} options
   */
  constructor(root, internals, { texts, heading, k, retry }) {
    this.#root = root;
    this.#internals = internals;
    this.headingNode.textContent = heading;
    this.headingNode.hidden = !heading;
    this.rowsNode.ariaLabel = heading.trim() || texts.heading;
    // Empty rows reserve the space until there is something to show.
    for (let n = Math.min(k, MAX_BLANK_ROWS); n > 0; n -= 1) this.rowsNode.append(element("li", { part: "item" }));
    this.#slots = [
      element("slot", { name: "loading" }),
      element("slot", { name: "empty" }, line("message", texts.empty)),
      element("slot", { name: "error" }, line("message", texts.error, " ", button("button", texts.retry, retry))),
    ];
  }

  /**
   * Puts everything into the shadow tree.
   *
   * @param {Node[]} content
   */
  fill(content) {
    const heading = element("slot", { name: "heading" }, this.headingNode);
    this.#root.adoptedStyleSheets = [ownSheet()];
    this.#root.replaceChildren(heading, ...this.#slots, ...content, this.statusNode);
    this.show("loading");
  }

  /**
   * Replaces the rows. The focus stays at the same position.
   *
   * @param {HTMLElement[]} rows
   */
  place(rows) {
    const focusable = () => [.../** @type {NodeListOf<HTMLElement>} */ (this.rowsNode.querySelectorAll("a, button"))];
    const at = focusable().indexOf(/** @type {HTMLElement} */ (this.#root.activeElement));
    this.rowsNode.replaceChildren(...rows);
    if (at >= 0) {
      focusable()
        .slice(0, at + 1)
        .at(-1)
        ?.focus();
    }
    this.show(rows.length ? "ready" : "empty");
  }

  /** @param {State} state */
  show(state) {
    this.state = state;
    for (const slot of this.#slots) slot.hidden = slot.name !== state;
    this.rowsNode.hidden = /empty|error/.test(state);
    try {
      // Not an attribute of the element: a framework that hydrates the page would find one that it did not write.
      this.#internals?.states.clear();
      this.#internals?.states.add(state);
    } catch {
      // A browser without `:state()`; the property `state` says the same.
    }
  }
}
