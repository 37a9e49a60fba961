// Files that a site has compressed itself, because many hosts compress no .foldin files: the first two bytes say so.

import { gunzip } from "./inflate.js";

/**
 * @param {Uint8Array | undefined} bytes the beginning of a file
 */
function isGzip(bytes) {
  return bytes?.[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * A stream of the file's own bytes. A host that decompresses on the way, as some do for gzip, does no harm. What cannot be
 * unpacked any further ends there, so that the check of the file's length tells what is wrong.
 *
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
 */
export async function unpacked(body) {
  const [beginning, whole] = body.tee();
  const reader = beginning.getReader();
  const { value } = await reader.read();
  reader.cancel().catch(() => {});
  if (!isGzip(value)) return whole;
  return typeof DecompressionStream === "function" ? asItArrives(whole) : atOnce(whole);
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} packed */
function asItArrives(packed) {
  const { writable, readable } = new DecompressionStream("gzip");
  const [from, to, content] = [packed.getReader(), writable.getWriter(), readable.getReader()];
  /**
   * Why the connection broke off, if it did.
   *
   * @type {unknown}
   */
  let brokenOff;
  const next = () =>
    from.read().catch((error) => {
      brokenOff = error;
      throw error;
    });
  const feed = async () => {
    for (let { done, value } = await next(); !done && value; { done, value } = await next()) await to.write(value);
    await to.close();
  };
  feed().catch((error) => {
    to.abort(error).catch(() => {});
    from.cancel(error).catch(() => {});
  });
  to.closed.catch(() => {});
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await content.read();
        if (done) controller.close();
        else controller.enqueue(/** @type {Uint8Array<ArrayBuffer>} */ (value));
      } catch {
        if (brokenOff) controller.error(brokenOff);
        else controller.close();
      }
    },
    cancel: (reason) => content.cancel(reason),
  });
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} packed */
async function atOnce(packed) {
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return new ReadableStream({
    start(controller) {
      try {
        controller.enqueue(gunzip(bytes));
      } catch {
        // Nothing comes out.
      }
      controller.close();
    },
  });
}

/**
 * The same for bytes from disk.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function unpackedBytes(bytes) {
  if (!isGzip(bytes)) return bytes;
  const stream = await unpacked(new Blob([bytes]).stream());
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
