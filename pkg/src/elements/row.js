// One recommendation as a row: the site's template, or a title, a few facts and a reason.

import { fillAddress } from "./address.js";
import { isOn } from "./attributes.js";
import { button, element, fill, line } from "./dom.js";
import { rounded } from "./language.js";
import { pageSheets } from "./page-styles.js";
import { copyTemplate, templateOf } from "./template.js";

/** @typedef {import("../../foldin.d.ts").Recommendation} Recommendation */
/** @typedef {import("../../element.d.ts").Texts} Texts */
/** @typedef {import("./dom.js").Values} Values */

/**
 * The buttons of `controls`: the method of the profile and the text of the same name, and the sign.
 *
 * @type {["like" | "dislike" | "markSeen", string][]}
 */
const CONTROLS = [
  ["like", "♥\ufe0e"],
  ["dislike", "✕"],
  ["markSeen", "✓"],
];

/**
 * @param {import("./controller.js").Controller} controller
 * @param {Recommendation} item
 * @param {Texts} texts
 * @param {string} reason
 */
export function createRow(controller, item, texts, reason) {
  const { host } = controller;
  const { id, title, year, genres, stars } = item;
  const values = {
    id,
    url: /** @type {{ url?: string }} */ (item).url ?? id,
    title,
    year: year ?? "",
    genres: genres.join(", "),
    stars: stars === null ? "" : rounded(stars),
    reason,
  };
  const template = templateOf(host);
  const copy = template && copyTemplate(template, values, controller.warn);
  const content = copy ? [isolated(copy)] : ownContent(controller, values);
  /** @param {MouseEvent} event */
  const click = (event) => {
    const [target] = /** @type {Element[]} */ (event.composedPath());
    if (!target?.closest("a, button") || target.closest("[part=controls]")) return;
    if (!controller.emit("select", { item })) event.preventDefault();
  };
  const row = element("li", { part: copy ? null : "item", click }, ...content);
  if (isOn(host, "controls")) row.append(controls(controller, values, texts));
  return row;
}

/**
 * A row without a template.
 *
 * @param {import("./controller.js").Controller} controller
 * @param {Values & { title: string }} values
 */
function ownContent({ host, warn }, values) {
  const pattern = host.getAttribute("href");
  const href = pattern === null ? undefined : fillAddress(pattern, values);
  if (pattern !== null && href === undefined) {
    warn(`href="${pattern}" gives "${fill(pattern, values)}", which is no address of a page; the title is no link`);
  }
  const name = href === undefined ? element("span", {}, values.title) : element("a", { href }, values.title);
  return [
    line("title", name, ` ${values.year}`),
    line("about", values.stars ? `★ ${values.stars} ` : "", `${values.genres}`),
    line("reason", `${values.reason}`),
  ];
}

/**
 * A box for what the site has shaped, in which the page's own style sheets apply and those of the elements do not.
 *
 * @param {DocumentFragment} copy
 */
function isolated(copy) {
  const box = element("div", { part: "copy" });
  const root = box.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = pageSheets();
  root.append(copy);
  return box;
}

/**
 * @param {import("./controller.js").Controller} controller
 * @param {Values} values
 * @param {Texts} texts
 */
function controls(controller, values, texts) {
  const buttons = CONTROLS.map(([name, sign]) => {
    const label = fill(texts[name], values);
    const click = () => controller.change((profile) => profile[name](String(values.id)));
    return button("control", sign, click, { "aria-label": label, title: label });
  });
  return line("controls", ...buttons);
}
