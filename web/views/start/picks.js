// The visitor's picks: a chip for each, undo, and the menu of the whole profile.

import { byId, element, onceReplaced, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";
import { openPopover } from "../../popover.js";
import { openRatingMenu } from "../../rating-menu.js";
import { profileMenu } from "./profile-menu.js";

/** Chips that fit into a line or two; a button shows the others. */
const N_CHIPS = 3;

/**
 * @param {object} app
 * @returns {(items: object[]) => void} shows the picks, the newest first
 */
export function createPicks(app) {
  const chips = byId("picks");
  const open = ({ currentTarget }) => openPopover(currentTarget, "Your profile", ...profileMenu(app));
  const undo = tool("Undo", () => app.profile.undo(), icon("undo"));
  const more = tool("Your profile", open, "Your profile");
  more.setAttribute("aria-haspopup", "dialog");
  byId("tools").replaceChildren(undo, more);
  let showsAll = false;
  let shown = [];

  const chip = (item) => {
    const [sign, text, number = null] = signalLabel(app.profile.signalOf(item.id));
    const change = ({ currentTarget }) => openRatingMenu(currentTarget, item, app, () => focusChip(item.id));
    return element(
      "li",
      { "data-id": item.id },
      element(
        "button",
        { class: "chip pick", type: "button", "aria-haspopup": "dialog", click: change },
        sign,
        number,
        visuallyHidden(`${text}: `),
        element("span", { class: "pick-title", dir: "auto" }, item.title),
      ),
      element(
        "button",
        { class: "chip remove", type: "button", "aria-label": `Remove ${item.title}`, click: () => remove(item) },
        icon("close"),
      ),
    );
  };
  const remove = (item) => {
    const place = shown.findIndex(({ id }) => id === item.id);
    const next = shown[place + 1] ?? shown[place - 1];
    app.profile.remove(item.id);
    focusChip(next?.id, ".remove");
  };
  /** Moves the focus after a change, when the chips have been replaced. */
  const focusChip = (id, part = ".pick") =>
    onceReplaced(chips, () => {
      const chip = [...chips.children].find((node) => node.dataset.id === id);
      (chip?.querySelector(part) ?? byId("results")).focus({ preventScroll: true });
    });
  const show = (items) => {
    // A title may have been taken back by a tap since the list was asked for.
    shown = items.filter(({ id }) => app.profile.signalOf(id)).toReversed();
    const visible = showsAll ? shown : shown.slice(0, N_CHIPS);
    const hidden = shown.length - visible.length;
    const rest = () => {
      showsAll = true;
      show(items);
      chips.children[N_CHIPS].querySelector("button").focus();
    };
    const others = element(
      "li",
      {},
      element("button", { class: "chip", type: "button", click: rest }, `${hidden} more`),
    );
    chips.replaceChildren(...visible.map(chip), ...(hidden ? [others] : []));
    chips.classList.toggle("all", showsAll);
    undo.disabled = !app.profile.canUndo;
  };
  return show;
}

function tool(label, click, face) {
  return element("button", { class: "button", type: "button", title: label, "aria-label": label, click }, face);
}

/** A signal as an icon, in words, and perhaps as a number. */
function signalLabel({ type, stars }) {
  if (type === "rated") return [icon("star"), `${stars} stars`, element("span", {}, `${stars}`)];
  return { liked: [icon("heart"), "liked"], disliked: [icon("dislike"), "disliked"], seen: [icon("hide"), "hidden"] }[
    type
  ];
}
