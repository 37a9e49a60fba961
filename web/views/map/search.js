// The map's search: a field, and below it what it finds.

import { count, element, titleAndYear } from "../../dom.js";

const NOTHING = "No title is called so. Only titles are searched; try fewer letters.";

/**
 * A field with what it finds below it, as buttons.
 *
 * @param {(text: string) => Promise<object[]>} search
 * @param {(item: object) => void} onPick
 * @param {(text: string) => void} announce
 */
export function searchField(search, onPick, announce) {
  const found = element("ul", { class: "map-found", role: "list", "aria-label": "Titles found", hidden: true });
  const input = element("input", {
    type: "search",
    class: "field",
    id: "map-search",
    placeholder: "Fly to a title",
    "aria-label": "Fly to a title",
    autocomplete: "off",
    spellcheck: "false",
  });
  let searches = 0;
  const close = () => {
    searches += 1;
    found.hidden = true;
    found.replaceChildren();
  };
  const go = (item) => {
    input.value = "";
    close();
    onPick(item);
  };
  let best = null;
  const update = async () => {
    const turn = ++searches;
    const text = input.value.trim();
    const answer = text ? await search(text) : [];
    if (turn !== searches) return;
    best = answer[0] ?? null;
    found.replaceChildren(
      ...answer.map((item) =>
        element(
          "li",
          {},
          element("button", { type: "button", class: "map-goto", click: () => go(item) }, titleAndYear(item)),
        ),
      ),
      ...(text && !answer.length ? [element("li", { class: "muted" }, NOTHING)] : []),
    );
    found.hidden = !text;
    if (text) announce(answer.length ? `${count(answer.length, "title")} found` : "No such title");
  };
  input.addEventListener("input", update);
  const form = element(
    "form",
    {
      class: "map-search",
      role: "search",
      submit: async (event) => {
        event.preventDefault();
        // What was typed last may still be looked for.
        await update();
        if (best && input.value.trim()) go(best);
      },
      keydown: (event) => {
        const rows = [...found.querySelectorAll("button")];
        const place = rows.indexOf(document.activeElement);
        if (event.key === "Escape") input.focus(), close();
        else if (event.key === "ArrowDown" && rows.length)
          event.preventDefault(), rows[Math.min(rows.length - 1, place + 1)].focus();
        else if (event.key === "ArrowUp" && place >= 0) event.preventDefault(), (rows[place - 1] ?? input).focus();
      },
      focusout: (event) => form.contains(event.relatedTarget) || close(),
    },
    input,
    found,
  );
  return form;
}
