// The state of Compare, without the DOM: whose lists, which, and how long; and what several lists have in common.

/** The lists shown at first, if the model has them. */
const DEFAULTS = ["hybrid", "taste", "neighbours", "content", "popular", "diverse"];
export const LENGTHS = [5, 10, 20];
/** The most user ids offered while one is typed. */
const MAX_SUGGESTED = 20;

/** @typedef {{ strategy: string, items: { id: string }[] }} List */
/** @typedef {Map<string, [strategy: string, place: number][]>} Places of each item, by its id */

export class CompareState {
  /** Titles per list. */
  length = 10;
  /** Whose lists are wanted: the visitor's (`null`), a user's, or those of any user (`undefined`). */
  user = null;
  /** Whose lists are shown; `undefined` if none are. */
  shownUser = undefined;
  /**
   * All user ids, once they were asked for.
   *
   * @type {string[]}
   */
  userIds = [];
  /** The item that stays highlighted. */
  pinned = null;
  #chosen;

  /** @param {readonly string[]} strategies those of the model */
  constructor(strategies) {
    /** All lists that can be shown, in their order. */
    this.strategies = [...strategies, "diverse"];
    this.#chosen = new Set(DEFAULTS.filter((strategy) => this.strategies.includes(strategy)));
  }

  /** The chosen lists, in their order. */
  get chosen() {
    return this.strategies.filter((strategy) => this.#chosen.has(strategy));
  }

  isChosen(strategy) {
    return this.#chosen.has(strategy);
  }

  /** Shows or hides a list; the last one stays. Returns whether anything has changed. */
  toggle(strategy) {
    if (this.#chosen.size === 1 && this.#chosen.has(strategy)) return false;
    if (!this.#chosen.delete(strategy)) this.#chosen.add(strategy);
    return true;
  }

  /** If any user will do, chooses one. */
  chooseUser(random = Math.random) {
    if (this.user === undefined) this.user = this.userIds[Math.floor(random() * this.userIds.length)];
  }

  /** After an id that does not exist: goes back to the user whose lists are shown, or to any user. */
  forgetUser() {
    this.user = this.shownUser ?? undefined;
  }

  /** An id as an example. */
  get exampleUser() {
    return this.userIds[this.userIds.length >> 1];
  }

  /** Some ids that contain a text. */
  suggestUsers(text) {
    return this.userIds.filter((id) => id.includes(text) && id !== text).slice(0, MAX_SUGGESTED);
  }

  /** Highlights an item until it is chosen again. */
  togglePin(id) {
    this.pinned = this.pinned === id ? null : id;
  }
}

/**
 * The places of each item in the lists.
 *
 * @param {List[]} lists
 * @returns {Places}
 */
export function placesOf(lists) {
  const places = new Map();
  for (const { strategy, items } of lists) {
    for (const [n, { id }] of items.entries()) places.set(id, [...(places.get(id) ?? []), [strategy, n + 1]]);
  }
  return places;
}

/**
 * How many items each two lists share.
 *
 * @param {List[]} lists
 * @returns {{ first: string, second: string, shared: number }[]}
 */
export function sharedItems(lists) {
  return lists.flatMap((first, n) => {
    const ids = new Set(first.items.map(({ id }) => id));
    return lists.slice(n + 1).map((second) => ({
      first: first.strategy,
      second: second.strategy,
      shared: second.items.filter(({ id }) => ids.has(id)).length,
    }));
  });
}

/**
 * The pairs of lists that share the most and the fewest items. The list `diverse` counts only if there is no other
 * pair: it is made from the hybrid's, so the two are similar.
 *
 * @param {ReturnType<typeof sharedItems>} pairs
 */
export function extremes(pairs) {
  const others = pairs.filter(({ second }) => second !== "diverse");
  const sorted = (others.length ? others : pairs).toSorted((a, b) => b.shared - a.shared);
  return { most: sorted[0], least: sorted.at(-1) };
}

/**
 * What a user of the training data has liked or rated, the newest first.
 *
 * @param {import("../../foldin/foldin.d.ts").UserProfile} profile
 * @returns {{ id: string, stars: number | null }[]}
 */
export function historyOf({ liked = [], ratings = [] }) {
  return [...ratings.map(([id, stars]) => ({ id, stars })), ...liked.map((id) => ({ id, stars: null }))].reverse();
}
