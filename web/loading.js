// Starts loading the model before the rest of the page has arrived, since it takes longest, and shows the progress.

import { loadDescriptions } from "./descriptions.js";
import { load } from "./foldin/foldin.js";
import { size } from "./labels.js";

const files = new Map();
let isReady = false;

/** The loaded model, once the descriptions have arrived too. */
export const loading = loadAll();
// It may fail before anyone waits for it.
loading.catch(() => {});

async function loadAll() {
  const [foldin] = await Promise.all([load("model/manifest.json", { onProgress: showProgress }), loadDescriptions()]);
  return foldin;
}

/** Shows the bytes that have arrived, as a part of all bytes announced so far. */
function showProgress(progress) {
  // Views may fetch further files later; nobody waits for those here.
  isReady ||= progress.type === "ready";
  if (isReady) return;
  files.set(progress.file, progress);
  let loaded = 0;
  let total = 0;
  for (const file of files.values()) {
    loaded += file.loaded;
    total += file.total ?? file.loaded;
  }
  // The first bytes may arrive before the page has been parsed.
  const bar = document.getElementById("progress");
  if (!bar || total === 0) return;
  bar.value = loaded / total;
  for (const text of document.querySelectorAll(".loading")) text.textContent = `Loading ${size(total)}, once`;
}
