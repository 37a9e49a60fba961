// Files on disk, for Node, Bun and Deno.

import { FoldinError } from "./error.js";
import { unpackedBytes } from "./unpack.js";

/**
 * @param {import("./files.js").ModelFile} file
 * @param {AbortSignal} signal
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function readFromDisk({ name, url }, signal) {
  /** @type {(code: import("../foldin.d.ts").ErrorCode, reason: string, cause?: unknown) => never} */
  const fail = (code, reason, cause) => {
    const message = `the ${name} could not be read from ${url}: ${reason}`;
    throw new FoldinError(code, message, { url: url.href, ...(cause !== undefined && { cause }) });
  };
  // Asked of the process instead of imported, so that bundlers for browsers see no Node module.
  const { process } = /** @type {{ process?: { getBuiltinModule?: (name: string) => any } }} */ (globalThis);
  const fs = process?.getBuiltinModule?.("node:fs/promises");
  if (!fs) {
    fail("network", `browsers do not read file: addresses; serve the directory, for example with "foldin serve"`);
  }
  try {
    return await unpackedBytes(new Uint8Array(await fs.readFile(url, { signal })));
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    const { code, message } = /** @type {Error & { code?: string }} */ (cause);
    if (code === "EISDIR") return fail("not-found", "that is a folder; name the file manifest.json in it", cause);
    return fail(code === "ENOENT" ? "not-found" : "network", message, cause);
  }
}
