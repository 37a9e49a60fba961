// What was measured of a model that the visitor has trained here, and its reports: they are in memory, not on the host.

import { element } from "../../dom.js";
import { save } from "../data/save.js";
import { fromManifest } from "./measured.js";
import { REPORTS } from "./reports.js";
import { section } from "./table.js";

/** @typedef {import("../../own-model.js").OwnModel} OwnModel */

/**
 * The content of metrics.json, or what the manifest has of it; `null` if nothing was measured.
 *
 * @param {import("../../foldin/foldin.d.ts").Info} info
 * @param {OwnModel} own
 */
export function ownMeasured(info, { files }) {
  const bytes = files[info.reports.metrics];
  return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : fromManifest(info.metrics);
}

/**
 * The reports as downloads: a page that is made here would be under this page's policy, which allows no style of its own.
 *
 * @param {import("../../foldin/foldin.d.ts").Info} info
 * @param {OwnModel} own
 */
export function ownReports(info, { files }) {
  const items = REPORTS.filter(([name]) => files[info.reports[name]]).map(([name, title, text]) => {
    const path = info.reports[name];
    const give = () => save(new Blob([files[path]]), path.split("/").at(-1));
    const button = element("button", { class: "button", type: "button", click: give }, title);
    return element("li", {}, button, ` ${text}`);
  });
  return section("Reports", "They are saved as files.", element("ul", { class: "model-reports" }, ...items));
}
