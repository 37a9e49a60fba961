// The button above the list that opens what the visitor wants to see. It is there once something is.

import { byId, element } from "../../dom.js";
import { icon } from "../../icons.js";
import { count, formatCount, listed } from "../../labels.js";
import { openPopover } from "../../popover.js";

/** As many titles that a model does not have are named. */
const N_NAMED = 3;

export function createWatchlistButton(app) {
  const number = element("span", {});
  const open = async ({ currentTarget }) => {
    const { watchlistPanel } = await app.later();
    openPopover(currentTarget, "Want to see", ...(await watchlistPanel.content(app)));
  };
  const attributes = { id: "watchlist", class: "button", type: "button", "aria-haspopup": "dialog" };
  const button = element(
    "button",
    { ...attributes, click: (event) => open(event).catch(app.fail) },
    icon("bookmark"),
    number,
  );
  byId("tools").prepend(button);
  const show = () => {
    const { size } = app.watchlist;
    button.hidden = size === 0;
    button.title = "Want to see";
    button.setAttribute("aria-label", `Want to see: ${count(size, "title")}`);
    number.textContent = formatCount(size);
  };
  app.watchlist.addEventListener("change", show);
  show();
  const { notWanted } = app;
  if (!notWanted.length) return;
  const names = listed(notWanted.slice(0, N_NAMED).map(({ title }) => title));
  const more = notWanted.length > N_NAMED ? ` and ${notWanted.length - N_NAMED} more` : "";
  byId("note").textContent = `Taken from what you want to see, since this model does not have them: ${names}${more}.`;
}
