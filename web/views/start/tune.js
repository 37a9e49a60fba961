// The settings: how far from one's taste, which genres, which years. Each takes effect at once.

import { byId, element } from "../../dom.js";

/** Years that let everything pass at that end. */
const OPEN = [0, 9999];

/**
 * @param {object} app
 * @returns {() => void} shows the settings as they are
 */
export function createTune(app) {
  const root = byId("tune");
  const { settings } = app;
  const variety = element("input", {
    id: "variety",
    type: "range",
    min: 0,
    max: 1,
    step: 0.05,
    value: settings.diversity,
    autocomplete: "off",
    "aria-describedby": "variety-ends",
    input: () => app.tune({ diversity: variety.valueAsNumber }),
  });
  const genre = (name) =>
    element("button", { class: "chip", type: "button", "data-genre": name, click: () => toggle(name) }, name);
  const toggle = (name) => {
    const { genres } = settings;
    app.tune({ genres: genres.includes(name) ? genres.filter((other) => other !== name) : [...genres, name] });
  };
  const genres = app.foldin.info.genres.map(genre);
  const [from, to] = [
    ["From the", "beginning"],
    ["to the", "end"],
  ].map(([text, open], n) => {
    const choice = element("option", { value: "" }, open);
    const select = element("select", { class: "field", change: () => chooseYears(n) }, choice);
    return { select, label: element("label", {}, element("span", {}, text), select) };
  });
  const decades = element("div", { class: "decades", hidden: true }, from.label, to.label);
  // The choices may come late: they are folded away at first.
  decadesOf(app).then((all) => {
    for (const { select } of [from, to]) {
      select.append(...all.map((decade) => element("option", { value: decade }, `${decade}s`)));
    }
    decades.hidden = all.length < 2;
  }, app.fail);
  /** Turns the other end around where the two would contradict each other. */
  const chooseYears = (changed) => {
    const ends = [from, to].map(({ select }) => (select.value ? Number(select.value) : null));
    if (ends[0] !== null && ends[1] !== null && ends[0] > ends[1]) ends[1 - changed] = ends[changed];
    const [first, last] = ends;
    app.tune({
      years: first === null && last === null ? null : [first ?? OPEN[0], last === null ? OPEN[1] : last + 9],
    });
  };
  const reset = element(
    "button",
    { class: "button", type: "button", click: () => app.tune({ diversity: 0, genres: [], years: null }) },
    "Reset",
  );
  const summary = element("span", { class: "muted" });
  const details = element(
    "details",
    {},
    element("summary", {}, element("strong", {}, "Filter"), summary),
    genres.length ? element("div", { class: "genres", role: "group", "aria-label": "Genres" }, ...genres) : null,
    decades,
  );
  root.replaceChildren(
    element(
      "div",
      { class: "variety" },
      element("label", { for: "variety", class: "away" }, "Variety"),
      variety,
      element(
        "p",
        { id: "variety-ends" },
        element("span", {}, "Close to my taste"),
        element("span", { class: "away" }, " to "),
        element("span", {}, "Surprise me"),
      ),
    ),
    details,
    reset,
  );

  return () => {
    const { diversity, years } = settings;
    variety.value = diversity;
    for (const chip of genres) chip.setAttribute("aria-pressed", settings.genres.includes(chip.dataset.genre));
    [from, to].forEach(({ select }, n) => {
      select.value = years && years[n] !== OPEN[n] ? Math.floor(years[n] / 10) * 10 : "";
    });
    const [first, last] = years ?? OPEN;
    const span = [...(first > OPEN[0] ? [`from ${first}`] : []), ...(last < OPEN[1] ? [`to ${last}`] : [])];
    summary.textContent = [...settings.genres, span.join(" ")].filter(Boolean).join(", ") || "all genres, all years";
    reset.hidden = diversity === 0 && !settings.genres.length && !years;
  };
}

/** The decades of the better known items, the oldest first: the years of rare ones would make a long list. */
async function decadesOf({ foldin }) {
  const { items } = await foldin.popular({ k: 500 });
  const years = items.map(({ year }) => year).filter((year) => year !== null);
  if (!years.length) return [];
  const decade = (year) => Math.floor(year / 10) * 10;
  const first = decade(Math.min(...years));
  const n = (decade(Math.max(...years)) - first) / 10 + 1;
  // Books may be of any century.
  return Array.from({ length: Math.min(n, 15) }, (_, at) => first + (Math.max(0, n - 15) + at) * 10);
}
