// The page: one model, a list of picks, and a new answer at every change. Everything here goes through the public
// interface of the package; nothing is computed on the side.

import { load } from "./foldin/foldin.js";
import { byId, element, titleAndYear } from "./dom.js";
import { focusRow, showList } from "./list.js";
import { createPicker } from "./picker.js";
import { storeLikes, storedLikes } from "./profile.js";

const N_TILES = 12;
const N_RECOMMENDATIONS = 10;

/** Picked items by id, oldest first. */
const picks = new Map();
let foldin;
let updates = 0;

byId("retry").addEventListener("click", () => location.reload());
byId("start-over").addEventListener("click", () => {
  picks.clear();
  update();
  focusResults();
});
start().catch(showError);

async function start() {
  foldin = await load("model/manifest.json", { onProgress: showProgress() });
  const stored = storedLikes();
  if (stored.length) {
    // Asked by id, because another model may have been put here since the last visit, without some of them.
    const { items } = await foldin.popular({ only: stored, k: stored.length });
    const known = new Map(items.map((item) => [item.id, item]));
    for (const id of stored) if (known.has(id)) picks.set(id, known.get(id));
  }
  showTiles(apart((await foldin.popular({ k: 5 * N_TILES })).items).slice(0, N_TILES));
  showAbout(foldin.info);
  await update();
  createPicker({
    search: async (text) => (await foldin.search(text)).items,
    onPick: toggle,
    isPicked: (id) => picks.has(id),
  });
  byId("progress").remove();
  byId("results").setAttribute("aria-busy", "false");
}

/** The same items with those first that share no tag, such as a series or a director, with one before them. */
function apart(items) {
  const met = new Set();
  const isNew = ({ tags }) => !tags.some((tag) => met.has(tag)) && tags.every((tag) => met.add(tag));
  const first = items.filter(isNew);
  return [...first, ...items.filter((item) => !first.includes(item))];
}

/** Picks an item, or takes the pick back. */
function toggle(item) {
  if (!picks.delete(item.id)) picks.set(item.id, item);
  return update();
}

/** Shows everything that follows from the picks. */
async function update() {
  const turn = ++updates;
  storeLikes([...picks.keys()]);
  showPicks();
  try {
    const answer = await foldin.recommend({ liked: [...picks.keys()] }, { k: N_RECOMMENDATIONS });
    if (turn === updates) showAnswer(answer);
  } catch (error) {
    showError(error);
  }
}

function showAnswer({ items, ms }) {
  const personal = items.some(({ because }) => because.length > 0);
  byId("results-heading").textContent = personal ? "For you" : "Popular with everyone";
  showList(items, picks, async (item, place) => {
    await toggle(item);
    focusRow(place);
  });
  const { info } = foldin;
  const facts = [
    `${count(info.items, "title")} ${personal ? "scored" : "looked through"} in ${duration(ms)} on this device`,
    `model\u00a0${size(info.bytes.score + info.bytes.show)}`,
    ...(info.simulated ? ["simulated data"] : []),
  ];
  byId("status").textContent = facts.join(" · ");
}

function showPicks() {
  const chip = (item) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", "aria-label": `Remove ${item.title}`, click: (event) => remove(item, event.currentTarget) },
        element("span", {}, item.title),
        element("span", { "aria-hidden": "true", class: "cross" }, "×"),
      ),
    );
  byId("picks").replaceChildren(...Array.from(picks.values(), chip));
  byId("no-picks").hidden = picks.size > 0;
  byId("start-over").hidden = picks.size === 0;
  for (const tile of byId("tiles").querySelectorAll("button")) {
    tile.setAttribute("aria-pressed", picks.has(tile.dataset.id));
  }
}

/** Removes a pick, and keeps the focus among the picks where there are any left. */
function remove(item, button) {
  const place = [...byId("picks").children].indexOf(button.parentElement);
  toggle(item);
  const chips = byId("picks").querySelectorAll("button");
  if (chips.length) chips[Math.min(place, chips.length - 1)].focus();
  else focusResults();
}

/** For when the button that had the focus is gone. Not the search field: on a phone its keyboard would come up. */
function focusResults() {
  byId("results").focus({ preventScroll: true });
}

function showTiles(items) {
  const tile = (item) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", "data-id": item.id, title: titleAndYear(item), click: () => toggle(item) },
        element("span", { class: "title" }, item.title),
      ),
    );
  byId("tiles").replaceChildren(...items.map(tile));
}

function showAbout({ data, simulated, users, likes, version, bytes }) {
  const sentences = [
    `Model ${version} learned from ${count(likes, "like")} of ${count(users, "user")}: ${data}.`,
    ...(simulated ? ["These data are simulated; no real person is in them."] : []),
    `A WebAssembly module of ${size(bytes.wasm)} asks it inside this page, which makes no request once it has loaded.`,
  ];
  byId("about").textContent = sentences.join(" ");
}

/** Moves the bar by all bytes that have arrived of those announced so far. */
function showProgress() {
  const files = new Map();
  return (progress) => {
    if (progress.type === "ready") return;
    files.set(progress.file, progress);
    let loaded = 0;
    let total = 0;
    for (const file of files.values()) {
      loaded += file.loaded;
      total += file.total ?? file.loaded;
    }
    if (total > 0) byId("progress").value = loaded / total;
  };
}

function showError(error) {
  byId("error-message").textContent = error.message;
  byId("error-code").textContent = error.code ?? error.name;
  byId("main").hidden = true;
  byId("error").hidden = false;
  console.warn(error);
}

function duration(ms) {
  // Browsers round their clock, some to whole milliseconds.
  return ms === 0 ? "less than 1 ms" : `${ms.toLocaleString("en", { maximumFractionDigits: ms < 10 ? 2 : 0 })} ms`;
}

function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })}\u00a0${unit}`;
}

function count(n, noun) {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}
