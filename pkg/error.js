// Errors, and the checks of what callers give.

/**
 * What every call of this package throws, but for an abort, which stays the `AbortError` of the signal.
 * `code` is for programs and stays the same between versions; `message` is for people.
 */
export class FoldinError extends Error {
  /**
   * @param {string} code
   * @param {string} message what happened, where, and what to do
   * @param {{ url?: string, status?: number, cause?: unknown }} [about]
   */
  constructor(code, message, { url, status, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "FoldinError";
    this.code = code;
    if (url !== undefined) this.url = url;
    if (status !== undefined) this.status = status;
  }
}

/** What every call after `close` is rejected with. */
export function closed() {
  return new FoldinError("closed", "this model was closed; load it again to go on");
}

export function invalid(name, value, expected) {
  return new FoldinError("invalid-value", `${name} is ${shown(value)}; expected ${expected}`);
}

/** Refuses fields that nobody reads: most likely a word was mistyped. */
export function checkFields(name, value, known) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid(name, value, "an object");
  for (const field of Object.keys(value)) {
    if (!known.includes(field)) {
      throw new FoldinError("invalid-value", `${name} has a field "${field}"; expected only ${known.join(", ")}`);
    }
  }
}

/** Refuses what is no string: the wasm module would read a number as an empty one. */
export function checkString(name, value) {
  if (typeof value !== "string") throw invalid(name, value, "a string");
}

export function checkList(name, value) {
  if (!Array.isArray(value)) throw invalid(name, value, "an array");
}

/** Deeper than any question goes. */
const DEEPEST = 8;

/**
 * A copy of plain data, of proxies too: what can be sent to a worker, and stays what it was if the caller's own changes
 * later. Anything else is refused; a Map, for one, would be read as an object without fields.
 */
export function plain(name, value, depth = 0) {
  if (value === null || typeof value !== "object") {
    if (["function", "symbol", "bigint"].includes(typeof value)) throw invalid(name, value, "plain data");
    return value;
  }
  if (depth > DEEPEST) throw new FoldinError("invalid-value", `${name} is nested too deeply, or contains itself`);
  if (Array.isArray(value)) return Array.from(value, (each, n) => plain(`${name}[${n}]`, each, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  // Not compared with this window's Object: data of another frame is as good.
  if (prototype && Object.getPrototypeOf(prototype)) {
    const message = `${name} is a ${value.constructor?.name}; expected a plain object or an array`;
    throw new FoldinError("invalid-value", message);
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [field, plain(`${name}.${field}`, each, depth + 1)]),
  );
}

function shown(value) {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return typeof value;
  }
}
