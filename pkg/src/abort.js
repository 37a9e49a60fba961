// Waiting for promises and time-outs until an AbortSignal aborts, and work that ends together.

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

/**
 * What `run` resolves to. The controller that it gets aborts when `signal` does and when `run` fails; aborting it ends
 * `run` as well. It can still be used after `run` has ended.
 *
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {(all: AbortController) => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function endingTogether(signal, run) {
  signal?.throwIfAborted();
  const all = new AbortController();
  const abort = () => all.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  try {
    return await unlessAborted(run(all), all.signal);
  } catch (error) {
    all.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
