// The first view: tap what you like, and see recommendations.

import { byId, element } from "../dom.js";
import { icon } from "../icons.js";
import { count, duration, size } from "../labels.js";
import { createFilters } from "./start/filters.js";
import { createList } from "./start/list.js";
import { createPicks } from "./start/picks.js";
import { createTiles, markLikedTiles } from "./start/tiles.js";
import { createUndoToast } from "./start/undo-toast.js";

/** The first recommendation fills a line, the others stand in two columns. */
const N_FIRST = 11;
const N_MORE = 10;
/** Milliseconds without a tap after which screen readers hear the result. */
const ANNOUNCE_AFTER_MS = 700;

export async function createView(_root, app) {
  const { foldin, profile } = app;
  const showList = createList(app, createUndoToast(app));
  const showPicks = createPicks(app);
  const showFacts = createFacts(app);
  const showSettings = createFilters(app);
  let k = N_FIRST;
  let settings = JSON.stringify(app.settings);
  let isAsking = false;
  let hasChanged = false;
  /** Whether the profile has changed since the last call of `update`. */
  let isStale = false;
  let announcing;

  /** Marks whether the list is about to be replaced, for screen readers. */
  const setBusy = (busy) => byId("list").setAttribute("aria-busy", busy);

  /** Shows the recommendations. Changes while the model answers are answered together afterwards. */
  const update = async () => {
    hasChanged = true;
    isStale = false;
    setBusy(true);
    if (isAsking) return;
    isAsking = true;
    try {
      while (hasChanged) {
        hasChanged = false;
        const picks = await app.itemsOf(profile.ids());
        const answer = picks.length ? await foldin.recommend(profile.toRequest(), { ...app.request(), k }) : null;
        if (!hasChanged) show(picks, answer);
      }
    } catch (error) {
      app.fail(error);
    } finally {
      isAsking = false;
      setBusy(isStale);
    }
  };

  const show = (picks, answer) => {
    const items = app.remember(answer?.items ?? []);
    const personal = items.some(({ because }) => because.length > 0);
    byId("results-heading").textContent = personal || !items.length ? "For you" : "Popular with everyone";
    showPicks(picks);
    showList(items, app.titles);
    markLikedTiles(app);
    byId("filters").hidden = !picks.length;
    byId("empty").hidden = items.length > 0;
    byId("empty-text").replaceChildren(
      picks.length
        ? "Nothing matches these filters. Allow more genres or years."
        : "Nothing here yet. Tap a title you love.",
    );
    byId("more").hidden = items.length < k;
    showFacts(answer && { personal, ms: answer.ms });
    showJump(items.length, picks.length);
    clearTimeout(announcing);
    const [first, second] = items;
    if (second) {
      const news = `${count(items.length, "recommendation")}, first ${first.title}, then ${second.title}.`;
      announcing = setTimeout(() => app.announce(news), ANNOUNCE_AFTER_MS);
    }
  };

  // `update` is called later, after the app has dropped items that the model does not have.
  profile.addEventListener("change", () => {
    isStale = true;
    setBusy(true);
  });

  // With an empty profile the link's likes are added without a question, before the first list.
  if (!profile.size) await followLink(app);
  await Promise.all([update(), createTiles(app)]);
  byId("progress").hidden = true;
  byId("more").addEventListener("click", () => {
    k += N_MORE;
    update();
  });
  watchResults();
  showAbout(foldin.info);
  addEventListener("hashchange", () => followLink(app));
  finish(app).catch(app.fail);

  return {
    show() {
      followLink(app);
      showSettings();
      update();
    },
    update() {
      // A long list stays long after a rating; new settings start a new list.
      const now = JSON.stringify(app.settings);
      if (now !== settings || !profile.size) k = N_FIRST;
      settings = now;
      showSettings();
      update();
    },
    hide() {},
  };
}

/** Loads what is needed after the first tap only. */
async function finish({ foldin, profile, remember }) {
  const [{ createPicker }] = await Promise.all([
    import("../picker.js"),
    import("../rating-menu.js"),
    import("./start/profile-menu.js"),
  ]);
  createPicker({
    search: async (text) => remember((await foldin.search(text)).items),
    onPick: ({ id }) => profile.like(id),
    isPicked: (id) => profile.signalOf(id) !== null,
  });
  byId("results").setAttribute("aria-busy", "false");
}

/** Adds the likes of the link that opened the page, if there are any. */
async function followLink(app) {
  if (!location.hash.includes("liked=")) return;
  const { openLink } = await import("./start/profile-menu.js");
  await openLink(app).catch(app.fail);
}

/**
 * The status line: how many titles were scored, how fast, on this device.
 *
 * @returns {(answer: { personal: boolean, ms: number } | null) => void}
 */
function createFacts({ foldin: { info } }) {
  const line = byId("status");
  const items = count(info.items, "title");
  let last = null;
  let worksOffline = false;
  const show = (answer = last) => {
    last = answer;
    const done = answer ? `${answer.personal ? "scored" : "looked through"} in ${duration(answer.ms)}` : "ready";
    const facts = [
      `${items} ${done} on this device`,
      ...(worksOffline ? ["works offline"] : []),
      ...(info.simulated ? ["simulated data"] : []),
      `model of\u00a0${size(info.bytes.score + info.bytes.show)}`,
    ];
    const offline = navigator.onLine ? "" : element("span", { class: "badge" }, "offline");
    line.replaceChildren(facts.join(" · "), offline);
  };
  for (const type of ["online", "offline"]) addEventListener(type, () => show());
  // A service worker that is ready has stored all files of the page.
  navigator.serviceWorker?.ready.then(() => {
    worksOffline = true;
    show();
  });
  return show;
}

/** On a narrow screen the recommendations are below the fold: a bar at the bottom leads to them. */
function showJump(n, nPicks) {
  const jump = byId("jump");
  jump.disabled = n === 0;
  jump.hidden = n === 0 && nPicks > 0;
  if (n) jump.replaceChildren(icon("down"), `${count(n, "recommendation")} for you`);
  else jump.replaceChildren("Tap a title: recommendations appear here");
}

function watchResults() {
  const results = byId("results");
  const jump = byId("jump");
  new IntersectionObserver(([{ isIntersecting }]) => jump.classList.toggle("there", isIntersecting), {
    rootMargin: "0px 0px -15% 0px",
  }).observe(results);
  jump.addEventListener("click", () => {
    results.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    results.focus({ preventScroll: true });
  });
}

function showAbout({ data, simulated, users, likes, version, bytes, stars }) {
  const sentences = [
    `Model ${version} learned from ${count(likes, "like")} of ${count(users, "user")}: ${data}.`,
    ...(simulated ? ["The data are simulated and contain no real person."] : []),
    ...(stars
      ? ["Stars are the average rating of a title, or the prediction for you once you have rated something."]
      : []),
    `A WebAssembly module of ${size(bytes.wasm)} computes the recommendations inside this page. The page sends nothing \
about you: it only fetches its own files, which are the same for everyone.`,
  ];
  byId("about").textContent = sentences.join(" ");
  if (simulated) byId("demo").textContent = "A demo: real titles, simulated people.";
}
