// The public interface of `foldin/element`, written by hand. Importing the module defines both elements.

import type { Answer, Foldin, FoldinError, Item, Recommendation } from "./foldin.js";
import type { Profile } from "./profile.js";

/**
 * What both elements share. Attributes, which may change at any time:
 *
 * - `src`: the model's manifest. Default: `model/manifest.json`. Elements with the same one share one loaded model.
 * - `profile-key`: name of the profile in `localStorage`; `none`: not stored, shared by the elements of the page.
 *   Default: one for each model, `foldin:profile:/folder/of/the/model/`.
 * - `heading`: text above the element; empty for none
 * - `texts`: a JSON object of {@link Texts}
 * - `loading="lazy"`: loads when scrolled near
 *
 * Slots: `heading`, `loading`, `empty`, `error`. The attribute `data-state` is `loading`, `ready`, `empty` or `error`.
 * Parts: `heading`, `list`, `message`, `button`, `status`.
 *
 * Custom properties: `--foldin-accent`, `--foldin-border` (colour), `--foldin-radius`, `--foldin-column` (minimum
 * width of a column, default `15em`, in the picker `10em`), `--foldin-columns` (maximum number of columns, default 3, in
 * the picker 4), `--foldin-surface` and `--foldin-surface-text` (background and text of the list of found titles; set
 * both or none; default: the browser's own pair, which follows `color-scheme`). Fonts and all other colours are those of
 * the surrounding text.
 *
 * Events, all bubbling out of any shadow tree: {@link FoldinEvents}.
 */
declare class FoldinElement extends HTMLElement {
  /** All texts. Those that were set are in the attribute, and replace the English ones. */
  get texts(): Texts;
  set texts(texts: Partial<Texts>);
  /** The profile that is shown; `undefined` before the element loads, and while it is not in a page. */
  readonly profile: Profile | undefined;
  /** Shows everything anew. Happens automatically after every change. */
  update(): Promise<void>;
}

/**
 * `<foldin-recommendations>`: recommendations for the stored profile, with reasons. More attributes:
 *
 * - `liked`: ids separated by commas that count as likes for this element only, in addition to the stored profile; ids
 *   that the model does not have are left out
 * - `k` (default 6), `strategy`, `diversity`: as in a `Request`; `genres`: separated by commas; `years`:
 *   `1980-1999`
 * - `href`: address of an item's page, such as `films/{id}.html`; without it titles are not links
 * - `controls`: buttons to like, dislike, and mark as seen
 *
 * A `<template>` inside it, with one element, is copied for each item into the page's own tree, with `{id}`,
 * `{title}`, `{year}`, `{genres}`, `{stars}` and `{reason}` replaced in texts and attributes. Parts: `controls`,
 * `control`, and without a template `item`, `title`, `about`, `reason`.
 */
export class FoldinRecommendations extends FoldinElement {}

/**
 * `<foldin-picker>`: a search field, `k` (default 12) titles to tap, and buttons to export, import and forget the
 * profile. Parts: `combobox`, `search`, `listbox`, `option`, `pick`, `tools`.
 */
export class FoldinPicker extends FoldinElement {}

/** All texts of the elements. Names in braces are replaced. */
export interface Texts {
  heading: string;
  popularHeading: string;
  /** `{titles}` */
  because: string;
  /** A reason by the attribute `liked`: `{titles}` */
  goesWith: string;
  popular: string;
  recent: string;
  "top-rated": string;
  /** `{title}`, as in the next two */
  like: string;
  dislike: string;
  markSeen: string;
  /** For screen readers, after a change: `{count}`, `{title}` */
  updated: string;
  empty: string;
  error: string;
  retry: string;
  pickerHeading: string;
  search: string;
  notFound: string;
  export: string;
  import: string;
  forget: string;
  reallyForget: string;
  badFile: string;
}

export interface FoldinEvents {
  /** The model is loaded; `foldin` answers further calls. */
  "foldin-ready": CustomEvent<{ foldin: Foldin }>;
  /** A list is shown. */
  "foldin-results": CustomEvent<Answer<Recommendation>>;
  /** A link or button of an item was activated; `preventDefault()` keeps the browser from following a link. */
  "foldin-select": CustomEvent<{ item: Item }>;
  /** The visitor has changed the profile here. */
  "foldin-change": CustomEvent<{ profile: Profile }>;
  /** Loading, an answer or an import failed. */
  "foldin-error": CustomEvent<{ error: FoldinError }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "foldin-recommendations": FoldinRecommendations;
    "foldin-picker": FoldinPicker;
  }
  interface GlobalEventHandlersEventMap extends FoldinEvents {}
}
