// The recommendations, each with its cover, what is expected of it, its reason, and what one can do with it.

import { cover } from "../../covers.js";
import { byId, element, onceRemade, unseen } from "../../dom.js";
import { icon } from "../../icons.js";
import { tile } from "./tiles.js";
import { mainSource, reason } from "../../reasons.js";
import { STRATEGIES, nameOf } from "../words.js";

const N_SIMILAR = 8;

/**
 * @param {object} app
 * @param {(item: object, place: number) => void} said shows what was said of an item, which is gone from its place
 * @returns {(items: import("../../foldin/foldin.d.ts").Recommendation[], titles: Map<string, object>) => void} shows
 * these, with the titles of the picks by id for their reasons
 */
export function createList(app, said) {
  const list = byId("list");
  let shown = new Set();

  const row = (item, place, titles) => {
    const like = () => {
      app.profile.like(item.id);
      focusRow(place);
    };
    const more = async ({ currentTarget }) => {
      const { openSignals } = await import("../../signals.js");
      openSignals(currentTarget, item, app, () => said(item, place));
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
      // What one is looking into stays, even if it is no longer among the best.
      if (now) openWith(now, old.querySelector(".similar"));
      else if (items.length && !app.profile.signalOf(id)) rows.splice(places[n], 0, old);
    });
    list.replaceChildren(...rows);
    shown = new Set(items.map(({ id }) => id));
    if (focused && list.contains(focused)) focused.focus({ preventScroll: true });
  };
}

/** Puts the focus on the row that takes the place of the one just chosen. */
function focusRow(place) {
  const list = byId("list");
  onceRemade(list, () => {
    const row = list.children[Math.min(place, list.children.length - 1)];
    // Where rows have become higher, this brings it back into sight.
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
  return element("button", { type: "button", ...attributes }, text, unseen(` ${item.title}`));
}

function facts({ year, genres, stars }, personal) {
  const line = [...(year === null ? [] : [`${year}`]), ...genres].join(" · ");
  return element("p", { class: "facts" }, ...starsOf(stars, personal), line);
}

/** How many stars are expected, where the model can tell: of everybody, until the visitor has given some. */
function starsOf(stars, personal) {
  if (stars === null) return [];
  const [label, meaning] = personal
    ? ["for you", "stars are what you are expected to give it, by the stars you gave"]
    : ["average", "stars are what people give it on average; give some yourself to see your own"];
  const shown = stars.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    element(
      "span",
      { class: "stars", title: `${shown} ${meaning}` },
      element("span", { "aria-hidden": "true" }, icon("star"), shown, element("small", {}, ` ${label}`)),
      unseen(`${shown} ${meaning}. `),
    ),
  ];
}

/** The main source as a word, with its meaning at a tap. */
function source(item) {
  const main = mainSource(item);
  const [name, meaning] = STRATEGIES[main];
  const others = item.sources.filter((source) => source !== main).map(nameOf);
  const open = async ({ currentTarget }) => {
    const { openPopover } = await import("../../popover.js");
    openPopover(
      currentTarget,
      "Where it came from",
      element("p", { class: "popover-title" }, `Found by ${name}`),
      element("p", {}, meaning),
      others.length ? element("p", { class: "muted" }, `Also in it: ${others.join(", ")}.`) : "",
    );
  };
  const attributes = { class: "source", type: "button", "aria-haspopup": "dialog", click: open };
  return element("button", attributes, "found by\u00a0", element("span", {}, name));
}

/** Opens or closes a strip of what is most like an item, in its own row. */
async function toggleSimilar(row, item, app) {
  if (row.querySelector(".similar")) return closeSimilar(row);
  const items = app.meet(await similarTo(item, app));
  const tiles = items.map((other) => tile(other, app.profile));
  const heading = `Similar to ${item.title}`;
  const strip = element("ul", { role: "list", "aria-label": heading }, ...tiles);
  const text = items.length ? "Tap what you love here too" : "Nothing else is like it in this model";
  const close = (event) => {
    if (event.key !== "Escape") return;
    // The row may be another by now: the strip moves with its item.
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

/** What is most like an item, and nothing was said of yet. */
async function similarTo({ id }, { foldin, profile }) {
  const k = Math.min(N_SIMILAR + profile.size, 100);
  const fresh = ({ items }) => items.filter((item) => !profile.signalOf(item.id)).slice(0, N_SIMILAR);
  const items = fresh(await foldin.similar(id, { k }));
  if (items.length) return items;
  // What nobody has liked yet is like others by its genres at least.
  return fresh(await foldin.similar(id, { by: "genres", k }));
}
