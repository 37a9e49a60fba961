// The recommendations, each with its cover, what is expected of it, its reason, and what one can do with it.

import { cover } from "../../covers.js";
import { byId, element, unseen } from "../../dom.js";
import { icon } from "../../icons.js";
import { tile } from "./tiles.js";
import { SOURCES, mainSource, reason } from "../../sources.js";

const N_SIMILAR = 8;

/**
 * @param {object} app
 * @returns {(items: import("../../foldin/foldin.d.ts").Recommendation[], titles: Map<string, object>) => void} shows
 * these, with the titles of the picks by id for their reasons
 */
export function createList(app) {
  const list = byId("list");
  let shown = new Set();

  const row = (item, place, titles) => {
    const like = () => {
      app.profile.like(item.id);
      focusRow(place);
    };
    const more = async ({ currentTarget }) => {
      const { openSignals } = await import("../../signals.js");
      openSignals(currentTarget, item, app, () => focusRow(place));
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
        facts(item),
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

/** Puts the focus on the row that took the place of the one just chosen: the list is asked for meanwhile. */
function focusRow(place) {
  const list = byId("list");
  const focus = () => (list.children[Math.min(place, list.children.length - 1)]?.querySelector(".like") ?? byId("results")).focus({ preventScroll: true });
  const observer = new MutationObserver(() => {
    observer.disconnect();
    focus();
  });
  observer.observe(list, { childList: true });
}

function button(name, sign, label, click) {
  return element("button", { class: `button round ${name}`, type: "button", "aria-label": label, title: label, click }, icon(sign));
}

function word(text, item, attributes) {
  return element("button", { type: "button", ...attributes }, text, unseen(` ${item.title}`));
}

function facts({ year, genres, stars }) {
  const line = [...(year === null ? [] : [`${year}`]), ...genres].join(" · ");
  return element("p", { class: "facts" }, ...starsOf(stars), line);
}

/** How many stars are expected, where the model can tell. */
function starsOf(stars) {
  if (stars === null) return [];
  const shown = stars.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return [
    element(
      "span",
      { class: "stars", title: "How many stars you are expected to give it" },
      element("span", { "aria-hidden": "true" }, icon("star"), shown),
      unseen(`${shown} stars expected. `),
    ),
  ];
}

/** The main source as a word, with its meaning at a tap. */
function source(item) {
  const main = mainSource(item);
  const [name, meaning] = SOURCES[main];
  const others = item.sources.filter((source) => source !== main).map((source) => SOURCES[source][0]);
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
  const open = row.querySelector(".similar");
  if (open) {
    open.remove();
    row.classList.remove("open");
    row.querySelector(".similar-button").setAttribute("aria-expanded", false);
    return;
  }
  const items = app.meet(await similarTo(item, app.foldin));
  const tiles = items.map((other) => tile(other, app.profile));
  const strip = element("ul", { role: "list", "aria-label": `Like ${item.title}` }, ...tiles);
  const text = items.length ? "Tap what you love here too" : "Nothing is like it in this model";
  openWith(row, element("div", { class: "similar" }, element("p", {}, text), items.length ? strip : null));
}

function openWith(row, strip) {
  row.classList.add("open");
  row.append(strip);
  row.querySelector(".similar-button").setAttribute("aria-expanded", true);
}

async function similarTo({ id }, foldin) {
  const { items } = await foldin.similar(id, { k: N_SIMILAR });
  if (items.length) return items;
  // What nobody has liked yet is like others by its genres at least.
  return (await foldin.similar(id, { by: "genres", k: N_SIMILAR })).items;
}
