// The package `foldin/related`: defines <foldin-related>, a list of pages to read next. related.d.ts documents it.

import { define } from "./elements/define.js";
import { FoldinRelated } from "./related/element.js";
import { setFolder } from "./related/site.js";

export { FoldinRelated };

setFolder(new URL(".", import.meta.url));
define("foldin-related", FoldinRelated);
