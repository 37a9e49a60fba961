// The profile that is tried in an explanation, without the DOM: some picks switched off, some titles added. The stored
// profile does not change.

/** @typedef {import("../foldin/foldin.d.ts").Profile} Profile */
/** @typedef {import("../foldin/foldin.d.ts").Explanation} Explanation */

export class WhatIf {
  /** Ids of the picks, the strongest first once an explanation is known. */
  order;
  /** Ids of picks that are switched off. */
  off = new Set();
  /** Ids of titles that are tried as likes, the newest first. */
  added = [];
  #item;
  #profile;

  /**
   * @param {string} item id of the explained item, which does not count as a pick: the model would leave it out
   * @param {Profile} profile
   */
  constructor(item, profile) {
    const { liked = [], disliked = [] } = profile;
    this.#item = item;
    this.#profile = profile;
    this.order = [...liked, ...pairsOf(profile).map(([id]) => id), ...disliked].filter((id) => id !== item);
  }

  get isChanged() {
    return this.off.size > 0 || this.added.length > 0;
  }

  /** Whether nothing that is tried is liked or rated. */
  get isEmpty() {
    const { liked, ratings } = this.profile;
    return liked.length + ratings.length === 0;
  }

  /**
   * The profile to ask the model with.
   *
   * @returns {{ liked: string[], disliked: string[], ratings: [string, number][], seen: string[] }}
   */
  get profile() {
    const keeps = (id) => id !== this.#item && !this.off.has(id);
    const { liked = [], disliked = [], seen = [] } = this.#profile;
    return {
      liked: [...liked, ...this.added].filter(keeps),
      disliked: disliked.filter(keeps),
      ratings: pairsOf(this.#profile).filter(([id]) => keeps(id)),
      seen: seen.filter(keeps),
    };
  }

  isDisliked(id) {
    return this.#profile.disliked?.includes(id) ?? false;
  }

  /** Whether an id is the explained item or one of the picks. */
  has(id) {
    return id === this.#item || this.order.includes(id) || this.added.includes(id);
  }

  toggle(id) {
    if (!this.off.delete(id)) this.off.add(id);
  }

  add(id) {
    this.off.delete(id);
    this.added.unshift(id);
  }

  reset() {
    this.off.clear();
    this.added = [];
  }

  /** Sorts the picks by their part in an explanation, over all sources. */
  sortBy({ sources }) {
    const weights = new Map();
    for (const { part, because } of sources) {
      for (const { id, share } of because) weights.set(id, (weights.get(id) ?? 0) + Math.abs(part * share));
    }
    this.order = this.order.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  }
}

/** @returns {[string, number][]} */
function pairsOf({ ratings = [] }) {
  return Array.isArray(ratings) ? ratings : Object.entries(ratings);
}
