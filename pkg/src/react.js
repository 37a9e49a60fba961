// The package `foldin/react`: a hook. react.d.ts documents it.

import { useEffect, useState } from "react";
import { follow, LOADING } from "./follow.js";

/** @param {import("../react.d.ts").RecommendationsOptions} [options] */
export function useRecommendations(options = {}) {
  const [recommendations, show] = useState(LOADING);
  // As text, since a component may pass an equal object at every render.
  const asked = JSON.stringify(options);
  useEffect(() => follow(JSON.parse(asked), show), [asked]);
  return recommendations;
}
