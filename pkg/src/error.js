// The errors of this package, and the checks of what callers pass.

/**
 * What every call of this package throws, except for an abort, which stays the `AbortError` of the signal.
 * `code` is for programs and does not change between versions; `message` is for people.
 */
export class FoldinError extends Error {
  name = /** @type {const} */ ("FoldinError");

  /**
   * Every entry of the package is a file of its own with a class of its own: an error of one is an error of all.
   *
   * @param {unknown} value
   */
  static [Symbol.hasInstance](value) {
    return value instanceof Error && value.name === "FoldinError" && "code" in value;
  }

  /**
   * @param {import("../foldin.d.ts").ErrorCode} code
   * @param {string} message what happened, where, and what to do
   * @param {{ url?: string | undefined, status?: number | undefined, cause?: unknown }} [about]
   */
  constructor(code, message, { url, status, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (url !== undefined) this.url = url;
    if (status !== undefined) this.status = status;
  }
}

/** What every call after `close` is rejected with. */
export function closedError() {
  return new FoldinError("closed", "this model was closed; load it again");
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {string} expected
 */
export function invalid(name, value, expected) {
  return new FoldinError("invalid-value", `${name} is ${toText(value)}; expected ${expected}`);
}

/**
 * Refuses fields that do not exist: most likely a name is misspelt.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {readonly string[]} known
 */
export function checkFields(name, value, known) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid(name, value, "an object");
  for (const field of Object.keys(value)) {
    if (!known.includes(field)) {
      throw new FoldinError("invalid-value", `${name} has a field "${field}"; expected only ${known.join(", ")}`);
    }
  }
}

/**
 * Refuses what is not a string: the wasm module would read a number as an empty string.
 *
 * @param {string} name
 * @param {unknown} value
 */
export function checkString(name, value) {
  if (typeof value !== "string") throw invalid(name, value, "a string");
}

/** The longest id or query: more than any catalogue has, and little enough to answer at once. */
const MAX_TEXT = 1000;

/**
 * Refuses what is not a string, and what is too long for an id or a query.
 *
 * @param {string} name
 * @param {unknown} value
 */
export function checkText(name, value) {
  checkString(name, value);
  const { length } = /** @type {string} */ (value);
  if (length <= MAX_TEXT) return;
  throw new FoldinError("invalid-value", `${name} has ${length} characters; expected at most ${MAX_TEXT}`);
}

/**
 * @param {string} name
 * @param {unknown} value
 */
export function checkList(name, value) {
  if (!Array.isArray(value)) throw invalid(name, value, "an array");
}

/** The most levels of nesting; no valid argument has more. */
const MAX_DEPTH = 8;

/**
 * A deep copy of plain data, also of proxies: a worker can receive it, and later changes of the original do not affect
 * it. Anything else is refused; a Map, for example, would be read as an object without fields.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {unknown}
 */
export function plain(name, value, depth = 0) {
  if (value === null || typeof value !== "object") {
    if (["function", "symbol", "bigint"].includes(typeof value)) throw invalid(name, value, "plain data");
    if (typeof value === "string") checkText(name, value);
    return value;
  }
  if (depth > MAX_DEPTH) throw new FoldinError("invalid-value", `${name} is nested too deeply, or contains itself`);
  if (Array.isArray(value)) return Array.from(value, (each, n) => plain(`${name}[${n}]`, each, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  // Not compared with this window's Object.prototype: data of another frame is fine.
  if (prototype && Object.getPrototypeOf(prototype)) {
    const message = `${name} is a ${value.constructor?.name}; expected a plain object or an array`;
    throw new FoldinError("invalid-value", message);
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [field, plain(`${name}.${field}`, each, depth + 1)]),
  );
}

/** @param {unknown} value */
function toText(value) {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
