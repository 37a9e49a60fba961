// The public interface of `foldin/service-worker`, written by hand.

/**
 * Makes a service worker of the site's own answer HTTP endpoints with recommendations, and keep the site's shell for
 * times without a network. To be called once, at the top of a module service worker:
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
 * - `health`, `stats`: what `health()` and `stats()` of a loaded model say
 * - `recommend?user_id=1&k=10`: to a known user, where the model holds users
 * - `recommend_cold?liked=1,2,3&k=10`: to somebody who likes these; nothing after `liked=` gives popular items
 * - `similar?id=1&k=10&by=taste`
 * - `compare?liked=1,2,3&k=10&strategies=taste,hybrid`, or with `user_id`; without `strategies` all that the model has
 *
 * Answers are those of the package, as JSON; errors are `{ "error": { "code", "message" } }` with 400 for what is asked
 * wrongly, 404 for an unknown id or user and for what the model does not hold, 405 for another method, 500 for
 * an error in foldin and 503 where the model cannot be loaded. The time it took stands in `server-timing` and
 * `x-foldin-ms`. All other paths below `endpoints` are the host's, as ever. Ids with a comma in them cannot be in a list.
 * A page's first visit ends before the worker is in charge of it: until then, endpoints are the host's 404.
 *
 * The shell: all files in the list are kept when the worker is installed, which fails if one of them is missing. Later
 * the network comes first; the kept copy stands in where it fails, answers with 5xx, or takes longer than three seconds.
 * At every visit the list is asked for, and when it (or its ETag or Last-Modified) has changed, all files in it are
 * fetched anew. The model's folder, other origins and what lies outside of the worker's scope are never touched.
 */
export function serve(options?: ServeOptions): void;

/** Addresses are relative to the service worker's own. */
export interface ServeOptions {
  /** The model's manifest. Default: `model/manifest.json`. */
  manifest?: string;
  /** The folder under which the endpoints are answered, with a slash at its end. Default: `foldin/`. */
  endpoints?: string;
  /** A JSON array of the relative URLs to keep, as `foldin build` writes it. Default: none, nothing is kept. */
  shell?: string;
}
