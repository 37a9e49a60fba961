// The public interface of `foldin/service-worker`, written by hand.

/**
 * Makes a service worker of the site answer HTTP endpoints with recommendations, and keep the site's files for use
 * offline. Call it once, at the top of a module service worker:
 *
 * @example
 * // sw.js, at the root of the site
 * import { serve } from "./foldin/service-worker.js";
 * serve({ manifest: "model/manifest.json", endpoints: "foldin/", shell: "files.json" });
 *
 * // on the page
 * navigator.serviceWorker?.register("sw.js", { type: "module" });
 *
 * Endpoints, for GET and HEAD, below `endpoints`:
 *
 * - `health`, `stats`: what `health()` and `stats()` of a loaded model return
 * - `recommend?user_id=1&k=10`: for a known user, if the model contains users; what the user has rated is left out
 * - `recommend_cold?liked=1,2,3&k=10`: for someone who likes these; an empty `liked=` gives popular items
 * - `similar?id=1&k=10&by=taste`
 * - `compare?liked=1,2,3&k=10&strategies=taste,hybrid`, or with `user_id`; by default all strategies of the model
 *
 * Answers are those of the package, as JSON. Errors are `{ "error": { "code", "message" } }`, with status 400 for an
 * invalid request, 404 for an unknown id or user and for what the model does not contain, 405 for another method, 500
 * for an error in foldin, and 503 if the model cannot be loaded. The headers `server-timing` and `x-foldin-ms` contain
 * the time of the answer. The host answers all other paths below `endpoints`. Ids with a comma cannot be in a list. The
 * worker controls pages that are opened after it was installed: before that, the host answers the endpoints.
 *
 * The shell: when the worker is installed, it stores all files in the list; installation fails if one is missing. Later
 * the network comes first; a stored file is used if the network fails, answers with 5xx, or takes longer than three
 * seconds. `about.html`, `about` and `about/` are one page: hosts that redirect from one to the other work too. The list is
 * fetched whenever a page is opened. A page that the network answers replaces the stored one only if the list is there
 * too, so that a foreign login page does not. When the list (or its ETag or Last-Modified) has changed, all its
 * files are fetched again. The worker ignores the model's folder, other origins, and everything outside of its scope.
 *
 * With `visited`, the list may be short: what a visitor opens is stored as well, up to 500 files, except downloads and
 * answers with `cache-control: no-store`. Once the host answers 404 or 410 for the list, the worker unregisters itself
 * and deletes what it has stored. `foldin site --offline` writes such a worker.
 */
export function serve(options?: ServeOptions): void;

/** Addresses are relative to that of the service worker. */
export interface ServeOptions {
  /** The model's manifest. Default: `model/manifest.json`. */
  manifest?: string;
  /** The folder under which the endpoints are answered, with a slash at its end. Default: `foldin/`. */
  endpoints?: string;
  /** A JSON array of the relative URLs to store, as `foldin build` writes it. Default: none; nothing is stored. */
  shell?: string;
  /** Also store the files that a visitor opens, each when it is opened. Works with `shell` only. Default: false. */
  visited?: boolean;
}
