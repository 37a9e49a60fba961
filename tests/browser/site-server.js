// A static host for the tests: serves a directory under a sub-path, as many real hosts do.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** What real hosts compress; a model, which they take for just bytes, they leave as it is. */
const COMPRESSED = /^text|json|wasm|svg/;

const DEFAULT_SITE = fileURLToPath(new URL("../../target/test-site", import.meta.url));

/** The built site that is tested: the directory in FOLDIN_SITE, or target/test-site. */
export const SITE = resolve(process.env.FOLDIN_SITE ?? DEFAULT_SITE);

/**
 * Serves `directory` on a free port of this machine, with `headers` beside those of the content.
 *
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function serveSite(directory = SITE, subPath = "/some/where/", headers = {}) {
  await stat(join(directory, "index.html")).catch(() => {
    throw new Error(`${directory} holds no built site; build one, or name another with FOLDIN_SITE`);
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const below = decodeURIComponent(pathname.slice(subPath.length));
    const path = normalize(join(directory, below, pathname.endsWith("/") ? "index.html" : ""));
    const inside = pathname.startsWith(subPath) && path.startsWith(directory + sep);
    const file = inside && (await stat(path).catch(() => null));
    if (!file || !file.isFile()) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    if (COMPRESSED.test(type) && request.headers["accept-encoding"]?.includes("gzip")) {
      response.writeHead(200, { ...headers, "content-type": type, "content-encoding": "gzip" });
      createReadStream(path).pipe(createGzip()).pipe(response);
    } else {
      response.writeHead(200, { ...headers, "content-type": type, "content-length": file.size });
      createReadStream(path).pipe(response);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${subPath}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
