// The page: one model, one profile, one set of settings, and a view for each task. It uses the public interface of the
// package only.

import { loadDescriptions } from "./descriptions.js";
import { addStylesheet, byId, painted } from "./dom.js";
import { Profile } from "./foldin/profile.js";
import { loading, own } from "./loading.js";
import { hasOwnModel, KEY, OWN_PROFILE } from "./own.js";
import { createRequests } from "./request.js";
import { defaultSettings, storedSettings, storeSettings } from "./settings.js";
import { warmUp } from "./views/start/tiles.js";
import * as start from "./views/start.js";
import { Watchlist } from "./watchlist.js";

/** The views, of which all but the first are loaded when one of them is opened. */
const VIEWS = ["start", "compare", "map", "model", "data"];

/** Milliseconds that the first taps have the network and the processor to themselves. */
const REGISTER_AFTER_MS = 1000;

/** What every view gets: `createView(root, app)` returns `{ show(), update(), hide() }`. */
const app = {
  /** The loaded model; views are created after it has arrived. */
  foldin: null,
  /** The model that the visitor has trained here, in place of the page's; `null` without one. */
  own: null,
  profile: new Profile(hasOwnModel() ? { key: OWN_PROFILE } : {}),
  settings: storedSettings(),
  /** All items that the page has asked for so far, by id. */
  titles: new Map(),

  /** What the visitor wants to see. */
  watchlist: new Watchlist({ key: `foldin:watchlist:${hasOwnModel() ? "own:" : ""}${KEY}` }),
  /** What was on that list and is not in the model. */
  notWanted: [],

  /** The profile of whoever shares a list with the visitor; `null` if nobody does. */
  partner: null,

  /** The request that made the list that is shown; `null` if there is none. */
  listRequest: null,

  /** The settings as a request to the model, with what the profile leaves out. */
  request: () => requestNow(),

  /** Changes some of the settings, and updates the view. */
  changeSettings(settings) {
    Object.assign(app.settings, settings);
    storeSettings(app.settings);
    updateView();
  },

  /** The items with these ids, in this order, without those that the model does not have. */
  async itemsOf(ids) {
    const missing = ids.filter((id) => !app.titles.has(id));
    if (missing.length) app.remember(await app.foldin.items(missing));
    return ids.map((id) => app.titles.get(id)).filter(Boolean);
  },

  /** Whether the visitor has liked or rated an item. */
  hasLiked(id) {
    return ["liked", "rated"].includes(app.profile.signalOf(id)?.type);
  },

  /** Stores items, so that they need not be asked for again. */
  remember(items) {
    for (const item of items) app.titles.set(item.id, item);
    return items;
  },

  /** What the first view does not need. */
  later: () => later(),

  /** Shows how the score of an item comes about. */
  async explain(item) {
    const { why } = await later();
    await why.openWhy(app, item.id);
  },

  /** Opens a view. */
  go(name) {
    location.hash = name;
  },

  /** Announces a text to screen readers. */
  announce(text) {
    byId("announcer").textContent = text;
  },

  /** Deletes what this browser has stored for the page: a way out if the page cannot work with it. */
  async startAfresh() {
    app.profile.clear();
    app.watchlist.clear();
    storeSettings(defaultSettings());
    if (hasOwnModel()) await later().then(({ ownModel }) => ownModel.deleteOwnModel());
    location.reload();
  },

  fail: showError,
};

const requestNow = createRequests(app);
const views = new Map();
const creating = new Map();
/** What the title of the page calls each view. */
const NAMES = { start: "For you", compare: "Compare", map: "Map", model: "Model", data: "Your data" };
let current = null;

byId("not-started").remove();
byId("retry").addEventListener("click", () => location.reload());
byId("start-afresh").addEventListener("click", app.startAfresh);
// Without the browser's navigation: the fragment of the address names the view.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("content").focus();
});
addEventListener("hashchange", () => openView().catch(showError));
begin().catch(showError);

async function begin() {
  showSection(viewInAddress());
  showWaiting(viewInAddress());
  painted().then(() => {
    if (!app.foldin && viewInAddress() === "start") warmUp();
  });
  app.foldin = await loading;
  app.own = (await own) ?? null;
  if (app.own) later().then(({ ownBanner }) => ownBanner.showOwnBanner(app), showError);
  for (const name of ["genres", "not"]) {
    app.settings[name] = app.settings[name].filter((genre) => app.foldin.info.genres.includes(genre));
  }
  const { strategies } = app.foldin.info;
  app.settings.weights = Object.fromEntries(
    Object.entries(app.settings.weights).filter(([source]) => source !== "hybrid" && strategies.includes(source)),
  );
  await dropUnknown();
  await dropUnknownWanted();
  app.profile.addEventListener("change", () => dropUnknown().then(updateView, showError));
  // Another tab may have changed it.
  for (const type of ["storage", "pageshow"]) addEventListener(type, () => app.watchlist.refresh());
  await openView();
  setTimeout(registerServiceWorker, REGISTER_AFTER_MS);
}

/** Removes from the profile what the model does not have: the page may have had another model before. */
async function dropUnknown() {
  const ids = app.profile.ids();
  const known = new Set((await app.itemsOf(ids)).map(({ id }) => id));
  const unknown = new Set(ids.filter((id) => !known.has(id)));
  if (unknown.size) app.profile.keepOnly(app.profile.ids().filter((id) => !unknown.has(id)));
}

/** The same for what the visitor wants to see. */
async function dropUnknownWanted() {
  if (!app.watchlist.size) return;
  const known = await app.itemsOf(app.watchlist.items().map(({ id }) => id));
  app.notWanted = app.watchlist.keepOnly(known.map(({ id }) => id));
}

/** Makes the page work offline. Called when the page is ready, since it fetches all files of the page again. */
function registerServiceWorker() {
  if (!navigator.onLine) return addEventListener("online", registerServiceWorker, { once: true });
  navigator.serviceWorker?.register("service-worker.js", { type: "module" }).catch((error) => {
    // Private windows and some browsers have no service workers: the page then needs the network to open.
    console.info(`works without a service worker: ${error.message}`);
  });
}

/** The view that the address names; the first view for any other address, such as a link with likes. */
function viewInAddress() {
  const name = location.hash.slice(1);
  return VIEWS.includes(name) ? name : "start";
}

function showSection(name) {
  for (const other of VIEWS) byId(`view-${other}`).hidden = other !== name;
  for (const link of document.querySelectorAll(".masthead nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

async function openView() {
  const name = viewInAddress();
  if (name === current) return;
  const isFirst = current === null;
  showSection(name);
  document.title = `${NAMES[name]} · foldin`;
  showWaiting(name);
  // It opens when the model has arrived.
  if (!app.foldin) return;
  views.get(current)?.hide();
  current = name;
  // A view that is left while it is created, and opened again, is created once.
  if (!creating.has(name)) creating.set(name, createView(name));
  views.set(name, await creating.get(name));
  showWaiting(current);
  if (current !== name) return;
  // A screen reader reads the heading; the first view of a visit needs no announcement.
  if (!isFirst) focusHeading(name);
  await views.get(name).show();
}

function focusHeading(name) {
  const heading = byId(`view-${name}`).querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Shows that a view is loading; the first view shows that itself. */
function showWaiting(name) {
  byId("waiting").hidden = name === "start" || views.has(name);
}

async function createView(name) {
  const { createView } = name === "start" ? start : (await later())[name];
  return createView(byId(`view-${name}`), app);
}

let descriptions;

/** What the first view does not need, with its stylesheet and its words. */
async function later() {
  descriptions ??= loadDescriptions();
  const [modules] = await Promise.all([import("./later.js"), addStylesheet("styles/later.css"), descriptions]);
  return modules;
}

function updateView() {
  views.get(current)?.update();
}

function showError(error) {
  byId("error-message").textContent = error.message;
  byId("error-code").textContent = error.code ?? error.name;
  byId("main").hidden = true;
  byId("error").hidden = false;
  console.warn(error);
}
