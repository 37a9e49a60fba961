// Model: what was learned from what, and how good it was measured to be: for readers. All figures are those of the
// trainer.

import { count, element, size } from "../dom.js";
import { bars, curve, dots } from "./chart.js";
import { fetchMeasured } from "./model/measured.js";
import { figure, listed } from "./words.js";

/** Each figure: its name, and in a clause what it says. */
const FIGURES = {
  "ndcg@10": [
    "NDCG@10",
    "how well the first ten meet what people did like, the first places counting most; 1 would be perfect",
  ],
  "recall@20": ["Recall@20", "which part of what people like stands among the first twenty"],
  "coverage@10": ["Coverage", "which part of the catalogue stands in anybody’s first ten"],
  "long_tail@10": ["Long tail", "which part of what is recommended is not among the most popular fifth"],
  "ild@10": ["Variety", "how unlike each other the ten titles of a list are, from 0 to 1"],
  "novelty@10": ["Novelty", "how surprising a title is in bits: one more, and half as many people like it"],
  "gini@10": ["Gini", "0 where all titles are recommended equally often, 1 where a single one is"],
};
const QUALITY = ["ndcg@10", "recall@20"];
const REACH = ["coverage@10", "long_tail@10", "ild@10", "novelty@10", "gini@10"];

/** How the people who were asked about differ from those learned from. */
const PROTOCOLS = {
  strong: "People whom the model had never seen showed four fifths of their likes; it had to find the rest.",
  loo: "The newest like of each person was to be found from the earlier ones.",
  holdout: "A random fifth of each person’s likes was to be found from the others.",
};

const OURS = "foldin is the whole, called hybrid under Compare; the others are single ways to recommend.";

export function createView(root, app) {
  const { info } = app.foldin;
  const body = element("div", { class: "model-body" });
  root.classList.add("model");
  root.append(element("h1", {}, "What it learned, and how good it is."), lead(info), body);
  let drawn = false;
  return {
    async show() {
      if (drawn) return;
      drawn = true;
      root.setAttribute("aria-busy", "true");
      const measured = await fetchMeasured(info);
      body.append(
        ...[
          incomplete(measured, info),
          simulated(info),
          facts(info),
          ...figures(measured, info),
          sizes(info),
          papers(info),
        ].filter(Boolean),
      );
      root.setAttribute("aria-busy", "false");
    },
    update() {},
    hide() {},
  };
}

function lead(info) {
  const liked =
    info.likeThreshold === null
      ? "every event counts as a like"
      : `a rating of ${info.likeThreshold} and more counts as a like`;
  return element(
    "p",
    { class: "lead" },
    `Model ${info.version} was made by ${info.program} from ${count(info.likes, "like")} of ${people(info.users)} on ` +
      `${count(info.items, "title")}: ${info.data}. Here ${liked}.`,
  );
}

function incomplete(measured, info) {
  if (!info.papers?.metrics || (measured && !measured.isShort)) return null;
  return element(
    "p",
    { class: "panel model-incomplete", role: "status" },
    element("strong", {}, "The details could not be fetched. "),
    measured ? "Below stand the few figures that the model itself brings. " : "",
    "Open this room once with a connection: from then on all figures stay on this device.",
  );
}

function simulated(info) {
  if (!info.simulated) return null;
  return element(
    "p",
    { class: "panel" },
    element("strong", {}, "These data are simulated. "),
    "A program made up who likes what, so that the page can be tried. No real person is in them, and figures say how " +
      "well the program’s rules were found, not how well people are known.",
  );
}

function facts(info) {
  const rows = [
    ["Titles", info.items.toLocaleString("en"), "that it can recommend"],
    ["People", info.users.toLocaleString("en"), "whose likes it learned from"],
    ["Likes", info.likes.toLocaleString("en"), "that it learned from"],
    ["Factors", `${info.factors}`, "numbers that place a title among the others"],
  ];
  return element(
    "dl",
    { class: "model-facts" },
    ...rows.map(([name, value, says]) =>
      element(
        "div",
        {},
        element("dt", {}, name),
        element("dd", {}, element("strong", {}, value), element("span", {}, says)),
      ),
    ),
  );
}

function figures(measured, info) {
  const protocol = measured?.protocols?.find(({ systems }) => systems?.length);
  if (!protocol && info.papers?.metrics) return [];
  if (!protocol) {
    const note = element(
      "p",
      {},
      "Nobody has measured this model yet. ",
      element("code", {}, "foldin train"),
      " measures unless it is told not to, and the figures then stand here.",
    );
    return [section("How good are its lists?", "", note)];
  }
  return [
    quality(protocol),
    coldStart(measured.coldStart),
    reach(protocol),
    variety(measured.diversity),
    stars(measured.stars),
  ];
}

function quality(protocol) {
  const rows = protocol.systems
    .map((system) => ({ ...estimate(system, "ndcg@10"), name: system.name, ours: system.name === "foldin" }))
    .filter(({ mean }) => mean !== undefined);
  const ours = rows.find((row) => row.ours);
  // The manifest names popularity alone: of single sources nothing is known then.
  const singles = rows.filter(({ name }) => !["foldin", "popularity", "random"].includes(name));
  const single = singles.length ? rows.filter((row) => !row.ours).sort((a, b) => b.mean - a.mean)[0] : null;
  const hasIntervals = rows.some(({ low, high }) => low !== undefined && high !== undefined);
  const popular = rows.find(({ name }) => name === "popularity");
  const says = [
    PROTOCOLS[protocol.protocol] ?? `Measured by the protocol ${protocol.protocol}.`,
    protocol.users ? `That was asked of ${people(protocol.users)}.` : "",
    ours && popular && popular.mean > 0
      ? `It does ${figure(ours.mean / popular.mean, 1)} times as well as showing everybody what is popular.`
      : "",
    ours && single ? verdict(ours, single) : "",
  ];
  const label = `NDCG@10 of ${listed(rows.map(({ name, mean }) => `${name} ${figure(mean, 3)}`))}.`;
  return section(
    "How good are its lists?",
    says.filter(Boolean).join(" "),
    rows.length
      ? drawing(
          dots(rows, label, (value) => figure(value, 2)),
          `NDCG@10${measuredOn(protocol)}.${
            hasIntervals ? " Lines are 95 % intervals: where it would lie if other people had been drawn." : ""
          } ${OURS}`,
        )
      : null,
    table("How good the lists are", protocol.systems, QUALITY, `Measured${measuredOn(protocol)}.`),
  );
}

/** On whom: the same figure is another one where other people, or fewer of their likes, are asked about. */
function measuredOn({ protocol, users }) {
  const whom = {
    strong: "strangers, with four fifths of their likes known",
    loo: "people learned from, with all likes known but the newest",
    holdout: "people learned from, with four fifths of their likes known",
  }[protocol];
  return whom ? ` on ${users ? `${number(users)} ` : ""}${whom}` : users ? ` on ${people(users)}` : "";
}

/** How ours compares with the best of the others, and whether chance could turn it round. */
function verdict(ours, best) {
  const percent = Math.round(Math.abs(ours.mean / best.mean - 1) * 100);
  const how = percent === 0 ? "it does as well" : `it does ${percent} % ${ours.mean > best.mean ? "better" : "worse"}`;
  const apart = ours.low > best.high || ours.high < best.low;
  const isKnown = ours.low !== undefined && best.low !== undefined;
  const chance = !isKnown ? "" : apart ? ", more than chance explains" : "; with other people that could turn round";
  return `Beside the best single source, ${best.name}, ${how}${chance}.`;
}

function coldStart(points = []) {
  const known = points.filter(({ systems }) => systems?.length).sort((a, b) => a.shown - b.shown);
  if (known.length < 2) return null;
  const names = ["foldin", "popularity", "random"];
  const at = (point, name) =>
    estimate(
      point.systems.find((system) => system.name === name),
      "ndcg@10",
    );
  const singles = known.at(-1).systems.filter(({ name }) => !names.includes(name));
  const best = singles.sort((a, b) => (estimate(b, "ndcg@10").mean ?? 0) - (estimate(a, "ndcg@10").mean ?? 0))[0];
  const lines = ["foldin", ...(best ? [best.name] : []), "popularity"]
    .map((name) => ({ name, ours: name === "foldin", values: known.map((point) => at(point, name)) }))
    .filter(({ values }) => values.every(({ mean }) => mean !== undefined));
  if (!lines.length) return null;
  const [first, last] = [lines[0].values[0].mean, lines[0].values.at(-1).mean];
  const says = `After ${count(known[0].shown, "like")} a stranger’s list is worth ${figure(first, 3)}, after \
${known.at(-1).shown} it is ${figure(last, 3)}. What is popular does not change with what you like.`;
  const steps = known.map(({ shown }) => `${shown}`);
  // With more likes to be shown there may be fewer people who have them.
  const [fewest, most] = [Math.min, Math.max].map((of) => of(...known.map(({ users }) => users)));
  const asked = !fewest ? "" : fewest === most ? `${number(most)} ` : `${number(fewest)} to ${number(most)} `;
  const head = element("tr", {}, th("col", "Likes shown"), ...lines.map(({ name }) => th("col", name)));
  const rows = steps.map((step, n) =>
    element("tr", {}, th("row", step), ...lines.map(({ values }) => cell(values[n]))),
  );
  return section(
    "How soon does it know you?",
    says,
    drawing(
      curve(steps, lines, { label: says, axis: "likes shown", write: (value) => figure(value, 2) }),
      `NDCG@10 on ${asked}strangers of whom only so many likes are known; the band is the 95 % interval.`,
    ),
    folded("The curve as a table", tableOf("NDCG@10 by number of likes", head, rows)),
  );
}

function reach(protocol) {
  const measured = REACH.filter((name) => protocol.systems.some((system) => estimate(system, name).mean !== undefined));
  if (!measured.length) return null;
  const of = (name, metric) =>
    estimate(
      protocol.systems.find((system) => system.name === name),
      metric,
    ).mean;
  const percent = (value) => `${figure(value * 100, 1)} %`;
  const ours = of("foldin", "coverage@10");
  const popular = of("popularity", "coverage@10");
  const tail = of("foldin", "long_tail@10");
  const says = [];
  if (ours !== undefined) says.push(`Somebody gets ${percent(ours)} of the catalogue in their first ten.`);
  if (popular !== undefined) says.push(`By popularity alone that is ${percent(popular)}.`);
  if (tail !== undefined) {
    const part = tail < 0.0005 ? "Next to nothing" : percent(tail);
    says.push(`${part} of what it recommends lies outside the most popular fifth, in the long tail.`);
  }
  return section(
    "Does it only show what everybody knows?",
    says.join(" "),
    table("What the lists are made of", protocol.systems, measured, `Measured${measuredOn(protocol)}.`),
  );
}

function variety(points = []) {
  const shown = ["ndcg@10", "ild@10", "coverage@10"].filter((name) => points.some((point) => point[name]));
  if (points.length < 2 || !shown.length) return null;
  const [{ users }] = points;
  const change = (name) => {
    const [first, last] = [points[0], points.at(-1)].map((point) => estimate(point, name).mean);
    return first === undefined || last === undefined
      ? ""
      : `${FIGURES[name][0]} from ${figure(first, 3)} to ${figure(last, 3)}`;
  };
  const changes = ["ild@10", "ndcg@10"].map(change).filter(Boolean);
  const moves = changes.length ? ` Up to ${figure(points.at(-1).lambda, 1)} it moves ${listed(changes)}.` : "";
  const head = element("tr", {}, th("col", "Setting"), ...shown.map((name) => th("col", FIGURES[name][0])));
  const rows = points.map((point) =>
    element("tr", {}, th("row", figure(point.lambda, 1)), ...shown.map((name) => cell(point[name]))),
  );
  return section(
    "What does variety cost?",
    `The slider of “For you” holds titles back that are like those above them, from 0 to 1.${moves}`,
    tableOf("Figures by diversity", head, rows),
    users
      ? note(
          `Measured on ${number(users)} of the people asked about above, since it takes long: so the figures at 0 ` +
            "differ a little from those of all of them.",
        )
      : null,
  );
}

function stars(measured) {
  if (typeof measured?.rmse !== "number" || typeof measured.mae !== "number") return null;
  const others = Object.entries(measured.baselines ?? {});
  const names = { biases: "means of people and titles", mean: "the mean of all" };
  const head = element("tr", {}, th("col", "Prediction"), th("col", "RMSE"), th("col", "MAE"));
  const line = (name, { rmse, mae }, ours) =>
    element("tr", ours ? { class: "ours" } : {}, th("row", name), cell(rmse), cell(mae));
  return section(
    "How far are predicted stars off?",
    `By ${figure(measured.rmse, 2)} stars, as the root of the mean square (RMSE); by ${figure(measured.mae, 2)} on ` +
      "average (MAE). Less is better.",
    tableOf("Errors of predicted stars", head, [
      line("foldin", measured, true),
      ...others.map(([name, errors]) => line(names[name] ?? name, errors)),
    ]),
  );
}

function sizes(info) {
  const named = { score: "score file", show: "titles", users: "people", wasm: "wasm module" };
  const rows = Object.entries(info.bytes)
    .filter(([, bytes]) => bytes > 0)
    .map(([file, value]) => ({ name: named[file] ?? file, value }));
  const all = rows.reduce((sum, { value }) => sum + value, 0);
  const label = `Sizes: ${listed(rows.map(({ name, value }) => `${name} ${size(value)}`))}.`;
  return section(
    "How large is it?",
    `${size(all)} in all, before compression on the way. Fetched once; then every answer comes from this device.` +
      (info.bytes.users ? " What people liked is fetched only when somebody asks for it." : ""),
    drawing(bars(rows, label, size)),
  );
}

function papers(info) {
  const links = [
    ["card", "Model card", "every figure, setting and size of this version"],
    ["data", "Data report", "what the ratings are like: how they spread over people, titles and time"],
    ["metrics", "Figures as JSON", "all that was measured, for programs"],
  ].filter(([name]) => info.papers?.[name]);
  if (!links.length) return null;
  // A tab of their own: the papers have no way back to this page.
  const items = links.map(([name, title, says]) => {
    const href = new URL(info.papers[name], info.modelUrl).href;
    return element("li", {}, element("a", { href, target: "_blank", rel: "noopener" }, title), `: ${says}`);
  });
  const offline = note("This device is offline. These papers are not kept on it: each needs a connection.");
  offline.setAttribute("role", "status");
  const update = () => (offline.hidden = navigator.onLine);
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
  return section("Read on", "They open in a new tab.", offline, element("ul", { class: "model-papers" }, ...items));
}

/** A figure of a system: in `metrics`, or beside its name; a number alone has no interval. */
function estimate(system, name) {
  const value = (system?.metrics ?? system)?.[name];
  return typeof value === "number" ? { mean: value } : { mean: value?.mean, low: value?.low, high: value?.high };
}

/** Figures of all systems, and below what each figure means. */
function table(caption, systems, names, says) {
  const shown = names.filter((name) => systems.some((system) => estimate(system, name).mean !== undefined));
  if (!shown.length) return null;
  const head = element("tr", {}, th("col", "System"), ...shown.map((name) => th("col", FIGURES[name][0])));
  const rows = systems.map((system) =>
    element(
      "tr",
      { "data-system": system.name, ...(system.name === "foldin" && { class: "ours" }) },
      th("row", system.name),
      ...shown.map((name) => cell(estimate(system, name), name)),
    ),
  );
  const meanings = element(
    "dl",
    { class: "model-meanings" },
    ...shown.map((name) =>
      element("div", {}, element("dt", {}, FIGURES[name][0]), element("dd", {}, FIGURES[name][1])),
    ),
  );
  return element("div", {}, tableOf(caption, head, rows), note(says), meanings);
}

function tableOf(caption, head, rows) {
  return element(
    "div",
    { class: "model-table", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", { class: "away" }, caption),
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    ),
  );
}

function th(scope, text) {
  return element("th", { scope }, text);
}

function cell(value, name = "") {
  const { mean, low, high } = typeof value === "number" ? { mean: value } : (value ?? {});
  if (mean === undefined) return element("td", {}, "–");
  const interval =
    low === undefined || high === undefined ? null : element("small", {}, `${figure(low, 3)} to ${figure(high, 3)}`);
  return element("td", { "data-figure": name || null }, figure(mean, 3), interval);
}

function note(text) {
  return element("p", { class: "model-note small muted" }, text);
}

function number(n) {
  return n.toLocaleString("en");
}

function people(n) {
  return n === 1 ? "1 person" : `${number(n)} people`;
}

function drawing(chart, caption) {
  return element("figure", { class: "model-chart" }, chart, caption ? element("figcaption", {}, caption) : null);
}

function folded(summary, content) {
  return element("details", {}, element("summary", {}, summary), content);
}

function section(heading, says, ...content) {
  return element(
    "section",
    { class: "model-section" },
    element("div", { class: "model-says" }, element("h2", {}, heading), says ? element("p", {}, says) : null),
    element("div", { class: "model-shown" }, ...content),
  );
}
