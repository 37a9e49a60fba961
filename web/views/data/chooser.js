// Choosing files: dropping them, or by the browser's dialog.

import { element } from "../../dom.js";

/** More files than any data set has. */
const MAX_FILES = 200;

/**
 * @param {(files: File[]) => void} onChoose
 * @returns {{ node: Element, setMissing: (isMissing: boolean) => void }}
 */
export function createChooser(onChoose) {
  const input = element("input", { id: "data-files", type: "file", multiple: true, class: "visually-hidden" });
  input.addEventListener("change", () => {
    if (input.files.length) onChoose([...input.files]);
    // The same file again, after it was changed, is a choice too.
    input.value = "";
  });
  const drop = element(
    "div",
    { class: "data-drop" },
    element("p", {}, "Drop a CSV, JSON Lines, Excel or zip file here, or several files, or a folder."),
    input,
    element("label", { class: "button main", for: "data-files" }, "Choose files"),
  );
  const missing = element(
    "p",
    { class: "panel", hidden: true, role: "status" },
    "This copy of the page has no trainer, or it could not be fetched. Check the connection; whoever builds the page adds " +
      "the trainer with scripts/build-wasm trainer.",
  );
  const help = element(
    "details",
    { class: "data-help" },
    element("summary", {}, "What the file needs"),
    element(
      "p",
      {},
      "One line for each time somebody liked, rated, bought, read or played something: a column for the person, one for " +
        "the thing, and perhaps a rating and a time. Most names are understood, such as user_id, movieId, rating and " +
        "timestamp. A second file with ids, titles, years and genres gives names to the things. Exports of MovieLens and " +
        "Last.fm can be dropped as they are.",
    ),
    element(
      "pre",
      {},
      "user,item,rating,timestamp\nann,alien,5,2030-01-31\nann,amelie,2,2030-02-01\nbob,alien,4,2030-02-03",
    ),
  );
  const node = element("div", { class: "data-choose" }, drop, help, missing);
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const files = await droppedFiles(event.dataTransfer);
    if (files.length) onChoose(files);
  });
  const setMissing = (isMissing) => {
    missing.hidden = !isMissing;
    drop.hidden = isMissing;
  };
  return { node, setMissing };
}

/** The files that were dropped, and those in dropped folders. */
async function droppedFiles({ items, files }) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some(({ isDirectory }) => isDirectory)) return [...files];
  const found = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry, found) {
  if (found.length >= MAX_FILES || entry.name.startsWith(".")) return;
  if (entry.isFile) {
    found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
    return;
  }
  const reader = entry.createReader();
  // Browsers give the entries of a folder in portions, and an empty one at the end.
  for (;;) {
    const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!portion.length) return;
    for (const inner of portion) await collect(inner, found);
  }
}
