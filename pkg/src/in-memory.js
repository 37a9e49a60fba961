// Models that are in memory, such as those that `foldin/train` has just learned: a model folder as an object of bytes.

import { FoldinError, invalid } from "./error.js";

/**
 * Where a model in memory seems to be: a host that never exists (RFC 2606), so that its files have addresses like others.
 */
export const IN_MEMORY = new URL("https://model.invalid/manifest.json");

/**
 * The files of a model in memory; `undefined` for an address.
 *
 * @param {unknown} source
 * @returns {import("../foldin.d.ts").ModelFolder["files"] | undefined}
 */
export function folderIn(source) {
  if (source === null || typeof source !== "object" || source instanceof URL) return undefined;
  const { files } = /** @type {{ files?: unknown }} */ (source);
  if (files === null || typeof files !== "object") {
    throw invalid("model.files", files, "an object of paths and bytes, with manifest.json among the paths");
  }
  for (const [path, bytes] of Object.entries(files)) {
    if (!(bytes instanceof Uint8Array)) throw invalid(`model.files["${path}"]`, bytes, "a Uint8Array");
  }
  return /** @type {Record<string, Uint8Array>} */ (files);
}

/**
 * A copy of a file: a worker takes over what it is given, and the caller may load the model again.
 *
 * @param {import("./files.js").ModelFile} file
 * @param {import("../foldin.d.ts").ModelFolder["files"]} files
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function readFromMemory({ name, url }, files) {
  const path = decodeURI(url.pathname.slice(1));
  if (Object.hasOwn(files, path)) return new Uint8Array(/** @type {Uint8Array<ArrayBuffer>} */ (files[path]));
  const message = `the ${name} is missing: model.files has no "${path}". Pass all files that the training gave`;
  throw new FoldinError("not-found", message);
}
