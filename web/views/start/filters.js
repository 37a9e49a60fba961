// The settings: variety, genres and years. Each takes effect at once.

import { byId, element } from "../../dom.js";
import {
  decadesOf,
  defaultSettings,
  FIRST_YEAR,
  filterSummary,
  isDefault,
  LAST_YEAR,
  yearsOf,
} from "../../settings.js";

/** Decades are those of the best known items: the years of rare ones would make a long list. */
const N_BEST_KNOWN = 500;

/**
 * @param {object} app
 * @returns {() => void} shows the current settings
 */
export function createFilters(app) {
  const { settings } = app;
  const variety = createVariety(app);
  const genres = app.foldin.info.genres.map((name) => genreChip(app, name));
  const years = createYears(app);
  const reset = element(
    "button",
    { class: "button", type: "button", click: () => app.changeSettings(defaultSettings()) },
    "Reset",
  );
  const summary = element("span", { class: "muted" });
  const details = element(
    "details",
    {},
    element("summary", {}, element("strong", {}, "Filter"), summary),
    genres.length ? element("div", { class: "genres", role: "group", "aria-label": "Genres" }, ...genres) : null,
    years.node,
  );
  byId("filters").replaceChildren(variety.node, details, reset);

  return () => {
    variety.input.value = settings.diversity;
    for (const chip of genres) chip.setAttribute("aria-pressed", settings.genres.includes(chip.dataset.genre));
    years.show(settings.years);
    summary.textContent = filterSummary(settings);
    reset.hidden = isDefault(settings);
  };
}

function createVariety(app) {
  const input = element("input", {
    id: "variety",
    type: "range",
    min: 0,
    max: 1,
    step: 0.05,
    value: app.settings.diversity,
    autocomplete: "off",
    "aria-describedby": "variety-ends",
    input: () => app.changeSettings({ diversity: input.valueAsNumber }),
  });
  const ends = element(
    "p",
    { id: "variety-ends" },
    element("span", {}, "Close to my taste"),
    element("span", { class: "visually-hidden" }, " to "),
    element("span", {}, "Surprise me"),
  );
  const label = element("label", { for: "variety", class: "visually-hidden" }, "Variety");
  return { input, node: element("div", { class: "variety" }, label, input, ends) };
}

function genreChip(app, name) {
  const toggle = () => {
    const { genres } = app.settings;
    app.changeSettings({
      genres: genres.includes(name) ? genres.filter((other) => other !== name) : [...genres, name],
    });
  };
  return element("button", { class: "chip", type: "button", "data-genre": name, click: toggle }, name);
}

/** Two lists of decades: from which, and to which. */
function createYears(app) {
  const select = (changed, open) =>
    element("select", { class: "field", change: () => choose(changed) }, element("option", { value: "" }, open));
  const [from, to] = [select("from", "beginning"), select("to", "end")];
  const choose = (changed) => {
    const [first, last] = [from, to].map(({ value }) => (value ? Number(value) : null));
    app.changeSettings({ years: yearsOf(first, last, changed) });
  };
  const node = element(
    "div",
    { class: "decades", hidden: true },
    element("label", {}, element("span", {}, "From the"), from),
    element("label", {}, element("span", {}, "to the"), to),
  );
  // The decades may arrive late: the filters are closed at first.
  app.foldin.popular({ k: N_BEST_KNOWN }).then(({ items }) => {
    const decades = decadesOf(items);
    for (const list of [from, to]) {
      list.append(...decades.map((decade) => element("option", { value: decade }, `${decade}s`)));
    }
    node.hidden = decades.length < 2;
  }, app.fail);
  const show = (years) => {
    const [first, last] = years ?? [FIRST_YEAR, LAST_YEAR];
    from.value = first === FIRST_YEAR ? "" : Math.floor(first / 10) * 10;
    to.value = last === LAST_YEAR ? "" : Math.floor(last / 10) * 10;
  };
  return { node, show };
}
