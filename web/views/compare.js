// Compare: the lists of several strategies for the same profile, side by side.

import { element } from "../dom.js";
import { capitalize, listed } from "../labels.js";
import { openWhy } from "../why.js";
import { createLengthChoice, createListChoice, createUserChoice } from "./compare/choices.js";
import { createLists } from "./compare/lists.js";
import { createOverlap } from "./compare/overlap.js";
import { CompareState, historyOf } from "./compare/state.js";

export function createView(root, app) {
  const { foldin } = app;
  const state = new CompareState(foldin.info.strategies);
  const problem = element("p", { class: "compare-problem", role: "alert" });
  const notice = element("p", { class: "compare-notice", hidden: true });
  const overlap = createOverlap();
  const lists = createLists({
    state,
    explain: (item, profile) => (state.user === null ? app.explain(item) : openWhy(app, item.id, profile)),
    announce: app.announce,
  });
  const users = foldin.info.hasUsers ? createUserChoice(state, update) : null;
  const action = matchMedia("(hover: none)").matches ? "tap its count" : "point at it";
  let nUpdates = 0;

  root.classList.add("compare");
  root.append(
    element("h1", {}, "The same taste, different answers."),
    element(
      "p",
      { class: "lead" },
      "Each list recommends in its own way. A title in several lists has a count: " +
        `${action} to see where else it is.`,
    ),
    element(
      "div",
      { class: "compare-choices" },
      users?.node ?? null,
      createLengthChoice(state, update),
      createListChoice(state, update),
    ),
    problem,
    notice,
    ...overlap.nodes,
    ...lists.nodes,
  );

  return { show: update, update, hide() {} };

  /** Asks for all lists and shows them. */
  async function update() {
    nUpdates += 1;
    const turn = nUpdates;
    const isCurrent = () => turn === nUpdates;
    problem.textContent = "";
    root.setAttribute("aria-busy", "true");
    try {
      if (state.user === undefined) {
        await askForUserIds();
        if (!isCurrent()) return;
        state.chooseUser();
      }
      const { user } = state;
      const isVisitor = user === null;
      const profile = isVisitor ? app.profile.toRequest() : await foldin.userProfile(user);
      const { diversity: _, weights: __, ...filters } = isVisitor ? await app.request() : {};
      const events = isVisitor ? visitorHistory(app) : historyOf(profile);
      const [answer, items] = await Promise.all([
        foldin.compare(profile, state.chosen, { ...filters, k: state.length }),
        app.itemsOf(events.map(({ id }) => id)),
      ]);
      if (!isCurrent()) return;
      const starsOf = new Map(events.map(({ id, stars }) => [id, stars]));
      const history = items.map((item) => ({ item, stars: starsOf.get(item.id) }));
      showNotice(filters.where, history);
      lists.show(answer.lists, history, profile);
      // Without a like all lists are the same.
      if (history.length) overlap.show(answer.lists, state.length);
      else overlap.hide();
      state.shownUser = user;
      users?.showUser(user);
    } catch (error) {
      if (error.code === "unknown-user") await askForUserIds();
      if (isCurrent()) showProblem(error);
    } finally {
      if (isCurrent()) root.setAttribute("aria-busy", "false");
    }
  }

  async function askForUserIds() {
    if (!state.userIds.length) state.userIds = await foldin.userIds();
  }

  function showProblem(error) {
    problem.textContent = problemInWords(error);
    if (error.code === "unknown-user") state.forgetUser();
    // The lists of one user must not be shown under the name of another.
    if (state.shownUser !== state.user || state.shownUser === undefined) clear();
  }

  function problemInWords({ code, message }) {
    if (code === "unknown-user") {
      return `The data have no user “${state.user}”. An id looks like “${state.exampleUser}”; “Anyone” picks one.`;
    }
    if (code === "network" && state.user !== null) {
      return "The users of the data are not stored on this device yet: connect once, and choose again.";
    }
    return capitalize(message);
  }

  function clear() {
    state.shownUser = undefined;
    notice.hidden = true;
    overlap.hide();
    lists.clear();
  }

  function showNotice(where, history) {
    const parts = [...(where?.genres ?? []), ...(where?.years ? [`${where.years[0]} to ${where.years[1]}`] : [])];
    notice.hidden = history.length > 0 && !parts.length;
    if (!history.length) {
      const start = { type: "button", class: "button", click: () => app.go("start") };
      notice.replaceChildren(
        element("span", {}, "You have not picked anything yet, so every list shows what is popular."),
        element("button", start, "Pick some titles"),
      );
    } else if (parts.length) {
      notice.replaceChildren(`Only ${listed(parts)}, as set under “For you”.`);
    }
  }
}

/** What the visitor has liked or rated, the newest first. */
function visitorHistory({ profile, hasLiked }) {
  const ids = profile.ids().filter(hasLiked).reverse();
  return ids.map((id) => ({ id, stars: profile.signalOf(id).stars ?? null }));
}
