// The search of the picker: an ARIA combobox with a listbox. The first title found is marked, so that Enter takes it.

import { element } from "./dom.js";

/** Gives its node. `search` finds items, `pick` takes one, `isPicked` says whether one is taken already. */
export function combobox(t, { search, pick, isPicked }) {
  let found = [];
  let active;
  let searches = 0;

  const mark = (n) => {
    active = n;
    [...listbox.children].forEach((option, at) => (option.ariaSelected = at === n));
    input.setAttribute("aria-activedescendant", found.length ? `option-${n}` : "");
    listbox.children[n]?.scrollIntoView({ block: "nearest" });
  };
  const show = (items, nothing = "") => {
    found = items;
    const option = ({ id, title, year }, n) =>
      element(
        "li",
        { id: `option-${n}`, role: "option", part: "option", mousemove: () => active === n || mark(n), click: () => take(n) },
        `${title} ${year ?? ""}${isPicked(id) ? " ✓" : ""}`,
      );
    listbox.replaceChildren(...items.map(option));
    none.textContent = nothing;
    listbox.hidden = !items.length;
    input.ariaExpanded = !listbox.hidden;
    mark(0);
  };
  const close = () => {
    searches += 1;
    show([]);
  };
  const take = (n) => {
    input.value = "";
    pick(found[n]);
    close();
  };
  const update = async () => {
    const turn = ++searches;
    const text = input.value.trim();
    const items = text ? await search(text) : [];
    if (turn === searches) show(items, text && !items.length ? t.notFound : "");
  };
  const keydown = (event) => {
    const { key, isComposing } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (isComposing) return;
    // First the list goes, then the text.
    if (key === "Escape") {
      if (!found.length) input.value = "";
      close();
    } else if (!found.length) {
      if (step) update();
    } else if (step || key === "Enter") {
      event.preventDefault();
      if (step) mark((active + step + found.length) % found.length);
      else take(active);
    }
  };

  // Pressing must not take the focus from the field.
  const mousedown = (event) => event.preventDefault();
  const listbox = element("ul", { id: "found", role: "listbox", part: "listbox", "aria-label": t.search, hidden: true, mousedown });
  const none = element("p", { role: "alert" });
  const input = element("input", {
    part: "search",
    role: "combobox",
    placeholder: t.search,
    "aria-label": t.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found",
    autocomplete: "off",
    input: update,
    focus: update,
    blur: close,
    keydown,
  });
  return element("div", { part: "combobox" }, input, listbox, none);
}
