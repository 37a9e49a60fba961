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

/** Refuses fields that nobody reads: most likely a word was mistyped. */
export function checkFields(name, value, known) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new FoldinError("invalid-value", `${name} is ${shown(value)}; expected an object`);
  }
  for (const field of Object.keys(value)) {
    if (!known.includes(field)) {
      const message = `${name} has a field "${field}"; expected only ${known.join(", ")}`;
      throw new FoldinError("invalid-value", message);
    }
  }
}

/** Refuses what is no string: the wasm module would read a number as an empty one. */
export function checkString(name, value) {
  if (typeof value !== "string") {
    throw new FoldinError("invalid-value", `${name} is ${shown(value)}; expected a string`);
  }
}

function shown(value) {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
