// Whether bytes are those that a manifest promises.

import { FoldinError } from "./error.js";
import { RETRY_ADVICE } from "./file-errors.js";

/**
 * Throws if the bytes do not have the file's length or checksum.
 *
 * @param {import("./files.js").ModelFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function checkBytes({ name, url, bytes: expected, sha256 }, bytes) {
  /** @type {(code: import("../foldin.d.ts").ErrorCode, problem: string) => never} */
  const fail = (code, problem) => {
    throw new FoldinError(code, `the ${name} at ${url} ${problem}. ${RETRY_ADVICE[name]}`, { url: url.href });
  };
  if (expected !== undefined && bytes.length !== expected) {
    fail("wrong-length", `is cut off, or another file: ${bytes.length} bytes instead of ${expected}`);
  }
  // Browsers have no crypto.subtle on insecure origins; the checksum inside the file is checked there too.
  if (sha256 === undefined || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => (byte + 256).toString(16).slice(1)).join("");
  if (found !== sha256) fail("damaged", `is damaged, or another file: SHA-256 ${found} instead of ${sha256}`);
}
