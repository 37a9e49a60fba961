// The public interface of `foldin/vue`, written by hand. Importing `foldin/element` types the elements in templates.

import type { MaybeRefOrGetter, ShallowRef } from "vue";
import type { Recommendations, RecommendationsOptions } from "./react.js";

export type { Recommendations, RecommendationsOptions };

/**
 * Recommendations for the stored profile, which follow its changes and those of the options. Components with the same
 * `src` share one loaded model. On a server, and until the model is loaded, the state is `loading`.
 *
 * @example
 * const recommendations = useRecommendations(() => ({ src: "/model/manifest.json", k: props.k }));
 */
export function useRecommendations(options?: MaybeRefOrGetter<RecommendationsOptions>): ShallowRef<Recommendations>;
