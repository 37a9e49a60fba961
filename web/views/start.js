// The first room: tap what you like, see what follows.

import { byId, count, duration, element, size } from "../dom.js";
import { icon } from "../icons.js";
import { createList } from "./start/list.js";
import { createPicks } from "./start/picks.js";
import { createSaid } from "./start/said.js";
import { createTiles, showTaps } from "./start/tiles.js";
import { createTune } from "./start/tune.js";

/** The first takes a line of its own, the others stand two by two. */
const N_FIRST = 11;
const N_MORE = 10;
/** While somebody goes on tapping, screen readers are told nothing. */
const ANNOUNCE_AFTER = 700;

export async function createView(root, app) {
  const { foldin, profile } = app;
  const showList = createList(app, createSaid(app));
  const showPicks = createPicks(app);
  const showFacts = createFacts(app);
  const showSettings = createTune(app);
  let k = N_FIRST;
  let settings = JSON.stringify(app.settings);
  let asking = false;
  let changed = false;
  /** Whether the profile has changed since the last call of `update`. */
  let stale = false;
  let announcing;

  /** Tells screen readers whether the list is about to be replaced. */
  const setBusy = (busy) => byId("list").setAttribute("aria-busy", busy);

  /** Shows what follows from the profile. Changes during one question are answered together by the next. */
  const update = async () => {
    changed = true;
    stale = false;
    setBusy(true);
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
      setBusy(stale);
    }
  };

  const show = (picks, answer) => {
    const items = app.meet(answer?.items ?? []);
    const personal = items.some(({ because }) => because.length > 0);
    byId("results-heading").textContent = personal || !items.length ? "For you" : "Popular with everyone";
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
    showJump(items.length, picks.length);
    clearTimeout(announcing);
    const [first, second] = items;
    if (second) {
      const news = `${count(items.length, "recommendation")}, first ${first.title}, then ${second.title}.`;
      announcing = setTimeout(() => app.announce(news), ANNOUNCE_AFTER);
    }
  };

  // The update itself follows later, once the model was asked which items it has.
  profile.addEventListener("change", () => {
    stale = true;
    setBusy(true);
  });

  // Who has nothing to lose is asked nothing: what a link holds is then the first to be shown.
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
      // Who says something deep in the list stays there; another list begins at its first.
      const now = JSON.stringify(app.settings);
      if (now !== settings || !profile.size) k = N_FIRST;
      settings = now;
      showSettings();
      update();
    },
    hide() {},
  };
}

/** What nobody needs before the first tap comes after what everybody waits for, and before anybody asks for it. */
async function finish({ foldin, profile, meet }) {
  const [{ createPicker }] = await Promise.all([
    import("../picker.js"),
    import("../signals.js"),
    import("./start/keep.js"),
  ]);
  createPicker({
    search: async (text) => meet((await foldin.search(text)).items),
    onPick: ({ id }) => profile.like(id),
    isPicked: (id) => profile.signalOf(id) !== null,
  });
  byId("results").setAttribute("aria-busy", "false");
}

/** Takes over what a link holds, if the page was opened by one. */
async function followLink(app) {
  if (!location.hash.includes("liked=")) return;
  const { openLink } = await import("./start/keep.js");
  await openLink(app).catch(app.fail);
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
      ...(cached ? ["works offline"] : []),
      ...(info.simulated ? ["simulated data"] : []),
      `model of\u00a0${size(info.bytes.score + info.bytes.show)}`,
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

/** On a narrow screen the recommendations are further down: a bar at its foot says that they are, or will be, there. */
function showJump(n, nPicks) {
  const jump = byId("jump");
  jump.disabled = n === 0;
  jump.hidden = n === 0 && nPicks > 0;
  if (n) jump.replaceChildren(icon("down"), `${count(n, "recommendation")} for you`);
  else jump.replaceChildren("Tap a title: recommendations come here");
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
    ...(simulated ? ["These data are simulated; no real person is in them."] : []),
    ...(stars
      ? ["Stars are what people give a title on average; once you have given some, what you are expected to."]
      : []),
    `A WebAssembly module of ${size(bytes.wasm)} asks it inside this page, which sends nothing about \
you: it only fetches its own files, the same for everybody.`,
  ];
  byId("about").textContent = sentences.join(" ");
  if (simulated) byId("demo").textContent = "A demo: real titles, simulated people.";
}
