// The map's search field, and the titles it finds.

import { element } from "../../dom.js";
import { count, titleAndYear } from "../../labels.js";

const NOT_FOUND = "No title found. Only titles are searched; try fewer letters.";

/**
 * A field, with the titles found below it as buttons.
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
    searches += 1;
    const turn = searches;
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
      ...(text && !answer.length ? [element("li", { class: "muted" }, NOT_FOUND)] : []),
    );
    found.hidden = !text;
    if (text) announce(answer.length ? `${count(answer.length, "title")} found` : "No title found");
  };
  input.addEventListener("input", update);
  const form = element(
    "form",
    {
      class: "map-search",
      role: "search",
      submit: async (event) => {
        event.preventDefault();
        // The last search may not have ended.
        await update();
        if (best && input.value.trim()) go(best);
      },
      keydown: (event) => {
        const buttons = [...found.querySelectorAll("button")];
        const at = buttons.indexOf(document.activeElement);
        if (event.key === "Escape") {
          input.focus();
          close();
        } else if (event.key === "ArrowDown" && buttons.length) {
          event.preventDefault();
          buttons[Math.min(buttons.length - 1, at + 1)].focus();
        } else if (event.key === "ArrowUp" && at >= 0) {
          event.preventDefault();
          (buttons[at - 1] ?? input).focus();
        }
      },
      focusout: (event) => form.contains(event.relatedTarget) || close(),
    },
    input,
    found,
  );
  return form;
}
