// The endpoints of the service worker: from the parameters of a URL to JSON with a status.

import { FoldinError, load } from "./foldin.js";

const list = (text) => text.split(",").filter(Boolean);
const PARAMETERS = { liked: list, strategies: list, k: Number, user_id: String, id: String, by: String };

/** By name: the parameters that must be there, those that may, and the answer. */
const ENDPOINTS = {
  health: [[], [], (foldin) => foldin.health()],
  stats: [[], [], (foldin) => foldin.stats()],
  recommend: [["user_id"], ["k"], (foldin, { user_id, ...options }) => foldin.recommendUser(user_id, options)],
  recommend_cold: [["liked"], ["k"], (foldin, { liked, ...options }) => foldin.recommend({ liked }, options)],
  similar: [["id"], ["k", "by"], (foldin, { id, ...options }) => foldin.similar(id, options)],
  compare: [[], ["liked", "user_id", "k", "strategies"], compare],
};

async function compare(foldin, { liked, user_id, strategies = [...foldin.info.strategies, "diverse"], ...options }) {
  if (!liked === !user_id) throw new FoldinError("invalid-value", `expected either "liked" or "user_id"`);
  return foldin.compare(liked ? { liked } : await foldin.userProfile(user_id), strategies, options);
}

/** HTTP status by code; with any other code there is no model to ask. */
const STATUS = {
  "invalid-value": 400,
  "unknown-endpoint": 404,
  "unknown-item": 404,
  "unknown-user": 404,
  "not-in-model": 404,
  "unknown-method": 405,
  internal: 500,
};

/** Answers requests with the model whose manifest is at `manifest`. */
export function createEndpoints(manifest) {
  let loading;

  async function answer(name, method, parameters) {
    if (method !== "GET" && method !== "HEAD") {
      throw new FoldinError("unknown-method", `${method} is not answered; expected GET or HEAD`);
    }
    if (!Object.hasOwn(ENDPOINTS, name)) {
      throw new FoldinError("unknown-endpoint", `no endpoint "${name}"; expected one of ${Object.keys(ENDPOINTS)}`);
    }
    const [required, optional, ask] = ENDPOINTS[name];
    const values = parse(parameters, required, optional);
    // After a failure the next request tries again.
    loading ??= load(manifest).catch((error) => {
      loading = undefined;
      throw error;
    });
    return ask(await loading, values);
  }

  return async (name, method, parameters) => {
    const begin = performance.now();
    let status = 200;
    let body;
    try {
      body = await answer(name, method, parameters);
    } catch ({ code = "internal", message }) {
      status = STATUS[code] ?? 503;
      body = { error: { code, message } };
    }
    const ms = (performance.now() - begin).toFixed(1);
    const headers = {
      "content-type": "application/json",
      "cache-control": "no-store",
      "server-timing": `foldin;dur=${ms}`,
      "x-foldin-ms": ms,
      ...(status === 405 && { allow: "GET, HEAD" }),
    };
    return new Response(method === "HEAD" ? null : JSON.stringify(body), { status, headers });
  };
}

function parse(parameters, required, optional) {
  const known = [...required, ...optional];
  const values = {};
  for (const [name, text] of parameters) {
    if (!known.includes(name) || name in values) {
      throw new FoldinError("invalid-value", `"${name}" is unknown here or there twice; expected ${known.join() || "nothing"}`);
    }
    values[name] = PARAMETERS[name](text);
  }
  for (const name of required) {
    if (!values[name]) throw new FoldinError("invalid-value", `the parameter "${name}" is missing`);
  }
  return values;
}
