// The public interface of the package `foldin`, written by hand; tests/types checks that it is what it says.

/**
 * Loads a model: its manifest, its files, and the wasm module, side by side. It answers in a worker, or on this thread
 * where there can be none.
 *
 * What was loaded is kept in the Cache API where the browser has it: later visits ask the host for the manifest alone,
 * and work offline. After the promise is fulfilled no request is made any more, but for the file of known users when
 * that is first needed: nothing about the visitor leaves the page.
 *
 * Two calls at the same time download everything once.
 *
 * @param url address of the model's `manifest.json`; a relative one is resolved against the page. Outside of a page it
 * must be absolute; in Node a `file:` URL does as well.
 * @throws {@link FoldinError} with the codes `not-found`, `http`, `network`, `not-a-manifest`, `newer-format`,
 * `older-format`, `wrong-length`, `damaged`, `malformed`, `not-foldin`, `wrong-kind`, `other-model`, `not-in-model`,
 * `wasm-blocked`, `wasm-unsupported`, `worker-blocked`, `invalid-value`, `internal`; and the signal's own `AbortError`
 * if it was aborted.
 *
 * @example
 * const foldin = await load("model/manifest.json");
 * const { items } = await foldin.recommend({ liked: ["1", "260"] }, { k: 10 });
 */
export function load(url: string | URL, options?: LoadOptions): Promise<Foldin>;

/** Removes every model and wasm module that foldin keeps for this origin. Loaded models go on answering. */
export function clearCache(): Promise<void>;

export interface LoadOptions {
  /**
   * Where the model answers. `"auto"`: in a worker, and on this thread where there can be none: in Node, in another
   * worker, or where browser, policy or host stand in the way. `true`: in a worker, or not at all (`worker-blocked`).
   * `false`: on this thread. Default: `"auto"`.
   */
  worker?: "auto" | boolean;
  /** Whether to keep what was loaded for later visits, and to use what is kept. Default: true. */
  cache?: boolean;
  /**
   * Whether to load the known users at once. Default: false; they are loaded when {@link Foldin.recommendUser} or
   * {@link Foldin.userProfile} first asks for them. With `true`, a model without them is rejected with `not-in-model`.
   */
  users?: boolean;
  /** Called as the files arrive, last of all with `ready`. What it throws ends the loading. */
  onProgress?: (progress: LoadProgress) => void;
  /** Ends the loading; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Name of the version to load, whatever the manifest says of current version and variants. */
  variant?: string;
  /**
   * Who the visitor is, where the manifest names several variants: the same text always gets the same variant. Default:
   * a random text that is kept in localStorage as `foldin:visitor`. It decides here, in the browser, and is never sent;
   * where nothing can be kept, the visitor gets the current version.
   */
  visitor?: string;
  /** Told of every answer: for the site's own analytics. foldin sends nothing. What it throws is logged and ignored. */
  onEvent?: (event: FoldinEvent) => void;
  /** Where `wasm/foldin_bg.wasm` lies, for bundlers that leave it behind. Default: beside this module. */
  wasm?: string | URL;
  /** Where `worker.js` lies, for bundlers that leave it behind. Default: beside this module. */
  workerUrl?: string | URL;
}

/** How far loading has come. */
export type LoadProgress =
  | {
      /**
       * `initiate`: the file is about to be read; `download`: the host's response has begun; `progress`: a piece has
       * arrived; `done`: all of it has, and has been checked. After a failed try, `download` and `progress` come once
       * more, or `initiate` and `done` of a kept copy. Files from the cache and from disk have no `download` and
       * `progress`.
       */
      readonly type: "initiate" | "download" | "progress" | "done";
      /** Which file. */
      readonly file: "manifest" | "wasm module" | "score file" | "show file" | "users file";
      /** Its address. */
      readonly url: string;
      /** Bytes that have arrived, after decompression. */
      readonly loaded: number;
      /** Bytes that will arrive, after decompression; `null` where the host does not say. */
      readonly total: number | null;
      /** Whether it comes from what earlier visits have kept. */
      readonly source: "cache" | "network";
    }
  | {
      /** All files are there, and the model answers. */
      readonly type: "ready";
    };

/** What {@link LoadOptions.onEvent} is told. */
export interface FoldinEvent {
  /** `load`, or the name of the call that was answered. */
  readonly type:
    | "load"
    | "recommend"
    | "recommendUser"
    | "userProfile"
    | "userIds"
    | "batch"
    | "compare"
    | "similar"
    | "predict"
    | "search"
    | "popular"
    | "seeds"
    | "items"
    | "explain"
    | "map"
    | "place"
    | "health"
    | "stats";
  /** The visitor's variant, as in {@link Info.variant}. */
  readonly variant: string | null;
  /** Version of the model. */
  readonly version: string;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Ids of the items in the answer, in its order; of a batch or a comparison those of all its lists. */
  readonly ids: string[];
}

/**
 * A loaded model. Made by {@link load} only.
 *
 * Every call is answered asynchronously; none makes a request, but for the first that needs the known users.
 * What is given to a call must be plain data: a Map, an instance of a class, a function or a cycle is refused with
 * `invalid-value`. Beside the codes named at each call, all reject with `closed` after {@link Foldin.close}, and with
 * `internal` if the worker dies or the wasm module stops in the middle of a call: then this model answers nothing any
 * more. Load it again; without a worker the page must be reloaded.
 */
export class Foldin {
  private constructor();

  /** What the model was trained on and what it holds. */
  readonly info: Info;

  /**
   * Recommends items that a visitor does not know yet, the best first.
   *
   * Of an empty profile, or one without a like, nothing can be told: the answer is then the most popular items.
   * Filters hold before the best are taken, so `k` items come wherever so many pass.
   *
   * @throws `unknown-item` for an id in the profile that the model does not have, `unknown-genre`, `invalid-value`,
   * `not-in-model`.
   */
  recommend(profile?: Profile, request?: Request): Promise<Answer<Recommendation>>;

  /**
   * Recommends to a user of the training data, from everything that the model knows about them. Items that they have
   * liked, disliked, rated or seen are not recommended.
   *
   * @throws `unknown-user`, `not-in-model` if the model holds no users, what {@link Foldin.recommend} throws, and what
   * {@link load} throws of the file of known users.
   */
  recommendUser(id: string, request?: Request): Promise<Answer<Recommendation>>;

  /**
   * What a user of the training data liked, disliked, rated and saw, the oldest first in each list: the profile that
   * {@link Foldin.recommendUser} uses, in the form that {@link Foldin.recommend} takes. Fields without an item are
   * absent. How detailed it is depends on the training data.
   *
   * @throws As {@link Foldin.recommendUser}.
   */
  userProfile(id: string): Promise<UserProfile>;

  /**
   * The ids of all users that the model holds, in ascending order.
   *
   * @throws `not-in-model` if it holds none, and what {@link load} throws of the file of known users.
   */
  userIds(): Promise<string[]>;

  /**
   * Many questions at once, answered in their order. If one of them is wrong all are rejected, with its number.
   *
   * @throws What {@link Foldin.recommend} and {@link Foldin.recommendUser} throw.
   */
  batch(questions: readonly Question[]): Promise<Batch>;

  /**
   * The same question to several strategies, side by side.
   *
   * @param strategies Default: all of {@link Info.strategies}, and `diverse`.
   * @throws What {@link Foldin.recommend} throws.
   *
   * @example
   * const { lists } = await foldin.compare({ liked: ["1"] }, ["popular", "hybrid", "diverse"], { k: 6 });
   */
  compare(
    profile?: Profile,
    strategies?: readonly ComparedStrategy[],
    request?: Omit<Request, "strategy">,
  ): Promise<Comparison>;

  /**
   * Items to ask a newcomer about, the best to ask first: liked by many, and apart from each other, so that few answers
   * tell much. Whatever they like of them is the profile for {@link Foldin.recommend}. To ask on, give that profile, and
   * as `exclude` the ids that were shown: what was liked so far leads to items closer by.
   *
   * @throws `unknown-item`, `unknown-genre`, `invalid-value`.
   *
   * @example
   * const { items } = await foldin.seeds({ k: 24 });
   * const more = await foldin.seeds({ k: 24, profile: { liked }, exclude: items.map(({ id }) => id) });
   */
  seeds(options?: SeedsOptions): Promise<Answer<Item>>;

  /**
   * How many stars a visitor would give one item, from the stars in {@link Profile.ratings}; likes and dislikes count
   * as nothing here, since they name no number. Without stars in the profile it is what people in general give the item.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model` if the model has no stars.
   *
   * @example
   * const { stars } = await foldin.predict("260", { ratings: [["1", 5], ["2", 1.5]] });
   */
  predict(id: string, profile?: Profile): Promise<Prediction>;

  /**
   * The items most like one, the most alike first, with their likeness as `score`; the item itself is not among them.
   * An item without likes in the training data has none by taste.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model`.
   */
  similar(id: string, options?: SimilarOptions): Promise<Answer<SimilarItem>>;

  /**
   * Items by their title, the best match first: for pickers. Case, accents and punctuation do not matter, and typing
   * errors are forgiven: one in words of four letters and more, two in words of eight and more. An item's exact id
   * finds it too. A text without a letter or digit finds nothing.
   *
   * @throws `invalid-value`.
   */
  search(text: string, options?: SearchOptions): Promise<Answer<Item>>;

  /**
   * The most liked items. With `only`, the items of a list of ids: what the model does not have is left out.
   *
   * @throws `unknown-genre`, `invalid-value`.
   */
  popular(request?: PopularRequest): Promise<Answer<Recommendation>>;

  /**
   * What is known of items, in the order asked. Ids that the model does not have are left out: of a profile that
   * another model was asked with before, this tells what is left of it.
   *
   * @throws `invalid-value`.
   */
  items(ids: readonly string[]): Promise<Item[]>;

  /**
   * How one item would come by its score, for a profile and a request: each source, each feature, each liked item.
   *
   * @throws `unknown-item`, `unknown-genre`, `invalid-value`, `not-in-model`.
   */
  explain(id: string, profile?: Profile, request?: Request): Promise<Explanation>;

  /**
   * Where every item lies on the map of taste: what is liked by the same people lies close.
   *
   * @throws `not-in-model` if the model has no map.
   */
  map(): Promise<TasteMap>;

  /**
   * Where a visitor stands on the map; `null` without a like that says something.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model` if the model has no map.
   */
  place(profile?: Profile): Promise<{ x: number; y: number } | null>;

  /** Whether the model answers. */
  health(): Promise<Health>;

  /** What the model holds, and how long its answers took so far. */
  stats(): Promise<Stats>;

  /**
   * Frees the memory of the model, and ends its worker. Calls that were not answered yet, and all later ones, are
   * rejected with `closed`; closing again does nothing.
   */
  close(): void;
}

/** What a call gives. */
export interface Answer<T> {
  /** The best first. */
  readonly items: T[];
  /**
   * Milliseconds that the answer took on this device, without waiting for other work. Browsers round it, to 0.1 ms or
   * 1 ms: it can be 0.
   */
  readonly ms: number;
}

/** What {@link Foldin.userProfile} returns. */
export interface UserProfile {
  readonly liked?: string[];
  readonly disliked?: string[];
  readonly seen?: string[];
  /** Pairs of an id and its stars. */
  readonly ratings?: [id: string, stars: number][];
}

/** What {@link Foldin.predict} gives. */
export interface Prediction {
  /** Stars on the scale of the training data, and within it. */
  readonly stars: number;
  /** Milliseconds, as in {@link Answer}. */
  readonly ms: number;
}

/** One question of {@link Foldin.batch}: of a visitor, or of a user of the training data. */
export type Question = { request?: Request } & (
  | { profile?: Profile; user?: never }
  | { profile?: never; user: string }
);

/** What {@link Foldin.batch} gives. */
export interface Batch {
  /** One for each question, in their order. */
  readonly answers: Answer<Recommendation>[];
  /** Milliseconds of all of them. */
  readonly ms: number;
}

/** A way to recommend, or `diverse`: `hybrid` with a diversity of 0.5. */
export type ComparedStrategy = Strategy | "diverse";

/** What {@link Foldin.compare} gives. */
export interface Comparison {
  /** One for each strategy, in their order. */
  readonly lists: (Answer<Recommendation> & { readonly strategy: ComparedStrategy })[];
  /** Milliseconds of all of them. */
  readonly ms: number;
}

/** What {@link Foldin.map} gives: the item `ids[n]` lies at `x[n]`, `y[n]`. */
export interface TasteMap {
  /** All items of the model, the most liked first. */
  readonly ids: string[];
  /** 0 to 1. */
  readonly x: Float32Array;
  /** 0 to 1. */
  readonly y: Float32Array;
}

/** What {@link Foldin.explain} gives: `blend` and `trees` together are `score`. */
export interface Explanation {
  /** The item as {@link Foldin.recommend} would give it. */
  readonly item: Recommendation;
  /** Its place among the candidates, from 1; `null` if it is none of them. */
  readonly place: number | null;
  /** How many candidates there were. */
  readonly candidates: number;
  /** Every source that had something to say. */
  readonly sources: SourcePart[];
  /** What the ranker looked at. */
  readonly features: FeaturePart[];
  /** The weighted sum of all features: their contributions together. */
  readonly blend: number;
  /** What the trees add; 0 without trees. */
  readonly trees: number;
  readonly score: number;
}

/** What one source says of an explained item. */
export interface SourcePart {
  readonly source: Source;
  /** Its own score; `null` where it has none for the item. */
  readonly score: number | null;
  /** The item's place among the source's best, from 1; `null` beyond the first 100. */
  readonly place: number | null;
  /** By how much the source moves the final score. */
  readonly part: number;
  /** What each item of the profile contributes to the source's score. */
  readonly because: Reason[];
}

/** What one feature does to the score of an explained item. */
export interface FeaturePart {
  readonly name: string;
  /** The source that it comes from, if it does. */
  readonly source: Source | null;
  /** Its value for the item. */
  readonly value: number;
  /** Its mean over the candidates. */
  readonly mean: number;
  /** What it adds to {@link Explanation.blend}. */
  readonly contribution: number;
}

/** What {@link Foldin.health} gives. */
export interface Health {
  readonly status: "ok";
  readonly version: string;
  readonly variant: string | null;
  readonly worker: boolean;
  /** How many items the model knows. */
  readonly items: number;
  readonly ms: number;
}

/** What {@link Foldin.stats} gives: all of {@link Foldin.info}, and more. */
export interface Stats extends Info {
  /**
   * The calls that were answered so far, by name, with the milliseconds that the last thousand of each took. `start`
   * and `open` are the start of the wasm module and the decoding of the model.
   */
  readonly calls: Readonly<Record<string, { readonly count: number; readonly median: number; readonly p95: number }>>;
  /** Bytes of memory that the wasm module has taken. */
  readonly memory: number;
}

/**
 * What is known of a visitor; every id is an item's, and every field may be left out.
 *
 * Lists go from the oldest event to the newest, since what comes last can count for more; all of `seen` counts as older
 * than all of `ratings`, those as older than `disliked`, and those as older than `liked`. Of an item that is named more
 * than once the newest event counts.
 */
export interface Profile {
  /** Items the visitor likes. */
  liked?: readonly string[];
  /** Items of which the visitor wants less. */
  disliked?: readonly string[];
  /**
   * Stars, at least 0, on the scale of the training data. From {@link Info.likeThreshold} on they count as a like, up to
   * half of it as a dislike, in between as seen; where it is `null`, as a like.
   *
   * An array of pairs keeps the order of the events. An object by item id is shorter to write, but JavaScript puts ids
   * that look like whole numbers first, in ascending order, whatever the order in which they were set.
   */
  ratings?: readonly (readonly [id: string, stars: number])[] | Readonly<Record<string, number>>;
  /** Items the visitor knows already: they are not recommended, and say nothing else. */
  seen?: readonly string[];
}

/** What to recommend; every field may be left out. */
export interface Request {
  /** How many items, at least 1. Default: 10. Fewer come where fewer pass: beyond the catalogue it is all of it. */
  k?: number;
  /** Ids never to recommend, beside those of the profile. Ids that the model does not have are ignored. */
  exclude?: readonly string[];
  /** Recommend nothing but these ids: puts a list in order. Ids that the model does not have are ignored. */
  only?: readonly string[];
  /** Which items may be recommended. Default: all. */
  where?: Filter;
  /**
   * By which way to recommend. Default: `hybrid`. Where it has nothing to say of the profile, or of fewer than `k`
   * items, popular ones fill up.
   */
  strategy?: Strategy;
  /**
   * How much likeness among the recommended counts against them, 0 to 1: from the best, however alike, to as different
   * from each other as can be (lambda of maximal marginal relevance). The first stays the first. Default: 0.
   */
  diversity?: number;
  /**
   * Whether to say where each recommendation came from, and which items of the profile led to it. Default: true. With
   * `false`, `because` is empty, and of `hybrid` `sources` too.
   */
  reasons?: boolean;
}

/** A {@link Request} in which the visitor plays no part. */
export type PopularRequest = Pick<Request, "k" | "exclude" | "only" | "where">;

export interface Filter {
  /** Only items with at least one of these genres, spelled as in {@link Info.genres}. An empty list allows all. */
  genres?: readonly string[];
  /** Only items of these years, the first and the last included; items without a year do not pass. */
  years?: readonly [first: number, last: number];
}

/** Where recommendations come from; a model may lack any of them but `popular`. */
export type Source =
  /** Fits the visitor's factors (iALS). */
  | "taste"
  /** Liked together with what the visitor likes. */
  | "neighbours"
  /** Predicted from what the visitor likes (EASE). */
  | "ease"
  /** Liked next after what the visitor liked last. */
  | "sequence"
  /** About the same things as what the visitor likes. */
  | "content"
  /** Liked by many. */
  | "popular"
  /** Liked by many lately. */
  | "recent"
  /** Has the best stars. */
  | "top-rated";

/** By which way to recommend. */
export type Strategy =
  /** Candidates of all sources, put in order by what training learned of them: best for profiles of any length. */
  | "hybrid"
  /** By one source alone. */
  | Source;

/** What to ask a newcomer about; every field may be left out. */
export interface SeedsOptions {
  /** How many items, at least 1. Default: 24. Fewer come where fewer pass. */
  k?: number;
  /** What is known of the visitor already; none of its items is asked about. */
  profile?: Profile;
  /** Ids not to ask about, such as those that were asked about before. Ids that the model does not have are ignored. */
  exclude?: readonly string[];
  /** Ask about nothing but these ids. Ids that the model does not have are ignored. */
  only?: readonly string[];
  /** Which items may be asked about. Default: all. */
  where?: Filter;
}

export interface SimilarOptions {
  /**
   * `taste`: liked by the same people; `content`: about the same things; `genres`: of the same genres. Default: `taste`.
   */
  by?: "taste" | "content" | "genres";
  /** How many items, at least 1. Default: 10. */
  k?: number;
}

export interface SearchOptions {
  /** How many items, at least 1. Default: 8. */
  k?: number;
}

export interface Item {
  readonly id: string;
  /** Without the year; the id where the training data had no title. Text, not HTML. */
  readonly title: string;
  /** Year of release; `null` where unknown. */
  readonly year: number | null;
  readonly genres: string[];
  readonly tags: string[];
  /** How many likes it has in the training data. */
  readonly likes: number;
}

export interface Recommendation extends Item {
  /**
   * What the items are ordered by, higher is better (with `diversity`, what they would be ordered by without): a number
   * without a unit for `hybrid`, about 0 to 1 for `taste` (1 is the score of a like), the number of likes for `popular`,
   * stars for `top-rated`, a cosine for `content`. Comparable within one answer and one source only.
   */
  readonly score: number;
  /**
   * How many stars the visitor would give it, as {@link Foldin.predict} says; `null` where the model has no stars.
   */
  readonly stars: number | null;
  /**
   * Where it came from: those that moved its score up, the strongest first. `popular` first means that popularity is
   * the main reason. By one source alone it is that source, and `popular` for items that fill up.
   */
  readonly sources: Source[];
  /**
   * The visitor's items that led to it, the strongest first. Empty for popular items, or where not asked for. Of
   * `hybrid` they are the reasons of the personal sources among {@link Recommendation.sources} only: look there first
   * to see whether they are the main ones.
   */
  readonly because: Reason[];
}

/** How much one item of the profile has to do with a recommendation. */
export interface Reason {
  /** Id of the item in the profile. */
  readonly id: string;
  /** Its part in the recommendation, -1 to 1, below 0 if it speaks against; the absolute values add up to 1. */
  readonly share: number;
  /**
   * What it adds to the score, below 0 if it speaks against. By one source alone all of them together are the score; of
   * `hybrid` they are what the personal sources add, beside a candidate that these find average.
   */
  readonly contribution: number;
}

export interface SimilarItem extends Item {
  /** By `taste` the cosine, -1 to 1; by `content` the cosine, above 0 to 1; by `genres` the part of all their genres that both have, above 0 to 1. */
  readonly score: number;
}

/** What a model was trained on and what it holds. */
export interface Info {
  /** Version of the model, such as `v1.0.0`. */
  readonly version: string;
  /** Name of the data set. */
  readonly data: string;
  /** Whether its events were simulated instead of made by people. Say so wherever results are shown. */
  readonly simulated: boolean;
  /** Users in the training data with at least one like. */
  readonly users: number;
  /** Items that the model knows. */
  readonly items: number;
  /** Likes that were learned from. */
  readonly likes: number;
  /** Length of the factor vectors; 0 for a model that knows popular items only. */
  readonly factors: number;
  /** Ratings from this number of stars on were likes; `null`: every event was. */
  readonly likeThreshold: number | null;
  /** Whether it predicts stars: {@link Foldin.predict}. */
  readonly stars: boolean;
  /** Whether it has a map: {@link Foldin.map}, {@link Foldin.place}. */
  readonly map: boolean;
  /** Whether it holds users of the training data: {@link Foldin.recommendUser}, {@link Foldin.userProfile}. */
  readonly hasUsers: boolean;
  /** The strategies that it can answer by, `hybrid` first. */
  readonly strategies: readonly Strategy[];
  /** Every genre that an item has, in alphabetical order. */
  readonly genres: readonly string[];
  /** Name and version of the program that trained it. */
  readonly program: string;
  /** What the trainer measured, as it stands in the manifest; `null` if nothing was. */
  readonly metrics: Readonly<Record<string, unknown>> | null;
  /** The version that the visitor got among several variants, or that was asked for; `null` without a choice. */
  readonly variant: string | null;
  /** Whether what earlier visits have kept was enough, or files of the model were fetched. */
  readonly source: "cache" | "network";
  /** Whether it answers in a worker. */
  readonly worker: boolean;
  /** Address of the manifest's folder, with a slash at its end. */
  readonly modelUrl: string;
  /** The reports of the version, as paths relative to {@link Info.modelUrl}; each may be absent. */
  readonly reports: {
    /** What the trainer measured, as JSON. */
    readonly metrics?: string;
    /** The model card, a page. */
    readonly card?: string;
    /** The report about the data, a page. */
    readonly data?: string;
  };
  /** Lengths in bytes of the model's files and of the wasm module, before compression by the host. */
  readonly bytes: {
    readonly score: number;
    readonly show: number;
    /** Loaded when first needed; absent where the model holds no users. */
    readonly users?: number;
    readonly wasm: number;
  };
}

/** What every call throws or is rejected with, but for the `AbortError` of a signal. The message is for people. */
export class FoldinError extends Error {
  constructor(code: ErrorCode, message: string, about?: { url?: string; status?: number; cause?: unknown });
  readonly name: "FoldinError";
  /** For programs; stays the same between versions. */
  readonly code: ErrorCode;
  /** Address of the file that it is about. */
  readonly url?: string;
  /** HTTP status of the host's answer, for `not-found` and `http`. */
  readonly status?: number;
}

export type ErrorCode =
  /** The host has no such file, or a web page in its place. */
  | "not-found"
  /** The host answers with an error, three times. */
  | "http"
  /** The host cannot be reached, does not allow it, or the answer broke off, three times; or this device is offline. */
  | "network"
  /** What lies at the URL is not the manifest of a model. */
  | "not-a-manifest"
  /** A later version of foldin wrote the file: update this package. */
  | "newer-format"
  /** A version of foldin that is too old wrote the file: train again. */
  | "older-format"
  /** A file is shorter or longer than it should be. */
  | "wrong-length"
  /** A checksum does not hold. */
  | "damaged"
  /** A file contradicts itself. */
  | "malformed"
  /** A file is not a `.foldin` file. */
  | "not-foldin"
  /** A `.foldin` file with another purpose. */
  | "wrong-kind"
  /** Two files are from different models. */
  | "other-model"
  /** The page's Content-Security-Policy does not allow WebAssembly. */
  | "wasm-blocked"
  /** The browser cannot run the wasm module: it has no WebAssembly, or none with SIMD. */
  | "wasm-unsupported"
  /** The worker could not be started, and `worker: true` was asked for. */
  | "worker-blocked"
  /** No item has this id. */
  | "unknown-item"
  /** No user has this id. */
  | "unknown-user"
  /** No item has this genre. */
  | "unknown-genre"
  /** A value is of the wrong type or out of range, or a field is unknown; the message names it. */
  | "invalid-value"
  /** The model was trained, or loaded, without what the call needs. */
  | "not-in-model"
  /** The model was closed. */
  | "closed"
  /** Text is not an exported profile (`foldin/profile`). */
  | "invalid-profile"
  /** The worker died, or the wasm module failed: an error in foldin. */
  | "internal";
