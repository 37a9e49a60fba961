// How the elements look by default: fonts and colours are the site's. Made in script, since a strict
// Content-Security-Policy allows no style in the page.

const CSS = `
:host {
  --line: 1px solid var(--foldin-border, #8886);
  --round: var(--foldin-radius, .5em);
  --quiet: var(--foldin-muted, color-mix(in srgb, currentColor 72%, transparent));
  --row: 8em;
  --column: var(--foldin-column, 15em);
  display: block;
  line-height: 1.35;
}
:host([hidden]), [hidden] { display: none !important }
:host([controls]) { --row: calc(8em + 44px) }
:host(foldin-picker) { --row: 3.4em; --column: var(--foldin-column, 10em) }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; overflow-wrap: anywhere }
ul { list-style: none }
h2 { font-size: 1.25em; font-weight: bold; margin-bottom: .6em }
[part=list] {
  display: grid;
  grid: auto / repeat(auto-fill, minmax(min(var(--column), 100%), 1fr));
  gap: var(--foldin-gap, .75em);
}
[part=list] > li { display: flex; flex-direction: column; min-height: var(--row) }
[part=item] { padding: .75em; border: var(--line); border-radius: var(--round); background: var(--foldin-item, none) }
[part=title], [part=reason] { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
[part=title] { font-weight: bold }
small { font-weight: normal }
a { color: var(--foldin-link, inherit) }
[part=about], [part=reason] { font-size: .875em; color: var(--quiet) }
[part=about] { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
[part=controls], [part=tools] { display: flex; flex-wrap: wrap; gap: .5em; margin-top: auto }
[part=tools] { margin-top: .75em }
button, input { min-height: 44px; min-width: 44px; padding: 0 .8em; border: var(--line); border-radius: var(--round); background: none }
button { cursor: pointer }
[part=control] { padding: 0 }
[part=pick] { flex: 1; padding-block: .3em; line-height: 1.2; text-align: start }
[aria-pressed=true] { outline: 2px solid var(--foldin-accent, currentColor); outline-offset: -2px; font-weight: bold }
[aria-pressed=true]::before { content: "✓ " }
:focus-visible { outline: 3px solid var(--foldin-accent, currentColor); outline-offset: 2px }
[part=combobox] { position: relative; margin-bottom: .75em }
input { width: 100% }
[part=listbox] {
  position: absolute;
  z-index: 1;
  width: 100%;
  max-height: 20em;
  overflow: auto;
  border: var(--line);
  border-radius: var(--round);
  background: var(--foldin-surface, Canvas);
  color: var(--foldin-surface-text, CanvasText);
}
[part=option] { padding: .7em .8em; cursor: pointer }
[aria-selected=true] { background: #8883; box-shadow: inset 4px 0 }
:host(foldin-recommendations) [part=status] { position: absolute; clip-path: inset(50%) }
`;

let made;

/** One sheet for all elements of the page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}
