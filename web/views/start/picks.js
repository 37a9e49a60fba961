// What the visitor has said so far: a chip for each pick, undo, and what one can do with the whole profile.

import { byId, element, onceRemade, unseen } from "../../dom.js";
import { icon } from "../../icons.js";

/** As many chips as fit into a line or two; the others stay behind a button. */
const N_CHIPS = 3;

/**
 * @param {object} app
 * @returns {(items: object[]) => void} shows the picks, the newest first
 */
export function createPicks(app) {
  const chips = byId("picks");
  const open = async ({ currentTarget }) => {
    const [{ openPopover }, { keepers }] = await Promise.all([import("../../popover.js"), import("./keep.js")]);
    openPopover(currentTarget, "Your profile", ...keepers(app));
  };
  const undo = tool("Undo", () => app.profile.undo(), icon("undo"));
  const more = tool("Your profile", open, "Your profile");
  more.setAttribute("aria-haspopup", "dialog");
  byId("tools").replaceChildren(undo, more);
  let all = false;
  let shown = [];

  const chip = (item) => {
    const [sign, words, number = null] = signOf(app.profile.signalOf(item.id));
    const change = async ({ currentTarget }) => {
      const { openSignals } = await import("../../signals.js");
      openSignals(currentTarget, item, app, () => focusChip(item.id));
    };
    return element(
      "li",
      { "data-id": item.id },
      element(
        "button",
        { class: "chip pick", type: "button", "aria-haspopup": "dialog", click: change },
        sign,
        number,
        unseen(`${words}: `),
        element("span", { class: "pick-title" }, item.title),
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
  /** After a change the chips are made anew, once their items are known. */
  const focusChip = (id, part = ".pick") =>
    onceRemade(chips, () => {
      const chip = [...chips.children].find((node) => node.dataset.id === id);
      (chip?.querySelector(part) ?? byId("results")).focus({ preventScroll: true });
    });
  const show = (items) => {
    shown = items.toReversed();
    const visible = all ? shown : shown.slice(0, N_CHIPS);
    const hidden = shown.length - visible.length;
    const rest = () => {
      all = true;
      show(items);
      chips.children[N_CHIPS].querySelector("button").focus();
    };
    const others = element(
      "li",
      {},
      element("button", { class: "chip", type: "button", click: rest }, `${hidden} more`),
    );
    chips.replaceChildren(...visible.map(chip), ...(hidden ? [others] : []));
    chips.classList.toggle("all", all);
    undo.disabled = !app.profile.canUndo;
  };
  return show;
}

function tool(label, click, face) {
  return element("button", { class: "button", type: "button", title: label, "aria-label": label, click }, face);
}

/** A signal as a sign and in words. */
function signOf({ type, stars }) {
  if (type === "rated") return [icon("star"), `${stars} stars`, element("span", {}, `${stars}`)];
  return { liked: [icon("heart"), "liked"], disliked: [icon("dislike"), "disliked"], seen: [icon("hide"), "hidden"] }[
    type
  ];
}
