// The package `foldin/service-worker`: answers the HTTP endpoints of recommenders that have a server, and keeps the
// site's shell for times without a network. Documented in service-worker.d.ts.
//
// The browser ends a service worker whenever it likes, and starts it again for the next request. So nothing is
// remembered here but what lies in caches, and the model is loaded when an endpoint is asked first.

import { createEndpoints } from "./endpoints.js";
import { checkFields } from "./error.js";
import { createShell } from "./shell.js";

export function serve(options = {}) {
  checkFields("options", options, ["manifest", "endpoints", "shell"]);
  const at = (url) => new URL(url, location.href).href;
  const manifest = at(options.manifest ?? "model/manifest.json");
  const endpoints = at(options.endpoints ?? "foldin/");
  const answer = createEndpoints(manifest);
  const shell = createShell(options.shell && at(options.shell));

  addEventListener("install", (event) => event.waitUntil(shell.fill().then(skipWaiting)));
  addEventListener("activate", (event) => event.waitUntil(shell.dropOld().then(() => clients.claim())));
  addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    const { origin, pathname, searchParams } = new URL(url);
    const address = origin + pathname;
    if (!address.startsWith(registration.scope)) return;
    // The package may lie in the same folder. Its files have a dot in their names, and endpoints none.
    const name = address.startsWith(endpoints) && address.slice(endpoints.length);
    if (name && !/[./]/.test(name)) event.respondWith(answer(name, method, searchParams));
    // The model is the package's own business, which knows by checksums what is stale.
    else if (method === "GET" && !address.startsWith(new URL(".", manifest).href)) shell.respond(event);
  });
}
