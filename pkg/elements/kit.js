// What the elements are made with: DOM nodes without HTML strings, since titles come from a data set and are text,
// whatever they contain; the texts; and the style sheet.

/** An element; attributes that are functions listen, and those that are `false` or missing are left out. */
export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value ?? false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function button(part, text, click, attributes) {
  return element("button", { type: "button", part, click, ...attributes }, text);
}

/** A text with its `{names}` replaced. */
export function fill(text, values, encode = String) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? encode(values[name]) : hole));
}

/** The parts of an attribute between commas. */
export function list(text) {
  return text ? text.split(",").map((part) => part.trim()) : [];
}

/** Every text that visitors see or hear; sites that speak otherwise replace them. */
export const TEXTS = {
  heading: "Recommended for you",
  popularHeading: "Popular with everyone",
  because: "because you liked {titles}",
  goesWith: "goes with {titles}",
  near: "near to your taste",
  popular: "popular with everyone",
  recent: "popular lately",
  "top-rated": "among the best rated",
  stars: "{stars} stars expected",
  like: "Like {title}",
  dislike: "Not for me: {title}",
  seen: "Seen already: {title}",
  updated: "{count} recommendations, first {title}",
  empty: "Nothing to recommend here.",
  error: "There are no recommendations now.",
  retry: "Try again",
  pickerHeading: "What do you like?",
  search: "Search for a title",
  notFound: "No such title; try fewer letters",
  export: "Export",
  import: "Import",
  forget: "Forget me",
  reallyForget: "Forget all your picks? This cannot be undone.",
  badFile: "This file holds no picks.",
};

/**
 * Fonts and colours are the site's. A sheet made in script is allowed by a strict Content-Security-Policy.
 */
export const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host {
  --accent: var(--foldin-accent, currentColor);
  --line: 1px solid var(--foldin-border, #8886);
  --round: var(--foldin-radius, .5em);
  --column: var(--foldin-column, 15em);
  --row: 8em;
  display: block;
  line-height: 1.35;
  overflow-wrap: anywhere;
}
:host([hidden]), [hidden] { display: none !important }
:host([controls]) { --row: calc(8em + 44px) }
:host(foldin-picker) { --column: var(--foldin-column, 10em); --row: 3.4em }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; list-style: none }
h2 { font-size: 1.25em; font-weight: bold; margin-bottom: .6em }
[part=list] {
  display: grid;
  grid: auto / repeat(auto-fill, minmax(min(var(--column), 100%), 1fr));
  gap: var(--foldin-gap, .75em);
}
[part=item] { padding: .75em; border: var(--line); border-radius: var(--round); background: var(--foldin-item) }
[part=list] > li { display: flex; flex-direction: column; min-height: var(--row) }
[part=title], [part=about], [part=reason] {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
}
[part=title] { font-weight: bold }
[part=about] { -webkit-line-clamp: 1 }
[part=about], [part=reason] { font-size: .875em; opacity: .8 }
a { color: var(--foldin-link) }
[part=controls], [part=tools] { display: flex; flex-wrap: wrap; gap: .5em; margin-top: auto }
button, input {
  min-height: 44px;
  min-width: 44px;
  padding: 0 .8em;
  border: var(--line);
  border-radius: var(--round);
  background: none;
}
button { cursor: pointer }
[part=control] { padding: 0 }
[part=pick] { flex: 1; text-align: start }
[aria-pressed=true]::before { content: "✓ " }
[part=combobox] { position: relative }
[part=combobox], [part=list] { margin-bottom: .75em }
input { width: 100% }
[part=listbox] {
  position: absolute;
  z-index: 1;
  width: 100%;
  max-height: 20em;
  overflow: auto;
  border: var(--line);
  background: var(--foldin-surface, Canvas);
  color: var(--foldin-surface-text, CanvasText);
}
[part=option] { padding: .7em .8em }
:focus-visible, [aria-pressed=true], [aria-selected=true] { outline: 2px solid var(--accent); outline-offset: -2px }
button:focus-visible { outline-offset: 2px }
:host(foldin-recommendations) [part=status] { position: absolute; clip-path: inset(50%) }
`);
