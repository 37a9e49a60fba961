// Starts to load the model before the rest of the page has come: it is what takes longest.

import { load } from "./foldin/foldin.js";
import { size } from "./dom.js";

const files = new Map();
let ready = false;

export const loading = load("model/manifest.json", { onProgress: showProgress });
// Whoever waits for it hears of an error; it may happen before anybody does.
loading.catch(() => {});

/** Moves the bar by all bytes that have arrived of those announced so far, and says how many there are. */
function showProgress(progress) {
  // What rooms fetch later is not waited for here.
  ready ||= progress.type === "ready";
  if (ready) return;
  files.set(progress.file, progress);
  let loaded = 0;
  let total = 0;
  for (const file of files.values()) {
    loaded += file.loaded;
    total += file.total ?? file.loaded;
  }
  // The first bytes may be here before the page's own are read.
  const bar = document.getElementById("progress");
  if (!bar || total === 0) return;
  bar.value = loaded / total;
  for (const words of document.querySelectorAll(".loading")) words.textContent = `Loading ${size(total)}, once`;
}
