// Elements without HTML strings: titles come from a data set and are text, whatever they contain.

/** An element; attributes that are functions listen, and those that are `false`, `null` or `undefined` are left out. */
export function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value ?? false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** A button with words, or with a sign and words for those who do not see it. */
export function button(part, words, click, sign) {
  return element("button", { type: "button", part, click, ...(sign && { "aria-label": words, title: words }) }, sign ?? words);
}

/** A text with its `{names}` replaced. */
export function fill(text, values, encode = String) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? encode(values[name]) : hole));
}

/** The parts of an attribute between commas. */
export function list(text) {
  return (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

export function titleAndYear({ title, year }) {
  return year === null ? title : `${title} (${year})`;
}
