// The search of the picker: an ARIA combobox with a listbox. The first title found is marked, so that Enter takes it.

import { element, titleAndYear } from "./dom.js";

/** Gives the nodes; `search` finds items, `pick` takes one, `isPicked` says whether one was taken. */
export function combobox(t, { search, pick, isPicked }) {
  let found = [];
  let active = -1;
  let searches = 0;
  const close = () => {
    searches += 1;
    show([]);
  };
  const mark = (n) => {
    active = n;
    found.forEach((_, at) => listbox.children[at].setAttribute("aria-selected", at === n));
    input.setAttribute("aria-activedescendant", n < 0 ? "" : `option-${n}`);
    listbox.children[n]?.scrollIntoView({ block: "nearest" });
  };
  const take = (n) => {
    const item = found[n];
    input.value = "";
    close();
    pick(item);
  };
  const show = (items, nothing = "") => {
    found = items;
    listbox.replaceChildren(
      ...items.map((item, n) =>
        element(
          "li",
          {
            id: `option-${n}`,
            role: "option",
            part: "option",
            // Pressing must not take the focus from the field.
            mousedown: (event) => event.preventDefault(),
            mousemove: () => active === n || mark(n),
            click: () => take(n),
          },
          titleAndYear(item),
          isPicked(item.id) ? " ✓" : "",
        ),
      ),
    );
    listbox.hidden = !items.length;
    none.textContent = nothing;
    input.setAttribute("aria-expanded", items.length > 0);
    mark(items.length ? 0 : -1);
  };
  const update = async () => {
    const turn = ++searches;
    const text = input.value.trim();
    const items = text ? await search(text) : [];
    if (turn === searches) show(items, text && !items.length ? t.notFound : "");
  };
  const keydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && found.length) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (step) {
      update();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(active);
    } else if (event.key === "Escape") {
      // First the list goes, then the text.
      if (!found.length) input.value = "";
      close();
    }
  };

  const listbox = element("ul", { id: "found", role: "listbox", part: "listbox", "aria-label": t.search, hidden: true });
  const none = element("p", { role: "alert", part: "none" });
  const input = element("input", {
    id: "search",
    part: "search",
    type: "text",
    role: "combobox",
    placeholder: t.search,
    "aria-label": t.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found",
    autocomplete: "off",
    spellcheck: "false",
    input: update,
    focus: update,
    blur: close,
    keydown,
  });
  return element("div", { class: "search" }, input, listbox, none);
}
