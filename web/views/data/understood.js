// What was understood of the files, and the form that corrects it.

import { element } from "../../dom.js";
import { count, formatCount, listed, size } from "../../labels.js";

/** What a column can hold, and how the form asks for it. */
const ROLES = [
  ["user", "Who"],
  ["item", "What"],
  ["rating", "Rating or count"],
  ["time", "When"],
];
/** What each effort changes of the settings; the thorough one is that of the program. */
const EFFORTS = {
  quick: [
    "Quick",
    { search: { trials: 3, patience: 2 }, ranker: { kind: "blend", profiles: 400 }, ease: { maxMemory: 32 } },
  ],
  thorough: ["Thorough", {}],
  none: ["Usual settings", { search: { enabled: false } }],
};

/**
 * @param {{ onChange: () => void, onTrain: () => void }} actions
 */
export function createUnderstood({ onChange, onTrain }) {
  const heading = element("h2", { tabindex: "-1" }, "What was understood");
  const files = element("p", { class: "muted" });
  const facts = element("dl", { class: "key-figures" });
  const problem = element("p", { class: "panel data-problem", role: "alert", hidden: true });
  const notes = element("ul", { class: "data-notes" });
  const columns = element("div", { class: "data-columns" });
  const threshold = element("input", { type: "number", class: "field", min: "0", step: "any", id: "data-threshold" });
  const likes = labelled("data-threshold", "A like is a rating of at least", threshold);
  const skip = element("input", { type: "checkbox", id: "data-skip" });
  const skipLine = element(
    "p",
    { class: "data-skip", hidden: true },
    skip,
    element("label", { for: "data-skip" }, "Leave out lines that cannot be read"),
  );
  const efforts = Object.entries(EFFORTS).map(([key, [label]], n) => {
    const radio = element("input", {
      type: "radio",
      name: "data-effort",
      value: key,
      id: `data-${key}`,
      checked: n === 0,
    });
    return element("span", {}, radio, element("label", { for: `data-${key}` }, label));
  });
  const effort = element(
    "fieldset",
    { class: "data-effort" },
    element("legend", {}, "Search for settings that suit the data"),
    ...efforts,
  );
  const train = element("button", { type: "submit", class: "button main" }, "Train");
  const form = element(
    "form",
    { class: "data-form", submit: submitted },
    columns,
    likes,
    skipLine,
    effort,
    element("div", {}, train),
  );
  const node = element(
    "section",
    { class: "data-part", "aria-live": "polite" },
    heading,
    files,
    problem,
    facts,
    notes,
    form,
  );
  /** The form's answers that were given by hand, by role. */
  let corrected = new Map();

  threshold.addEventListener("change", onChange);
  skip.addEventListener("change", onChange);

  return {
    node,
    reset(chosen) {
      corrected = new Map();
      threshold.value = "";
      skip.checked = false;
      skipLine.hidden = true;
      columns.replaceChildren();
      const names = chosen.slice(0, 5).map(({ name, size: bytes }) => `${name} (${size(bytes)})`);
      const more = chosen.length > 5 ? [`${chosen.length - 5} more`] : [];
      files.textContent = listed([...names, ...more]);
    },
    settings() {
      const said = [...corrected].filter(([, name]) => name).map(([role, name]) => `${role}=${name}`);
      const data = {
        ...(said.length && { columns: said.join(",") }),
        ...(threshold.value !== "" && { threshold: Number(threshold.value) }),
        ...(skip.checked && { skipBadLines: true }),
      };
      const chosen = node.querySelector("input[name=data-effort]:checked").value;
      return { data, ...EFFORTS[chosen][1] };
    },
    showReading() {
      node.setAttribute("aria-busy", "true");
      problem.hidden = true;
      train.disabled = true;
    },
    show(reading) {
      showFacts(reading);
      notes.replaceChildren(
        ...[...reading.notes, ...reading.badLines.slice(0, 3)].map((note) => element("li", {}, note)),
      );
      showColumns(reading.columns[0]);
      likes.hidden = reading.highestRating === null;
      if (reading.likeThreshold !== null) threshold.placeholder = `${reading.likeThreshold}`;
      done(false);
    },
    /** What is wrong with the files, and the form that may put it right. */
    showProblem(error) {
      facts.replaceChildren();
      notes.replaceChildren();
      problem.textContent = error.columns
        ? `${error.file} has no column whose name says who or what it is about. Choose the columns below.`
        : error.message;
      problem.hidden = false;
      if (error.columns) showColumns({ file: error.file, names: error.columns, roles: {} });
      if (/skip-bad-lines/.test(error.message)) skipLine.hidden = false;
      done(true);
    },
    focus() {
      heading.focus();
    },
  };

  function done(hasFailed) {
    node.setAttribute("aria-busy", "false");
    train.disabled = hasFailed;
    effort.hidden = hasFailed;
    train.hidden = hasFailed;
    likes.hidden ||= hasFailed;
  }

  function showFacts({ format, events, users, items, likes: nLikes, likeThreshold, mostLiked }) {
    const what = likeThreshold === null ? "every event is one" : `ratings of ${likeThreshold} or more`;
    const rows = [
      ["Events", formatCount(events), format],
      ["People", formatCount(users), ""],
      ["Things", formatCount(items), ""],
      ["Likes", formatCount(nLikes), what],
    ];
    const liked = mostLiked.slice(0, 5).map(({ title, likes }) => `${title} (${count(likes, "like")})`);
    facts.replaceChildren(
      ...rows.map(([name, value, text]) => fact(name, element("strong", {}, value), text)),
      ...(liked.length ? [fact("Most liked", listed(liked), "")] : []),
    );
  }

  /** A choice of a column for each role, for tables whose columns have names. */
  function showColumns(table) {
    const isOpen = columns.querySelector("details")?.open ?? false;
    columns.replaceChildren();
    if (!table) return;
    const { file, names, roles } = table;
    const choices = ROLES.map(([role, label]) => {
      const id = `data-column-${role}`;
      const chosen = corrected.get(role) ?? roles[role] ?? "";
      const options = ["", ...names].map((name) =>
        element("option", { value: name, selected: name === chosen }, name || "–"),
      );
      const select = element("select", { class: "field", id }, ...options);
      select.addEventListener("change", () => {
        corrected.set(role, select.value);
        onChange();
      });
      return labelled(id, label, select);
    });
    columns.append(
      element(
        "details",
        { open: isOpen || !roles.user || !roles.item },
        element("summary", {}, `Columns of ${file}`),
        element("div", { class: "data-roles" }, ...choices),
      ),
    );
  }

  function submitted(event) {
    event.preventDefault();
    onTrain();
  }
}

function fact(name, value, text) {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value, text ? element("span", {}, text) : null));
}

function labelled(id, text, field) {
  return element("div", { class: "data-field" }, element("label", { for: id }, text), field);
}
