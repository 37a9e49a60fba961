// The manifest: which versions of the model there are, which of them the visitor gets, and where its files lie.

import { FoldinError, invalid } from "./error.js";

/** The newest manifest format that this version reads. */
const NEWEST_FORMAT = 1;
const VISITOR_KEY = "foldin:visitor";

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
  const { href } = url;
  const wrong = (what) => {
    const message = `${href} is not the manifest of a foldin model: ${what}. Is the address right?`;
    return new FoldinError("not-a-manifest", message, { url: href });
  };
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw wrong(`it is not JSON (${error.message})`);
  }
  const { format, versions, current, variants = [] } = manifest ?? {};
  if (!Number.isInteger(format)) throw wrong(`it has no "format"`);
  if (format > NEWEST_FORMAT) {
    const message = `${href} has format ${format}, and this version reads up to ${NEWEST_FORMAT}; update foldin`;
    throw new FoldinError("newer-format", message, { url: href });
  }
  if (![versions, variants].every(Array.isArray)) throw wrong(`"versions" or "variants" are no list`);
  const find = (name) => versions.find((entry) => entry?.version === name);
  for (const { version, share } of variants) {
    if (!find(version) || !(share > 0)) throw wrong(`variant ${version} is no version, or has no share above 0`);
  }
  if (forced !== undefined && !find(forced)) throw invalid("variant", forced, `the name of a version in ${href}`);
  const variant = forced ?? (variants.length ? (chooseVariant(variants, visitor) ?? current) : null);
  const entry = find(variant ?? current);
  if (!entry) throw wrong(`its current version ${current} is not among its versions`);
  for (const name of ["score", "show"]) {
    if (typeof entry.files?.[name]?.path !== "string") throw wrong(`version ${entry.version} has no ${name} file`);
  }
  const served = [entry, find(current), ...variants.map(({ version }) => find(version))];
  const files = served.flatMap((entry) => Object.values(entry?.files ?? {}).map(({ path }) => new URL(path, url).href));
  return { entry, variant, files };
}

/**
 * A file of a version, as `fetchFile` takes it.
 *
 * @param {{ version: string, files: Record<string, { path: string, bytes?: number, sha256?: string }> }} entry
 * @param {"score" | "show" | "users"} name
 * @param {URL} manifestUrl
 */
export function fileOf({ version, files }, name, manifestUrl) {
  if (!files[name]) {
    const message = `version ${version} of the model holds no known users; train it with --with-users`;
    throw new FoldinError("not-in-model", message, { url: manifestUrl.href });
  }
  const { path, bytes, sha256 } = files[name];
  return { name: `${name} file`, url: new URL(path, manifestUrl), bytes, sha256 };
}

/**
 * The variant of a visitor, decided here and told to nobody, by weighted rendezvous hashing (Thaler and Ravishankar
 * 1998; Schindelhauer and Schomaker 2005): each variant draws an exponential number from the visitor's seed and its own
 * name, at the rate of its share, and the smallest wins. When shares change, visitors move only to variants that gained
 * beside the others.
 *
 * @param {{ version: string, share: number }[]} variants
 * @param {string} [visitor] by default a random one that this browser keeps
 * @returns {string | undefined} nothing where nothing can be kept
 */
function chooseVariant(variants, visitor = keptVisitor()) {
  if (visitor === undefined) return undefined;
  const draws = variants.map(({ version, share }) => [-Math.log(uniform(`${visitor} ${version}`)) / share, version]);
  return draws.sort(([one], [other]) => one - other)[0][1];
}

/** Above 0 and below 1: FNV-1a, and the last steps of MurmurHash3, for names that differ in one letter. */
function uniform(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}

function keptVisitor() {
  try {
    localStorage[VISITOR_KEY] ??= Math.random().toString(36).slice(2);
    return localStorage[VISITOR_KEY];
  } catch {
    return undefined;
  }
}
