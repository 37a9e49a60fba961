// The first room: tap what you like, see what follows.

import { cover } from "../covers.js";
import { byId, count, duration, element, size, unseen } from "../dom.js";
import { icon } from "../icons.js";
import { createPicker } from "../picker.js";
import { openLink } from "./start/keep.js";
import { createList } from "./start/list.js";
import { createPicks } from "./start/picks.js";
import { createTune } from "./start/tune.js";

const N_TILES = 12;
/** The first takes a line of its own, the others stand two by two. */
const N_FIRST = 11;
const N_MORE = 10;
/** While somebody goes on tapping, screen readers are told nothing. */
const ANNOUNCE_AFTER = 700;

/** Moves the bar by all bytes that have arrived of those announced so far. */
export function showProgress() {
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

export async function createView(root, app) {
  const { foldin, profile } = app;
  const showList = createList(app);
  const showPicks = createPicks(app);
  const showFacts = createFacts(app);
  let k = N_FIRST;
  let asking = false;
  let changed = false;
  let announcing;

  /** Shows what follows from the profile. Changes during one question are answered together by the next. */
  const update = async () => {
    changed = true;
    if (asking) return;
    asking = true;
    try {
      while (changed) {
        changed = false;
        const picks = await app.itemsOf(profile.ids());
        const answer = picks.length ? await foldin.recommend(profile.toRequest(), { ...app.request(), k }) : null;
        if (!changed) show(picks, answer);
      }
    } catch (error) {
      app.fail(error);
    } finally {
      asking = false;
    }
  };

  const show = (picks, answer) => {
    const items = app.meet(answer?.items ?? []);
    const personal = items.some(({ because }) => because.length > 0);
    byId("results-heading").textContent = personal || !picks.length ? "For you" : "Popular with everyone";
    showPicks(picks);
    showList(items, app.titles);
    showTaps(app);
    byId("tune").hidden = !picks.length;
    byId("empty").hidden = items.length > 0;
    byId("empty-text").replaceChildren(
      picks.length
        ? "Nothing passes these filters. Allow more genres or years."
        : "Nothing here yet. Tap one title you love, and see.",
    );
    byId("more").hidden = items.length < k;
    showFacts(answer && { personal, ms: answer.ms });
    showJump(items.length);
    clearTimeout(announcing);
    const [first, second] = items;
    if (second) {
      const news = `${count(items.length, "recommendation")}, first ${first.title}, then ${second.title}.`;
      announcing = setTimeout(() => app.announce(news), ANNOUNCE_AFTER);
    }
  };

  // Asked by id: another model may have been put here since the last visit, without some of them.
  if (profile.size) profile.keepOnly((await app.itemsOf(profile.ids())).map(({ id }) => id));
  await Promise.all([update(), createTiles(app)]);
  byId("progress").hidden = true;
  byId("more").addEventListener("click", () => {
    k += N_MORE;
    update();
  });
  createPicker({
    search: async (text) => app.meet((await foldin.search(text)).items),
    onPick: ({ id }) => profile.like(id),
    isPicked: (id) => profile.signalOf(id) !== null,
  });
  watchResults();
  showAbout(foldin.info);
  const showSettings = await createTune(app);
  showSettings();
  addEventListener("hashchange", () => openLink(app));
  byId("results").setAttribute("aria-busy", "false");

  return {
    show() {
      openLink(app);
      showSettings();
      update();
    },
    update() {
      k = N_FIRST;
      showSettings();
      update();
    },
    hide() {},
  };
}

/** The titles to tap, and others in their place on demand: near to the picks, and none that was seen before. */
async function createTiles(app) {
  const { foldin, profile } = app;
  const asked = new Set();
  const showTiles = (items) => byId("tiles").replaceChildren(...app.meet(items).map((item) => tile(item, profile)));
  const others = async () => {
    // On a phone some tiles are not shown, and were not asked about.
    for (const tile of tiles()) if (tile.checkVisibility()) asked.add(tile.dataset.id);
    const next = async () => {
      const options = { k: N_TILES, profile: profile.toRequest(), exclude: [...asked] };
      return (await foldin.seeds(options)).items;
    };
    let items = await next();
    if (!items.length) {
      // All were seen: once more from the beginning.
      asked.clear();
      items = await next();
    }
    if (items.length) showTiles(items);
    showTaps(app);
  };
  showTiles((await foldin.seeds({ k: N_TILES })).items);
  showTaps(app);
  byId("others").disabled = false;
  byId("others").addEventListener("click", () => others().catch(app.fail));
}

function tile(item, profile) {
  const tap = () => (profile.signalOf(item.id)?.type === "liked" ? profile.remove(item.id) : profile.like(item.id));
  const year = item.year === null ? null : unseen(` ${item.year}`);
  const heart = element("span", { class: "tapped", "aria-hidden": "true" }, icon("heart"));
  return element(
    "li",
    {},
    element("button", { class: "tile", type: "button", "data-id": item.id, click: tap }, cover(item), year, heart),
  );
}

function tiles() {
  return document.querySelectorAll("#view-start .tile");
}

/** Marks the tiles that are liked. */
function showTaps({ profile }) {
  for (const tile of tiles()) {
    tile.setAttribute("aria-pressed", profile.signalOf(tile.dataset.id)?.type === "liked");
  }
}

/**
 * The line beneath the headline: how much was done, how fast, and that it needs nobody.
 *
 * @returns {(answer: { personal: boolean, ms: number } | null) => void}
 */
function createFacts({ foldin: { info } }) {
  const line = byId("status");
  const items = count(info.items, "title");
  let last = null;
  let cached = false;
  const show = (answer = last) => {
    last = answer;
    const done = answer ? `${answer.personal ? "scored" : "looked through"} in ${duration(answer.ms)}` : "ready";
    const facts = [
      `${items} ${done} on this device`,
      `model\u00a0${size(info.bytes.score + info.bytes.show)}`,
      ...(cached ? ["works offline"] : []),
      ...(info.simulated ? ["simulated data"] : []),
    ];
    const offline = navigator.onLine ? "" : element("span", { class: "badge" }, "offline");
    line.replaceChildren(facts.join(" · "), offline);
  };
  for (const type of ["online", "offline"]) addEventListener(type, () => show());
  // Once it is there, a service worker has everything that the page needs.
  navigator.serviceWorker?.ready.then(() => {
    cached = true;
    show();
  });
  return show;
}

/** On a narrow screen the recommendations are further down: a button at its foot says that they are there. */
function showJump(n) {
  const jump = byId("jump");
  jump.replaceChildren(icon("down"), `${count(n, "recommendation")} for you`);
  jump.hidden = n === 0;
}

function watchResults() {
  const results = byId("results");
  const jump = byId("jump");
  new IntersectionObserver(([{ isIntersecting }]) => jump.classList.toggle("there", isIntersecting), {
    rootMargin: "0px 0px -25% 0px",
  }).observe(results);
  jump.addEventListener("click", () => {
    results.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    results.focus({ preventScroll: true });
  });
}

function showAbout({ data, simulated, users, likes, version, bytes, stars }) {
  const sentences = [
    `Model ${version} learned from ${count(likes, "like")} of ${count(users, "user")}: ${data}.`,
    ...(simulated ? ["These data are simulated; no real person is in them."] : []),
    ...(stars ? ["Stars are what you are expected to give a title."] : []),
    `A WebAssembly module of ${size(bytes.wasm)} asks it inside this page, which makes no request once it has loaded.`,
  ];
  byId("about").textContent = sentences.join(" ");
}
