// The diversity at which lists start: as much as costs nothing.

/** Where the trainer measured nothing. */
const USUAL = 0.25;
/** With less than this, one like of a visitor drowns the others; more is the visitor's to ask for. */
const LEAST = 0.1;
const MOST = 0.3;

/**
 * The diversity that costs nothing by the model's own curve of NDCG@10, within bounds.
 *
 * @param {Readonly<Record<string, unknown>> | null | undefined} metrics those of the manifest
 */
export function freeDiversity(metrics) {
  const measured = metrics?.diversity;
  return typeof measured === "number" ? Math.min(Math.max(measured, LEAST), MOST) : USUAL;
}
