// The package `foldin/element`: defines <foldin-recommendations> and <foldin-picker>. element.d.ts documents them.

import { FoldinPicker } from "./element-picker.js";
import { FoldinRecommendations } from "./element-recommendations.js";

export { FoldinPicker, FoldinRecommendations };

// A page may import this module twice, from two addresses.
if (!customElements.get("foldin-picker")) {
  customElements.define("foldin-recommendations", FoldinRecommendations);
  customElements.define("foldin-picker", FoldinPicker);
}
