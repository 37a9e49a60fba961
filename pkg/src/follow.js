// Recommendations that follow the stored profile: what `foldin/react` and `foldin/vue` have in common.

import { itemsById, knownPart } from "./known.js";
import { Profile } from "./profile.js";
import { acquire, release } from "./shared-models.js";

/** @typedef {import("../react.d.ts").Recommendations} Recommendations */

/** @type {Recommendations} */
export const LOADING = Object.freeze({ state: "loading", items: [], error: null, foldin: null, profile: null });

/**
 * Shows the recommendations now and after every change of the profile, until the returned function is called.
 *
 * @param {import("../react.d.ts").RecommendationsOptions} options
 * @param {(recommendations: Recommendations) => void} show
 * @returns {() => void}
 */
export function follow({ src = "model/manifest.json", profileKey, liked = [], ...request }, show) {
  const url = new URL(src, document.baseURI).href;
  const key = profileKey === undefined ? `foldin:profile:${new URL(".", url).pathname}` : profileKey;
  const profile = new Profile({ key });
  const user = {};
  let turn = 0;
  const update = async () => {
    turn += 1;
    const now = turn;
    /** @type {Recommendations} */
    let result;
    try {
      const foldin = await acquire(url, user);
      const known = await itemsById(foldin, [...profile.ids(), ...liked]);
      const part = knownPart(profile, known);
      part.liked.push(...liked.filter((id) => known.has(id)));
      const { items } = await foldin.recommend(part, request);
      result = { state: items.length ? "ready" : "empty", items, error: null, foldin, profile };
    } catch (error) {
      result = { ...LOADING, state: "error", error: /** @type {any} */ (error), profile };
    }
    if (now === turn) show(result);
  };
  profile.addEventListener("change", update);
  update();
  return () => {
    turn += 1;
    profile.removeEventListener("change", update);
    release(url, user);
  };
}
