// The first step of an explanation: the picks, to switch off, and titles to try as likes.

import { element } from "../dom.js";

/** Picks shown before "and more". */
const N_PICKS = 10;
const N_SUGGESTED = 3;
const N_FOUND = 5;

/**
 * @param {object} options
 * @param {object} options.foldin
 * @param {object} options.item the explained item
 * @param {import("./what-if.js").WhatIf} options.whatIf
 * @param {import("./sentences.js").TitleOf} options.titleOf
 * @param {(item: object) => void} options.remember
 * @param {boolean} options.isOwn
 * @param {() => void} options.onChange
 */
export function createPicks({ foldin, item, whatIf, titleOf, remember, isOwn, onChange }) {
  const picks = element("ul", { class: "why-picks", role: "list" });
  const suggestions = element("ul", { class: "why-picks", role: "list" });
  const found = element("ul", { class: "why-picks", role: "list" });
  const input = element("input", {
    type: "search",
    class: "field",
    placeholder: "Or try another title",
    "aria-label": "Try another title as a pick",
    autocomplete: "off",
    spellcheck: "false",
    input: search,
  });
  const adder = element(
    "div",
    { class: "why-adder" },
    element("p", { class: "small muted" }, `What if ${isOwn ? "you" : "they"} also liked`),
    suggestions,
    input,
    found,
  );
  let showsAll = whatIf.order.length <= N_PICKS;
  let nSearches = 0;

  /** Shows the picks; the focus stays on the same one. */
  function show() {
    const focused = picks.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
    const shown = [...whatIf.added, ...(showsAll ? whatIf.order : whatIf.order.slice(0, N_PICKS))];
    const rows = shown.map(pickChip);
    if (!showsAll) rows.push(moreButton());
    if (!shown.length) rows.push(element("li", { class: "muted" }, "None yet. Try one of these:"));
    picks.replaceChildren(...rows);
    if (focused) [...picks.querySelectorAll("button")].find(({ dataset }) => dataset.id === focused)?.focus();
  }

  function pickChip(id) {
    const isOff = whatIf.off.has(id);
    const isDisliked = whatIf.isDisliked(id);
    const toggle = () => {
      whatIf.toggle(id);
      onChange();
    };
    const attributes = { type: "button", class: "chip", "aria-pressed": !isOff, "data-id": id, click: toggle };
    const sign = element("span", { "aria-hidden": "true" }, isOff ? "○" : isDisliked ? "−" : "✓");
    const note = isDisliked ? element("span", { class: "small" }, "(disliked)") : null;
    return element("li", {}, element("button", attributes, sign, titleOf(id), note));
  }

  function moreButton() {
    const showAll = () => {
      showsAll = true;
      show();
    };
    const attributes = { type: "button", class: "button", "data-id": "more", click: showAll };
    return element("li", {}, element("button", attributes, `and ${whatIf.order.length - N_PICKS} more`));
  }

  /** A title to try as a like. */
  function addChip(other, afterwards = () => {}) {
    const add = ({ currentTarget }) => {
      remember(other);
      whatIf.add(other.id);
      currentTarget.closest("li").remove();
      afterwards();
      onChange();
    };
    const sign = element("span", { "aria-hidden": "true" }, "+");
    return element("li", {}, element("button", { type: "button", class: "chip", click: add }, sign, other.title));
  }

  async function search() {
    nSearches += 1;
    const turn = nSearches;
    const text = input.value.trim();
    const items = text ? (await foldin.search(text, { k: N_FOUND })).items : [];
    if (turn !== nSearches) return;
    const others = items.filter(({ id }) => !whatIf.has(id));
    const clear = () => {
      input.value = "";
      found.replaceChildren();
      input.focus();
    };
    const none = element("li", { class: "muted" }, "No other title found.");
    found.replaceChildren(...(text && !others.length ? [none] : others.map((other) => addChip(other, clear))));
  }

  /** Offers some titles similar to the explained one. */
  async function suggest() {
    const by = foldin.info.strategies.includes("taste") && item.likes > 0 ? "taste" : "genres";
    const { items } = await foldin.similar(item.id, { k: 12, by }).catch(() => ({ items: [] }));
    const others = items.filter(({ id }) => !whatIf.has(id)).slice(0, N_SUGGESTED);
    suggestions.replaceChildren(...others.map((other) => addChip(other)));
  }

  return { picks, adder, show, suggest };
}
