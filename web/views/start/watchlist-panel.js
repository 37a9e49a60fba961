// What the visitor wants to see, as the content of a popover: each title with a way on, and the list as a file.

import { element, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";
import { linked } from "../../links.js";
import { closePopover } from "../../popover.js";
import { asCsv, asText } from "../../watchlist-exports.js";
import { save } from "../data/save.js";

export async function content(app) {
  const { watchlist } = app;
  const ids = watchlist.items().map(({ id }) => id);
  const known = new Map((await app.itemsOf(ids)).map((item) => [item.id, item]));
  const now = () => watchlist.items().map((item) => ({ url: null, ...item, ...known.get(item.id) }));
  const file = (label, hint, text, type, ending) =>
    element(
      "button",
      {
        class: "choice",
        type: "button",
        click: () => save(new Blob([text(now())], { type: `${type};charset=utf-8` }), `want-to-see.${ending}`),
      },
      element("span", {}, label, element("small", {}, hint)),
    );
  const list = element("ul", { class: "wanted", role: "list", "aria-label": "Want to see" });
  const row = (item) => {
    const remove = () => {
      const next = node.nextElementSibling ?? node.previousElementSibling;
      watchlist.remove(item.id);
      node.remove();
      if (!next) return closePopover();
      next.querySelector("button").focus();
    };
    const label = `Remove ${item.title} from what you want to see`;
    const node = element(
      "li",
      {},
      element(
        "span",
        {},
        linked(item.url, element("bdi", {}, item.title)),
        item.year === null ? null : element("small", {}, ` ${item.year}`),
      ),
      element(
        "button",
        { class: "button bare", type: "button", title: "Remove", click: remove },
        icon("close"),
        visuallyHidden(label),
      ),
    );
    return node;
  };
  list.append(...now().map(row));
  return [
    element("p", { class: "popover-title" }, "Want to see"),
    element("p", { class: "muted small" }, "It is stored in this browser only, and changes no recommendation."),
    list,
    file("Save as CSV", "for a spreadsheet, or to import elsewhere", asCsv, "text/csv", "csv"),
    file("Save as text", "a title a line", asText, "text/plain", "txt"),
  ];
}
