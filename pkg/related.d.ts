// The public interface of `foldin/related`, written by hand. Importing the module defines the element.

import type { Profile } from "./profile.js";

/**
 * `<foldin-related>`: pages to read next. `foldin site` writes the element with a list of links into each page. For
 * readers who have read other pages of the site, the list becomes personal: pages that were read are not suggested
 * again. What was read is stored in this browser's `localStorage` only; nothing is remembered where the browser sends
 * Global Privacy Control, or inside of an element with `data-foldin-off`, and the list then stays as written.
 *
 * The list has the styles of the page. Classes: `foldin-related-heading`, `foldin-related-list`, `foldin-related-note`,
 * `foldin-related-forget`. Attributes:
 *
 * - `src`: address of the site's folder `foldin/`. Default: the folder that the script is in.
 * - `k`: how many pages are shown. Default: as many as the page came with, else 6.
 * - `cards`: pictures and dates are shown
 * - `read-after` (default 10): seconds after which the page counts as read
 * - `read-share` (default 0.5): share of the page, 0 to 1, after which it counts as read when scrolled to
 * - `profile-key`: name in `localStorage`. Default: one for each site, `foldin:read:/path/of/the/site/`.
 * - `data-page`: id of the page. Default: what `foldin site` wrote into the list, else the path of the page.
 *
 * Events, both bubbling: `foldin-ready` with `detail.personal`, and `foldin-error` with `detail.error`.
 */
export class FoldinRelated extends HTMLElement {
  /** How many pages are shown. */
  readonly k: number;
  /** The pages that this reader has read here, as likes. */
  readonly profile: Profile;
  /** Shows everything anew. Happens by itself when the element comes near the viewport. */
  update(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "foldin-related": FoldinRelated;
  }
}
