// How the elements look by default: fonts and colours are the site's own. Made in script, which a strict
// Content-Security-Policy allows.

const CSS = `
:host {
  --line: var(--foldin-border, #8886);
  --quiet: var(--foldin-muted, color-mix(in srgb, currentColor 72%, transparent));
  --round: var(--foldin-radius, .5em);
  --space: var(--foldin-gap, .75em);
  display: block;
  line-height: 1.35;
}
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; overflow-wrap: anywhere }
h2 { font-size: 1.25em; font-weight: bold; margin-block-end: .6em }
.rows {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(var(--foldin-column, 15em), 100%), 1fr));
  gap: var(--space);
  list-style: none;
}
.rows li { min-block-size: 8em; padding: .75em; border: 1px solid var(--line); border-radius: var(--round) }
:host([controls]) .rows li { min-block-size: calc(8em + 44px) }
[part=item] { display: flex; flex-direction: column; background: var(--foldin-item) }
[part=title], [part=reason], [part=seed] { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
[part=title] { font-weight: bold }
a { color: var(--foldin-link, inherit) }
[part=year] { font-weight: normal }
[part=about], [part=reason], .muted { font-size: .875em; color: var(--quiet) }
[part=about] { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
[part=controls], .line, .picks { display: flex; flex-wrap: wrap; gap: .5em; align-items: center }
[part=controls] { margin-block-start: auto }
button, input { min-block-size: 44px; min-inline-size: 44px; padding: 0 .8em; border: 1px solid var(--line); border-radius: var(--round); background: none }
button { cursor: pointer }
[part=control] { padding: 0 }
:focus-visible { outline: 3px solid var(--foldin-accent, currentColor); outline-offset: 2px }
.search { position: relative; margin-block-end: .75em }
input { inline-size: 100% }
[part=listbox] {
  position: absolute;
  z-index: 1;
  inline-size: 100%;
  max-block-size: 20em;
  overflow: auto;
  list-style: none;
  border: 1px solid var(--line);
  border-radius: var(--round);
  background: var(--foldin-surface, Canvas);
  color: var(--foldin-surface-text, CanvasText);
}
[part=option] { padding: .7em .8em; cursor: pointer }
[aria-selected=true] { background: #8883; outline: 2px solid; outline-offset: -2px }
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
