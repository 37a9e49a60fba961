// Visits a site as readers, robots, feed readers and prefetching browsers do, each with an address of its own in
// X-Forwarded-For. The server writes the log.

import { request } from "node:http";
import { random, TOPICS } from "./content.mjs";

const BROWSERS = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
];
const ROBOTS = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)",
  "curl/8.5.0",
];

/**
 * Plans the requests of all visitors: groups of readers that each have one topic, robots that read everything, and a
 * crawler that calls itself a browser.
 *
 * @param {{ slug: string, topic: string, path: string }[]} pages
 * @param {{ seed?: number, readers?: number, assets?: string[] }} options
 * @returns {{ address: string, agent: string, path: string, headers?: Record<string, string> }[][]} one list a visitor
 */
export function plan(pages, { seed = 2, readers = 150, assets = ["/style.css"] } = {}) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const topics = Object.keys(TOPICS);
  const visitors = [];
  for (let n = 0; n < readers; n += 1) {
    const address = `203.0.113.${1 + (n % 120)}`;
    const agent = `${BROWSERS[n % BROWSERS.length]} reader/${n}`;
    const own = pages.filter(({ topic }) => topic === topics[n % topics.length]);
    const read = Array.from({ length: 2 + Math.floor(next() * 4) }, () => pick(own).path);
    const visits = read.map((path) => ({ address, agent, path }));
    visits.splice(1, 0, ...assets.map((path) => ({ address, agent, path })));
    // Some browsers fetch the next page in advance.
    if (n % 10 === 0) visits.push({ address, agent, path: pick(pages).path, headers: { "Sec-Purpose": "prefetch" } });
    visitors.push(visits);
  }
  for (const [n, agent] of ROBOTS.entries()) {
    const address = `203.0.113.${200 + n}`;
    visitors.push(
      ["/robots.txt", "/index.xml", ...pages.map(({ path }) => path)].map((path) => ({ address, agent, path })),
    );
  }
  const address = "203.0.113.250";
  visitors.push(pages.map(({ path }) => ({ address, agent: BROWSERS[0], path })));
  return visitors;
}

/** Sends the requests of all visitors, a few visitors at a time, each in its order. */
export async function visit(port, visitors) {
  const waiting = [...visitors];
  const work = async () => {
    for (let visits = waiting.shift(); visits; visits = waiting.shift()) {
      for (const one of visits) await get(port, one);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

function get(port, { address, agent, path, headers }) {
  return new Promise((resolve, reject) => {
    const options = { port, path, headers: { "User-Agent": agent, "X-Forwarded-For": address, ...headers } };
    const sent = request(options, (response) => response.resume().on("end", resolve));
    sent.on("error", reject).end();
  });
}
