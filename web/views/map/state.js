// The state of the map, without the DOM: the items as points, the genres shown, and the visitor.

import { SHAPES } from "./shapes.js";

/** The number of items in the list beside the map. */
const N_NEAR = 12;
/**
 * The best known of so many times more points are listed: where few people like an item, its place on the map rests on
 * little. Around a visitor, and around the centre.
 */
const WIDER_AROUND_VISITOR = 4;
const WIDER_AROUND_CENTRE = 6;
/** The recommendations that get a label before other titles. */
const N_LABELLED = 5;
/** In `colours`: a point without a coloured genre. */
const NO_COLOUR = 255;

/** @typedef {{ x: number, y: number }} Place a position on the map, 0 to 1 */

export class MapState {
  /** Items by point, `null` until they have arrived. */
  items;
  /** Number of each point's colour and shape. */
  colours;
  /** Popularity of each point, 0 to 255. */
  weights;
  /** 1 for points that the chosen genres exclude. */
  faint;
  /** Names of parts of the map, by level; empty until all items have arrived. */
  islands = [];
  /** The genres with a colour of their own, the most frequent first. */
  colouredGenres = [];
  /** The genres shown; all if empty. */
  chosenGenres = new Set();
  /** Points of liked items. */
  liked = [];
  /** Points of recommended items. */
  recommended = [];
  /** The visitor's place; `null` without a like. */
  place = null;
  /** The visitor's place as drawn, which moves to `place`. */
  drawnPlace = null;
  /** The visitor's earlier places, the oldest first. */
  trail = [];
  /** The point under the pointer, or -1. */
  hovered = -1;
  /** The point whose card is open, or -1. */
  selected = -1;
  #pointOf;

  /**
   * @param {import("../../foldin/foldin.d.ts").TasteMap} map its items become points in the same order, the most liked
   * first
   */
  constructor({ ids, x, y }) {
    this.ids = ids;
    this.x = x;
    this.y = y;
    this.items = new Array(ids.length).fill(null);
    this.colours = new Uint8Array(ids.length).fill(NO_COLOUR);
    this.weights = new Uint8Array(ids.length);
    this.faint = new Uint8Array(ids.length);
    this.#pointOf = new Map(ids.map((id, point) => [id, point]));
  }

  get size() {
    return this.ids.length;
  }

  /** The point of an item; `undefined` if it is not on the map. */
  pointOf(id) {
    return this.#pointOf.get(id);
  }

  /** @returns {Place} */
  placeOf(point) {
    return { x: this.x[point], y: this.y[point] };
  }

  /** Adds items that have arrived. The first call must contain the most liked item. */
  addItems(items) {
    const mostLikes = Math.max(1, this.items[0]?.likes ?? items[0]?.likes ?? 1);
    for (const item of items) {
      const point = this.pointOf(item.id);
      this.items[point] = item;
      this.weights[point] = Math.round(255 * Math.sqrt(item.likes / mostLikes));
      this.#paint(point);
    }
  }

  /**
   * Gives the genres that are most frequent among some items a colour.
   *
   * @param {string[]} genres all genres
   * @param {{ genres: string[] }[]} items
   * @returns {string[]} all genres, the most frequent first
   */
  rankGenres(genres, items) {
    const frequency = new Map();
    for (const item of items) {
      for (const genre of item.genres) frequency.set(genre, (frequency.get(genre) ?? 0) + 1);
    }
    const ranked = [...genres].sort((a, b) => (frequency.get(b) ?? 0) - (frequency.get(a) ?? 0));
    this.colouredGenres = ranked.slice(0, SHAPES.length);
    this.#paintAll();
    return ranked;
  }

  /** Shows or hides a genre; returns whether it is chosen now. */
  toggleGenre(genre) {
    const isChosen = !this.chosenGenres.delete(genre);
    if (isChosen) this.chosenGenres.add(genre);
    this.#paintAll();
    return isChosen;
  }

  /** Whether the chosen genres include a point. */
  isShown(point) {
    return this.faint[point] === 0;
  }

  /**
   * Sets what follows from the profile.
   *
   * @param {{ liked: string[], recommended: string[], place: Place | null, trail: Place[] }} visitor with ids of items
   */
  setVisitor({ liked, recommended, place, trail }) {
    const pointsOf = (ids) => ids.map((id) => this.pointOf(id)).filter((point) => point !== undefined);
    this.liked = pointsOf(liked);
    this.recommended = place ? pointsOf(recommended) : [];
    this.place = place;
    this.trail = trail;
  }

  /** What a point means to the visitor. */
  statusOf(point) {
    if (this.liked.includes(point)) return "liked";
    return this.recommended.includes(point) ? "recommended" : null;
  }

  /** The points that get a label before all others. */
  labelledFirst() {
    const selected = this.selected >= 0 ? [this.selected] : [];
    return [...new Set([...selected, ...this.liked, ...this.recommended.slice(0, N_LABELLED)])];
  }

  /**
   * The points in the list beside the map: the best known around the visitor, the nearest first, or around the centre,
   * the best known first.
   *
   * @param {{ around: Function }} index
   * @param {Place} centre
   */
  pointsNear(index, centre) {
    const isShown = (point) => this.isShown(point);
    const { x, y } = this.place ?? centre;
    const around = index.around(x, y, N_NEAR * (this.place ? WIDER_AROUND_VISITOR : WIDER_AROUND_CENTRE), isShown);
    // Points are in the order of likes.
    const bestKnown = around.toSorted((a, b) => a - b).slice(0, N_NEAR);
    return this.place ? around.filter((point) => bestKnown.includes(point)) : bestKnown;
  }

  #paintAll() {
    for (let point = 0; point < this.size; point++) this.#paint(point);
  }

  /**
   * The colour of a point is that of its rarest coloured genre, the most specific one; among the chosen genres, if
   * there are any.
   */
  #paint(point) {
    const { chosenGenres } = this;
    const genres = this.items[point]?.genres ?? [];
    const passes = chosenGenres.size === 0 || genres.some((genre) => chosenGenres.has(genre));
    this.faint[point] = passes ? 0 : 1;
    const candidates = passes && chosenGenres.size > 0 ? genres.filter((genre) => chosenGenres.has(genre)) : genres;
    const best = Math.max(-1, ...candidates.map((genre) => this.colouredGenres.indexOf(genre)));
    this.colours[point] = best < 0 ? NO_COLOUR : best;
  }
}
