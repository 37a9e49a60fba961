// The reports of a version, by their names in the manifest.

export const REPORTS = [
  ["card", "Model card", "all metrics, settings and sizes of this version"],
  ["data", "Data report", "the ratings: their distribution over people, titles and time"],
  ["metrics", "Metrics as JSON", "everything that was measured, for programs"],
];
