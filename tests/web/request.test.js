// The request behind the list: settings, genres left out, and dislikes where there is no like.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRequests } from "../../web/request.js";
import { defaultSettings } from "../../web/settings.js";

function appWith(settings, profile) {
  const calls = [];
  const answer = (...ids) => ({ items: ids.map((id) => ({ id })) });
  const foldin = {
    info: { items: 300, freeDiversity: 0.2, strategies: ["hybrid", "content"] },
    popular(request) {
      calls.push(["popular", request]);
      return Promise.resolve(answer("w1", "w2"));
    },
    similar(id, options) {
      calls.push(["similar", id, options.by]);
      return Promise.resolve(answer(`${id}-like`, "w1"));
    },
  };
  const empty = { liked: [], disliked: [], ratings: [], seen: [] };
  const app = {
    foldin,
    settings: { ...defaultSettings(), ...settings },
    profile: { toRequest: () => ({ ...empty, ...profile }) },
  };
  return { request: createRequests(app), calls };
}

test("a request has filters only where something is filtered", async () => {
  const { request, calls } = appWith({}, { liked: ["a"], disliked: ["b"] });
  assert.deepEqual(await request(), { diversity: 0.2 });
  assert.deepEqual(calls, []);
  const filtered = appWith({ diversity: 0.5, genres: ["Noir"], years: [1950, 1959] }, { liked: ["a"] });
  assert.deepEqual(await filtered.request(), { diversity: 0.5, where: { genres: ["Noir"], years: [1950, 1959] } });
});

test("the titles of a genre that is not wanted are left out, and asked for once", async () => {
  const { request, calls } = appWith({ not: ["War"] }, { liked: ["a"] });
  assert.deepEqual((await request()).exclude, ["w1", "w2"]);
  await request();
  assert.deepEqual(calls, [["popular", { where: { genres: ["War"] }, k: 300 }]]);
});

test("weights of sources are in a request once the visitor has changed any", async () => {
  const { request } = appWith({ weights: { content: 0 } }, { liked: ["a"] });
  assert.deepEqual(await request(), { diversity: 0.2, weights: { content: 0 } });
});

test("for hidden gems the best known titles are left out", async () => {
  const { request, calls } = appWith({ gems: 2 }, { liked: ["a"] });
  assert.deepEqual((await request()).exclude, ["w1", "w2"]);
  // 3 % of 300.
  assert.deepEqual(calls, [["popular", { k: 9 }]]);
});

test("without a like, titles similar to those that are disliked are left out", async () => {
  const { request, calls } = appWith({ not: ["War"] }, { disliked: ["b"] });
  assert.deepEqual((await request()).exclude, ["w1", "w2", "b-like"]);
  assert.deepEqual(calls.at(-1), ["similar", "b", "content"]);
});
