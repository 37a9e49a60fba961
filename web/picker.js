// The search field: an ARIA combobox with a listbox. The first title found is selected, so that Enter picks it.

import { byId, element } from "./dom.js";
import { titleAndYear } from "./labels.js";

/** Genres offered where nothing is found. */
const N_GENRES = 8;

/**
 * @param {object} options
 * @param {(text: string) => Promise<{ id: string, title: string, year: number | null }[]>} options.search
 * @param {string} options.nothing what is said if nothing is found
 * @param {readonly string[]} options.genres offered if nothing is found
 * @param {(item: object) => void} options.onPick
 * @param {(id: string) => boolean} options.isPicked
 */
export function createPicker({ search, nothing, genres, onPick, isPicked }) {
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
  const show = (items, isNothing = false) => {
    found = items;
    listbox.replaceChildren(...items.map(option));
    listbox.hidden = items.length === 0;
    none.replaceChildren(...(isNothing ? [nothing, " ", ...offered()] : []));
    input.setAttribute("aria-expanded", items.length > 0);
    mark(items.length ? 0 : -1);
  };
  /** Genres to search for instead. */
  const offered = () =>
    genres.slice(0, N_GENRES).map((genre) =>
      element(
        "button",
        {
          class: "chip",
          type: "button",
          mousedown: (event) => event.preventDefault(),
          click: () => {
            input.value = genre;
            input.focus();
            update();
          },
        },
        genre,
      ),
    );
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

  let updating = Promise.resolve();
  const ask = async () => {
    searches += 1;
    const turn = searches;
    const text = input.value.trim();
    const items = text ? await search(text) : [];
    if (turn === searches) show(items, Boolean(text) && !items.length);
  };
  const update = () => {
    updating = ask();
    return updating;
  };
  /** Picks the marked title. The titles for the last letters may not have arrived yet. */
  const pickMarked = async () => {
    await updating;
    if (active >= 0) pick(active);
  };

  input.addEventListener("input", update);
  input.addEventListener("focus", update);
  input.addEventListener("blur", ({ relatedTarget }) => none.contains(relatedTarget) || close());
  none.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget !== input && !none.contains(relatedTarget)) close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (step) {
      update();
    } else if (event.key === "Enter") {
      event.preventDefault();
      pickMarked();
    } else if (event.key === "Escape") {
      // The first press closes the list, the second clears the text.
      if (!found.length) input.value = "";
      close();
    }
  });
  if (document.activeElement === input) update();
}
