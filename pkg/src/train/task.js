// A task of the trainer's wasm module on this thread: reads, and trains.

import * as glue from "../../wasm/foldin_train.js";
import { FoldinError } from "../error.js";

/**
 * @typedef {object} Task
 * @property {"read" | "train"} what
 * @property {string} name what the data set is called
 * @property {import("./sources.js").NamedFile[]} files
 * @property {string} [items] which of them is the catalogue
 * @property {unknown} settings an object, or the text of a settings file
 */

/**
 * The instance of this thread: the glue knows one only, and all tasks of the thread share its memory.
 *
 * @type {Promise<void> | undefined}
 */
let starting;
/**
 * What has stopped the instance, whose memory is then left as it was.
 *
 * @type {Error | undefined}
 */
let trap;

/** @param {WebAssembly.Module} module */
async function start(module) {
  const { exports } = await WebAssembly.instantiate(module, { "./foldin_train_bg.js": /** @type {any} */ (glue) });
  glue.__wbg_set_wasm(exports);
  /** @type {any} */ (exports).__wbindgen_start();
}

/**
 * @param {WebAssembly.Module} module
 * @param {Task} task
 * @param {(progress: any) => void} report ends the training if it throws
 * @returns {Promise<any>}
 */
export async function perform(module, { what, name, files, items, settings }, report) {
  if (trap) throw stopped(trap);
  let reading;
  try {
    starting ??= start(module);
    await starting;
    const names = files.map((file) => file.name);
    const contents = files.map(({ bytes }) => bytes);
    reading = new glue.Reading(name, names, contents, items, settings);
    const facts = reading.facts();
    if (what === "read") return facts;
    report({ type: "read", reading: facts });
    return withReports(reading.train(report), facts);
  } catch (error) {
    throw toFoldinError(error);
  } finally {
    if (!trap) reading?.free();
  }
}

/**
 * @param {any} trained
 * @param {any} reading
 */
function withReports({ files: pairs, ...trained }, reading) {
  /** @type {Record<string, Uint8Array>} */
  const files = Object.fromEntries(pairs);
  const text = (/** @type {string} */ name) => new TextDecoder().decode(files[`${trained.version}/${name}`]);
  return { ...trained, files, modelCard: text("card.html"), dataReport: text("data.html"), reading };
}

/** @param {any} error */
function toFoldinError(error) {
  if (error instanceof FoldinError) return error;
  // What the module has thrown has a code; what the caller's callback has thrown is the caller's.
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    trap = error;
    return stopped(error);
  }
  if (error instanceof WebAssembly.LinkError) {
    const message = `the wasm module does not start: ${error.message}. Are all files of foldin of one version?`;
    return new FoldinError("wasm-unsupported", message, { cause: error });
  }
  if (typeof error?.code !== "string" || error.name !== "Error") return error;
  return Object.assign(new FoldinError(error.code, error.message), columnsOf(error));
}

/** @param {Error} cause */
function stopped(cause) {
  const message = `the trainer has stopped: ${cause.message}. The data may need more memory than there is: reload, and \
train on a part of the users, or with the program "foldin train"`;
  return new FoldinError("internal", message, { cause });
}

/**
 * The columns of the file that a message is about.
 *
 * @param {{ file?: string, columns?: string[] }} error
 */
export function columnsOf({ file, columns }) {
  return columns && file !== undefined ? { file, columns } : {};
}
