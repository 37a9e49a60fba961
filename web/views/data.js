// Your data: files are read, a model is learned from them on this device, and the page runs on it.

import { element } from "../dom.js";
import { storeOwnModel } from "../own-model.js";
import { createChooser } from "./data/chooser.js";
import { createOutcome } from "./data/outcome.js";
import { createTraining } from "./data/training.js";
import { createUnderstood } from "./data/understood.js";

export function createView(root, app) {
  /** What is read and trained on now; a later choice ends it. */
  let work = new AbortController();
  const begin = () => {
    work.abort();
    work = new AbortController();
    return work.signal;
  };

  const chooser = createChooser(choose);
  const understood = createUnderstood({ onChange: read, onTrain: train });
  const training = createTraining({ onCancel: cancel });
  const outcome = createOutcome({ onUse: use, app });
  const parts = [understood, training, outcome];
  /** The chosen files. */
  let files = [];

  root.classList.add("data");
  root.append(
    element("h1", {}, "Your data, your recommender."),
    element(
      "p",
      { class: "lead" },
      "Drop a file of who liked what. This device learns a model from it, and then the whole page runs on that model. ",
      element("strong", {}, "Your data stays on this device; nothing is uploaded."),
    ),
    chooser.node,
    ...parts.map(({ node }) => node),
  );
  showOnly();

  return {
    async show() {
      // Early, so that the trainer is there when a file is.
      const trainer = await loadTrainer();
      chooser.setMissing(!trainer);
      root.setAttribute("aria-busy", "false");
    },
    update() {},
    hide() {},
  };

  function showOnly(...shown) {
    for (const part of parts) part.node.hidden = !shown.includes(part);
  }

  async function choose(chosen) {
    files = chosen;
    understood.reset(files);
    await read();
  }

  /** Reads the chosen files by the settings of the form. */
  async function read() {
    const signal = begin();
    showOnly(understood);
    understood.showReading();
    try {
      const { read } = await loadTrainer();
      const reading = await read({ events: files, settings: understood.settings(), signal });
      understood.show(reading);
    } catch (error) {
      if (!signal.aborted) understood.showProblem(error);
    }
  }

  async function train() {
    const signal = begin();
    showOnly(understood, training);
    training.begin();
    try {
      const { train } = await loadTrainer();
      const settings = understood.settings();
      const trained = await train({ events: files, settings, signal, onProgress: training.show });
      signal.throwIfAborted();
      training.end();
      showOnly(understood, training, outcome);
      await outcome.show(trained);
    } catch (error) {
      if (!signal.aborted) training.showProblem(error);
    }
  }

  function cancel() {
    work.abort();
    showOnly(understood);
    app.announce("Cancelled.");
    understood.focus();
  }

  /** Runs the page on the model, from its beginning. */
  async function use({ reading, files }) {
    await storeOwnModel({ name: reading.name, files });
    location.hash = "start";
    scrollTo(0, 0);
    location.reload();
  }
}

let loadingTrainer;

/** The trainer, which only this view needs; `null` on a page that was built without it. */
async function loadTrainer() {
  loadingTrainer ??= import("../foldin/train.js");
  try {
    return await loadingTrainer;
  } catch {
    loadingTrainer = undefined;
    return null;
  }
}
