// The page: one model, one profile, one set of settings, and a room for each thing one can do with them. Everything
// goes through the public interface of the package; nothing is computed on the side.

import { loading } from "./loading.js";
import { Profile } from "./foldin/profile.js";
import { byId, element } from "./dom.js";
import * as start from "./views/start.js";

const ROOMS = ["start", "compare", "map", "model"];
/** Where the settings outlive a reload; a new tab begins without. */
const SETTINGS_KEY = "foldin:settings";

/** What a room is given: `createView(root, app)` makes `{ show(), update(), hide() }`. */
const app = {
  /** The loaded model; rooms are made after it has come. */
  foldin: null,
  profile: new Profile(),
  settings: keptSettings(),
  /** Items by id, as far as the page has met them. */
  titles: new Map(),

  /** The settings as the model takes them. */
  request() {
    const { diversity, genres, years } = app.settings;
    const where = { ...(genres.length && { genres }), ...(years && { years }) };
    return { diversity, ...(Object.keys(where).length && { where }) };
  },

  /** Changes some of the settings, and what is shown with them. */
  tune(settings) {
    Object.assign(app.settings, settings);
    try {
      sessionStorage.setItem(SETTINGS_KEY, JSON.stringify(app.settings));
    } catch {
      // Refused: then they live as long as the page.
    }
    updateRoom();
  },

  /** The items with these ids, in this order, without those that the model does not have. */
  async itemsOf(ids) {
    const missing = ids.filter((id) => !app.titles.has(id));
    if (missing.length) app.meet(await app.foldin.items(missing));
    return ids.map((id) => app.titles.get(id)).filter(Boolean);
  },

  /** Whether the visitor has said something good of an item, or given it stars. */
  likes(id) {
    return ["liked", "rated"].includes(app.profile.signalOf(id)?.type);
  },

  /** Remembers items, so that they need not be asked for again. */
  meet(items) {
    for (const item of items) app.titles.set(item.id, item);
    return items;
  },

  /** Shows how the score of this item came about. */
  async explain(item) {
    const { openWhy } = await import("./why.js");
    await openWhy(app, item.id);
  },

  /** Goes to a room. */
  go(name) {
    location.hash = name;
  },

  /** Says something to screen readers, once. */
  announce(text) {
    byId("announcer").textContent = text;
  },

  fail: showError,
};

const views = new Map();
const making = new Map();
let room = null;

byId("retry").addEventListener("click", () => location.reload());
// Not by its address, which would be a room's.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("content").focus();
});
addEventListener("hashchange", () => openRoom().catch(showError));
begin().catch(showError);

async function begin() {
  showRoom(asked());
  showWaiting(asked());
  app.foldin = await loading;
  app.settings.genres = app.settings.genres.filter((genre) => app.foldin.info.genres.includes(genre));
  await dropUnknown();
  app.profile.addEventListener("change", () => dropUnknown().then(updateRoom, showError));
  await openRoom();
  keepForOffline();
}

/** Takes out of the profile what the model does not have: another model may have been here, or be in another tab. */
async function dropUnknown() {
  const ids = app.profile.ids();
  const known = new Set((await app.itemsOf(ids)).map(({ id }) => id));
  const unknown = new Set(ids.filter((id) => !known.has(id)));
  if (unknown.size) app.profile.keepOnly(app.profile.ids().filter((id) => !unknown.has(id)));
}

/** From then on the page opens without a network too. Not before the model is there: it would take its bandwidth. */
function keepForOffline() {
  navigator.serviceWorker?.register("service-worker.js", { type: "module" }).catch((error) => {
    // Private windows and some browsers have none: the page then needs the network to open, and nothing else.
    console.info(`works without a service worker: ${error.message}`);
  });
}

/** The room that the address asks for; a link with likes asks for the first. */
function asked() {
  const name = location.hash.slice(1);
  return ROOMS.includes(name) ? name : "start";
}

function showRoom(name) {
  for (const other of ROOMS) byId(`view-${other}`).hidden = other !== name;
  for (const link of document.querySelectorAll(".masthead nav a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

async function openRoom() {
  const name = asked();
  if (name === room) return;
  showRoom(name);
  showWaiting(name);
  // It is opened once the model is here.
  if (!app.foldin) return;
  views.get(room)?.hide();
  room = name;
  // Who leaves a room while it is made and comes back finds the same one.
  if (!making.has(name)) making.set(name, make(name));
  views.set(name, await making.get(name));
  showWaiting(room);
  if (room === name) await views.get(name).show();
}

/** Says in a room that is not there yet that it comes; the first shows that itself. */
function showWaiting(name) {
  byId("waiting").hidden = name === "start" || views.has(name);
}

/** The settings as they were before a reload. */
function keptSettings() {
  const open = { diversity: 0, genres: [], years: null };
  try {
    return { ...open, ...JSON.parse(sessionStorage.getItem(SETTINGS_KEY)) };
  } catch {
    return open;
  }
}

async function make(name) {
  const module = name === "start" ? start : await enter(name);
  return module.createView(byId(`view-${name}`), app);
}

/** Fetches the code of a room and its style. */
async function enter(name) {
  const style = element("link", { rel: "stylesheet", href: `views/${name}.css` });
  const styled = new Promise((resolve) => {
    style.onload = style.onerror = resolve;
  });
  document.head.append(style);
  const [module] = await Promise.all([import(`./views/${name}.js`), styled]);
  return module;
}

function updateRoom() {
  views.get(room)?.update();
}

function showError(error) {
  byId("error-message").textContent = error.message;
  byId("error-code").textContent = error.code ?? error.name;
  byId("main").hidden = true;
  byId("error").hidden = false;
  console.warn(error);
}
