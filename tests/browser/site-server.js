// A static host for the tests: serves a directory under a sub-path, as many real hosts do.

import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { tmpdir } from "node:os";
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
  return serve((answer) => createServer(answer), "http", directory, subPath, headers);
}

/**
 * The same over HTTP/2, as hosts on the web do it: many files at once on one connection. Nobody has signed its
 * certificate; `certificate` is the hash that Chromium takes instead (`--ignore-certificate-errors-spki-list`).
 */
export async function serveSecurely(directory = SITE, subPath = "/", headers = {}) {
  const folder = mkdtempSync(join(tmpdir(), "foldin-certificate-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, "-days", "2", ...subject], {
    stdio: "ignore",
  });
  const secrets = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  const spki = new X509Certificate(secrets.cert).publicKey.export({ type: "spki", format: "der" });
  const site = await serve((answer) => createSecureServer(secrets, answer), "https", directory, subPath, headers);
  return { ...site, certificate: createHash("sha256").update(spki).digest("base64") };
}

async function serve(create, scheme, directory, subPath, headers) {
  await stat(join(directory, "index.html")).catch(() => {
    throw new Error(`${directory} holds no built site; build one, or name another with FOLDIN_SITE`);
  });
  const sessions = new Set();
  const server = create(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const below = decodeURIComponent(pathname.slice(subPath.length));
    const path = normalize(join(directory, below, pathname.endsWith("/") ? "index.html" : ""));
    const inside = pathname.startsWith(subPath) && path.startsWith(directory + sep);
    const file = inside ? await stat(path).catch(() => null) : null;
    if (!file?.isFile()) {
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
  server.on("session", (session) => sessions.add(session));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${scheme}://127.0.0.1:${server.address().port}${subPath}`,
    close: () => {
      server.closeAllConnections?.();
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
