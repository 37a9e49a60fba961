// The style of both elements. Fonts and colours are the site's own.

/**
 * Made when the first element is built: on a server there are no style sheets.
 *
 * @type {CSSStyleSheet | undefined}
 */
let sheet;

/** The sheet of both elements, made by a script, which a strict Content-Security-Policy allows. */
export function ownSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES);
  }
  return sheet;
}

const RULES = `
:host {
  --line: 1px solid var(--foldin-border, #8886);
  --row: 6.75em;
  display: block;
  margin-block: 1.5em;
  line-height: 1.35;
  overflow-wrap: anywhere;
}
:host([hidden]), [hidden] { display: none !important }
:host([controls]) { --row: calc(7.5em + 44px) }
:host(foldin-picker) { --foldin-column: 10em; --foldin-columns: 4; --row: 4em }
*, ::placeholder { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; list-style: none }
h2 { font-size: 1.25em }
h2, [part=title] { font-weight: bold }
h2, [part=combobox], [part=list] { margin-bottom: .75em }
[part=list] {
  display: grid;
  grid: auto / repeat(auto-fill, minmax(
    max(min(var(--foldin-column, 15em), 100%), 100% / var(--foldin-columns, 3) - .75em), 1fr));
  gap: .75em;
}
[part=list] > li { display: flex; flex-flow: column }
[part=item], [part=pick] { min-height: var(--row) }
[part=item], button, input {
  padding: .75em;
  border: var(--line);
  border-radius: var(--foldin-radius, .5em);
  background: none;
}
[part=title], [part=about], [part=reason], [part=pick] span {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
}
[part=about] { -webkit-line-clamp: 1 }
[part=about], [part=reason], ::placeholder { font-size: .875em; opacity: .8 }
[part=copy] { display: contents }
[part=controls], [part=tools] { margin-top: auto; display: flex; flex-flow: wrap; gap: .5em }
[part=question] { display: inline-flex; flex-flow: wrap; align-items: center; gap: .5em }
button, input { min-height: 44px; min-width: 44px; padding-block: 0 }
[part=pick] { flex: 1; text-align: start }
[aria-pressed=true] span::before { content: "✓ " }
[part=combobox] { position: relative }
input { width: 100% }
[part=listbox] {
  position: absolute;
  z-index: 1;
  width: 100%;
  border: var(--line);
  background: var(--foldin-surface, Canvas);
  color: var(--foldin-surface-text, CanvasText);
}
[part=option] { padding: .75em }
:focus-visible, [aria-pressed=true], [aria-selected=true] {
  outline: 2px solid var(--foldin-accent, currentColor);
  outline-offset: -2px;
}
button:focus-visible { outline-offset: 2px }
:host(foldin-recommendations) [part=status] { position: absolute; clip-path: inset(50%) }
`;
