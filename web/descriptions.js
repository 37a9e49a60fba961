// What strategies, metrics, protocols and features mean: descriptions.json, which `foldin build` writes.

/**
 * @typedef {object} Descriptions
 * @property {Record<string, { title: string, description: string }>} strategies sources, `hybrid` and `diverse`
 * @property {Record<string, { title: string, description: string }>} metrics by name without a cutoff, such as `ndcg`
 * @property {Record<string, { description: string, newUsers: boolean }>} protocols `newUsers`: whether the users that
 * are measured are unknown in training
 * @property {Record<string, string>} features
 */

/** @type {Descriptions} */
let descriptions = { strategies: {}, metrics: {}, protocols: {}, features: {} };

/** Fetches the descriptions. Without them the page shows the plain names. */
export async function loadDescriptions(url = "descriptions.json") {
  try {
    const response = await fetch(url);
    if (response.ok) setDescriptions(await response.json());
  } catch (error) {
    console.info(`there are no descriptions: ${error.message}`);
  }
}

/** @param {Partial<Descriptions>} loaded */
export function setDescriptions(loaded) {
  descriptions = { ...descriptions, ...loaded };
}

/** The title of a strategy or source, such as `Taste`. */
export function strategyTitle(name) {
  return descriptions.strategies[name]?.title ?? name;
}

/** In a sentence, what a strategy or source does; empty if it is unknown. */
export function strategyDescription(name) {
  return descriptions.strategies[name]?.description ?? "";
}

/** The title of a metric with its cutoff: `NDCG@10` of `ndcg@10`. */
export function metricTitle(nameAndCutoff) {
  const [name, cutoff] = nameAndCutoff.split("@");
  const title = descriptions.metrics[name]?.title ?? name;
  return cutoff ? `${title}@${cutoff}` : title;
}

/** In a clause, what a metric means; empty if it is unknown. */
export function metricDescription(nameAndCutoff) {
  return descriptions.metrics[nameAndCutoff.split("@")[0]]?.description ?? "";
}

/** In some sentences, what a protocol holds out and measures. */
export function protocolDescription(name) {
  return descriptions.protocols[name]?.description ?? `The protocol is ${name}.`;
}

/** Whether a protocol measures recommendations to users who are unknown in training. */
export function measuresNewUsers(name) {
  return descriptions.protocols[name]?.newUsers ?? false;
}

/** In a clause, what a feature of the ranker means; empty if it is unknown. */
export function featureDescription(name) {
  return descriptions.features[name] ?? "";
}
