// The language of the page, as far as the browser knows it.

/**
 * The page's language for `Intl`, or `undefined` for the browser's own: pages say "en_US", "auto" or nothing at all.
 *
 * @returns {string | undefined}
 */
export function language() {
  try {
    const [tag] = Intl.getCanonicalLocales(document.documentElement.lang.trim().replaceAll("_", "-"));
    return tag && Intl.ListFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

/**
 * "one", "one and two" or "one, two, and three" in the page's language.
 *
 * @param {string[]} parts
 */
export function joined(parts) {
  return new Intl.ListFormat(language()).format(parts);
}

/**
 * A number with at most one digit after the point.
 *
 * @param {number} value
 */
export function rounded(value) {
  return value.toLocaleString(language(), { maximumFractionDigits: 1 });
}
