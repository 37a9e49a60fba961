// The public interface of `foldin/profile`, written by hand.

import type { Profile as ProfileRequest } from "./foldin.js";

/**
 * What a visitor likes, dislikes, has rated and has seen, stored in this browser's `localStorage` only.
 *
 * An item has one signal: a new signal replaces the old one, and counts as the newest. The newest 10,000 are kept. If
 * storage is blocked or full, the profile lasts until the page is left. Of a stored profile that is damaged or of another
 * time, what can be used is kept, and {@link Profile.dropped} counts the rest. Ids have at most 1,000 characters.
 *
 * On one page there is one profile per key: `new Profile` with the same key returns the same object. Other pages and
 * tabs follow by the browser's storage events.
 *
 * @example
 * const profile = new Profile();
 * profile.like("the-matrix").dislike("titanic").rate("alien", 4.5);
 * const { items } = await foldin.recommend(profile.toRequest());
 * profile.addEventListener("change", show);
 */
export class Profile extends EventTarget {
  /**
   * @param options.key name in `localStorage`; `null`: not stored, and a profile of its own. Default: one for each folder
   * of pages, `foldin:profile:/folder/`.
   */
  constructor(options?: { key?: string | null });

  /**
   * The likes in a link made by {@link Profile.toLink}, as a profile that is not stored; empty if the link has none.
   * `profile.import(Profile.fromLink(url).export())` adds them to a stored one.
   */
  static fromLink(url: string | URL): Profile;

  /**
   * The address with the ids of the newest 100 likes as its fragment: `#liked=alien,the-matrix`. Browsers do not send
   * fragments to servers. The link has no dislikes, ratings or seen items.
   *
   * @param url default: the address of the page
   * @throws `invalid-value` if `url` is not absolute, and outside of a page if there is none
   */
  toLink(url?: string | URL): string;

  /** Number of items with a signal. */
  readonly size: number;
  /** How many stored signals could not be used and were left out; 1 if the stored text is no profile. */
  readonly dropped: number;
  /** Whether there is a change that {@link Profile.undo} can undo. */
  readonly canUndo: boolean;
  /** Ids of the items with a signal, the oldest first. */
  ids(): string[];
  /** The signal of an item; `null` if it has none. */
  signalOf(id: string): Signal | null;

  like(id: string): this;
  dislike(id: string): this;
  /** @throws `invalid-value` if `stars` is not a number of at least 0 and below 3.4e38. */
  rate(id: string, stars: number): this;
  /** Marks an item as known: it is not recommended any more, with no other effect. */
  markSeen(id: string): this;
  /** Removes the signal of an item. */
  remove(id: string): this;

  /**
   * Undoes the last change, up to 50 of them; `false` if there is none. Changes before those of another tab, and before
   * {@link Profile.clear} and {@link Profile.keepOnly}, cannot be undone.
   */
  undo(): boolean;
  /** Deletes everything, in storage too. It cannot be undone. */
  clear(): void;
  /** Drops all items except these, for example those that the model does not have. */
  keepOnly(ids: Iterable<string>): void;
  /** Takes over what another tab has stored. Happens automatically; for tests and unusual browsers. */
  refresh(): void;

  /** The profile in the form that `recommend` of a loaded model takes. */
  toRequest(): Required<Omit<ProfileRequest, "ratings">> & { ratings: [id: string, stars: number][] };

  /** The profile as JSON, for a file. */
  export(): string;
  /**
   * Adds an exported profile; its signals count as newer than the present ones.
   *
   * @throws `FoldinError` with `invalid-profile` if the text is not one; nothing is changed then.
   */
  import(text: string): this;

  addEventListener(
    type: "change",
    listener: ((event: Event) => void) | { handleEvent(event: Event): void } | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What the visitor did with an item. */
export type Signal = { type: "liked" | "disliked" | "seen" } | { type: "rated"; stars: number };
