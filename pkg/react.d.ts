// The public interface of `foldin/react`, written by hand. Importing `foldin/element` types the elements in JSX.

import type { Foldin, FoldinError, Recommendation, Request } from "./foldin.js";
import type { Profile } from "./profile.js";

/**
 * Recommendations for the stored profile, which follow its changes. Components with the same `src` share one loaded
 * model. On a server, and until the model is loaded, the state is `loading`.
 *
 * @example
 * const { state, items, profile } = useRecommendations({ src: "/model/manifest.json", k: 6 });
 * if (state !== "ready") return null;
 * return items.map(({ id, title }) => <button key={id} onClick={() => profile?.like(id)}>{title}</button>);
 */
export function useRecommendations(options?: RecommendationsOptions): Recommendations;

/** A {@link Request}, and where the model and the profile are. Plain data; compared by content. */
export interface RecommendationsOptions extends Request {
  /** The model's manifest, relative to the page at the time of the call. Default: `model/manifest.json`. */
  src?: string;
  /** Name of the profile in `localStorage`; `null`: not stored. Default: one for each model, as in the elements. */
  profileKey?: string | null;
  /** Ids that count as likes here only, in addition to the profile; unknown ids are left out. */
  liked?: readonly string[];
}

export interface Recommendations {
  readonly state: "loading" | "ready" | "empty" | "error";
  readonly items: readonly Recommendation[];
  /** Why the state is `error`. */
  readonly error: FoldinError | null;
  /** The loaded model, for further calls while the component is mounted. */
  readonly foldin: Foldin | null;
  /** The visitor's profile: `profile.like(id)` changes the list. */
  readonly profile: Profile | null;
}
