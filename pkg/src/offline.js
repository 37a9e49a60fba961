// Loaded by the pages of `foldin site --offline`: registers the site's service worker, which keeps what was visited.

import { mayRemember } from "./related/permission.js";

/** The worker, beside the folder of this script: it is in charge of the folder that it is in. */
const WORKER = new URL("../foldin-service-worker.js", import.meta.url).href;
/** The package keeps the model itself. */
const MODEL = new URL("model/", import.meta.url).href;

if (navigator.serviceWorker && mayRemember(document.documentElement)) {
  // After everything else of the page, which the worker's own files would only slow down.
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}

async function start() {
  try {
    if (await register()) await keepThisPage();
  } catch (error) {
    // Private windows and some browsers have no service workers: the site then needs the network.
    console.info(`foldin: works without a service worker: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * Registers the worker where there is none; whether it did. A folder has one worker only, the one that was registered
 * last: one that the site registers itself takes the place of this one, and keeps it.
 */
async function register() {
  const { serviceWorker } = navigator;
  if (await serviceWorker.getRegistration()) return false;
  await serviceWorker.register(WORKER, { type: "module" });
  return true;
}

/** Fetches once more what came before the worker was there, mostly from the browser's own cache. */
async function keepThisPage() {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) {
    await new Promise((resolve) => serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  const { href } = new URL(".", WORKER);
  /** @type {Set<string>} */
  const kept = new Set();
  /** @param {string} url */
  const keep = (url) => {
    if (kept.has(url) || !url.startsWith(href) || url.startsWith(MODEL)) return;
    kept.add(url);
    fetch(url, { cache: "force-cache" }).catch(() => {});
  };
  keep(location.href);
  // Those on their way when the worker came are told of when they arrive.
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (/** @type {PerformanceResourceTiming} */ (entry).workerStart === 0) keep(entry.name);
    }
  }).observe({ type: "resource", buffered: true });
}
