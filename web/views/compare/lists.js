// The lists of Compare, side by side. A title in several lists has a count: pointing at it highlights its copies.

import { strategyDescription, strategyTitle } from "../../descriptions.js";
import { element } from "../../dom.js";
import { count, duration, listed, ordinal, titleAndYear } from "../../labels.js";
import { placesOf } from "./state.js";

/**
 * @param {object} options
 * @param {import("./state.js").CompareState} options.state
 * @param {(item: object, profile: object) => void} options.explain
 * @param {(text: string) => void} options.announce
 */
export function createLists({ state, explain, announce }) {
  const where = element("p", { class: "compare-where" });
  const lists = element("div", { class: "compare-lists", tabindex: "0", role: "region", "aria-label": "Lists" });
  const jumps = element("ul", { class: "compare-jumps", role: "list", "aria-label": "Go to a list" });
  /** @type {import("./state.js").Places} */
  let places = new Map();

  const ownerTitle = () => (state.user === null ? "Your likes" : `User ${state.user}`);

  /** Shows the answers of the strategies for a profile, and what the profile contains. */
  function show(answers, history, profile) {
    places = placesOf(answers);
    if (!places.has(state.pinned)) state.pinned = null;
    const columns = answers.map((answer) => column(answer, profile));
    if (history.length) columns.unshift(historyColumn(history));
    lists.replaceChildren(...columns);
    lists.style.setProperty("--columns", columns.length);
    const links = answers.map(({ strategy }) => jump(strategy, strategyTitle(strategy)));
    if (history.length) links.unshift(jump("history", ownerTitle()));
    jumps.replaceChildren(...links);
    highlight(state.pinned);
  }

  function clear() {
    state.pinned = null;
    where.textContent = "";
    jumps.replaceChildren();
    lists.replaceChildren();
  }

  function jump(name, title) {
    return element("li", {}, element("button", { type: "button", click: () => jumpTo(name) }, title));
  }

  function jumpTo(name) {
    const list = document.getElementById(`compare-list-${name}`);
    const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollIntoView({ inline: "start", block: "nearest", behavior: isReduced ? "auto" : "smooth" });
    list.querySelector("button, ol").focus({ preventScroll: true });
  }

  function column({ strategy, items, ms }, profile) {
    const heading = `compare-list-${strategy}-name`;
    return element(
      "section",
      { class: "compare-list", id: `compare-list-${strategy}`, "data-strategy": strategy, "aria-labelledby": heading },
      element("h2", { id: heading }, strategyTitle(strategy)),
      element("p", { class: "compare-description" }, strategyDescription(strategy)),
      element("p", { class: "compare-ms" }, duration(ms)),
      element("ol", { role: "list" }, ...items.map((item) => row(item, profile))),
    );
  }

  function row(item, profile) {
    const n = places.get(item.id).length;
    const enter = () => highlight(item.id);
    const leave = () => highlight(state.pinned);
    const title = element(
      "button",
      {
        type: "button",
        class: "compare-title",
        click: () => explain(item, profile),
        focus: enter,
        title: `Why ${titleAndYear(item)}?`,
      },
      item.title,
    );
    const year = item.year === null ? null : element("span", {}, `${item.year}`);
    const facts = element("p", { class: "compare-facts" }, year, n > 1 ? copiesButton(item, n, enter) : null);
    return element("li", { "data-id": item.id, mouseenter: enter, mouseleave: leave, focusout: leave }, title, facts);
  }

  /** The count of lists with an item; a click keeps its copies highlighted. */
  function copiesButton(item, n, enter) {
    const click = () => {
      state.togglePin(item.id);
      highlight(item.id);
      if (state.pinned) announce(placesInWords(item.id));
    };
    const attributes = {
      type: "button",
      class: "compare-copies",
      "aria-pressed": state.pinned === item.id,
      "aria-label": `${item.title}: in ${n} lists, keep them highlighted`,
      focus: enter,
      click,
    };
    return element("button", attributes, `in ${n} lists`);
  }

  /** Highlights the copies of an item and shows their places; of `null`, nothing. */
  function highlight(id) {
    const isRepeated = places.get(id)?.length > 1;
    for (const node of lists.querySelectorAll("li[data-id]")) {
      node.classList.toggle("lit", isRepeated && node.dataset.id === id);
      node.querySelector(".compare-copies")?.setAttribute("aria-pressed", node.dataset.id === state.pinned);
    }
    where.textContent = isRepeated ? placesInWords(id) : "";
  }

  function placesInWords(id) {
    const title = lists.querySelector(`li[data-id="${CSS.escape(id)}"] .compare-title`).textContent;
    const parts = places.get(id).map(([strategy, place]) => `${ordinal(place)} in ${strategyTitle(strategy)}`);
    return `${title}: ${listed(parts)}`;
  }

  function historyColumn(history) {
    const rows = history.map(({ item, stars }) => {
      const facts = [item.year, stars && count(stars, "star")].filter(Boolean).join(", ");
      const title = element("span", { class: "compare-title" }, item.title, element("small", {}, ` ${facts}`));
      return element("li", { class: stars === null ? null : "rated" }, title);
    });
    return element(
      "section",
      { class: "compare-list compare-history", id: "compare-list-history", "aria-labelledby": "compare-history-name" },
      element("h2", { id: "compare-history-name" }, ownerTitle()),
      element("p", { class: "compare-description" }, "What all lists are based on, the newest first."),
      element("p", { class: "compare-ms" }, count(history.length, "title")),
      element("ol", { role: "list", tabindex: "0", "aria-label": ownerTitle() }, ...rows),
    );
  }

  return { nodes: [jumps, where, lists], show, clear };
}
