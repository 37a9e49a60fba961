// A profile as a file, as a link that holds nothing but ids, and no profile at all.

import { Profile } from "../../foldin/profile.js";
import { ask } from "../../dialog.js";
import { byId, count, element } from "../../dom.js";
import { closePopover } from "../../popover.js";

/** The buttons of the window "Your profile". */
export function keepers(app) {
  const choice = (label, hint, click) =>
    element(
      "button",
      { class: "choice", type: "button", click },
      element("span", {}, label, element("small", {}, hint)),
    );
  const file = element("input", {
    type: "file",
    accept: "application/json,.json",
    hidden: true,
    change: async () => {
      closePopover();
      if (file.files[0]) await importProfile(app, await file.files[0].text());
    },
  });
  return [
    element("p", { class: "popover-title" }, "Your profile"),
    element("p", { class: "muted small" }, "It lies in this browser and nowhere else."),
    choice("Share as a link", "only the titles you like", () => share(app)),
    choice("Export", "as a file, to keep or to move", () => exportProfile(app)),
    choice("Import", "from such a file", () => file.click()),
    choice("Forget me", "empties everything, for good", () => forget(app)),
    file,
  ];
}

/** A short remark above the recommendations. */
export function note(text) {
  byId("note").textContent = text;
}

function exportProfile(app) {
  closePopover();
  const url = URL.createObjectURL(new Blob([app.profile.export()], { type: "application/json" }));
  element("a", { href: url, download: "foldin-profile.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

async function importProfile(app, text) {
  try {
    const imported = new Profile({ key: null });
    imported.import(text);
    const { missing, n } = await take(app, imported);
    note(n ? `Imported ${count(n, "title")}${missing}.` : "Nothing was imported: this model has none of its titles.");
  } catch (error) {
    note("Nothing was imported: this file is not a profile that was exported here. Yours is as it was.");
    console.info(error.message);
  }
}

async function forget(app) {
  closePopover();
  const text = "All you said here goes out of this browser, and cannot be brought back.";
  if ((await ask("Forget everything?", text, { forget: "Forget me", keep: "Keep it" })) !== "forget") return;
  app.profile.clear();
  app.tune({ diversity: 0, genres: [], years: null });
  note("");
  byId("results").focus({ preventScroll: true });
}

async function share(app) {
  closePopover();
  const { liked, ratings } = app.profile.toRequest();
  const likeThreshold = app.foldin.info.likeThreshold ?? 0;
  const shared = new Profile({ key: null });
  // Stars that count as a like are one to whoever opens the link.
  for (const [id, stars] of ratings) if (stars >= likeThreshold) shared.like(id);
  for (const id of liked) shared.like(id);
  if (!shared.size) return note("Like something first: a link holds the titles you like.");
  const link = shared.toLink(new URL(".", location.href));
  const field = element("input", { class: "field", readonly: true, value: link, "aria-label": "Link" });
  try {
    await navigator.clipboard.writeText(link);
    byId("note").replaceChildren(`Copied a link to ${count(shared.size, "title")} you like.`, field);
  } catch {
    // Not allowed here: then by hand.
    byId("note").replaceChildren("Copy this link:", field);
    field.focus();
    field.select();
  }
}

/** Takes over the likes that a link holds, if the page was opened by one; asks before it touches other picks. */
export async function openLink(app) {
  const linked = Profile.fromLink(location.href);
  if (!linked.size) return;
  history.replaceState(null, "", "#start");
  if (!(await app.itemsOf(linked.ids())).length) {
    return note("This link holds nothing that this model has. Your picks are as they were.");
  }
  const own = app.profile.size;
  const known = linked.ids().every((id) => app.profile.signalOf(id)?.type === "liked");
  if (known && own === linked.size) return;
  if (own) {
    const text = `The link holds ${count(linked.size, "title")} that somebody likes. You have ${count(own, "pick")} here.`;
    const answers = { keep: "Keep mine", replace: "Replace mine", add: "Add to mine" };
    const answer = await ask("Somebody shares their taste", text, answers);
    if (answer === null || answer === "keep") return;
    if (answer === "replace") app.profile.clear();
  }
  const { missing, n } = await take(app, linked);
  note(`From the link: ${count(n, "title")}${missing}.`);
}

/** Adds what another profile holds, as far as the model has it. */
async function take(app, other) {
  const ids = other.ids();
  const known = (await app.itemsOf(ids)).map(({ id }) => id);
  other.keepOnly(known);
  if (known.length) app.profile.import(other.export());
  const lost = ids.length - known.length;
  return { n: known.length, missing: lost ? `; this model does not have ${lost} more` : "" };
}
