// Why: how the score of one title comes about, from the picks to its place, and what would change it. Any title can be
// explained, also one that is not recommended. The profile does not change.

import { cover } from "./covers.js";
import { element } from "./dom.js";
import { capitalize, count, titleAndYear } from "./labels.js";
import { excludes } from "./settings.js";
import { closeOnBack } from "./why/close-on-back.js";
import { step } from "./why/parts.js";
import { createPicks } from "./why/picks.js";
import { changeInWords, headline, placeInWords, varietyInWords } from "./why/sentences.js";
import { featureTable, placeScale, sourceRows, sumParts } from "./why/steps.js";
import { WhatIf } from "./why/what-if.js";

/** The length of the list in which the place with variety is looked for. */
const N_VARIED = 100;

const LEFT_OUT =
  "Your list leaves this title out, whatever its score: it has enough of the same saga, or you dislike a title like it. " +
  "With the slider at “Close to my taste” sagas come in full.";

let nOpened = 0;

/**
 * Opens the explanation of one item.
 *
 * @param {object} app
 * @param {string} id
 * @param {import("./foldin/foldin.d.ts").Profile} [otherProfile] whose score it is; default: the visitor's
 */
export async function openWhy(app, id, otherProfile) {
  const { foldin } = app;
  nOpened += 1;
  const number = nOpened;
  const [item] = await foldin.items([id]);
  // A later call replaces one that is still waiting.
  if (!item || number !== nOpened) return;

  const isOwn = otherProfile === undefined;
  const whatIf = new WhatIf(id, otherProfile ?? app.profile.toRequest());
  const items = new Map((await app.itemsOf(whatIf.order)).map((one) => [one.id, one]));
  whatIf.order = whatIf.order.filter((one) => items.has(one));
  const titleOf = (one) => items.get(one)?.title ?? one;
  const remember = (one) => items.set(one.id, one);
  const picks = createPicks({ foldin, item, whatIf, titleOf, remember, isOwn, onChange: update });
  /** The explanation with the real picks. */
  let first = null;
  let nUpdates = 0;

  const summary = element("div", { class: "why-headline" });
  const change = element("p", { class: "why-change", role: "status" });
  const sources = element("ol", { class: "why-sources", role: "list" });
  const features = element("div", { class: "why-table", tabindex: "0", role: "region", "aria-label": "Features" });
  const sum = element("div", { class: "why-sum" });
  const place = element("div", {});
  const variety = element("p", {});
  const problem = element("p", { role: "alert" });
  const dialog = createDialog(item, `why-${number}`, [
    summary,
    problem,
    step(
      isOwn ? "Your picks" : "The picks",
      "Switch one off to see what would change. This is a trial: your profile stays as it is.",
      picks.picks,
      change,
      picks.adder,
    ),
    step(
      "The sources",
      `Each source scores the title from ${isOwn ? "your" : "the"} picks. The bars show how far it moved the score.`,
      sources,
    ),
    step(
      "From the sources to one score",
      "A blend adds up all features of the title with learned weights. Trees correct the sum where features interact.",
      sum,
      element("details", {}, element("summary", {}, "All features, one by one"), features),
    ),
    step("The place", "", place),
    step("The list", "", variety),
  ]);
  document.body.append(dialog);
  dialog.showModal();
  closeOnBack(dialog);
  await update();
  picks.suggest();

  /** Asks the model and shows all steps. */
  async function update() {
    nUpdates += 1;
    const turn = nUpdates;
    const { profile } = whatIf;
    try {
      const explanation = await foldin.explain(id, profile, isOwn ? { weights: app.settings.weights } : {});
      const varietyText = await varietySentence(explanation, profile);
      await rememberReasons(explanation);
      if (turn === nUpdates) show(explanation, varietyText);
    } catch (error) {
      if (turn === nUpdates) problem.textContent = capitalize(error.message);
    }
  }

  function show(explanation, varietyText) {
    problem.textContent = "";
    if (!first) {
      first = explanation;
      whatIf.sortBy(explanation);
    }
    showHeadline(explanation);
    picks.show();
    showChange(explanation);
    sources.replaceChildren(...sourceRows(explanation.sources, titleOf));
    features.replaceChildren(featureTable(explanation.features));
    sum.replaceChildren(...sumParts(explanation));
    place.replaceChildren(...placeScale(explanation, first));
    variety.textContent = varietyText;
  }

  /** Asks for the titles of all picks that the explanation names. */
  async function rememberReasons(explanation) {
    const named = explanation.sources.flatMap(({ because }) => because.map((reason) => reason.id));
    const missing = [...new Set(named)].filter((one) => !items.has(one));
    for (const one of await app.itemsOf(missing)) remember(one);
  }

  function showHeadline(explanation) {
    const { isEmpty } = whatIf;
    const lines = headline(explanation, item, { titleOf, isOwn, isEmpty }).map(([emphasis, text]) =>
      element("p", {}, emphasis && element("strong", {}, emphasis), text),
    );
    lines.push(element("p", { class: "why-verdict" }, placeInWords(explanation)));
    if (isOwn && app.profile.signalOf(id)) {
      const text = "This title is in your profile, so your list leaves it out. Here it is scored as if it were not.";
      lines.push(element("p", { class: "small muted" }, text));
    }
    summary.replaceChildren(...lines);
  }

  function showChange(explanation) {
    change.hidden = !whatIf.isChanged;
    if (change.hidden) return change.replaceChildren();
    const [what, result] = changeInWords(whatIf, first, explanation, titleOf);
    const reset = () => {
      whatIf.reset();
      update();
    };
    change.replaceChildren(
      element("span", {}, element("strong", {}, `${what}: `), result),
      element("button", { type: "button", class: "button", click: reset }, "Back to the real picks"),
    );
  }

  async function varietySentence(explanation, profile) {
    const request = isOwn ? (app.listRequest ?? (await app.request())) : {};
    const { diversity = 0 } = request;
    if (isOwn && excludes(app.settings, item)) {
      return "Your filters leave this title out of your list, whatever its score.";
    }
    if (request.exclude?.includes(id)) return LEFT_OUT;
    if (!diversity) return "Variety is off, so the list has the order of the scores.";
    const list = await foldin.recommend(profile, { ...request, k: N_VARIED, reasons: false });
    const at = list.items.findIndex((one) => one.id === id);
    return varietyInWords(explanation, { diversity, place: at < 0 ? null : at + 1, n: N_VARIED });
  }
}

function createDialog(item, headingId, content) {
  const dialog = element("dialog", {
    class: "why",
    "aria-labelledby": headingId,
    close: () => dialog.remove(),
    // A click on the backdrop has the dialog itself as its target.
    click: (event) => event.target === dialog && dialog.close(),
  });
  const title = element(
    "h2",
    { id: headingId },
    element("span", { class: "why-kicker" }, "Why "),
    titleAndYear(item),
    "?",
  );
  const facts = [item.genres.join(", "), count(item.likes, "like")].filter(Boolean).join(" · ");
  const close = { type: "button", class: "button bare why-close", "aria-label": "Close", click: () => dialog.close() };
  const header = element(
    "header",
    {},
    element("div", { class: "why-cover", "aria-hidden": "true" }, cover(item)),
    element("div", {}, title, element("p", { class: "small muted" }, facts)),
    element("button", close, "×"),
  );
  dialog.append(element("div", { class: "why-panel" }, header, ...content));
  return dialog;
}
