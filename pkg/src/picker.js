// The package `foldin/picker`: defines <foldin-picker> alone.

import { define } from "./elements/define.js";
import { FoldinPicker } from "./elements/picker.js";
import { setLoadOptions } from "./shared-models.js";

export { FoldinPicker, setLoadOptions };

define("foldin-picker", FoldinPicker);
