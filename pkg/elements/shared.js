// What the elements of a page have in common: one loaded model for each address, one profile for each key.

import { load } from "../foldin.js";
import { Profile } from "../profile.js";

const models = new Map();
const unstored = new Map();

/** The model whose manifest is at `url`, with what is known of its items; loaded again only after a failure. */
export function modelAt(url) {
  if (!models.has(url)) {
    const loading = load(url).then((foldin) => ({ foldin, itemsOf: createItems(foldin) }));
    loading.catch(() => models.delete(url));
    models.set(url, loading);
  }
  return models.get(url);
}

/** Gives all items seen so far, with these ids among them where the model has them. */
function createItems(foldin) {
  const items = new Map();
  const asked = new Set();
  return async (ids) => {
    const missing = ids.filter((id) => !asked.has(id));
    if (missing.length) for (const item of await foldin.items(missing)) items.set(item.id, item);
    for (const id of missing) asked.add(id);
    return items;
  };
}

/** The profile by an element's `profile-key`. By default one for each model, since ids are the model's. */
export function profileBy(key, url) {
  if (key !== "none") return new Profile({ key: key ?? `foldin:profile:${new URL(".", url).pathname}` });
  if (!unstored.has(url)) unstored.set(url, new Profile({ key: null }));
  return unstored.get(url);
}

/** What a profile says of items that the model has: ids of another model may be in it too. */
export function knownOf(profile, items) {
  const request = profile.toRequest();
  for (const name in request) request[name] = request[name].filter((said) => items.has([said].flat()[0]));
  return request;
}
