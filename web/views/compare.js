// Compare: the same profile, answered by several strategies side by side. A title that stands in several lists is
// marked: pointing at one of its copies lights the others.

import { count, duration, element, titleAndYear } from "../dom.js";
import { openWhy } from "../why.js";
import { STRATEGIES, listed, nameOf, ordinal } from "./words.js";

/** The lists that are there at first, as far as the model has them. */
const FIRST = ["hybrid", "taste", "neighbours", "content", "popular", "diverse"];
const LENGTHS = [5, 10, 20];
/** So many ids of users are offered while one is typed. */
const N_SUGGESTED = 20;

export function createView(root, app) {
  const { foldin } = app;
  const known = [...foldin.info.strategies, "diverse"];
  const chosen = new Set(FIRST.filter((strategy) => known.includes(strategy)));
  /** Whose lists: the visitor's (`null`), those of a user of the training data, or (`undefined`) of any such user. */
  let user = null;
  /** Whose lists stand there; `undefined` where none do. */
  let shown;
  /** Ids of the users of the data, as soon as they have been asked for. */
  let ids = [];
  let k = 10;
  /** The id whose copies stay lit, by a tap on its count. */
  let pinned = null;
  let turns = 0;

  const where = element("p", { class: "compare-where" });
  const overlap = element("p", { class: "compare-overlap" });
  const matrix = element("div", {
    class: "compare-matrix",
    tabindex: "0",
    role: "region",
    "aria-label": "Titles in common",
  });
  const lists = element("div", { class: "compare-lists", tabindex: "0", role: "region", "aria-label": "Lists" });
  const jumps = element("ul", { class: "compare-jumps", role: "list", "aria-label": "Go to a list" });
  const notice = element("p", { class: "compare-notice", hidden: true });
  const { whoseTaste, problem, nameUser } = whose();
  const point = matchMedia("(hover: none)").matches ? "tap its mark" : "point at it";
  const pairs = element("details", { class: "compare-pairs" }, element("summary", {}, "Every two lists"), matrix);
  root.classList.add("compare");
  root.append(
    element("h1", {}, "The same taste, different answers."),
    element(
      "p",
      { class: "lead" },
      `Each list has its own way to recommend. What several of them found is marked: ${point}, and see where.`,
    ),
    element("div", { class: "compare-choices" }, whoseTaste, lengths(), ways()),
    problem,
    notice,
    overlap,
    pairs,
    jumps,
    where,
    lists,
  );

  return { show: update, update, hide() {} };

  /** Asks for all lists and shows them. */
  async function update() {
    const turn = ++turns;
    problem.textContent = "";
    root.setAttribute("aria-busy", "true");
    try {
      if (user === undefined) {
        await learnIds();
        if (turn !== turns) return;
        user = ids[Math.floor(Math.random() * ids.length)];
      }
      const profile = user === null ? app.profile.toRequest() : await foldin.userProfile(user);
      const { where } = user === null ? app.request() : {};
      const request = { k, ...(where && { where }) };
      const [answer, history] = await Promise.all([
        foldin.compare(
          profile,
          known.filter((strategy) => chosen.has(strategy)),
          request,
        ),
        app.itemsOf(user === null ? app.profile.ids().filter(app.likes).reverse() : [...profile.liked].reverse()),
      ]);
      if (turn !== turns) return;
      showNotice(where, history);
      showLists(answer.lists, history, profile);
      shown = user;
      nameUser(user);
    } catch (error) {
      if (turn !== turns) return;
      if (error.code === "unknown-user") await learnIds();
      if (turn !== turns) return;
      problem.textContent = sentence(error);
      // Who does not exist is asked for once: the other choices go on with whom they were for, or with anybody.
      if (error.code === "unknown-user") user = shown ?? undefined;
      // Else the lists of one would stand under the name of another.
      if (shown !== user || shown === undefined) clear();
    } finally {
      if (turn === turns) root.setAttribute("aria-busy", "false");
    }
  }

  async function learnIds() {
    if (!ids.length) ids = await foldin.userIds();
  }

  function clear() {
    shown = undefined;
    pinned = null;
    notice.hidden = overlap.hidden = pairs.hidden = true;
    where.textContent = "";
    jumps.replaceChildren();
    lists.replaceChildren();
  }

  function sentence({ code, message }) {
    if (code === "unknown-user") {
      return `The data have no user “${user}”. An id looks like “${ids[ids.length >> 1]}”; “Anybody” picks one.`;
    }
    if (code === "network" && user !== null) {
      return "What the users of the data like is not kept on this device yet: connect once, and choose again.";
    }
    return message.charAt(0).toUpperCase() + message.slice(1);
  }

  function showNotice(filter, history) {
    const filtered = filter && (filter.genres?.length || filter.years);
    notice.hidden = history.length > 0 && !filtered;
    if (history.length === 0) {
      const start = element(
        "button",
        { type: "button", class: "button", click: () => app.go("start") },
        "Pick some titles",
      );
      notice.replaceChildren(
        element("span", {}, "Nothing is known of you yet, so every list shows what is popular."),
        start,
      );
    } else if (filtered) {
      const parts = [...(filter.genres ?? []), ...(filter.years ? [`${filter.years[0]} to ${filter.years[1]}`] : [])];
      notice.replaceChildren(`Only ${listed(parts)}, as chosen under For you.`);
    }
  }

  function showLists(answers, history, profile) {
    /** In which lists an item stands, and at which place: id -> [strategy, place][] */
    const places = new Map();
    for (const { strategy, items } of answers) {
      items.forEach(({ id }, at) => places.set(id, [...(places.get(id) ?? []), [strategy, at + 1]]));
    }
    if (!places.has(pinned)) pinned = null;
    lists.replaceChildren(
      ...(history.length ? [historyColumn(history)] : []),
      ...answers.map((answer) => column(answer, places, profile)),
    );
    lists.style.setProperty("--columns", answers.length + (history.length ? 1 : 0));
    const jump = (id, name) => element("li", {}, element("button", { type: "button", click: () => jumpTo(id) }, name));
    jumps.replaceChildren(
      ...(history.length ? [jump("history", whoseLikes())] : []),
      ...answers.map(({ strategy }) => jump(strategy, nameOf(strategy))),
    );
    showOverlap(answers, history.length > 0);
    light(pinned, places);
  }

  function whoseLikes() {
    return user === null ? "Your likes" : `User ${user}`;
  }

  function jumpTo(name) {
    const list = document.getElementById(`compare-list-${name}`);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollIntoView({ inline: "start", block: "nearest", behavior: calm ? "auto" : "smooth" });
    list.querySelector("button, ol").focus({ preventScroll: true });
  }

  function column({ strategy, items, ms }, places, profile) {
    const heading = `compare-list-${strategy}-name`;
    return element(
      "section",
      { class: "compare-list", id: `compare-list-${strategy}`, "data-strategy": strategy, "aria-labelledby": heading },
      element("h2", { id: heading }, nameOf(strategy)),
      element("p", { class: "compare-says" }, STRATEGIES[strategy]?.[1] ?? ""),
      element("p", { class: "compare-ms" }, duration(ms)),
      element("ol", { role: "list" }, ...items.map((item) => row(item, places, profile))),
    );
  }

  function row(item, places, profile) {
    const at = places.get(item.id);
    const lightUp = () => light(item.id, places);
    const why = () => (user === null ? app.explain(item) : openWhy(app, item.id, profile));
    const title = element(
      "button",
      { type: "button", class: "compare-title", click: why, focus: lightUp, title: `Why ${titleAndYear(item)}?` },
      item.title,
    );
    const copies = element(
      "button",
      {
        type: "button",
        class: "compare-copies",
        "aria-pressed": `${pinned === item.id}`,
        "aria-label": `${item.title}: in ${at.length} lists, keep them lit`,
        focus: lightUp,
        click: () => {
          pinned = pinned === item.id ? null : item.id;
          light(item.id, places);
          if (pinned) app.announce(whereIs(item.id, places));
        },
      },
      `in ${at.length} lists`,
    );
    const unlight = () => light(pinned, places);
    return element(
      "li",
      { "data-id": item.id, mouseenter: lightUp, mouseleave: unlight, focusout: unlight },
      title,
      element(
        "p",
        { class: "compare-facts" },
        item.year === null ? null : element("span", {}, `${item.year}`),
        at.length > 1 ? copies : null,
      ),
    );
  }

  /** Lights the copies of an item, and says where they stand. */
  function light(id, places) {
    for (const node of lists.querySelectorAll("li[data-id]")) {
      const isCopy = id !== null && node.dataset.id === id && places.get(id).length > 1;
      node.classList.toggle("lit", isCopy);
      node.querySelector(".compare-copies")?.setAttribute("aria-pressed", `${node.dataset.id === pinned}`);
    }
    where.textContent = id !== null && places.get(id)?.length > 1 ? whereIs(id, places) : "";
  }

  function whereIs(id, places) {
    const title = lists.querySelector(`li[data-id="${CSS.escape(id)}"] .compare-title`).textContent;
    return `${title}: ${listed(places.get(id).map(([strategy, place]) => `${ordinal(place)} in ${nameOf(strategy)}`))}`;
  }

  function historyColumn(history) {
    return element(
      "section",
      { class: "compare-list compare-history", id: "compare-list-history", "aria-labelledby": "compare-history-name" },
      element("h2", { id: "compare-history-name" }, whoseLikes()),
      element("p", { class: "compare-says" }, "What all these lists are made from, the newest first."),
      element("p", { class: "compare-ms" }, count(history.length, "like")),
      element(
        "ol",
        { role: "list", tabindex: "0", "aria-label": whoseLikes() },
        ...history.map((item) =>
          element(
            "li",
            {},
            element(
              "span",
              { class: "compare-title" },
              item.title,
              item.year === null ? null : element("small", {}, ` ${item.year}`),
            ),
          ),
        ),
      ),
    );
  }

  /** How many titles two lists share: in a line for the first list and the extremes, in a table for all. */
  function showOverlap(answers, isKnown) {
    const sets = answers.map(({ strategy, items }) => ({ strategy, ids: new Set(items.map(({ id }) => id)) }));
    const shared = (a, b) => [...a.ids].filter((id) => b.ids.has(id)).length;
    const all = sets.flatMap((a, n) => sets.slice(n + 1).map((b) => ({ a, b, n: shared(a, b) })));
    // Before anything is known of somebody all lists are one.
    pairs.hidden = overlap.hidden = all.length === 0 || !isKnown;
    if (pairs.hidden) return;
    // The diverse list is the hybrid's, so it says nothing that the two are alike.
    const telling = all.filter(({ b }) => b.strategy !== "diverse");
    const ordered = (telling.length ? telling : all).sort((one, other) => other.n - one.n);
    const say = ({ a, b, n }) => `${nameOf(a.strategy)} and ${nameOf(b.strategy)} share ${n} of ${k}`;
    const most = ordered[0];
    const least = ordered.at(-1);
    overlap.textContent =
      most.n === least.n ? `${say(most)}.` : `Most alike: ${say(most)}. Least alike: ${say(least)}.`;
    const head = element(
      "tr",
      {},
      element("td"),
      ...sets.map(({ strategy }) => element("th", { scope: "col" }, nameOf(strategy))),
    );
    const rows = sets.map((a) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, nameOf(a.strategy)),
        ...sets.map((b) => {
          const cell = element(
            "td",
            { "data-shared": `${a.strategy} ${b.strategy}` },
            a === b ? "–" : `${shared(a, b)}`,
          );
          if (a !== b) cell.style.setProperty("--part", shared(a, b) / k);
          return cell;
        }),
      ),
    );
    matrix.replaceChildren(
      element(
        "table",
        {},
        element("caption", { class: "away" }, "How many titles two lists share"),
        element("thead", {}, head),
        element("tbody", {}, ...rows),
      ),
    );
  }

  /** The choice between the visitor and a user of the training data, where the model holds them. */
  function whose() {
    const problem = element("p", { class: "compare-problem", role: "alert" });
    if (!foldin.info.hasUsers) return { whoseTaste: null, problem, nameUser() {} };
    const options = element("datalist", { id: "compare-users" });
    const input = element("input", {
      type: "text",
      class: "field",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder: "User id",
      "aria-label": "Id of a user",
      list: "compare-users",
      input: () => suggest(),
    });
    // Some ids with what was typed: all of them would be thousands of elements.
    const suggest = () => {
      const text = input.value.trim();
      const some = ids.filter((id) => id.includes(text) && id !== text).slice(0, N_SUGGESTED);
      options.replaceChildren(...some.map((value) => element("option", { value })));
    };
    const ask = (id) => {
      if (!id) return input.focus();
      user = id;
      return update();
    };
    const askAnybody = () => {
      user = undefined;
      return update();
    };
    const nameUser = (id) => {
      if (id === null) return;
      input.value = id;
      if (ids.length) input.placeholder = `for example ${ids[ids.length >> 1]}`;
    };
    const form = element(
      "form",
      { class: "compare-user", hidden: true, submit: (event) => (event.preventDefault(), ask(input.value.trim())) },
      input,
      options,
      element("button", { type: "submit", class: "button" }, "Show"),
      element("button", { type: "button", class: "button", click: askAnybody }, "Anybody"),
    );
    const choice = oneOf("Whose taste", [
      ["Mine", () => ((form.hidden = true), (user = null), update())],
      ["A user of the data", () => ((form.hidden = false), askAnybody())],
    ]);
    choice.append(form);
    return { whoseTaste: choice, problem, nameUser };
  }

  function lengths() {
    const choices = LENGTHS.map((length) => [`${length}`, () => ((k = length), update())]);
    return oneOf("Titles a list", choices, LENGTHS.indexOf(k));
  }

  function ways() {
    const toggle = (strategy, button) => {
      // An empty room says nothing: the last list stays.
      if (chosen.size === 1 && chosen.has(strategy)) return;
      if (!chosen.delete(strategy)) chosen.add(strategy);
      button.setAttribute("aria-pressed", `${chosen.has(strategy)}`);
      update();
    };
    const chips = known.map((strategy) => {
      const pressed = `${chosen.has(strategy)}`;
      const click = (event) => toggle(strategy, event.currentTarget);
      return element("button", { type: "button", class: "chip", "aria-pressed": pressed, click }, nameOf(strategy));
    });
    return group("Ways to recommend", chips, "compare-ways");
  }
}

function group(name, children, className = "") {
  const legend = element("legend", {}, name);
  return element("fieldset", { class: className }, legend, ...children);
}

/** Buttons of which one is pressed. */
function oneOf(name, choices, first = 0) {
  const buttons = choices.map(([label, choose], place) => {
    const click = () => {
      buttons.forEach((button, other) => button.setAttribute("aria-pressed", `${other === place}`));
      choose();
    };
    return element("button", { type: "button", class: "chip", "aria-pressed": `${place === first}`, click }, label);
  });
  return group(name, buttons);
}
