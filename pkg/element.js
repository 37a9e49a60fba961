// The package `foldin/element`: defines <foldin-recommendations> and <foldin-picker>. Documented in element.d.ts.

import { FoldinPicker } from "./elements/picker.js";
import { FoldinRecommendations } from "./elements/recommendations.js";

export { FoldinPicker, FoldinRecommendations };

// A page may have got this module twice, under two addresses.
if (!customElements.get("foldin-recommendations")) {
  customElements.define("foldin-recommendations", FoldinRecommendations);
  customElements.define("foldin-picker", FoldinPicker);
}
