// The manifest: which versions of the model there are, and where their files lie.

import { FoldinError, invalid } from "./error.js";
import { chooseVariant } from "./variants.js";

/** The newest manifest format that this version reads. */
const NEWEST_FORMAT = 1;

/**
 * Reads a manifest and chooses the version to load.
 *
 * @param {Uint8Array} bytes
 * @param {URL} url where it lies
 * @param {{ variant?: string, visitor?: string }} wanted
 * @returns `entry`: the version; `variant`: its name, where it was chosen among several or asked for; `files`: addresses
 * of all files that a visitor may get from this manifest now
 */
export function readManifest(bytes, url, { variant: forced, visitor }) {
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
  const { versions, current, variants = [] } = manifest;
  if (!Array.isArray(versions)) throw wrong(`it has no list of "versions"`);
  const find = (name) => versions.find((entry) => entry?.version === name);
  const known = versions.map((entry) => entry?.version).join(", ");
  if (!Array.isArray(variants)) throw wrong(`its "variants" are no list`);
  for (const { version, share } of variants) {
    if (!find(version) || !(share > 0)) throw wrong(`its variant ${version} has no share above 0, or is no version`);
  }
  if (forced !== undefined && !find(forced)) throw invalid("variant", forced, `a version of ${url}: ${known}`);
  const variant = forced ?? (variants.length ? (chooseVariant(variants, visitor) ?? current) : null);
  const entry = find(variant ?? current);
  if (!entry) throw wrong(`its current version ${JSON.stringify(current)} is not among its versions: ${known}`);
  for (const name of ["score", "show"]) {
    if (typeof entry.files?.[name]?.path !== "string") throw wrong(`version ${entry.version} has no ${name} file`);
  }
  const served = [entry, find(current), ...variants.map(({ version }) => find(version))];
  const files = served.flatMap((entry) => Object.values(entry?.files ?? {}).map(({ path }) => new URL(path, url).href));
  return { entry, variant, files };
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
