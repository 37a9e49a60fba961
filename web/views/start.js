// The first view: tap what you like, and see recommendations.

import { byId, element, painted } from "../dom.js";
import { count, duration, size } from "../labels.js";
import { createPicker } from "../picker.js";
import { createSearch } from "../search.js";
import { createDevelopers } from "./start/developers.js";
import { createFilters } from "./start/filters.js";
import { createList } from "./start/list.js";
import { recommendToBoth } from "./start/pair.js";
import { createPeek } from "./start/peek.js";
import { createPicks } from "./start/picks.js";
import { openLink } from "./start/profile-menu.js";
import { withoutWalls } from "./start/sagas.js";
import { createTiles, markLikedTiles } from "./start/tiles.js";
import { createUndoToast } from "./start/undo-toast.js";
import { createWatchlistButton } from "./start/watchlist-button.js";
import { showChangesByPick } from "./start/without.js";

/** The first recommendation fills a line, the others stand in two columns. */
const N_FIRST = 11;
const N_MORE = 10;
/** Milliseconds without a tap after which screen readers hear the result. */
const ANNOUNCE_AFTER_MS = 700;

export async function createView(_root, app) {
  const { foldin, profile } = app;
  // With the model's first answer on its way, the rest is made meanwhile.
  const creatingTiles = createTiles(app);
  // It may fail before anyone waits for it.
  creatingTiles.catch(() => {});
  const showList = createList(app, createUndoToast(app));
  const showPicks = createPicks(app);
  createWatchlistButton(app);
  const showFacts = createFacts(app);
  const showSettings = createFilters(app);
  const showPeek = createPeek();
  // Nobody looks at it before the first list is there.
  let showCall = null;
  let tiles = null;
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
        const own = profile.toRequest();
        const wanted = { ...(await app.request()), k };
        // At the start the worker has better to do: it finds the titles to tap.
        const request = picks.length ? await withoutWalls(foldin, own, wanted) : wanted;
        const answer = picks.length ? await recommend(own, request) : null;
        // After a later change the answer is out of date, and the next one is on its way.
        if (hasChanged || isStale) continue;
        app.listRequest = request;
        show(picks, answer);
        if (answer) showCall ??= createDevelopers(app);
        showCall?.(own, request, answer, app.partner);
      }
    } catch (error) {
      app.fail(error);
    } finally {
      isAsking = false;
      setBusy(isStale);
    }
  };

  const recommend = async (own, request) => {
    if (!app.partner) return foldin.recommend(own, request);
    return recommendToBoth(foldin, own, app.partner, request);
  };

  const show = (picks, answer) => {
    const items = app.remember(answer?.items ?? []);
    const personal = items.some(({ because }) => because.length > 0);
    byId("results-heading").textContent = heading(items, personal);
    showPicks(picks);
    showList(items, app.titles);
    markLikedTiles(app);
    // The list is painted first.
    painted()
      .then(() => tiles?.follow())
      .catch(app.fail);
    byId("filters").hidden = !picks.length;
    byId("empty").hidden = items.length > 0;
    byId("empty-text").replaceChildren(
      picks.length
        ? "Nothing matches these filters. Allow more genres or years."
        : "Nothing here yet. Tap a title you love.",
    );
    byId("more").hidden = items.length < k;
    showFacts(answer && { personal, ms: answer.ms });
    showPeek(items, picks.length);
    clearTimeout(announcing);
    const [first, second] = items;
    if (second) {
      const news = `${count(items.length, "recommendation")}, first ${first.title}, then ${second.title}.`;
      announcing = setTimeout(() => app.announce(news), ANNOUNCE_AFTER_MS);
    }
  };

  const heading = (items, personal) => {
    if (app.partner) return "For the two of you";
    if (personal || !items.length) return "For you";
    return profile.toRequest().disliked.length ? "Popular, without what you dislike" : "Popular with everyone";
  };

  // `update` is called later, after the app has dropped items that the model does not have.
  profile.addEventListener("change", () => {
    isStale = true;
    setBusy(true);
    // What it says is about an earlier profile.
    if (!app.partner) byId("note").replaceChildren();
  });

  // With an empty profile the link's likes are added without a question, before the first list.
  if (!profile.size) await followLink(app);
  [tiles] = await Promise.all([creatingTiles, update()]);
  showChangesByPick(app, () => [...byId("list").children].map(({ dataset }) => dataset.id));
  byId("progress").hidden = true;
  byId("more").addEventListener("click", () => {
    k += N_MORE;
    update();
  });
  if (profile.dropped) showDropped(app);
  showAbout(foldin.info);
  addEventListener("hashchange", () => followLink(app));
  finish(app);

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

/** Makes what is needed after the first tap only. */
function finish({ foldin, profile, remember }) {
  const search = createSearch(foldin);
  createPicker({
    search: async (text) => remember(await search(text)),
    nothing: `This catalogue of ${count(foldin.info.items, "title")} has nothing like it. Titles, genres, years and names are searched.`,
    genres: foldin.info.genres,
    onPick: ({ id }) => profile.like(id),
    isPicked: (id) => profile.signalOf(id) !== null,
  });
  byId("results").setAttribute("aria-busy", "false");
}

/** Tells of stored picks that cannot be used, such as those of another version of the page. */
function showDropped({ profile, startAfresh }) {
  byId("note").replaceChildren(
    `${count(profile.dropped, "stored pick")} could not be used. You can go on with the others.`,
    element("button", { class: "button", type: "button", click: startAfresh }, "Start afresh"),
  );
}

/** Adds the likes of the link that opened the page, if there are any. */
async function followLink(app) {
  if (!location.hash.includes("liked=")) return;
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

function showAbout({ data, simulated, users, likes, version, bytes, stars }) {
  const sentences = [
    `Model ${version} learned from ${count(likes, "like")} of ${count(users, "user")}: ${data}.`,
    ...(simulated ? ["The data are simulated and contain no real person."] : []),
    ...(stars ? [starsInWords(simulated)] : []),
    `A WebAssembly module of ${size(bytes.wasm)} computes the recommendations inside this page. The page sends nothing \
about you: it only fetches its own files, which are the same for everyone.`,
  ];
  byId("about").textContent = sentences.join(" ");
  if (simulated) byId("demo").textContent = "A demo: real titles, simulated people.";
}

function starsInWords(simulated) {
  return simulated
    ? "Once you have rated something, stars are the prediction for you."
    : "Stars are the average rating of a title, or the prediction for you once you have rated something.";
}
