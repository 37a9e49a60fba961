// A site of a test's own: its files, beside the package and the model of the built site; and a host with moods.

import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SITE, serveSite } from "./site-server.js";

/** What the login page of somebody else's network answers to every request. */
export const PORTAL = "<!doctype html><title>Welcome to our hotel</title>";

/**
 * Serves `files` (name to content) with `foldin/` and `model/` beside them. With `pretty`, a redirect status, pages have
 * addresses without `.html`, and those with it redirect to them.
 *
 * @returns {Promise<{ url: string, directory: string, mood: { now: "well" | "silent" | "busy" | "gone" | "portal" }, write: Function, close: Function }>}
 * by its mood the host answers, never answers, answers with an error, breaks every connection off, or is somebody else
 */
export async function serveOwn(files, { headers = {}, pretty } = {}) {
  const directory = await mkdtemp(join(tmpdir(), "foldin-own-"));
  const write = (name, content) => writeFile(join(directory, name), content);
  for (const name of ["foldin", "model"]) await symlink(join(SITE, name), join(directory, name));
  for (const [name, content] of Object.entries({ "index.html": "<!doctype html>", ...files }))
    await write(name, content);
  const inner = await serveSite(directory, "/some/where/", headers);

  const mood = { now: "well" };
  const host = createServer(async (request, response) => {
    if (mood.now === "gone") return request.destroy();
    if (mood.now === "busy") return response.writeHead(503).end("busy");
    if (mood.now === "portal")
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PORTAL);
    // The connection stays open until the host is closed.
    if (mood.now === "silent") return;
    let path = request.url;
    if (pretty && path.endsWith(".html")) {
      const location = path.replace(/(\/index)?\.html$/, (end) => (end.startsWith("/") ? "/" : ""));
      return response.writeHead(pretty, { location }).end();
    }
    if (pretty && !/[./]/.test(path.split("/").at(-1) || "/")) path += ".html";
    try {
      const answer = await fetch(new URL(path, inner.url), { method: request.method });
      const headers = new Headers(answer.headers);
      // The body comes uncompressed out of fetch.
      for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
      response.writeHead(answer.status, Object.fromEntries(headers));
      for await (const chunk of answer.body ?? []) response.write(chunk);
      response.end();
    } catch {
      // Closed meanwhile.
      response.destroy();
    }
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${host.address().port}/some/where/`,
    directory,
    mood,
    write,
    close: async () => {
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
      await inner.close();
      await rm(directory, { recursive: true });
    },
  };
}
