// Live why: while a pick is pointed at or has the focus, every row says how far that pick has moved it.

import { byId, element } from "../../dom.js";
import { listed } from "../../labels.js";

/** As far down as a title is looked for in the list without the pick. */
const N_COMPARED = 60;
const N_NAMED = 3;

/**
 * @param {object} app
 * @param {() => string[]} shownIds the ids of the list, in its order
 */
export function showChangesByPick(app, shownIds) {
  let turn = 0;

  const clear = () => {
    turn += 1;
    for (const mark of byId("list").querySelectorAll(".since")) mark.remove();
  };
  const show = async (chip) => {
    clear();
    const now = turn;
    const { id } = chip.dataset;
    const title = app.titles.get(id)?.title ?? id;
    const request = { ...(await app.request()), k: N_COMPARED, reasons: false };
    const { items } = await app.foldin.recommend(without(app.profile.toRequest(), id), request);
    if (now !== turn) return;
    const ids = shownIds();
    for (const { id: row, text } of changes(ids, items, title)) {
      const node = [...byId("list").children].find(({ dataset }) => dataset.id === row);
      node?.querySelector(".row-cover").append(element("span", { class: "since" }, text));
    }
    const gone = items.slice(0, ids.length).filter((item) => item.id !== id && !ids.includes(item.id));
    const names = listed(gone.slice(0, N_NAMED).map((item) => item.title));
    app.announce(
      names ? `Without ${title} the list would have ${names}.` : `Without ${title} the list has the same titles.`,
    );
  };
  const chipOf = ({ target }) => target.closest?.("#picks [data-id]");
  for (const type of ["pointerover", "focusin"]) {
    byId("picks").addEventListener(type, (event) => {
      const chip = chipOf(event);
      // Over the parts of one chip, nothing changes.
      if (chip && chip !== event.relatedTarget?.closest?.("#picks [data-id]")) show(chip).catch(app.fail);
    });
  }
  for (const type of ["pointerout", "focusout"]) {
    byId("picks").addEventListener(type, (event) => {
      if (chipOf(event) !== event.relatedTarget?.closest?.("#picks [data-id]")) clear();
    });
  }
  app.profile.addEventListener("change", clear);
}

/**
 * How far a pick has moved each title of a list, in words; nothing for those that it has not moved.
 *
 * @param {string[]} ids the list
 * @param {{ id: string }[]} others the list without the pick
 * @param {string} title of the pick
 */
export function changes(ids, others, title) {
  const places = new Map(others.map(({ id }, n) => [id, n]));
  return ids.flatMap((id, n) => {
    const before = places.get(id) ?? Number.POSITIVE_INFINITY;
    if (before === n) return [];
    if (before >= ids.length) return [{ id, text: `new since ${title}` }];
    const text = before > n ? `up ${before - n} since ${title}` : `down ${n - before} since ${title}`;
    return [{ id, text }];
  });
}

/** A profile without one of its items. */
export function without({ liked, disliked, ratings, seen }, id) {
  const others = (one) => one !== id;
  return {
    liked: liked.filter(others),
    disliked: disliked.filter(others),
    ratings: ratings.filter(([one]) => one !== id),
    seen: seen.filter(others),
  };
}
