// The manifest: which version of the model is current, and where its files are.

import { FoldinError } from "./error.js";
import { fetchFile } from "./files.js";

/** The newest manifest format that this version reads. */
const NEWEST_FORMAT = 1;

/**
 * Fetches the manifest and gives the entry of its current version.
 *
 * @param {URL} url
 * @param {{ signal: AbortSignal, onProgress: (event: object) => void }} context
 */
export async function fetchManifest(url, context) {
  // The model's files have a hash in their names; the manifest changes in place, so it is asked for anew.
  const bytes = await fetchFile({ name: "manifest", url, cache: "no-cache" }, context);
  const wrong = (what, cause) =>
    new FoldinError("not-a-manifest", `${url} is not the manifest of a foldin model: ${what}. Is the address right?`, {
      url: url.href,
      cause,
    });
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw wrong(`it is not JSON (${error.message})`, error);
  }
  if (!Number.isInteger(manifest?.format)) throw wrong(`it has no "format"`);
  if (manifest.format > NEWEST_FORMAT) {
    const message = `the manifest at ${url} has format ${manifest.format}, and this version of foldin reads up to \
format ${NEWEST_FORMAT}; update foldin`;
    throw new FoldinError("newer-format", message, { url: url.href });
  }
  if (!Array.isArray(manifest.versions)) throw wrong(`it has no list of "versions"`);
  const entry = manifest.versions.find((entry) => entry?.version === manifest.current);
  if (!entry) throw wrong(`its current version ${JSON.stringify(manifest.current)} is not among its versions`);
  for (const name of ["score", "show"]) {
    if (typeof entry.files?.[name]?.path !== "string") throw wrong(`version ${entry.version} has no ${name} file`);
  }
  return entry;
}

/**
 * A file of the model, as `fetchFile` takes it.
 *
 * @param {string} name `score`, `show` or `users`
 * @param {{ path: string, bytes?: number, sha256?: string }} file
 * @param {URL} manifestUrl
 */
export function fileOf(name, { path, bytes, sha256 }, manifestUrl) {
  return { name: `${name} file`, url: new URL(path, manifestUrl), bytes, sha256 };
}
