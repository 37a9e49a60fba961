// The attributes of both elements, and their properties. Frameworks set a property wherever the element has one of that
// name, so every attribute has a property that can be read and written, with any value, and never throws.

/** @typedef {"text" | "list" | "range" | "number" | "flag"} Kind */

/**
 * Attributes by name, and what they hold: text, ids or genres separated by commas, two numbers with a dash, one number,
 * or nothing but their presence.
 *
 * @type {Record<string, Kind>}
 */
const KINDS = {
  src: "text",
  "profile-key": "text",
  heading: "text",
  loading: "text",
  strategy: "text",
  href: "text",
  years: "range",
  liked: "list",
  genres: "list",
  diversity: "number",
  controls: "flag",
};

/** `k` and `texts` have properties of their own. */
export const ATTRIBUTES = [...Object.keys(KINDS), "k", "texts"];

/**
 * Defines the properties of the attributes.
 *
 * @param {HTMLElement} prototype
 */
export function defineProperties(prototype) {
  for (const [name, kind] of Object.entries(KINDS)) {
    Object.defineProperty(prototype, propertyOf(name), {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        const text = this.getAttribute(name);
        if (kind === "list") return list(text);
        if (kind === "flag") return isOn(this, name);
        if (kind === "number") return Number(text);
        return text;
      },
      /**
       * @this {HTMLElement}
       * @param {unknown} value
       */
      set(value) {
        writeAttribute(this, name, value);
      },
    });
  }
}

/**
 * Takes over properties that were set before the element was defined: they hide those of the class.
 *
 * @param {HTMLElement} host
 */
export function adoptEarlyProperties(host) {
  const properties = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (host));
  for (const name of ATTRIBUTES.map(propertyOf)) {
    if (!Object.hasOwn(host, name)) continue;
    const value = properties[name];
    delete properties[name];
    properties[name] = value;
  }
}

/**
 * Sets an attribute to whatever a framework passes; `null`, `undefined` and `false` remove it.
 *
 * @param {HTMLElement} host
 * @param {string} name
 * @param {unknown} value
 */
export function writeAttribute(host, name, value) {
  const text = toText(value, KINDS[name] === "range" ? "-" : ",");
  if (text === null) host.removeAttribute(name);
  else host.setAttribute(name, text);
}

/**
 * Whether an attribute is there and not "false", which React 18 writes for `controls={false}`.
 *
 * @param {HTMLElement} host
 * @param {string} name
 */
export function isOn(host, name) {
  return host.hasAttribute(name) && host.getAttribute(name) !== "false";
}

/**
 * The parts of an attribute separated by commas.
 *
 * @param {string | null} text
 * @returns {string[]}
 */
export function list(text) {
  const parts = text?.split(",").map((part) => part.trim()) ?? [];
  return parts.filter(Boolean);
}

/** @param {string} name */
function propertyOf(name) {
  return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/**
 * @param {unknown} value
 * @param {string} separator of a list
 * @returns {string | null}
 */
function toText(value, separator) {
  if (value === null || value === undefined || value === false) return null;
  if (value === true) return "";
  try {
    if (Array.isArray(value)) return value.join(separator);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    // Such as an object that contains itself. The reader of the attribute reports that it cannot be used.
    return Object.prototype.toString.call(value);
  }
}
