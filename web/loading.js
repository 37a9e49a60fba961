// Starts loading the model before the rest of the page has arrived, since it takes longest, and shows the progress.

import { load } from "./foldin/foldin.js";
import { size } from "./labels.js";
import { FLAG, hasOwnModel } from "./own.js";

const files = new Map();
let isReady = false;
let isFramePending = false;

/** The visitor's own model, where this browser has one. */
export const own = readOwn();
export const loading = loadModel();
// It may fail before anyone waits for it.
for (const promise of [own, loading]) promise.catch(() => {});

async function loadModel() {
  return load((await own) ?? "model/manifest.json", { onProgress: noteProgress });
}

/** @returns {Promise<import("./own-model.js").OwnModel | undefined>} */
async function readOwn() {
  if (!hasOwnModel()) return undefined;
  const { ownModel } = await import("./later.js");
  const model = await ownModel.readOwnModel();
  if (!model) {
    // The browser has deleted it: the page goes on as if there had never been one.
    localStorage.removeItem(FLAG);
    location.reload();
  }
  return model;
}

/** Notes what has arrived. Chunks come faster than anything is drawn, so that it is shown once a frame. */
function noteProgress(progress) {
  // Views may fetch further files later; nobody waits for those here.
  isReady ||= progress.type === "ready";
  files.set(progress.file, progress);
  if (isReady || isFramePending) return;
  isFramePending = true;
  requestAnimationFrame(() => {
    isFramePending = false;
    if (!isReady) showProgress();
  });
}

/** Shows the bytes that have arrived, as a part of all bytes announced so far. */
function showProgress() {
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
