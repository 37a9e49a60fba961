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
/** Ids of the tiles that were asked about so far. */
const asked = new Set();
let foldin;
let updates = 0;

byId("retry").addEventListener("click", () => location.reload());
byId("start-over").addEventListener("click", () => {
  picks.clear();
  update();
  focusResults();
});
byId("others").addEventListener("click", () => askOthers().catch(showError));
byId("variety").addEventListener("input", () => update());
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
  showTiles((await foldin.seeds({ k: N_TILES })).items);
  const [first] = (await foldin.popular({ k: 1 })).items;
  showAbout(foldin.info, typeof first?.stars === "number");
  await update();
  createPicker({
    search: async (text) => (await foldin.search(text)).items,
    onPick: toggle,
    isPicked: (id) => picks.has(id),
  });
  byId("progress").remove();
  byId("others").disabled = false;
  byId("results").setAttribute("aria-busy", "false");
}

/** Puts the next titles to ask about in place of the tiles: near to the picks, and none that was seen before. */
async function askOthers() {
  // On a phone some tiles are not shown, and were not asked about.
  for (const tile of tiles()) if (tile.checkVisibility()) asked.add(tile.dataset.id);
  const next = async () => (await foldin.seeds({ k: N_TILES, profile: profile(), exclude: [...asked] })).items;
  let items = await next();
  if (!items.length) {
    // All were seen: once more from the beginning.
    asked.clear();
    items = await next();
  }
  if (items.length) showTiles(items);
  showPicks();
}

/** What the picks say of the visitor. */
function profile() {
  return { liked: [...picks.keys()] };
}

function tiles() {
  return byId("tiles").querySelectorAll("button");
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
    const diversity = byId("variety").valueAsNumber;
    const answer = await foldin.recommend(profile(), { k: N_RECOMMENDATIONS, diversity });
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
  // What is popular with everyone has no variety to choose.
  byId("variety").disabled = picks.size === 0;
  for (const tile of tiles()) {
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

function showAbout({ data, simulated, users, likes, version, bytes }, hasStars) {
  const sentences = [
    `Model ${version} learned from ${count(likes, "like")} of ${count(users, "user")}: ${data}.`,
    ...(simulated ? ["These data are simulated; no real person is in them."] : []),
    ...(hasStars ? ["Stars are what people who rated give a title, held back where few of them did."] : []),
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
