// Why: how the score of one title came about, from the picks to its place, and what would change it. Any title can be
// asked about, one that is not recommended too. Nothing that is tried here changes the profile.

import { cover } from "./covers.js";
import { count, element, titleAndYear } from "./dom.js";
import { figure, listed, nameOf, ordinal, signed } from "./views/words.js";
import { closeOnBack } from "./why/back.js";
import { meaningOf } from "./why/features.js";
import { bar, capital, lowerFirst, minus, plain, step } from "./why/parts.js";

const N_PICKS = 10;
const N_REASONS = 4;
const N_SUGGESTED = 3;
/** A pick with less to do with the title is not named as its cause. */
const LEAST_SHARE = 0.05;
/** A list in which the place after variety is looked for. */
const N_VARIED = 100;

let styled;
let openings = 0;

/**
 * Opens the explanation of one item.
 *
 * @param {object} app
 * @param {string} id
 * @param {object} [profile] whose score it is; the visitor's where it is left out
 */
export async function openWhy(app, id, profile = app.profile.toRequest()) {
  const { foldin } = app;
  const number = ++openings;
  await (styled ??= style());
  const [item] = await foldin.items([id]);
  // A second call while the first was still waiting: the later one is shown.
  if (!item || number !== openings) return;

  const isOwn = arguments.length < 3;
  const own = isOwn ? "your" : "these";
  const ids = [...(profile.liked ?? []), ...ratedOf(profile), ...(profile.disliked ?? [])].filter((one) => one !== id);
  const titles = new Map((await app.itemsOf([...ids])).map((one) => [one.id, one]));
  const off = new Set();
  const added = [];
  let first = null;
  let showsAll = ids.length <= N_PICKS;
  let order = ids.filter((one) => titles.has(one));
  let turns = 0;

  const heading = `why-${number}`;
  const headline = element("div", { class: "why-headline" });
  const change = element("p", { class: "why-change", role: "status" });
  const picks = element("ul", { class: "why-picks", role: "list" });
  const suggestions = element("ul", { class: "why-picks", role: "list" });
  const sources = element("ol", { class: "why-sources", role: "list" });
  const features = element("div", { class: "why-table", tabindex: "0", role: "region", "aria-label": "Features" });
  const sum = element("div", { class: "why-sum" });
  const place = element("div", {});
  const variety = element("p", {});
  const problem = element("p", { role: "alert" });
  const dialog = element(
    "dialog",
    {
      class: "why",
      "aria-labelledby": heading,
      close: () => dialog.remove(),
      click: (event) => event.target === dialog && dialog.close(),
    },
    element(
      "div",
      { class: "why-paper" },
      element(
        "header",
        {},
        element("div", { class: "why-cover", "aria-hidden": "true" }, cover(item)),
        element(
          "div",
          {},
          element("h2", { id: heading }, element("span", { class: "why-kicker" }, "Why "), titleAndYear(item), "?"),
          element(
            "p",
            { class: "small muted" },
            [item.genres.join(", "), count(item.likes, "like")].filter(Boolean).join(" · "),
          ),
        ),
        element(
          "button",
          { type: "button", class: "button bare why-close", "aria-label": "Close", click: () => dialog.close() },
          "×",
        ),
      ),
      headline,
      problem,
      step(
        isOwn ? "Your picks" : "The picks",
        "Switch one off and see what would change. Only here: nothing is forgotten.",
        picks,
        change,
        adder(),
      ),
      step(
        "Who named it",
        `Each source looks at ${own} picks and says how good this title is. Bars show what that did to the score.`,
        sources,
      ),
      step(
        "From opinions to one score",
        "A blend weighs everything that is known of a candidate; trees correct it where things matter together.",
        sum,
        element("details", {}, element("summary", {}, "All features, one by one"), features),
      ),
      step("Its place", "", place),
      step("The list", "", variety),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  closeOnBack(dialog);
  await explain();
  suggest();

  async function explain() {
    const turn = ++turns;
    try {
      const asked = tried();
      const explanation = await foldin.explain(id, asked, {});
      if (turn !== turns) return;
      problem.textContent = "";
      first ??= explanation;
      await meet(explanation);
      if (turn !== turns) return;
      if (explanation === first) order = byWeight(explanation, order);
      showHeadline(explanation);
      showPicks();
      showChange(explanation);
      showSources(explanation);
      showFeatures(explanation);
      showSum(explanation);
      showPlace(explanation);
      await showVariety(explanation, asked, turn);
    } catch (error) {
      if (turn === turns) problem.textContent = error.message.charAt(0).toUpperCase() + error.message.slice(1);
    }
  }

  /** The profile without what is switched off, with what is tried, and without the item itself, which it would hide. */
  function tried() {
    const keeps = (one) => one !== id && !off.has(one);
    const { liked = [], disliked = [], seen = [] } = profile;
    return {
      liked: [...liked.filter(keeps), ...added.filter(keeps)],
      disliked: disliked.filter(keeps),
      ratings: pairsOf(profile).filter(([one]) => keeps(one)),
      seen: seen.filter(keeps),
    };
  }

  /** Titles of all picks that the explanation names. */
  async function meet({ sources }) {
    const named = sources
      .flatMap(({ because }) => because.map((reason) => reason.id))
      .filter((one) => !titles.has(one));
    for (const one of await app.itemsOf([...new Set(named)])) titles.set(one.id, one);
  }

  function titleOf(one) {
    return titles.get(one)?.title ?? one;
  }

  /** In a sentence what a source found. */
  function found({ source, because }) {
    const most = because
      .filter(({ contribution, share }, n) => contribution > 0 && (n === 0 || share >= LEAST_SHARE))
      .slice(0, 2);
    const names = listed(most.map((reason) => titleOf(reason.id)));
    const said = {
      taste: names && `It is near ${own} taste, most of all because of ${names}.`,
      neighbours: names && `People who liked ${names} also liked this.`,
      ease: names && `It follows from all of ${own} picks together, most of all from ${names}.`,
      sequence: names && `It is what people liked next after ${names}.`,
      content: names && `It is about the same things as ${names}.`,
      popular: `${count(item.likes, "like")}: many people know and like it.`,
      recent: "It is liked much lately.",
      "top-rated": "People who rated it gave it good stars.",
    };
    return said[source] || "";
  }

  function showHeadline(explanation) {
    const strong = [...explanation.sources].sort((a, b) => b.part - a.part);
    const [main, second] = strong.filter(({ part }) => part > 0);
    const against = strong.findLast(({ part }) => part < 0);
    const lines = [];
    if (tried().liked.length + tried().ratings.length === 0) {
      lines.push(
        element("p", {}, "Nothing is liked yet, so nothing personal can be said: what many people like comes first."),
      );
    } else if (main) {
      lines.push(element("p", {}, element("strong", {}, `${nameOf(main.source)} moved it most. `), found(main)));
      if (second && second.part >= main.part / 3)
        lines.push(
          element(
            "p",
            {},
            `Then ${nameOf(second.source)}: ${lowerFirst(found(second)) || "it speaks for this title too."}`,
          ),
        );
    } else {
      lines.push(
        element(
          "p",
          {},
          element("strong", {}, "Nothing speaks for it. "),
          `No way to recommend finds it better than the other candidates.`,
        ),
      );
    }
    if (against && (!main || -against.part >= main.part / 3)) {
      lines.push(element("p", {}, `Against it: ${nameOf(against.source)} finds other candidates better.`));
    }
    lines.push(element("p", { class: "why-verdict" }, placeOf(explanation)));
    if (isOwn && app.profile.signalOf(id)) {
      lines.push(
        element(
          "p",
          { class: "small muted" },
          "You know this title, so your list leaves it out. Here it is looked at as if you did not.",
        ),
      );
    }
    headline.replaceChildren(...lines);
  }

  function placeOf({ place, candidates, score }) {
    if (place === null)
      return `It is not among the ${candidates.toLocaleString("en")} candidates: no source had it among its best.`;
    return `${ordinal(place)} of ${count(candidates, "candidate")}, with a score of ${minus(figure(score))}.`;
  }

  function showPicks() {
    const shown = [...added, ...(showsAll ? order : order.slice(0, N_PICKS))];
    const chip = (one) => {
      const isOff = off.has(one);
      const isDisliked = profile.disliked?.includes(one);
      return element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "chip", "aria-pressed": `${!isOff}`, "data-id": one, click: () => toggle(one) },
          element("span", { "aria-hidden": "true" }, isOff ? "○" : isDisliked ? "−" : "✓"),
          titleOf(one),
          isDisliked ? element("span", { class: "small" }, "(disliked)") : null,
        ),
      );
    };
    const focused = picks.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const more = order.length - N_PICKS;
    picks.replaceChildren(
      ...shown.map(chip),
      ...(showsAll
        ? []
        : [
            element(
              "li",
              {},
              element(
                "button",
                { type: "button", class: "button", "data-id": "more", click: () => ((showsAll = true), showPicks()) },
                `and ${more} more`,
              ),
            ),
          ]),
      ...(shown.length ? [] : [element("li", { class: "muted" }, "None yet. Try one of these:")]),
    );
    if (focused !== null)
      [...picks.querySelectorAll("button")].find((button) => button.dataset.id === focused)?.focus();
  }

  function toggle(one) {
    if (!off.delete(one)) off.add(one);
    explain();
  }

  /** Titles to try as likes: alike, or found by name. */
  function adder() {
    const found = element("ul", { class: "why-picks", role: "list" });
    const input = element("input", {
      type: "search",
      class: "field",
      placeholder: "Or try another title",
      "aria-label": "Try another title as a pick",
      autocomplete: "off",
      spellcheck: "false",
    });
    let searches = 0;
    input.addEventListener("input", async () => {
      const turn = ++searches;
      const text = input.value.trim();
      const answer = text ? (await foldin.search(text, { k: 5 })).items : [];
      if (turn !== searches) return;
      const others = answer.filter((one) => one.id !== id && !order.includes(one.id) && !added.includes(one.id));
      found.replaceChildren(
        ...others.map((one) => plus(one, () => ((input.value = ""), found.replaceChildren(), input.focus()))),
        ...(text && !others.length ? [element("li", { class: "muted" }, "No other title is called so.")] : []),
      );
    });
    return element(
      "div",
      { class: "why-adder" },
      element("p", { class: "small muted" }, `And if ${isOwn ? "you" : "they"} also liked`),
      suggestions,
      input,
      found,
    );
  }

  function plus(one, done = () => {}) {
    const add = (event) => {
      titles.set(one.id, one);
      off.delete(one.id);
      added.unshift(one.id);
      event.currentTarget.closest("li").remove();
      done();
      explain();
    };
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "chip", click: add },
        element("span", { "aria-hidden": "true" }, "+"),
        one.title,
      ),
    );
  }

  async function suggest() {
    const by = foldin.info.strategies.includes("taste") && item.likes > 0 ? "taste" : "genres";
    const { items } = await foldin.similar(id, { k: 12, by }).catch(() => ({ items: [] }));
    const others = items.filter((one) => !order.includes(one.id)).slice(0, N_SUGGESTED);
    suggestions.replaceChildren(...others.map((one) => plus(one)));
  }

  function showChange(now) {
    const isSame = off.size === 0 && added.length === 0;
    const back = element(
      "button",
      { type: "button", class: "button", click: () => (off.clear(), added.splice(0), explain()) },
      "Back to the real picks",
    );
    const what = [
      ...(off.size ? [`without ${listed([...off].map(titleOf))}`] : []),
      ...(added.some((one) => !off.has(one))
        ? [`with ${listed(added.filter((one) => !off.has(one)).map(titleOf))}`]
        : []),
    ];
    const from = (explanation) => (explanation.place === null ? "no candidate" : ordinal(explanation.place));
    const difference = now.score - first.score;
    change.hidden = isSame;
    if (isSame) return change.replaceChildren();
    change.replaceChildren(
      element(
        "span",
        {},
        element("strong", {}, `${capital(listed(what))}: `),
        from(now) === from(first) ? `still ${from(now)}` : `${from(first)} → ${from(now)}`,
        `, score ${minus(figure(first.score))} → ${minus(figure(now.score))} (${signed(difference)}).`,
      ),
      back,
    );
  }

  function showSources({ sources: all }) {
    const sorted = [...all].sort((a, b) => Math.abs(b.part) - Math.abs(a.part));
    const most = Math.max(...sorted.map(({ part }) => Math.abs(part)), 1e-9);
    sources.replaceChildren(...sorted.map((one, n) => sourceRow(one, most, n === 0)));
    if (!sorted.length)
      sources.replaceChildren(element("li", { class: "muted" }, "None of them has anything to say of it."));
  }

  function sourceRow(one, most, isFirst) {
    const { source, score, place, part, because } = one;
    const own = place === null ? "not among its best hundred" : `${ordinal(place)} of its own list`;
    const details = score === null ? own : `${own}, score ${figure(score, score >= 10 ? 0 : 3)}`;
    return element(
      "li",
      { "data-source": source },
      element(
        "div",
        { class: "why-source" },
        element("h4", {}, nameOf(source)),
        element("p", { class: "why-part" }, signed(part)),
        bar(part / most, part < 0 ? "against" : ""),
        element("p", { class: "small muted" }, details),
      ),
      because.length
        ? element(
            "details",
            { open: isFirst },
            element("summary", {}, `What each pick has to do with it`),
            reasons(because),
          )
        : null,
    );
  }

  function reasons(because) {
    const some = because.slice(0, N_REASONS);
    const rest = because.slice(N_REASONS);
    const share = rest.reduce((all, reason) => all + reason.share, 0);
    const row = (name, part) =>
      element(
        "li",
        {},
        element("span", {}, name),
        bar(part, part < 0 ? "against" : ""),
        element("span", { class: "why-share" }, `${signed(part * 100, 0)}\u00a0%`),
      );
    return element(
      "ul",
      { class: "why-reasons", role: "list" },
      ...some.map((reason) => row(titleOf(reason.id), reason.share)),
      ...(rest.length ? [row(count(rest.length, "other pick"), share)] : []),
    );
  }

  function showFeatures({ features: all }) {
    const sorted = [...all].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    const head = ["Feature", "Here", "Mean of the candidates", "Adds"].map((name) =>
      element("th", { scope: "col" }, name),
    );
    const row = (feature) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, capital(feature.name), element("small", {}, meaningOf(feature))),
        element("td", {}, plain(feature.value)),
        element("td", {}, plain(feature.mean)),
        element("td", { class: "why-adds" }, signed(feature.contribution, 3)),
      );
    features.replaceChildren(
      element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...sorted.map(row))),
    );
  }

  function showSum({ blend, trees, score }) {
    const part = (name, value, sign = "") =>
      element(
        "div",
        {},
        sign && element("span", { class: "why-sign" }, sign),
        element("p", {}, element("strong", { "data-part": name }, value), element("span", {}, name)),
      );
    sum.replaceChildren(
      part("blend", minus(figure(blend))),
      part("trees", figure(Math.abs(trees)), trees < 0 ? "\u2212" : "+"),
      part("score", minus(figure(score)), "="),
    );
  }

  function showPlace(explanation) {
    const { place: at, candidates } = explanation;
    const track = element("div", { class: "why-track", "aria-hidden": "true" });
    // Early places differ more than late ones, so the scale is logarithmic.
    const where = (n) => (candidates > 1 ? (Math.log(n) / Math.log(candidates)) * 100 : 0);
    const mark = (n, name) => {
      const node = element("span", { class: `why-mark ${name}` });
      node.style.left = `${where(n)}%`;
      return node;
    };
    if (first.place !== null && first !== explanation) track.append(mark(first.place, "before"));
    if (at !== null) track.append(mark(at, "now"));
    place.replaceChildren(
      element("p", {}, placeOf(explanation)),
      ...(at === null
        ? []
        : [
            track,
            element(
              "p",
              { class: "why-ends small muted", "aria-hidden": "true" },
              element("span", {}, "1st"),
              element("span", {}, ordinal(candidates)),
            ),
          ]),
    );
  }

  async function showVariety(explanation, asked, turn) {
    const request = isOwn ? app.request() : {};
    const { diversity = 0, where = {} } = request;
    const [from, to] = where.years ?? [-Infinity, Infinity];
    const isFiltered =
      (where.genres?.length && !item.genres.some((genre) => where.genres.includes(genre))) ||
      (where.years && !(item.year >= from && item.year <= to));
    if (isFiltered) {
      variety.textContent = "The filters that you have set leave it out of your list, whatever its score.";
      return;
    }
    if (!diversity) {
      variety.textContent = "No variety is asked for, so the order of scores is the order of the list.";
      return;
    }
    const { items } = await foldin.recommend(asked, { ...request, k: N_VARIED, reasons: false });
    if (turn !== turns) return;
    const now = items.findIndex((one) => one.id === id) + 1;
    const before =
      explanation.place === null
        ? ""
        : explanation.place === now
          ? ", as without"
          : ` instead of ${ordinal(explanation.place)}`;
    const place = now ? `In the list it stands ${ordinal(now)}${before}.` : `It is not among the first ${N_VARIED}.`;
    variety.textContent = `Variety is ${figure(diversity)}: what is like the titles above it gives way. ${place}`;
  }
}

/** Picks in the order of what they have to do with an item, over all sources. */
function byWeight({ sources }, ids) {
  const weights = new Map();
  for (const { part, because } of sources) {
    for (const { id, share } of because) weights.set(id, (weights.get(id) ?? 0) + Math.abs(part * share));
  }
  return [...ids].sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
}

function pairsOf({ ratings = [] }) {
  return Array.isArray(ratings) ? ratings : Object.entries(ratings);
}

function ratedOf(profile) {
  return pairsOf(profile).map(([id]) => id);
}

/** The room's style comes with its code. */
function style() {
  const link = element("link", { rel: "stylesheet", href: "why.css" });
  const loaded = new Promise((resolve) => {
    link.onload = link.onerror = resolve;
  });
  document.head.append(link);
  return loaded;
}
