// A small data set as the files that a person has: 400 people of four tastes, who rate mostly what is of their own.

const N_USERS = 400;
const TASTES = ["Comedy", "Drama", "Horror", "Musical"];
const N_PER_TASTE = 12;
const N_RATED = 10;

/** A number from 0 to 2^32 that looks random, and is the same every time (the final mix of MurmurHash3). */
function hashed(number) {
  let hash = Math.imul(number + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Records of a user, an item, a rating and a time each. */
export function records() {
  const all = [];
  for (let user = 0; user < N_USERS; user += 1) {
    for (let n = 0; n < N_RATED; n += 1) {
      const chance = hashed(user * 1000 + n);
      const isOwn = chance % 10 < 8;
      const taste = isOwn ? user % TASTES.length : (chance >>> 4) % TASTES.length;
      // The first of a taste are better known.
      const item = taste * N_PER_TASTE + Math.min((chance >>> 8) % N_PER_TASTE, (chance >>> 16) % N_PER_TASTE);
      const rating = isOwn ? 4 + ((chance >>> 24) % 2) : 1 + ((chance >>> 24) % 4);
      const timestamp = 1_600_000_000 + user * 86_400 + n * 60;
      all.push({ user: `u${user}`, item: `m${item}`, rating, timestamp });
    }
  }
  return all;
}

/** The records as CSV, under these names of columns. */
export function eventsCsv(header = "user,item,rating,timestamp") {
  const lines = records().map(({ user, item, rating, timestamp }) => `${user},${item},${rating},${timestamp}`);
  return `${header}\n${lines.join("\n")}\n`;
}

/** Titles and genres as CSV. */
export function itemsCsv() {
  const line = (_, n) => `m${n},Film ${n} (${1980 + (n % 40)}),${TASTES[Math.floor(n / N_PER_TASTE)]}`;
  return `item,title,genres\n${Array.from({ length: TASTES.length * N_PER_TASTE }, line).join("\n")}\n`;
}

/** Settings of a training that takes a second. */
export const SETTINGS = { search: { trials: 2, patience: 1 }, als: { factors: 16 } };
