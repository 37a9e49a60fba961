// The public interface of `foldin/element`, `foldin/recommendations` and `foldin/picker`, written by hand. Importing
// `foldin/element` defines both elements, the other two one each. On a server the import does nothing.

import type { Answer, Foldin, FoldinError, Item, LoadOptions, Recommendation, Strategy } from "./foldin.js";
import type { Profile } from "./profile.js";

/**
 * What both elements share. Attributes, which may change at any time. Each is a property too (`profile-key` is
 * `profileKey`), which takes strings, numbers, arrays and objects, never throws, and changes the attribute; `null`,
 * `undefined` and `false` remove it.
 *
 * - `src`: the model's manifest. Default: `model/manifest.json`. A relative address is resolved once, against the page on
 *   which the element is first connected or `src` is set: a router may change the page's address later. Elements with the
 *   same address share one loaded model, which is closed ten seconds after the last of them has left the page.
 * - `profile-key`: name of the profile in `localStorage`; `none`: not stored, shared by the elements of the page.
 *   Default: one for each model, `foldin:profile:/folder/of/the/model/`.
 * - `heading`: text above the element; empty for none
 * - `texts`: a JSON object of {@link Texts}
 * - `loading="lazy"`: loads when scrolled near
 *
 * What cannot be used, such as an unknown genre or `k="0"`, is left out and reported by `foldin-warning`; the list stays.
 *
 * Slots: `heading`, `loading`, `empty`, `error`. The state is `loading`, `ready`, `empty` or `error`: in CSS
 * `:state(ready)` (Chromium 125, Firefox 126, Safari 17.4 or later), in scripts the property `state`. Parts: `heading`,
 * `list`, `message`, `button`, `status`.
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
  get src(): string | null;
  set src(src: string | null | undefined);
  get profileKey(): string | null;
  set profileKey(key: string | null | undefined);
  get heading(): string | null;
  set heading(heading: string | null | undefined);
  get loading(): string | null;
  set loading(loading: string | null | undefined);
  get k(): number;
  set k(k: number | string | null | undefined);
  /** All texts. Those that were set are in the attribute, and replace the English ones. */
  get texts(): Texts;
  set texts(texts: Partial<Texts> | string | null | undefined);
  readonly state: State;
  /** The profile that is shown; `undefined` before the element loads, and while it is not in a page. */
  readonly profile: Profile | undefined;
  /** Shows everything anew. Happens automatically after every change. */
  update(): Promise<void>;
}

/** What an element shows. */
export type State = "loading" | "ready" | "empty" | "error";

/**
 * `<foldin-recommendations>`: recommendations for the stored profile, with reasons. More attributes:
 *
 * - `liked`: ids separated by commas that count as likes for this element only, in addition to the stored profile; ids
 *   that the model does not have are left out
 * - `k` (default 6), `strategy`, `diversity` (default: `freeDiversity` of the model's `Info`): as in a `Request`; `genres`: separated by commas, in any case; `years`:
 *   `1980-1999`, `1980-`, `-1999` or `1979`
 * - `href`: address of an item's page, such as `films/{id}.html`; without it titles are not links. Slashes in an id
 *   stay, all other characters are encoded. `{url}` is the id (or the item's own address, if the model has one) without
 *   any encoding. An address with a scheme other than http, https, mailto, tel and the page's own gives no link.
 * - `controls`: buttons to like, dislike, and mark as seen; `controls="false"` is off
 *
 * A `<template>` inside it, or a child with `slot="item" hidden` (which frameworks can hydrate), is copied for each item,
 * with `{id}`, `{url}`, `{title}`, `{year}`, `{genres}`, `{stars}` and
 * `{reason}` replaced. The copies are in the element's shadow tree, so that frameworks do not meet nodes that they did
 * not write; the page's style sheets apply there, except for selectors that begin outside of the copy.
 *
 * Ids and titles come from a data set and must not become code. So only these are filled: texts; `alt`, `aria-…`,
 * `class`, `datetime`, `dir`, `download`, `for`, `id`, `label`, `lang`, `name`, `part`, `placeholder`, `title`, `value`;
 * `data-…` and `data-item-…` with `id`, `title`, `year`, `genre`, `genres`, `stars`, `reason`, `url`, `label` or
 * `category`; and as addresses `href`, `src`, `srcset`, `poster` and `cite`. Scripts in a template are left out.
 *
 * Parts: `controls`, `control`, and without a template `item`, `title`, `about`, `reason`.
 */
export class FoldinRecommendations extends FoldinElement {
  get liked(): string[];
  set liked(ids: readonly string[] | string | null | undefined);
  get strategy(): string | null;
  set strategy(strategy: Strategy | (string & {}) | null | undefined);
  get diversity(): number;
  set diversity(diversity: number | string | null | undefined);
  get genres(): string[];
  set genres(genres: readonly string[] | string | null | undefined);
  get years(): string | null;
  set years(years: readonly [first: number, last: number] | string | number | null | undefined);
  get href(): string | null;
  set href(href: string | null | undefined);
  get controls(): boolean;
  set controls(controls: boolean | string | null | undefined);
}

/**
 * `<foldin-picker>`: a search field, `k` (default 12) titles to tap, and buttons to export, import and forget the
 * profile. Parts: `combobox`, `search`, `listbox`, `option`, `pick`, `tools`, `forget`, `question`.
 */
export class FoldinPicker extends FoldinElement {}

/**
 * Options with which the elements and `useRecommendations` load models, such as `wasm` and `workerUrl` where a bundler has
 * put these files elsewhere, or `onEvent`. Call it in the module that imports the elements, before any of them loads.
 *
 * @example
 * import { setLoadOptions } from "foldin/element";
 * setLoadOptions({ wasm: "/assets/foldin_bg.wasm", workerUrl: "/assets/worker.js" });
 */
export function setLoadOptions(options: Omit<LoadOptions, "signal">): void;

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
  keep: string;
  badFile: string;
  /** Some stored picks are invalid. */
  dropped: string;
}

export interface FoldinEvents {
  /** The model is loaded; `foldin` answers further calls while an element with this model is on the page. */
  "foldin-ready": CustomEvent<{ foldin: Foldin }>;
  /** A list is shown. */
  "foldin-results": CustomEvent<Answer<Recommendation>>;
  /** A link or button of an item was activated; `preventDefault()` keeps the browser from following a link. */
  "foldin-select": CustomEvent<{ item: Item }>;
  /** The visitor has changed the profile here. */
  "foldin-change": CustomEvent<{ profile: Profile }>;
  /** An attribute or a part of the template cannot be used and is left out. Each problem is reported once. */
  "foldin-warning": CustomEvent<{ error: FoldinError }>;
  /** Loading, an answer or an import failed. */
  "foldin-error": CustomEvent<{ error: FoldinError }>;
}

/** The attributes in JSX and Vue templates. Everything else, such as `className`, `ref` or `style`, is allowed too. */
interface PickerAttributes {
  src?: string | undefined;
  "profile-key"?: string | undefined;
  heading?: string | undefined;
  k?: number | string | undefined;
  loading?: "lazy" | "eager" | undefined;
  texts?: Partial<Texts> | string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: the types of frameworks are not known here
  [attribute: string]: any;
}

interface RecommendationsAttributes extends PickerAttributes {
  liked?: readonly string[] | string | undefined;
  strategy?: Strategy | undefined;
  diversity?: number | string | undefined;
  genres?: readonly string[] | string | undefined;
  years?: readonly [first: number, last: number] | string | undefined;
  href?: string | undefined;
  controls?: boolean | string | undefined;
}

interface Elements {
  "foldin-recommendations": RecommendationsAttributes;
  "foldin-picker": PickerAttributes;
}

declare global {
  interface HTMLElementTagNameMap {
    "foldin-recommendations": FoldinRecommendations;
    "foldin-picker": FoldinPicker;
  }
  interface GlobalEventHandlersEventMap extends FoldinEvents {}
  /** JSX of React 18, Preact and others. */
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}

// JSX of React 19 and Vue's templates, where they are installed.
// @ts-ignore: React may not be installed
declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
// @ts-ignore: Vue may not be installed
declare module "vue" {
  interface GlobalComponents {
    "foldin-recommendations": new () => { $props: RecommendationsAttributes };
    "foldin-picker": new () => { $props: PickerAttributes };
  }
}
