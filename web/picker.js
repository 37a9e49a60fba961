// The search field: an ARIA combobox with a listbox. The first title found is selected, so that Enter picks it.

import { byId, element } from "./dom.js";
import { titleAndYear } from "./labels.js";

/**
 * @param {object} options
 * @param {(text: string) => Promise<{ id: string, title: string, year: number | null }[]>} options.search
 * @param {(item: object) => void} options.onPick
 * @param {(id: string) => boolean} options.isPicked
 */
export function createPicker({ search, onPick, isPicked }) {
  const input = byId("search");
  const listbox = byId("found");
  const none = byId("none-found");
  let found = [];
  let active = -1;
  let searches = 0;

  const mark = (n) => {
    active = n;
    for (const [at, option] of [...listbox.children].entries()) option.setAttribute("aria-selected", at === n);
    if (n >= 0) {
      input.setAttribute("aria-activedescendant", listbox.children[n].id);
      listbox.children[n].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const show = (items, nothing = "") => {
    found = items;
    listbox.replaceChildren(...items.map(option));
    listbox.hidden = items.length === 0;
    none.textContent = nothing;
    input.setAttribute("aria-expanded", items.length > 0);
    mark(items.length ? 0 : -1);
  };
  const close = () => {
    searches += 1;
    show([]);
  };
  const pick = (n) => {
    const item = found[n];
    input.value = "";
    close();
    onPick(item);
  };
  const option = (item, n) =>
    element(
      "li",
      {
        id: `found-${n}`,
        role: "option",
        // Keeps the focus in the field.
        mousedown: (event) => event.preventDefault(),
        mousemove: () => mark(n),
        click: () => pick(n),
      },
      element("span", {}, titleAndYear(item)),
      ...(isPicked(item.id) ? [element("span", { class: "picked" }, "picked")] : []),
    );

  const update = async () => {
    searches += 1;
    const turn = searches;
    const text = input.value.trim();
    const items = text ? await search(text) : [];
    if (turn === searches) show(items, text && !items.length ? "No title found; try fewer letters" : "");
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (step) {
      update();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      pick(active);
    } else if (event.key === "Escape") {
      // The first press closes the list, the second clears the text.
      if (!found.length) input.value = "";
      close();
    }
  });
  if (document.activeElement === input) update();
}
