// How far a training has come, as one number from 0 to 1: phases by the share of the time that they usually take.

/** Where each phase begins and ends. */
const SHARES = {
  searching: [0.03, 0.6],
  learning: [0.6, 0.66],
  ranking: [0.66, 0.86],
  measuring: [0.86, 0.97],
  mapping: [0.97, 1],
};
/** The most trials of a learner, until the search tells. */
const TRIALS = 24;

export class Progress {
  #value = 0;

  /** The number after an event; it never falls. */
  after(event) {
    this.#value = Math.max(this.#value, this.#at(event));
    return this.#value;
  }

  #at(event) {
    switch (event.type) {
      case "read":
        return SHARES.searching[0];
      case "phase":
        return SHARES[event.phase][0];
      case "trial":
        return within("searching", searchedPart(event.sources));
      case "step":
        // Measuring learns first, and asks then: its steps come twice.
        return within(event.phase, event.done / event.of);
      default:
        return 0;
    }
  }
}

/** The part of the search that is done: a source that has stopped early is done. */
function searchedPart(sources) {
  const parts = sources.map(({ trials, isActive }) => (isActive ? Math.min(1, trials / TRIALS) : 1));
  return parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length);
}

function within(phase, part) {
  const [from, to] = SHARES[phase];
  return from + (to - from) * part;
}
