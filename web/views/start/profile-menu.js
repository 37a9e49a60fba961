// The menu "Your profile": share it as a link with ids, export and import it as a file, or forget it.

import { ask } from "../../dialog.js";
import { byId, element } from "../../dom.js";
import { Profile } from "../../foldin/profile.js";
import { count, listed } from "../../labels.js";
import { closePopover } from "../../popover.js";
import { defaultSettings } from "../../settings.js";
import { usableItems } from "../../watchlist.js";

/** Milliseconds after which the browser has surely started the download of an exported file. */
const REVOKE_AFTER_MS = 10_000;

/** As many titles of the sender of a link are named. */
const N_NAMED = 3;

/** The content of the popover. */
export function profileMenu(app) {
  const choice = (label, hint, click) =>
    element(
      "button",
      { class: "choice", type: "button", click },
      element("span", {}, label, element("small", {}, hint)),
    );
  const file = element("input", {
    type: "file",
    accept: "application/json,text/csv,.json,.csv",
    hidden: true,
    change: async () => {
      closePopover();
      if (file.files[0]) await importProfile(app, await file.files[0].text());
    },
  });
  return [
    element("p", { class: "popover-title" }, "Your profile"),
    element("p", { class: "muted small" }, "It is stored in this browser only."),
    choice("Share as a link", "only the titles you like", () => share(app)),
    choice("Export", "as a file, to keep or to move", () => exportProfile(app)),
    choice("Import", "a profile, or your ratings from Letterboxd, IMDb, Trakt, Goodreads or MovieLens", () =>
      file.click(),
    ),
    choice("Forget me", "deletes everything, for good", () => forget(app)),
    file,
  ];
}

/** Shows a note above the recommendations. */
export function note(text) {
  byId("note").textContent = text;
}

function exportProfile(app) {
  closePopover();
  // The package reads the profile out of it, and leaves what it does not know.
  const wanted = app.watchlist.items().reverse();
  const all = { ...JSON.parse(app.profile.export()), ...(wanted.length && { wanted }) };
  const url = URL.createObjectURL(new Blob([JSON.stringify(all)], { type: "application/json" }));
  element("a", { href: url, download: "foldin-profile.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}

async function importProfile(app, text) {
  const { ratings } = await import("../../later.js");
  if (await ratings.importRatings(app, text)) return;
  try {
    const imported = new Profile({ key: null });
    imported.import(text);
    const { missing, n } = await addKnown(app, imported);
    const nWanted = await addWanted(app, usableItems(JSON.parse(text).wanted));
    const toSee = nWanted ? `, and ${nWanted} to see` : "";
    note(
      n + nWanted
        ? `Imported ${count(n, "title")}${toSee}${missing}.`
        : "Nothing was imported: this model does not have any of its titles.",
    );
  } catch (error) {
    note(
      "Nothing was imported: this file is neither an exported profile nor the ratings of a site that is known. Your " +
        "profile has not changed.",
    );
    console.info(error.message);
  }
}

async function forget(app) {
  closePopover();
  const text = "This deletes all your picks, and what you want to see, from this browser. You cannot undo it.";
  if ((await ask("Forget everything?", text, { forget: "Forget me", keep: "Keep it" })) !== "forget") return;
  app.profile.clear();
  app.watchlist.clear();
  app.changeSettings(defaultSettings());
  note("");
  byId("results").focus({ preventScroll: true });
}

async function share(app) {
  closePopover();
  const { liked, ratings } = app.profile.toRequest();
  const likeThreshold = app.foldin.info.likeThreshold ?? 0;
  const shared = new Profile({ key: null });
  // The link holds likes only: ratings that count as likes become likes.
  for (const [id, stars] of ratings) if (stars >= likeThreshold) shared.like(id);
  for (const id of liked) shared.like(id);
  if (!shared.size) return note("Like something first: the link holds the titles you like.");
  const link = shared.toLink(new URL(".", location.href));
  const field = element("input", { class: "field", readonly: true, value: link, "aria-label": "Link" });
  try {
    await navigator.clipboard.writeText(link);
    byId("note").replaceChildren(`Copied a link to ${count(shared.size, "title")} you like.`, field);
  } catch {
    // The browser does not allow it: the visitor copies by hand.
    byId("note").replaceChildren("Copy this link:", field);
    field.focus();
    field.select();
  }
}

/** Adds the likes of the link that opened the page, if there are any; asks first if there are other picks. */
export async function openLink(app) {
  const linked = Profile.fromLink(location.href);
  if (!linked.size) return;
  history.replaceState(null, "", "#start");
  if (!(await app.itemsOf(linked.ids())).length) {
    return note("This model does not have any of the titles in this link. Your picks have not changed.");
  }
  const own = app.profile.size;
  const known = linked.ids().every((id) => app.profile.signalOf(id)?.type === "liked");
  if (known && own === linked.size) return;
  if (own) {
    const text = `The link holds ${count(linked.size, "title")} that someone likes. You have ${count(own, "pick")} here.`;
    const answers = {
      together: "See a list for the two of you",
      add: "Add to mine",
      replace: "Replace mine",
      keep: "Keep mine",
    };
    const answer = await ask("Someone shares their taste", text, answers);
    if (answer === null || answer === "keep") return;
    if (answer === "together") return showTogether(app, linked);
    if (answer === "replace") app.profile.clear();
  }
  const { missing, n } = await addKnown(app, linked);
  note(`From the link: ${count(n, "title")}${missing}.`);
}

/** Shows one list for the visitor and the sender of a link, until the visitor leaves it. Nothing of it is stored. */
async function showTogether(app, linked) {
  const items = await app.itemsOf(linked.ids());
  linked.keepOnly(items.map(({ id }) => id));
  const leave = () => {
    app.partner = null;
    app.changeSettings({});
    note("");
    byId("results").focus({ preventScroll: true });
  };
  app.partner = linked.toRequest();
  app.changeSettings({});
  const names = listed(items.slice(0, N_NAMED).map(({ title }) => title));
  const others = items.length > N_NAMED ? " and more" : "";
  byId("note").replaceChildren(
    `For you, and for someone who likes ${names}${others}. Titles that suit both of you come first.`,
    element("button", { class: "button", type: "button", click: leave }, "Back to my own list"),
  );
}

/** Adds the titles to see that the model knows; how many those are. */
async function addWanted(app, wanted) {
  const known = await app.itemsOf(wanted.map(({ id }) => id));
  app.watchlist.add(...known);
  return known.length;
}

/** Adds the part of another profile that the model knows. */
async function addKnown(app, other) {
  const ids = other.ids();
  const known = (await app.itemsOf(ids)).map(({ id }) => id);
  other.keepOnly(known);
  if (known.length) app.profile.import(other.export());
  const nMissing = ids.length - known.length;
  return { n: known.length, missing: nMissing ? `; this model does not have ${nMissing} more` : "" };
}
