// A model that the visitor has trained on this page. It stays in this browser until they delete it: IndexedDB holds it,
// which pages without HTTPS have too.

import { FLAG, KEY, OWN_PROFILE } from "./own.js";

const DATABASE = "foldin:own-model";
const STORE = "models";
/**
 * @typedef {object} OwnModel
 * @property {string} name what the data are called
 * @property {Record<string, Uint8Array>} files a model folder
 */

/** @returns {Promise<OwnModel | undefined>} */
export function readOwnModel() {
  return inStore("readonly", (store) => store.get(KEY));
}

/**
 * Stores a model in place of an earlier one, whose likes are forgotten: ids of other data mean other things.
 *
 * @param {OwnModel} model
 */
export async function storeOwnModel(model) {
  await inStore("readwrite", (store) => store.put(model, KEY));
  localStorage.setItem(FLAG, "1");
  localStorage.removeItem(OWN_PROFILE);
}

export async function deleteOwnModel() {
  localStorage.removeItem(FLAG);
  localStorage.removeItem(OWN_PROFILE);
  await inStore("readwrite", (store) => store.delete(KEY));
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} action
 * @returns {Promise<any>} what the request gives, once it is on the disk
 */
async function inStore(mode, action) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening, "success");
  try {
    const transaction = database.transaction(STORE, mode);
    const request = action(transaction.objectStore(STORE));
    await settled(transaction, "complete");
    return request.result;
  } finally {
    database.close();
  }
}

/**
 * @param {any} request
 * @param {string} event that of its success
 * @returns {Promise<any>}
 */
function settled(request, event) {
  return new Promise((resolve, reject) => {
    request.addEventListener(event, () => resolve(request.result));
    for (const failed of ["error", "abort"]) request.addEventListener(failed, () => reject(request.error));
  });
}
