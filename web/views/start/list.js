// The list of recommendations, each with its cover, stars, reason and actions.

import { cover } from "../../covers.js";
import { byId, element, onceReplaced, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";
import { formatNumber, ordinal } from "../../labels.js";
import { linked } from "../../links.js";
import { openRatingMenu } from "../../rating-menu.js";
import { reason } from "../../reasons.js";
import { tile } from "./tiles.js";

const N_SIMILAR = 8;
const N_TAGS = 3;

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
    const more = ({ currentTarget }) => openRatingMenu(currentTarget, item, app, () => showToast(item, place));
    const similar = (event) => toggleSimilar(event.currentTarget.closest(".row"), item, app).catch(app.fail);
    const name = element("h3", { dir: "auto" }, linked(item.url, item.title));
    return element(
      "li",
      { class: shown.has(item.id) ? "row" : "row new", "data-id": item.id },
      element("div", { class: "row-cover", "aria-hidden": "true" }, cover(item)),
      element(
        "div",
        { class: "row-text" },
        name,
        facts(item, stars(item, app)),
        tags(item),
        item.about && element("p", { class: "about", dir: "auto" }, item.about),
        ...reasons(item, titles),
        element(
          "div",
          { class: "actions" },
          button("like", "heart", `Like ${item.title}`, like),
          wantButton(item, app),
          button("more", "more", `Rate, dislike or hide ${item.title}`, more),
          element(
            "span",
            { class: "words" },
            word("Similar", item, { class: "button bare similar-button", "aria-expanded": false, click: similar }),
            word("Why?", item, { class: "button bare", click: () => app.explain(item) }),
          ),
        ),
      ),
    );
  };

  // The list may have been changed in its panel, or in another tab.
  app.watchlist.addEventListener("change", () => {
    for (const { dataset, children } of list.children) markWanted(children[1].querySelector(".want"), dataset.id, app);
  });

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

/** Puts a title on the list of what the visitor wants to see, and takes it off. */
function wantButton(item, app) {
  const { watchlist, announce } = app;
  const toggle = () => {
    if (watchlist.has(item.id)) watchlist.remove(item.id);
    else watchlist.add(item);
    announce(watchlist.has(item.id) ? `${item.title} is on your list.` : `${item.title} is off your list.`);
  };
  const node = button("want", "bookmark", `Want to see ${item.title}`, toggle);
  markWanted(node, item.id, app);
  return node;
}

function markWanted(node, id, { watchlist }) {
  node.setAttribute("aria-pressed", watchlist.has(id));
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

/** Why it is recommended; in a list for two, to each of them, with its place in their own lists. */
function reasons(item, titles) {
  const sentence = (text) => element("p", { class: "reason", dir: "auto" }, text);
  if (!item.forTwo) return [sentence(reason(item, titles))];
  const { mine, theirs, because } = item.forTwo;
  return [
    sentence(`${ordinal(mine)} for you: ${reason(item, titles)}`),
    sentence(`${ordinal(theirs)} for the other: ${reason(because, titles)}`),
  ];
}

function facts({ year, genres }, stars) {
  const words = [...(year === null ? [] : [`${year}`]), ...genres];
  // Each has its own direction, so that a page from right to left does not mix their parts.
  const line = words.flatMap((word, n) => [n ? " · " : "", element("bdi", {}, word)]);
  return element("p", { class: "facts" }, stars, ...line);
}

/** Who made it, what series it is of, and the like: the first of its tags. */
function tags({ tags }) {
  if (!tags.length) return null;
  const line = tags.slice(0, N_TAGS).flatMap((tag, n) => [n ? " \u00b7 " : "", element("bdi", {}, tag)]);
  return element("p", { class: "tags" }, ...line);
}

/**
 * The predicted stars, if the model predicts any: the average of all people until the visitor has rated something. The
 * average of simulated people says nothing about a title, so it is not shown.
 */
function stars({ stars }, { foldin: { info }, profile }) {
  const isPersonal = profile.toRequest().ratings.length > 0;
  if (stars === null || (info.simulated && !isPersonal)) return null;
  const [label, meaning] = isPersonal
    ? ["for you", "stars: the prediction for you, from your ratings"]
    : ["average", "stars: the average of all people; rate some titles to see predictions for you"];
  const shown = formatNumber(stars, 1);
  return element(
    "bdi",
    { class: "stars", title: `${shown} ${meaning}` },
    element("span", { "aria-hidden": "true" }, icon("star"), shown, element("small", {}, ` ${label}`)),
    visuallyHidden(`${shown} ${meaning}. `),
  );
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
