// The search field of the picker: an ARIA combobox with a listbox.

import { element } from "./dom.js";

/** @typedef {import("../../foldin.d.ts").Item} Item */

/**
 * Creates the combobox. The first title found is selected, so that Enter picks it.
 *
 * @param {import("../../element.d.ts").Texts} texts
 * @param {(text: string) => Promise<{ items: Item[] }>} search may take until the model is there; the last text counts
 * @param {(id: string) => void} pick
 */
export function createCombobox(texts, search, pick) {
  let selected = 0;
  let nSearches = 0;
  const listbox = element("ul", {
    id: "found",
    part: "listbox",
    role: "listbox",
    "aria-label": texts.search,
    hidden: true,
    // Keeps the focus in the field.
    mousedown: (event) => event.preventDefault(),
  });
  const options = /** @type {HTMLCollectionOf<HTMLElement>} */ (listbox.children);
  const message = element("p", { role: "alert" });

  /** @param {number} n */
  const select = (n) => {
    selected = n;
    for (const [at, option] of [...options].entries()) option.ariaSelected = String(at === n);
    input.setAttribute("aria-activedescendant", options[n]?.id ?? "");
  };
  /**
   * @param {Item[]} items
   * @param {string} [text]
   */
  const show = (items, text = "") => {
    listbox.replaceChildren(...items.map(option));
    listbox.hidden = !items.length;
    input.ariaExpanded = String(items.length > 0);
    message.textContent = text;
    select(0);
  };
  /** @type {(item: Item, n: number) => HTMLElement} */
  const option = ({ id, title, year }, n) => {
    const click = () => {
      input.value = "";
      close();
      pick(id);
    };
    return element("li", { id: `option-${n}`, role: "option", part: "option", click }, `${title} ${year ?? ""}`);
  };
  const close = () => {
    nSearches += 1;
    show([]);
  };
  const ask = async () => {
    nSearches += 1;
    const turn = nSearches;
    const text = input.value.trim();
    const found = text ? await search(text) : undefined;
    // A later search or a closed list makes this answer outdated.
    if (turn === nSearches) show(found?.items ?? [], found?.items.length === 0 ? texts.notFound : "");
  };
  let answered = Promise.resolve();
  const update = () => {
    answered = ask();
  };
  /** Picks the selected title. The titles for the last letters may not have arrived yet. */
  const pickSelected = async () => {
    await answered;
    options[selected]?.click();
  };
  /** @param {KeyboardEvent} event */
  const keydown = (event) => {
    const { key } = event;
    const { length } = options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing) return;
    if (key === "Escape") {
      // The first press closes the list, the second clears the text.
      if (!length) input.value = "";
      close();
    } else if (key === "Enter") {
      event.preventDefault();
      pickSelected();
    } else if (length && step) {
      event.preventDefault();
      select((selected + step + length) % length);
    } else if (step) {
      update();
    }
  };
  const input = element("input", {
    part: "search",
    role: "combobox",
    placeholder: texts.search,
    "aria-label": texts.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found",
    autocomplete: "off",
    maxlength: "200",
    input: update,
    blur: close,
    keydown,
  });
  return element("div", { part: "combobox" }, input, listbox, message);
}
