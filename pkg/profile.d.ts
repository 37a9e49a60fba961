// The public interface of `foldin/profile`, written by hand.

import type { Profile as ProfileRequest } from "./foldin.js";

/**
 * What a visitor said of items, kept in this browser's `localStorage` and nowhere else.
 *
 * An item has one signal: what is said of it last takes the place of what was said before, and counts as the newest. At
 * most 10,000 are kept, the newest. Where storage is blocked or full, everything works until the page is left; what is
 * not a stored profile counts as an empty one.
 *
 * On one page there is one profile to a key: asked for twice, `new Profile` gives the same object. Other pages and tabs
 * follow by the browser's storage events.
 *
 * @example
 * const profile = new Profile();
 * profile.like("the-matrix").dislike("titanic").rate("alien", 4.5);
 * const { items } = await foldin.recommend(profile.toRequest());
 * profile.addEventListener("change", show);
 */
export class Profile extends EventTarget {
  /**
   * @param options.key name in `localStorage`; `null`: kept nowhere, and shared with nobody. Default: one for each folder
   * of pages, `foldin:profile:/folder/`.
   */
  constructor(options?: { key?: string | null });

  /**
   * The likes in a link made by {@link Profile.toLink}: a profile of its own that is kept nowhere, empty if the link
   * holds none. `profile.import(Profile.fromLink(url).export())` adds them to a kept one.
   */
  static fromLink(url: string | URL): Profile;

  /**
   * The address with the ids of the newest 100 likes as its fragment: `#liked=alien,the-matrix`. A fragment is not sent
   * to any server. Dislikes, stars and what was seen are not in it.
   *
   * @param url default: that of the page
   */
  toLink(url?: string | URL): string;

  /** How many items have a signal. */
  readonly size: number;
  /** Whether {@link Profile.undo} has anything to take back. */
  readonly canUndo: boolean;
  /** Ids of the items with a signal, the oldest first. */
  ids(): string[];
  /** What was said of an item. */
  signalOf(id: string): Signal | null;

  like(id: string): this;
  dislike(id: string): this;
  /** @throws `invalid-value` if `stars` is not a number of at least 0. */
  rate(id: string, stars: number): this;
  /** Known already: not recommended any more, and says nothing else. */
  markSeen(id: string): this;
  /** Takes the signal of an item away. */
  remove(id: string): this;

  /**
   * Takes the last change back, up to 50 of them; `false` if there is none. Changes from before another tab's, and from
   * before {@link Profile.clear} and {@link Profile.keepOnly}, cannot be taken back.
   */
  undo(): boolean;
  /** Forgets everything, in storage too. Final: it cannot be taken back. */
  clear(): void;
  /** Drops every item but these, such as those that another model does not have. */
  keepOnly(ids: Iterable<string>): void;
  /** Takes over what another tab has stored. Happens by itself; for tests and odd browsers. */
  refresh(): void;

  /** The profile as `recommend` of a loaded model takes it. */
  toRequest(): Required<Omit<ProfileRequest, "ratings">> & { ratings: [id: string, stars: number][] };

  /** The profile as JSON, for a file. */
  export(): string;
  /**
   * Adds an exported profile, as newer than what is here.
   *
   * @throws `FoldinError` with `invalid-profile` if the text is none; nothing is changed then.
   */
  import(text: string): this;

  addEventListener(
    type: "change",
    listener: ((event: Event) => void) | { handleEvent(event: Event): void } | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What was said of an item. */
export type Signal = { type: "liked" | "disliked" | "seen" } | { type: "rated"; stars: number };
