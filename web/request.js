// The request that makes the visitor's list: the settings, and what the profile leaves out.

import { numberOfKnown } from "./settings.js";

/** How many titles of one kind a dislike leaves out while there is no like to rank by. */
const N_LIKE_DISLIKED = 40;

/**
 * @param {object} app
 * @returns {() => Promise<import("./foldin/foldin.d.ts").Request>} the request for the current settings and profile
 */
export function createRequests(app) {
  /** The ids of each genre, once they were asked for. */
  const genres = new Map();
  /** The ids that are most similar to a title. */
  const similar = new Map();

  /** The ids of the best known titles, by how many. */
  const known = new Map();

  const idsOfKnown = async (k) => (await app.foldin.popular({ k })).items.map(({ id }) => id);
  const idsOfGenre = async (genre) => {
    const { items } = await app.foldin.popular({ where: { genres: [genre] }, k: app.foldin.info.items });
    return items.map(({ id }) => id);
  };
  const idsSimilarTo = async (id) => {
    const by = app.foldin.info.strategies.includes("content") ? "content" : "genres";
    const { items } = await app.foldin.similar(id, { by, k: N_LIKE_DISLIKED });
    return items.map((item) => item.id);
  };

  return async () => {
    const { diversity, gems, genres: only, years, not, weights } = app.settings;
    const { liked, ratings, disliked } = app.profile.toRequest();
    const where = { ...(only.length && { genres: only }), ...(years && { years }) };
    // The model has no filters against a genre or what is known, and ranks by dislikes only where there are likes too: all are
    // ids that it leaves out.
    const left = not.map((genre) => cached(genres, genre, idsOfGenre));
    const nKnown = numberOfKnown(gems, app.foldin.info.items);
    if (nKnown) left.push(cached(known, nKnown, idsOfKnown));
    if (!liked.length && !ratings.length) left.push(...disliked.map((id) => cached(similar, id, idsSimilarTo)));
    const exclude = [...new Set((await Promise.all(left)).flat())];
    return {
      diversity: diversity ?? app.foldin.info.freeDiversity,
      ...(Object.keys(where).length && { where }),
      ...(exclude.length && { exclude }),
      ...(Object.keys(weights).length && { weights }),
    };
  };
}

function cached(map, key, ask) {
  if (!map.has(key)) map.set(key, ask(key));
  return map.get(key);
}
