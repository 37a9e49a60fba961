// Model: what the model was trained on, how good it is, how large it is, and its reports. All metrics are the trainer's.

import { element } from "../dom.js";
import { count, formatCount, listed, people, size } from "../labels.js";
import { bars } from "./model/chart.js";
import { fetchMeasured } from "./model/measured.js";
import { ownMeasured, ownReports } from "./model/own.js";
import { REPORTS } from "./model/reports.js";
import { measuredSections } from "./model/sections.js";
import { figure, note, section } from "./model/table.js";

const FILES = { score: "score file", show: "titles", users: "users", wasm: "wasm module" };

export function createView(root, app) {
  const { info } = app.foldin;
  const body = element("div", { class: "model-body" });
  root.classList.add("model");
  root.append(element("h1", {}, "What it learned, and how good it is."), lead(info), body);
  let isShown = false;
  return {
    async show() {
      if (isShown) return;
      isShown = true;
      root.setAttribute("aria-busy", "true");
      const measured = app.own ? ownMeasured(info, app.own) : await fetchMeasured(info);
      const sections = [
        incompleteNotice(measured, info),
        info.simulated ? simulatedNotice() : null,
        facts(info),
        ...measuredSections(measured, info),
        sizes(info),
        app.own ? ownReports(info, app.own) : reports(info),
      ];
      body.append(...sections.filter(Boolean));
      root.setAttribute("aria-busy", "false");
    },
    update() {},
    hide() {},
  };
}

function lead(info) {
  const likes =
    info.likeThreshold === null
      ? "Every event counts as a like"
      : `A rating of ${info.likeThreshold} or more counts as a like`;
  return element(
    "p",
    { class: "lead" },
    `${info.program} trained model ${info.version} on ${count(info.likes, "like")} of ${people(info.users)} for ` +
      `${count(info.items, "title")}: ${info.data}. ${likes}.`,
  );
}

function incompleteNotice(measured, info) {
  if (!info.reports.metrics || (measured && !measured.isShort)) return null;
  return element(
    "p",
    { class: "panel model-incomplete", role: "status" },
    element("strong", {}, "The details could not be fetched. "),
    measured ? "Below are the few metrics that the model itself contains. " : "",
    "Open this view once while you are online: all metrics are then stored on this device.",
  );
}

function simulatedNotice() {
  return element(
    "p",
    { class: "panel" },
    element("strong", {}, "These data are simulated. "),
    "A program decided who likes what, so that the page can be tried. The data contain no real person. The metrics " +
      "show how well the model finds the rules of that program, not how well it knows people.",
  );
}

function facts(info) {
  const rows = [
    ["Titles", formatCount(info.items), "that it can recommend"],
    ["People", formatCount(info.users), "whose likes it learned from"],
    ["Likes", formatCount(info.likes), "that it learned from"],
    ["Factors", `${info.factors}`, "numbers that describe the taste for a title"],
  ];
  const row = ([name, value, text]) =>
    element(
      "div",
      {},
      element("dt", {}, name),
      element("dd", {}, element("strong", {}, value), element("span", {}, text)),
    );
  return element("dl", { class: "key-figures" }, ...rows.map(row));
}

function sizes(info) {
  const rows = Object.entries(info.bytes)
    .filter(([, bytes]) => bytes > 0)
    .map(([file, value]) => ({ name: FILES[file] ?? file, value }));
  const total = rows.reduce((sum, { value }) => sum + value, 0);
  const label = `Sizes: ${listed(rows.map(({ name, value }) => `${name} ${size(value)}`))}.`;
  const users = info.bytes.users ? " The users are fetched only when they are needed." : "";
  return section(
    "How large is it?",
    `${size(total)} in total, before compression. It is fetched once; then this device computes every answer.${users}`,
    figure(bars(rows, label, size)),
  );
}

function reports(info) {
  const links = REPORTS.filter(([name]) => info.reports[name]);
  if (!links.length) return null;
  // In a new tab: the reports have no link back to this page.
  const items = links.map(([name, title, text]) => {
    const href = new URL(info.reports[name], info.modelUrl).href;
    return element("li", {}, element("a", { href, target: "_blank", rel: "noopener" }, title), `: ${text}`);
  });
  const offline = note("This device is offline. The reports are not stored on it: each needs a connection.");
  offline.setAttribute("role", "status");
  const update = () => {
    offline.hidden = navigator.onLine;
  };
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
  return section("Reports", "They open in a new tab.", offline, element("ul", { class: "model-reports" }, ...items));
}
