// Asks for all items of the map in chunks, the most liked first, so that titles and colours appear one after the other.

import { nameIslands } from "./islands.js";
import { nextTask } from "./painter.js";

/** Items asked for at once. */
const CHUNK = 400;

/**
 * @param {object} options
 * @param {object} options.foldin
 * @param {import("./state.js").MapState} options.state
 * @param {(genres: string[]) => void} options.onGenres called once, with all genres, the most frequent first
 * @param {() => void} options.onProgress called after about every doubling, and at the end
 * @returns {{ run: () => Promise<void>, pause: () => void }} `run` starts or continues; it resolves when all items are
 * there
 */
export function createFiller({ foldin, state, onGenres, onProgress }) {
  let filling = null;
  let isPaused = false;
  let resume = () => {};

  async function fill() {
    let nextReport = 0;
    for (let begin = 0; begin < state.size; begin += CHUNK) {
      const items = await foldin.items(state.ids.slice(begin, begin + CHUNK));
      state.addItems(items);
      if (begin === 0) onGenres(state.rankGenres(foldin.info.genres, items));
      if (begin >= nextReport) {
        onProgress();
        nextReport = Math.max(CHUNK, 2 * begin);
      }
      await nextTask();
      while (isPaused) {
        await new Promise((resolve) => {
          resume = resolve;
        });
      }
    }
    state.islands = nameIslands(state);
    onProgress();
  }

  return {
    run() {
      isPaused = false;
      resume();
      filling ??= fill();
      return filling;
    },
    pause() {
      isPaused = true;
    },
  };
}
