// The package `foldin/element`: defines <foldin-recommendations> and <foldin-picker>. element.d.ts documents them.

import { define } from "./elements/define.js";
import { FoldinPicker } from "./elements/picker.js";
import { FoldinRecommendations } from "./elements/recommendations.js";
import { setLoadOptions } from "./shared-models.js";

export { FoldinPicker, FoldinRecommendations, setLoadOptions };

define("foldin-recommendations", FoldinRecommendations);
define("foldin-picker", FoldinPicker);
