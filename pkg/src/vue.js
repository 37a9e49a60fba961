// The package `foldin/vue`: a composable. vue.d.ts documents it.

import { onMounted, shallowRef, toValue, watch } from "vue";
import { follow, LOADING } from "./follow.js";

/** @param {import("vue").MaybeRefOrGetter<import("../vue.d.ts").RecommendationsOptions>} [options] */
export function useRecommendations(options = {}) {
  const recommendations = shallowRef(LOADING);
  // Not before the component is in a page: a server has no model to load.
  onMounted(() => {
    watch(
      () => JSON.stringify(toValue(options)),
      (asked, _, onCleanup) => {
        onCleanup(
          follow(JSON.parse(asked), (now) => {
            recommendations.value = now;
          }),
        );
      },
      { immediate: true },
    );
  });
  return recommendations;
}
