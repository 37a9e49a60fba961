// The entry `foldin/train`, written by hand. tests/types checks the implementation against it.

import type { FoldinError, ModelFolder } from "./foldin.js";

export { FoldinError } from "./foldin.js";

/**
 * Learns a model from events, as the program `foldin train` does: the same readers, the same learners, the same
 * measurement on people whom the model has not seen, and the same files. It runs in a worker (in Node, a thread), which
 * is ended with it. Nothing is sent anywhere: the only request is that for the wasm module of the trainer.
 *
 * The same data and settings give the same model on every device. It differs from the program's in the last bits of some
 * numbers, since processors and WebAssembly add in different orders.
 *
 * @throws {@link FoldinError} with the codes `unreadable-data`, `too-many-events`, `nothing-to-learn`, `invalid-value`,
 * `worker-blocked`, `internal`, and what `load` throws of the wasm module; the signal's reason if it was aborted; and
 * what `onProgress` has thrown.
 *
 * @example
 * const trained = await train({ events: file, onProgress: console.log });
 * const foldin = await load(trained); // of "foldin"
 *
 * @example
 * const events = [{ user: "ann", item: "alien", rating: 5 }, { user: "ann", item: "amelie", rating: 2 }];
 * const { files, metrics, doubts } = await train({ events, settings: { size: "small" } });
 */
export function train(options: TrainOptions): Promise<Trained>;

/**
 * Reads data without training, to show what was understood and to correct it with {@link Settings.data}.
 *
 * @throws As {@link train}. An `unreadable-data` error about columns has the fields `file` and `columns`, the names of the
 * columns that there are.
 *
 * @example
 * const { users, items, notes, columns } = await read({ events: file });
 */
export function read(options: ReadOptions): Promise<Reading>;

/**
 * Packs files into a zip archive, such as those of a model for a download. The same files give the same bytes.
 *
 * @example
 * const { files } = await train({ events });
 * const archive = await zip(files);
 * link.href = URL.createObjectURL(archive);
 */
export function zip(files: Readonly<Record<string, Uint8Array | string>>): Promise<Blob>;

/**
 * What to train on: a file in any form that `foldin train` reads (CSV, JSON Lines, Excel; also packed as gzip, zstd or
 * zip), its text or bytes, several files as a folder, or records. A zip archive of several files is read as a folder.
 */
export type DataSource =
  | DataFile
  | string
  | ArrayBuffer
  | ArrayBufferView
  /** Several files: a folder. */
  | readonly DataFile[]
  /** Records, whose fields are columns: `{ user, item, rating, timestamp }`, under the names that most data have. */
  | readonly object[];

/** A file, or its name and content. */
export type DataFile = Blob | { readonly name: string; readonly data: string | ArrayBuffer | ArrayBufferView | Blob };

export interface ReadOptions {
  /** Who did what: the events. Without `items`, several files may contain the catalogue too. */
  events: DataSource;
  /** The catalogue: ids, titles, and perhaps years, genres and tags. One file, or records. */
  items?: DataSource;
  /** What the data set is called. Default: the name of the file, or `your data`. */
  name?: string;
  /** Changes of the default settings; or the text of a settings file, which holds as it is. */
  settings?: Settings | string;
  /** Ends the work; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
  /** As in `load`: `"auto"`: in a worker if there can be one; `true`: in a worker or not at all; `false`: on this thread. */
  worker?: "auto" | boolean;
  /** Address of `wasm/foldin_train_bg.wasm`, for bundlers that leave it out. Default: beside this module. */
  wasm?: string | URL;
  /** Address of `train-worker.js`, for bundlers that leave it out. Default: beside this module. */
  workerUrl?: string | URL;
}

export interface TrainOptions extends ReadOptions {
  /** Called with everything that happens. If it throws, the training ends with that error. */
  onProgress?: (progress: TrainProgress) => void;
}

/**
 * Sections and keys of `foldin.toml` (docs/command-line.md; `foldin config --print` shows all of them), in camel case or
 * as in the file. What is left out is as by default, and settings are searched unless `search.enabled` is false.
 */
export interface Settings {
  /** How large the model may become. Default: `medium`. */
  size?: "small" | "medium" | "large";
  /** How the data are read, and which events are likes. */
  data?: {
    /** Ratings of this or more are likes; `"automatic"` (the default) or `"none"`: every event is. */
    threshold?: number | "automatic" | "none";
    /** Leave bad lines out and count them, instead of ending with an error. Default: false. */
    skipBadLines?: boolean;
    /** Which column holds what, by name or number: `"user=UserId,item=ProductId,rating=Score,time=4"`. */
    columns?: string;
    [key: string]: unknown;
  };
  /** The search for settings. */
  search?: {
    /** Whether settings are searched on held-out users. Default: true. */
    enabled?: boolean;
    /** Trials per learner, at most. Default: 24. */
    trials?: number;
    /** A learner stops after so many trials that have not improved it. Default: 12. */
    patience?: number;
    [key: string]: unknown;
  };
  privacy?: {
    /** Fewest people behind everything in the model that comes from behaviour, 1 to 100. Default: 3. */
    minSupport?: number;
    [key: string]: unknown;
  };
  [section: string]: unknown;
}

/** What was understood of the data. */
export interface Reading {
  /** What the data set is called. */
  readonly name: string;
  /** What the files were recognised as, in words. */
  readonly format: string;
  /** Events, after repeated ones were removed. */
  readonly events: number;
  readonly users: number;
  /** Items, of the catalogue and of the events. */
  readonly items: number;
  /** Events / (users × items). */
  readonly density: number;
  /** Events that are likes. */
  readonly likes: number;
  /** Ratings of this or more are likes; `null`: every event is. */
  readonly likeThreshold: number | null;
  /** `null` if the events have no ratings. */
  readonly highestRating: number | null;
  /** The ten most liked items. */
  readonly mostLiked: readonly { readonly id: string; readonly title: string; readonly likes: number }[];
  /** The columns of each file of events that is a table; empty for formats with fixed columns. */
  readonly columns: readonly {
    readonly file: string;
    readonly names: readonly string[];
    /** The columns that were read, by what they hold; `null` if there is none. */
    readonly roles: {
      readonly user: string | null;
      readonly item: string | null;
      readonly rating: string | null;
      readonly time: string | null;
      readonly event: string | null;
    };
  }[];
  /** The first ten lines that were left out, each with its place and what is wrong. */
  readonly badLines: readonly string[];
  /** What was odd, one sentence each. */
  readonly notes: readonly string[];
  /** The data report: an HTML page. */
  readonly report: string;
}

/** A model that was learned. `load` of `foldin` takes it as it is. */
export interface Trained extends ModelFolder {
  /** Name of the version, `v1.0.0`. */
  readonly version: string;
  /** The content of `manifest.json`. */
  readonly manifest: object;
  /** The content of `metrics.json`; `null` if there were too few people to measure on, or the settings do not ask for it. */
  readonly metrics: Metrics | null;
  /** The settings that were used, as the text of a settings file: with it, the same data give the same model. */
  readonly settings: string;
  /** What was odd about the data, one sentence each. */
  readonly notes: readonly string[];
  /** What speaks against publishing the model, one clause each. The program refuses a model with any. */
  readonly doubts: readonly string[];
  /** What the model gives away about the people whom it was learned from. */
  readonly privacy: {
    /** In one sentence. */
    readonly sentence: string;
    /** Fewest people behind everything that comes from behaviour. */
    readonly minSupport: number;
    /** How many likes of how many people could be named from the files, by an attack that was tried. */
    readonly named: { readonly claims: number; readonly right: number; readonly people: number };
    readonly [figure: string]: unknown;
  };
  /** The model card: an HTML page. */
  readonly modelCard: string;
  /** The data report: an HTML page. */
  readonly dataReport: string;
  /** What was read. */
  readonly reading: Reading;
}

/** The content of `metrics.json`, as far as most readers need it. */
export interface Metrics {
  readonly protocols: readonly {
    readonly protocol: string;
    readonly users: number;
    readonly systems: readonly {
      readonly name: string;
      /** By name and cutoff, such as `ndcg@10`. */
      readonly metrics: Readonly<
        Record<string, { readonly mean: number; readonly low?: number; readonly high?: number }>
      >;
    }[];
  }[];
  readonly [field: string]: unknown;
}

/** A part of a training. */
export type Phase = "searching" | "learning" | "ranking" | "measuring" | "mapping";

/** How far the search for the settings of one source has come. */
export interface SearchState {
  readonly source: string;
  readonly trials: number;
  /** Whether further trials follow. */
  readonly isActive: boolean;
  /** NDCG@10 with the settings at the start; `null` if nothing could be learned with them. */
  readonly atStart: number | null;
  /** NDCG@10 of the best trial. */
  readonly best: number | null;
}

/** What happens in a training, in the order of the phases. */
export type TrainProgress =
  /** The wasm module arrives. */
  | { readonly type: "download"; readonly loaded: number; readonly total: number }
  /** The data were read. */
  | { readonly type: "read"; readonly reading: Reading }
  /** A phase begins; those that the settings leave out do not come. */
  | { readonly type: "phase"; readonly phase: Phase }
  /** There are too few people to hold some out: nothing is searched or measured. */
  | { readonly type: "notHeldOut"; readonly why: string }
  | { readonly type: "notSearched"; readonly why: "disabled" | "too-few-users" }
  | { readonly type: "searchStarted"; readonly users: number }
  /** A trial of the search has ended. */
  | {
      readonly type: "trial";
      readonly source: string;
      /** Its number among those of the source; 0 is the settings at the start. */
      readonly number: number;
      readonly ndcg: number | null;
      readonly values: Readonly<Record<string, number>>;
      readonly sources: readonly SearchState[];
    }
  | { readonly type: "searched"; readonly sources: readonly SearchState[] }
  /** A step of a phase has ended, of so many. */
  | { readonly type: "step"; readonly phase: Phase; readonly done: number; readonly of: number }
  | {
      readonly type: "learned";
      /** `everything`: the model that is given; `training-part`: one to measure. */
      readonly from: "everything" | "training-part";
      readonly likes: number;
      readonly users: number;
      readonly items: number;
      readonly factors: number;
    }
  /** The ranker was learned: a blend and so many trees, or none that is better than the fixed blend. */
  | { readonly type: "ranked"; readonly profiles: number; readonly blend: boolean; readonly trees: number }
  | { readonly type: "measuringStarted"; readonly users: number }
  /** What was measured, as the manifest has it. */
  | {
      readonly type: "measured";
      readonly metrics: {
        readonly protocol: string;
        readonly users: number;
        readonly foldin: HeadlineMetrics;
        readonly popularity: HeadlineMetrics;
      };
    }
  | { readonly type: "ratingsMeasured"; readonly rmse: number; readonly ratings: number }
  | { readonly type: "mapped"; readonly items: number };

/** The metrics by which versions are compared. */
export interface HeadlineMetrics {
  readonly "ndcg@10": number;
  readonly "recall@20": number;
  readonly "coverage@10": number;
}
