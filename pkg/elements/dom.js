// Elements without HTML strings: titles come from a data set and are text, whatever they contain.

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
