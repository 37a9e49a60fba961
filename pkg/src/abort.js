// Waiting for promises and time-outs until an AbortSignal aborts.

/**
 * Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first.
 *
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<undefined>}
 */
export function wait(ms, signal) {
  return unlessAborted(new Promise((resolve) => setTimeout(resolve, ms, undefined)), signal);
}

/**
 * Settles like `promise`, or rejects with the signal's reason as soon as it aborts.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export async function unlessAborted(promise, signal) {
  let stop = () => {};
  /** @type {Promise<never>} */
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
