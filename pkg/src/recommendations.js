// The package `foldin/recommendations`: defines <foldin-recommendations> alone.

import { define } from "./elements/define.js";
import { FoldinRecommendations } from "./elements/recommendations.js";
import { setLoadOptions } from "./shared-models.js";

export { FoldinRecommendations, setLoadOptions };

define("foldin-recommendations", FoldinRecommendations);
