// How far a pick has moved a list, the list for two, and the call for developers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { callInWords } from "../../web/views/start/call.js";
import { inOrderForBoth } from "../../web/views/start/pair.js";
import { changes, without } from "../../web/views/start/without.js";

const list = (...ids) => ids.map((id) => ({ id }));

test("rows say how far a pick has moved them, and nothing where it has not", () => {
  const marks = changes(["a", "b", "c", "d"], list("a", "d", "x", "c", "y", "b"), "Alien");
  assert.deepEqual(marks, [
    { id: "b", text: "new since Alien" },
    { id: "c", text: "up 1 since Alien" },
    { id: "d", text: "down 2 since Alien" },
  ]);
});

test("a profile without a pick keeps everything else", () => {
  const profile = { liked: ["a", "b"], disliked: ["c"], ratings: [["d", 4]], seen: ["e"] };
  assert.deepEqual(without(profile, "a"), { ...profile, liked: ["b"] });
  assert.deepEqual(without(profile, "d"), { ...profile, ratings: [] });
});

test("for two, what is far down for one comes late, however much the other wants it", () => {
  const places = (...ids) => new Map(ids.map((id, n) => [id, n + 1]));
  const ids = ["a", "b", "c", "d"];
  assert.deepEqual(inOrderForBoth(ids, places("a", "b", "c", "d"), places("b", "c", "d", "a")), ["b", "c", "a", "d"]);
  assert.deepEqual(inOrderForBoth(ids, places("a", "b"), places("b", "c")), ["b"]);
});

test("the call is JavaScript that a program can run, without empty fields", () => {
  const profile = { liked: ["a", "it's"], disliked: [], ratings: [["b", 4.5]], seen: [] };
  const text = callInWords(profile, { diversity: 0.3, where: { genres: ["Noir"], years: [1950, 1959] }, k: 11 });
  assert.match(text, /^const \{ items \} = await foldin\.recommend\(/);
  const [, body] = /recommend\(([\s\S]*)\);$/.exec(text);
  const args = new Function(`return [${body}]`)();
  assert.deepEqual(args, [
    { liked: ["a", "it's"], ratings: [["b", 4.5]] },
    { diversity: 0.3, where: { genres: ["Noir"], years: [1950, 1959] }, k: 11 },
  ]);
  assert.match(callInWords(profile, { k: 3 }, { liked: ["z"] }), /liked: \["z"\]/);
});
