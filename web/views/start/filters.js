// The settings: variety, hidden gems, genres and years. Each takes effect at once.

import { byId, element } from "../../dom.js";
import {
  decadesOf,
  defaultSettings,
  diversityAt,
  FIRST_YEAR,
  filterSummary,
  GEMS,
  gemsInWords,
  isDefault,
  LAST_YEAR,
  positionOf,
  varietyInWords,
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
  const gems = createGems(app);
  const genres = genreChoice(app, "genres", "not");
  const not = genreChoice(app, "not", "genres");
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
    genres.length ? genreRow("Only", "Genres", genres) : null,
    not.length ? genreRow("Not", "Genres to leave out", not) : null,
    years.node,
  );
  byId("filters").replaceChildren(variety.node, gems.node, details, reset);

  return () => {
    variety.show(settings.diversity);
    gems.show(settings.gems);
    for (const chip of genres) chip.setAttribute("aria-pressed", settings.genres.includes(chip.dataset.genre));
    for (const chip of not) chip.setAttribute("aria-pressed", settings.not.includes(chip.dataset.not));
    years.show(settings.years).catch(app.fail);
    summary.textContent = filterSummary(settings);
    reset.hidden = isDefault(settings);
  };
}

function createVariety(app) {
  const free = app.foldin.info.freeDiversity;
  const change = (position) => app.changeSettings({ diversity: diversityAt(position, free) });
  const slider = createSlider({ id: "variety", label: "Variety", step: 0.05, max: 1, change }, [
    "Close to my taste",
    "Surprise me",
  ]);
  const show = (diversity) => slider.show(positionOf(diversity ?? free, free), varietyInWords(diversity ?? free, free));
  return { show, node: slider.node };
}

function createGems(app) {
  const change = (gems) => app.changeSettings({ gems });
  const slider = createSlider({ id: "gems", label: "Hidden gems", step: 1, max: GEMS.length - 1, change }, [
    "Well known too",
    "Hidden gems",
  ]);
  const show = (gems) => slider.show(gems, gemsInWords(gems, app.foldin.info.items));
  return { show, node: slider.node };
}

/** A slider between two named ends. */
function createSlider({ id, label, step, max, change }, [low, high]) {
  const input = element("input", {
    id,
    type: "range",
    min: 0,
    max,
    step,
    autocomplete: "off",
    "aria-describedby": `${id}-ends`,
    input: () => change(input.valueAsNumber),
  });
  const show = (value, words) => {
    input.value = value;
    input.setAttribute("aria-valuetext", words);
    input.title = words;
  };
  const ends = element(
    "p",
    { id: `${id}-ends` },
    element("span", {}, low),
    element("span", { class: "visually-hidden" }, " to "),
    element("span", {}, high),
  );
  const name = element("label", { for: id, class: "visually-hidden" }, label);
  return { show, node: element("div", { class: "variety" }, name, input, ends) };
}

/**
 * A chip for each genre, to switch on or off in one of the settings. A genre is in one of the two settings only.
 *
 * @param {object} app
 * @param {"genres" | "not"} setting
 * @param {"genres" | "not"} other
 */
function genreChoice(app, setting, other) {
  return app.foldin.info.genres.map((name) => {
    const toggle = () => {
      const chosen = app.settings[setting];
      const rest = chosen.filter((genre) => genre !== name);
      app.changeSettings({
        [setting]: rest.length < chosen.length ? rest : [...chosen, name],
        [other]: app.settings[other].filter((genre) => genre !== name),
      });
    };
    const data = setting === "not" ? { "data-not": name, "aria-label": `No ${name}` } : { "data-genre": name };
    return element("button", { class: "chip", type: "button", ...data, click: toggle }, name);
  });
}

function genreRow(word, label, chips) {
  return element(
    "div",
    { class: "genre-row" },
    element("span", { class: "muted small", "aria-hidden": "true" }, word),
    element("div", { class: "genres", role: "group", "aria-label": label }, ...chips),
  );
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
  let decades;
  const fill = async () => {
    const { items } = await app.foldin.popular({ k: N_BEST_KNOWN });
    const known = decadesOf(items);
    for (const list of [from, to]) {
      list.append(...known.map((decade) => element("option", { value: decade }, `${decade}s`)));
    }
    node.hidden = known.length < 2;
  };
  const show = async (years) => {
    // Late, when the titles to tap are there: the filters are closed at first.
    decades ??= fill();
    await decades;
    const [first, last] = years ?? [FIRST_YEAR, LAST_YEAR];
    from.value = first === FIRST_YEAR ? "" : Math.floor(first / 10) * 10;
    to.value = last === LAST_YEAR ? "" : Math.floor(last / 10) * 10;
  };
  return { node, show };
}
