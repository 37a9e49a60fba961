// A whole site around the visitor's model as one zip archive: the model, the package, and a page with the two tags.

import { PAGE } from "./page-template.js";
import { save } from "./save.js";

/** Files of the package that a site does not need for recommendations. */
const NOT_NEEDED = /\/(train|train-worker|profile|related)\.js$|foldin_train/;

/**
 * Gives the visitor the archive.
 *
 * @param {import("../../own-model.js").OwnModel} own
 */
export async function downloadSite(own) {
  save(await siteOf(own), `${fileName(own.name)}.zip`);
}

/** @param {import("../../own-model.js").OwnModel} own */
async function siteOf({ name, files }) {
  // Only where it is needed: a page may have been built without it.
  const { zip } = await import("../../foldin/train.js");
  const model = Object.entries(files).map(([path, bytes]) => [`model/${path}`, bytes]);
  const page = PAGE.replaceAll("{name}", escaped(name));
  return zip(Object.fromEntries([["index.html", page], ...model, ...(await packageFiles())]));
}

/** The files of the package, as this page's host has them: they are the same for everyone. */
async function packageFiles() {
  const all = await (await fetched("files.json")).json();
  const names = all.filter((name) => name.startsWith("foldin/") && !NOT_NEEDED.test(name));
  return Promise.all(names.map(async (name) => [name, new Uint8Array(await (await fetched(name)).arrayBuffer())]));
}

async function fetched(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name} could not be read: the host answers with HTTP status ${response.status}`);
  return response;
}

function fileName(name) {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") || "recommendations";
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.codePointAt(0)};`);
}
