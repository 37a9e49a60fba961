// The list of recommendations, each with its cover, stars, reason and actions.

import { cover } from "../../covers.js";
import { strategyDescription, strategyTitle } from "../../descriptions.js";
import { byId, element, onceReplaced, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";
import { mainSource, reason } from "../../reasons.js";
import { tile } from "./tiles.js";

const N_SIMILAR = 8;

/**
 * @param {object} app
 * @param {(item: object, place: number) => void} showToast shows what was done with an item that has left its place
 * @returns {(items: import("../../foldin/foldin.d.ts").Recommendation[], titles: Map<string, object>) => void} shows
 * recommendations; their reasons need the titles of the picks by id
 */
export function createList(app, showToast) {
  const list = byId("list");
  let shown = new Set();

  const row = (item, place, titles) => {
    const like = () => {
      app.profile.like(item.id);
      focusRow(place);
    };
    const more = async ({ currentTarget }) => {
      const { openRatingMenu } = await import("../../rating-menu.js");
      openRatingMenu(currentTarget, item, app, () => showToast(item, place));
    };
    const similar = (event) => toggleSimilar(event.currentTarget.closest(".row"), item, app).catch(app.fail);
    const name = element("h3", { dir: "auto" }, item.title);
    return element(
      "li",
      { class: shown.has(item.id) ? "row" : "row new", "data-id": item.id },
      element("div", { class: "row-cover", "aria-hidden": "true" }, cover(item)),
      element(
        "div",
        { class: "row-text" },
        name,
        facts(item, app.profile.toRequest().ratings.length > 0),
        element("p", { class: "reason" }, reason(item, titles)),
        source(item),
        element(
          "div",
          { class: "actions" },
          button("like", "heart", `Like ${item.title}`, like),
          button("more", "more", `Rate, dislike or hide ${item.title}`, more),
          word("Similar", item, { class: "button bare similar-button", "aria-expanded": false, click: similar }),
          word("Why?", item, { class: "button bare", click: () => app.explain(item) }),
        ),
      ),
    );
  };

  return (items, titles) => {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const open = [...list.querySelectorAll(".row.open")];
    const places = open.map((row) => [...list.children].indexOf(row));
    const rows = items.map((item, place) => row(item, place, titles));
    open.forEach((old, n) => {
      const { id } = old.dataset;
      const now = rows.find((row) => row.dataset.id === id);
      // A row whose similar titles are open stays, even if it is no longer among the best.
      if (now) openWith(now, old.querySelector(".similar"));
      else if (items.length && !app.profile.signalOf(id)) rows.splice(places[n], 0, old);
    });
    list.replaceChildren(...rows);
    shown = new Set(items.map(({ id }) => id));
    if (focused && list.contains(focused)) focused.focus({ preventScroll: true });
  };
}

/** Moves the focus to the row that replaces the one just liked. */
function focusRow(place) {
  const list = byId("list");
  onceReplaced(list, () => {
    const row = list.children[Math.min(place, list.children.length - 1)];
    // Scrolls it back into view if the rows above have grown.
    (row?.querySelector(".like") ?? byId("results")).focus();
  });
}

function button(name, sign, label, click) {
  return element(
    "button",
    { class: `button round ${name}`, type: "button", "aria-label": label, title: label, click },
    icon(sign),
  );
}

function word(text, item, attributes) {
  return element("button", { type: "button", ...attributes }, text, visuallyHidden(` ${item.title}`));
}

function facts({ year, genres, stars }, personal) {
  const line = [...(year === null ? [] : [`${year}`]), ...genres].join(" · ");
  return element("p", { class: "facts" }, ...starsOf(stars, personal), line);
}

/** The predicted stars, if the model predicts any: the average of all people until the visitor has rated something. */
function starsOf(stars, personal) {
  if (stars === null) return [];
  const [label, meaning] = personal
    ? ["for you", "stars: the prediction for you, from your ratings"]
    : ["average", "stars: the average of all people; rate some titles to see predictions for you"];
  const shown = stars.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    element(
      "span",
      { class: "stars", title: `${shown} ${meaning}` },
      element("span", { "aria-hidden": "true" }, icon("star"), shown, element("small", {}, ` ${label}`)),
      visuallyHidden(`${shown} ${meaning}. `),
    ),
  ];
}

/** The main source as a word; a tap explains it. */
function source(item) {
  const main = mainSource(item);
  if (!main) return "";
  const title = strategyTitle(main);
  const others = item.sources.filter((source) => source !== main).map(strategyTitle);
  const open = async ({ currentTarget }) => {
    const { openPopover } = await import("../../popover.js");
    openPopover(
      currentTarget,
      "Source",
      element("p", { class: "popover-title" }, `Found by ${title}`),
      element("p", {}, strategyDescription(main)),
      others.length ? element("p", { class: "muted" }, `Also found by: ${others.join(", ")}.`) : "",
    );
  };
  const attributes = { class: "source", type: "button", "aria-haspopup": "dialog", click: open };
  return element("button", attributes, "found by\u00a0", element("span", {}, title));
}

/** Opens or closes a strip of similar titles in the row of an item. */
async function toggleSimilar(row, item, app) {
  if (row.querySelector(".similar")) return closeSimilar(row);
  const items = app.remember(await similarTo(item, app));
  const tiles = items.map((other) => tile(other, app.profile));
  const heading = `Similar to ${item.title}`;
  const strip = element("ul", { role: "list", "aria-label": heading }, ...tiles);
  const text = items.length ? "Tap what you also love" : "This model has no similar title";
  const close = (event) => {
    if (event.key !== "Escape") return;
    // The strip may have moved to another row with its item.
    const row = event.currentTarget.closest(".row");
    closeSimilar(row);
    row.querySelector(".similar-button").focus();
  };
  const parts = [element("h4", { dir: "auto" }, heading), element("p", {}, text), items.length ? strip : null];
  const similar = element("div", { class: "similar", keydown: close }, ...parts);
  openWith(row, similar);
  similar.scrollIntoView({ block: "nearest" });
}

function closeSimilar(row) {
  row.querySelector(".similar").remove();
  row.classList.remove("open");
  row.querySelector(".similar-button").setAttribute("aria-expanded", false);
}

function openWith(row, strip) {
  row.classList.add("open");
  row.append(strip);
  row.querySelector(".similar-button").setAttribute("aria-expanded", true);
}

/** The titles most similar to an item that are not in the profile. */
async function similarTo({ id }, { foldin, profile }) {
  const k = Math.min(N_SIMILAR + profile.size, 100);
  const fresh = ({ items }) => items.filter((item) => !profile.signalOf(item.id)).slice(0, N_SIMILAR);
  const items = fresh(await foldin.similar(id, { k }));
  if (items.length) return items;
  // A title that nobody has liked is similar to others by its genres only.
  return fresh(await foldin.similar(id, { by: "genres", k }));
}
