// The page's style sheets for the copies of a <template>, which are in the shadow tree of the element: frameworks that
// hydrate a page must not find nodes that they did not write.

/**
 * Copies by the sheet that they were made of.
 *
 * @type {WeakMap<CSSStyleSheet, { rules: string, copy: CSSStyleSheet }>}
 */
const copies = new WeakMap();

/**
 * Copies of all style sheets of the page that can be read; those of other origins cannot.
 *
 * @returns {CSSStyleSheet[]}
 */
export function pageSheets() {
  const sheets = [...document.styleSheets, ...(document.adoptedStyleSheets ?? [])];
  return sheets.filter(({ disabled }) => !disabled).flatMap((sheet) => copyOf(sheet) ?? []);
}

/** @param {CSSStyleSheet} sheet */
function copyOf(sheet) {
  try {
    const rules = rulesOf(sheet);
    const known = copies.get(sheet);
    if (known?.rules === rules) return known.copy;
    const copy = new CSSStyleSheet({ baseURL: sheet.href ?? document.baseURI, media: sheet.media.mediaText });
    copy.replaceSync(rules);
    copies.set(sheet, { rules, copy });
    return copy;
  } catch {
    // The sheet of another origin, or one that is still loading.
    return undefined;
  }
}

/**
 * The rules as text, with those of imported sheets in their place: a sheet made by a script cannot import.
 *
 * @param {CSSStyleSheet} sheet
 * @returns {string}
 */
function rulesOf({ cssRules }) {
  return Array.from(cssRules, (rule) => {
    const imported = rule instanceof CSSImportRule ? rule.styleSheet : null;
    return imported ? rulesOf(imported) : rule.cssText;
  }).join("\n");
}
