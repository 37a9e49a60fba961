// The list of what the visitor wants to see, as files for other programs and for people.

import { titleAndYear } from "./labels.js";

/**
 * As CSV (RFC 4180). Other sites read titles and years by these names.
 *
 * @param {{ id: string, title: string, year: number | null, url: string | null }[]} items
 */
export function asCsv(items) {
  const rows = items.map(({ id, title, year, url }) => [title, year ?? "", id, url ?? ""]);
  return [["Title", "Year", "Id", "Link"], ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** As text: a title a line, with its address where there is one. */
export function asText(items) {
  const line = ({ title, year, url }) => [titleAndYear({ title, year }), ...(url ? [url] : [])].join("  ");
  return items.map((item) => `${line(item)}\n`).join("");
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value) {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
