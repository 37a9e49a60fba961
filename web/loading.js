// Starts to load the model before the rest of the page has come: it is what takes longest.

import { load } from "./foldin/foldin.js";

const files = new Map();

export const loading = load("model/manifest.json", { onProgress: showProgress });
// Whoever waits for it hears of an error; it may happen before anybody does.
loading.catch(() => {});

/** Moves the bar by all bytes that have arrived of those announced so far. */
function showProgress(progress) {
  if (progress.type === "ready") return;
  files.set(progress.file, progress);
  let loaded = 0;
  let total = 0;
  for (const file of files.values()) {
    loaded += file.loaded;
    total += file.total ?? file.loaded;
  }
  // The first bytes may be here before the page's own are read.
  const bar = document.getElementById("progress");
  if (bar && total > 0) bar.value = loaded / total;
}
