// The training while it runs: a bar, the phase in words, and what was found so far.

import { element } from "../../dom.js";
import { count, formatNumber, people } from "../../labels.js";
import { Progress } from "./progress.js";

const PHASES = {
  reading: "Reading the data",
  searching: "Searching for settings that suit the data",
  learning: "Learning from all events",
  ranking: "Learning how to rank",
  measuring: "Measuring on people whom it has not seen",
  mapping: "Drawing the map",
};

/** @param {{ onCancel: () => void }} actions */
export function createTraining({ onCancel }) {
  const bar = element("progress", { max: "1", value: "0", "aria-label": "Training" });
  const phase = element("p", { class: "data-phase", role: "status" });
  const found = element("ul", { class: "data-found" });
  const problem = element("p", { class: "panel data-problem", role: "alert", hidden: true });
  const cancel = element("button", { type: "button", class: "button", click: onCancel }, "Cancel");
  const running = element("div", { class: "data-running" }, bar, phase, cancel);
  const node = element("section", { class: "data-part", "aria-label": "Training" }, running, problem, found);
  let progress = new Progress();

  const say = (text) => found.append(element("li", {}, text));

  return {
    node,
    begin() {
      progress = new Progress();
      found.replaceChildren();
      problem.hidden = true;
      running.hidden = false;
      bar.value = 0;
      phase.textContent = PHASES.reading;
      cancel.focus();
    },
    show(event) {
      bar.value = progress.after(event);
      if (event.type === "phase") phase.textContent = PHASES[event.phase];
      const sentence = SENTENCES[event.type]?.(event);
      if (sentence) say(sentence);
    },
    end() {
      running.hidden = true;
    },
    showProblem(error) {
      running.hidden = true;
      problem.textContent = error.message;
      problem.hidden = false;
    },
  };
}

/** What came of a step, in a sentence; nothing for what is worth none. */
const SENTENCES = {
  notHeldOut: ({ why }) => `It is not measured: ${why}.`,
  notSearched: ({ why }) => (why === "too-few-users" ? "There are too few people to search for settings." : null),
  searchStarted: ({ users }) => `Settings are tried on the held-out likes of ${people(users)}.`,
  searched: ({ sources }) => {
    const better = sources.filter(({ atStart, best }) => best > atStart);
    return better.length
      ? `The search has improved ${count(better.length, "source")} of ${sources.length}.`
      : "The usual settings suit the data best.";
  },
  learned: ({ from, likes, users, items }) =>
    from === "everything"
      ? `Learned from ${count(likes, "like")} of ${people(users)} about ${count(items, "thing")}.`
      : null,
  ranked: ({ profiles, blend, trees }) =>
    blend
      ? `Learned to rank from ${count(profiles, "profile")}${trees ? `, with ${count(trees, "tree")}` : ""}.`
      : `No ranker: ${count(profiles, "profile")} are too few to beat the fixed blend.`,
  measured: ({ metrics }) => {
    const [ours, popular] = [metrics.foldin, metrics.popularity].map((each) => formatNumber(each["ndcg@10"], 3));
    return `On ${people(metrics.users)} whom it has not seen: NDCG@10 ${ours}; the most popular things alone ${popular}.`;
  },
  mapped: ({ items }) => `Drew a map of ${count(items, "thing")}.`,
};
