// The manifest: which versions of the model exist, which of them the visitor gets, and where its files are.

import { FoldinError, invalid } from "./error.js";

/** The newest manifest format that this version reads. */
const NEWEST_FORMAT = 1;
/** No browser gives a page more memory than this for one file. */
const MAX_BYTES = 2 ** 32;
const VISITOR_KEY = "foldin:visitor";
const KINDS = /** @type {const} */ (["score", "show", "users"]);

/** @typedef {import("./files.js").ModelFile} ModelFile */
/** @typedef {typeof KINDS[number]} Kind */

/**
 * A version as the manifest lists it.
 *
 * @typedef {object} VersionEntry
 * @property {string} version
 * @property {Record<string, { path: string, bytes?: number, sha256?: string }>} files by kind
 * @property {Record<string, unknown> | null} [metrics]
 * @property {{ metrics?: string, card?: string, data?: string } | null} [reports]
 */

/** @typedef {{ version: string, share: number }} Variant */

/**
 * Reads a manifest and chooses the version to load.
 *
 * @param {Uint8Array} bytes
 * @param {URL} url address of the manifest
 * @param {{ variant?: string, visitor?: string }} options
 * @returns {{ entry: VersionEntry, variant: string | null, files: string[] }} `entry`: the version; `variant`: its name,
 * if it was chosen among several or asked for; `files`: the addresses of all files that visitors may now get from this
 * manifest
 */
export function readManifest(bytes, url, { variant: forced, visitor }) {
  const { href } = url;
  /** @param {string} problem */
  const notAManifest = (problem) => {
    const message = `${href} is not the manifest of a foldin model: ${problem}. Is the address right?`;
    return new FoldinError("not-a-manifest", message, { url: href });
  };
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw notAManifest(`it is not JSON (${/** @type {Error} */ (error).message})`);
  }
  const { format, versions, current } = manifest ?? {};
  const variants = manifest?.variants ?? [];
  if (!Number.isInteger(format)) throw notAManifest(`it has no "format"`);
  if (format > NEWEST_FORMAT) {
    const message = `${href} has format ${format}, and this version of foldin reads up to ${NEWEST_FORMAT}; update \
foldin on the page too, or reload if the page has a new one already`;
    throw new FoldinError("newer-format", message, { url: href });
  }
  if (![versions, variants].every(Array.isArray)) throw notAManifest(`"versions" or "variants" is not a list`);
  /** @type {(name: string | null) => VersionEntry | undefined} */
  const find = (name) => versions.find((/** @type {VersionEntry | null} */ entry) => entry?.version === name);
  for (const each of variants) {
    const { version, share } = each ?? {};
    if (find(version) && Number.isFinite(share) && share > 0) continue;
    throw notAManifest(`variant ${version} is no version, or has no share above 0`);
  }
  if (forced !== undefined && !find(forced)) throw invalid("variant", forced, `the name of a version in ${href}`);
  const variant = forced ?? (variants.length ? (chooseVariant(variants, visitor) ?? current) : null);
  const entry = find(variant ?? current);
  if (!entry) throw notAManifest(`its current version ${current} is not among its versions`);
  const problem = problemOf(entry, url);
  if (problem) throw notAManifest(`version ${entry.version} ${problem}`);
  const served = [entry, find(current), .../** @type {Variant[]} */ (variants).map(({ version }) => find(version))];
  const files = served.flatMap((each) => (each && !problemOf(each, url) ? addressesOf(each, url) : []));
  return { entry, variant, files };
}

/**
 * What is wrong with a version's files; `undefined` if nothing is.
 *
 * @param {VersionEntry} entry
 * @param {URL} url of the manifest
 */
function problemOf({ files }, url) {
  for (const kind of KINDS) {
    const file = files?.[kind];
    if (typeof file?.path !== "string") {
      if (file === undefined && kind === "users") continue;
      return `has no ${kind} file`;
    }
    const { path, bytes = 0, sha256 = "" } = file;
    if (!Number.isInteger(bytes) || bytes < 0 || bytes > MAX_BYTES) return `has a ${kind} file of ${bytes} bytes`;
    if (typeof sha256 !== "string") return `has a ${kind} file whose sha256 is no text`;
    // A manifest is data: it must not make a server read its disk, or ask a host of somebody else.
    if (originOf(path, url) !== originOf("", url)) return `names a ${kind} file of another place, ${path}`;
  }
  return undefined;
}

/**
 * Scheme and host of a path; `undefined` if it is no address.
 *
 * @param {string} path
 * @param {URL} base
 */
function originOf(path, base) {
  try {
    const { protocol, host } = new URL(path, base);
    return `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

/**
 * @param {VersionEntry} entry
 * @param {URL} url of the manifest
 */
export function addressesOf({ files }, url) {
  return KINDS.flatMap((kind) => (files[kind] ? new URL(files[kind].path, url).href : []));
}

/**
 * A file of a version, as `fetchFile` takes it.
 *
 * @param {VersionEntry} entry
 * @param {Kind} name
 * @param {URL} manifestUrl
 * @returns {ModelFile}
 */
export function fileOf({ version, files }, name, manifestUrl) {
  const file = files[name];
  if (!file) {
    const message = `version ${version} of the model holds no known users; train it with --with-users`;
    throw new FoldinError("not-in-model", message, { url: manifestUrl.href });
  }
  const { path, bytes, sha256 } = file;
  const url = new URL(path, manifestUrl);
  return { name: `${name} file`, url, ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) };
}

/**
 * The variant of a visitor, chosen in the browser by weighted rendezvous hashing (Thaler and Ravishankar 1998;
 * Schindelhauer and Schomaker 2005): each variant draws an exponential number from the visitor's seed and its own name,
 * with its share as the rate, and the smallest number wins. When shares change, visitors move only to variants whose
 * share has grown relative to the others.
 *
 * @param {Variant[]} variants
 * @param {string} [visitor] default: a random text that this browser stores
 * @returns {string | undefined} `undefined` if the browser stores nothing
 */
function chooseVariant(variants, visitor = storedVisitor()) {
  if (visitor === undefined) return undefined;
  let smallest = Infinity;
  let winner;
  for (const { version, share } of variants) {
    const draw = -Math.log(uniform(`${visitor} ${version}`)) / share;
    if (draw < smallest) [smallest, winner] = [draw, version];
  }
  return winner;
}

/**
 * A number above 0 and below 1: FNV-1a, then the final mix of MurmurHash3 for names that differ in one letter.
 *
 * @param {string} text
 */
function uniform(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}

/** @returns {string | undefined} */
function storedVisitor() {
  try {
    localStorage[VISITOR_KEY] ??= Math.random().toString(36).slice(2);
    return localStorage[VISITOR_KEY];
  } catch {
    return undefined;
  }
}
