// The public interface of the package `foldin`, written by hand. tests/types checks the implementation against it.

/**
 * Loads a model: its manifest, its files and the wasm module, in parallel. The model runs in a worker, or on this thread
 * if there can be no worker.
 *
 * The files are stored in the Cache API if the browser has it: later visits fetch the manifest only, and work offline.
 * Once the promise is fulfilled, the package makes no further request, except for the file of known users when that is
 * first needed. Nothing about the visitor leaves the page.
 *
 * Concurrent calls download everything once. The files of a model are on the same host as its manifest. Files that are
 * compressed with gzip (`foldin build --compress`) are unpacked; lengths and checksums are those of the content.
 *
 * If the scripts of this package come from the HTTP cache and are older than the wasm module or the manifest on the host,
 * the host's scripts are fetched and load the model.
 *
 * @param url address of the model's `manifest.json`; a relative address is resolved against the page. Outside of a page
 * it must be absolute; in Node it may be a `file:` URL.
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

/**
 * Loads a model that is in memory, such as the result of `train` of `foldin/train`. Only the wasm module is fetched, and
 * nothing is stored. The bytes are copied, so the model can be loaded again.
 *
 * @throws {@link FoldinError} with the codes of the other form, and `not-found` for a file that is missing in `files`.
 *
 * @example
 * const trained = await train({ events: file });
 * const foldin = await load(trained);
 */
export function load(model: ModelFolder, options?: LoadOptions): Promise<Foldin>;

/** A model folder in memory. */
export interface ModelFolder {
  /** The files by their paths in the folder, such as `manifest.json` and `v1.0.0/score-0123456789ab.foldin`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** Deletes every model and wasm module that foldin has stored for this origin. Loaded models keep working. */
export function clearCache(): Promise<void>;

export interface LoadOptions {
  /**
   * Where the model runs. `"auto"`: in a worker, or on this thread if there can be no worker: in Node, in another
   * worker, or if the browser, the page's policy or the host prevents it. `true`: in a worker, or not at all
   * (`worker-blocked`). `false`: on this thread. Default: `"auto"`.
   */
  worker?: "auto" | boolean;
  /** Whether to store the files for later visits, and to use stored files. Default: true. */
  cache?: boolean;
  /**
   * Whether to load the known users at once. Default: false; they are loaded when {@link Foldin.recommendUser} or
   * {@link Foldin.userProfile} first needs them. With `true`, a model without users is rejected with `not-in-model`.
   */
  users?: boolean;
  /** Called as the files arrive, and finally with `ready`. If it throws, loading ends with that error. */
  onProgress?: (progress: LoadProgress) => void;
  /** Ends the loading; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Name of the version to load, in place of the current version and of the variants in the manifest. */
  variant?: string;
  /**
   * Identifies the visitor if the manifest names several variants: the same text always gets the same variant. Default:
   * a random text that is stored in localStorage as `foldin:visitor`. The browser chooses the variant; the text is never
   * sent. If nothing can be stored, the visitor gets the current version.
   */
  visitor?: string;
  /** Called after every answer, for the site's own analytics; foldin sends nothing. Errors in it are logged. */
  onEvent?: (event: FoldinEvent) => void;
  /** Address of `wasm/foldin_bg.wasm`, for bundlers that leave it out. Default: beside this module. */
  wasm?: string | URL;
  /** Address of `worker.js`, for bundlers that leave it out. Default: beside this module. */
  workerUrl?: string | URL;
}

/** The progress of loading. */
export type LoadProgress =
  | {
      /**
       * `initiate`: the file is about to be read; `download`: the host's response has begun; `progress`: a part has
       * arrived; `done`: all of it has arrived and was checked. After a failed try, `download` and `progress` are
       * repeated, or `initiate` and `done` follow for a cached copy. Files from the cache and from disk have no
       * `download` and `progress`.
       */
      readonly type: "initiate" | "download" | "progress" | "done";
      /** Which file. */
      readonly file: "manifest" | "wasm module" | "score file" | "show file" | "users file";
      /** Its address. */
      readonly url: string;
      /** Bytes that have arrived, after decompression. */
      readonly loaded: number;
      /** Bytes that will arrive, after decompression; `null` if unknown. */
      readonly total: number | null;
      /** Whether it comes from the cache, from the host, or from the model folder that was passed. */
      readonly source: "cache" | "network" | "memory";
    }
  | {
      /** All files have arrived, and the model answers. */
      readonly type: "ready";
    };

/** What {@link LoadOptions.onEvent} receives. */
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
  /** Time in milliseconds. */
  readonly ms: number;
  /** Ids of the items in the answer, in its order; for a batch or a comparison, those of all lists. */
  readonly ids: string[];
}

/**
 * A loaded model. Only {@link load} creates one.
 *
 * All calls are asynchronous. They make no requests, except for the first that needs the known users. Arguments must be
 * plain data: a Map, an instance of a class, a function or a cycle is refused with `invalid-value`. In addition to the
 * codes named at each call, all calls reject with `closed` after {@link Foldin.close}, and with `internal` if the worker
 * or the wasm module stops in the middle of a call. The model is then lost: load it again; without a worker, reload the
 * page.
 */
export class Foldin {
  private constructor();

  /** What the model was trained on, and what it contains. */
  readonly info: Info;

  /**
   * Recommends items that are not in the visitor's profile, the best first.
   *
   * For a profile without a like or rating, these are the most popular items. Filters apply before the best items are
   * chosen, so the answer has `k` items whenever so many pass.
   *
   * @throws `unknown-item` for an id in the profile that the model does not have, `unknown-genre`, `invalid-value`,
   * `not-in-model`.
   */
  recommend(profile?: Profile, request?: Request): Promise<Answer<Recommendation>>;

  /**
   * Recommends to a user of the training data, from everything that the model knows about them. Items that they have
   * liked, disliked, rated or seen are not recommended.
   *
   * @throws `unknown-user`, `not-in-model` if the model contains no users, what {@link Foldin.recommend} throws, and what
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
   * The ids of all users that the model contains, in ascending order.
   *
   * @throws `not-in-model` if it contains none, and what {@link load} throws for the file of known users.
   */
  userIds(): Promise<string[]>;

  /**
   * Answers many questions at once, in their order. If one of them is invalid, the call rejects, with its number.
   *
   * @throws What {@link Foldin.recommend} and {@link Foldin.recommendUser} throw.
   */
  batch(questions: readonly Question[]): Promise<Batch>;

  /**
   * Answers one question by several strategies.
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
   * Good items to ask a new visitor about, the best first: widely known and diverse, so that a few answers are
   * informative. What the visitor likes among them is the profile for {@link Foldin.recommend}. To ask about more items,
   * pass that profile, and as `exclude` the ids that were shown: the next items are then closer to what was liked.
   *
   * @throws `unknown-item`, `unknown-genre`, `invalid-value`.
   *
   * @example
   * const { items } = await foldin.seeds({ k: 24 });
   * const more = await foldin.seeds({ k: 24, profile: { liked }, exclude: items.map(({ id }) => id) });
   */
  seeds(options?: SeedsOptions): Promise<Answer<Item>>;

  /**
   * Predicts the rating that a visitor would give an item, from {@link Profile.ratings}; likes and dislikes have no
   * effect. Without ratings in the profile, it is the rating that people give the item in general.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model` if the model predicts no ratings.
   *
   * @example
   * const { stars } = await foldin.predict("260", { ratings: [["1", 5], ["2", 1.5]] });
   */
  predict(id: string, profile?: Profile): Promise<Prediction>;

  /**
   * The items most similar to one, the most similar first, with the similarity as `score`; without the item itself.
   * By taste, an item without likes in the training data has no similar items.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model`.
   */
  similar(id: string, options?: SimilarOptions): Promise<Answer<SimilarItem>>;

  /**
   * Finds items by their title, the best match first. Case, accents and punctuation do not matter. Words of four or
   * more letters may have one typing error, words of eight or more two. The exact id of an item finds it too. A text
   * without a letter or digit finds nothing.
   *
   * @throws `invalid-value`.
   */
  search(text: string, options?: SearchOptions): Promise<Answer<Item>>;

  /**
   * The most liked items; with `only`, those among a list of ids. Ids that the model does not have are left out.
   *
   * @throws `unknown-genre`, `invalid-value`.
   */
  popular(request?: PopularRequest): Promise<Answer<Recommendation>>;

  /**
   * Items by their ids, in the given order. Ids that the model does not have are left out, such as those of a profile
   * that was made with another model.
   *
   * @throws `invalid-value`.
   */
  items(ids: readonly string[]): Promise<Item[]>;

  /**
   * Explains the score of an item for a profile and a request: each source, each feature, each liked item.
   *
   * @throws `unknown-item`, `unknown-genre`, `invalid-value`, `not-in-model`.
   */
  explain(id: string, profile?: Profile, request?: Request): Promise<Explanation>;

  /**
   * The position of every item on the map of taste: items that the same people like are close together.
   *
   * @throws `not-in-model` if the model has no map.
   */
  map(): Promise<TasteMap>;

  /**
   * The position of a visitor on the map; `null` if the profile has no like or rating to place them by.
   *
   * @throws `unknown-item`, `invalid-value`, `not-in-model` if the model has no map.
   */
  place(profile?: Profile): Promise<{ x: number; y: number } | null>;

  /** Whether the model answers. */
  health(): Promise<Health>;

  /** The content of {@link Foldin.info}, and how long the answers took so far. */
  stats(): Promise<Stats>;

  /**
   * Frees the memory of the model, and ends its worker. Pending and later calls reject with `closed`; closing again does
   * nothing.
   */
  close(): void;
}

/** What a call returns. */
export interface Answer<T> {
  /** The best first. */
  readonly items: T[];
  /**
   * Time in milliseconds that the answer took on this device, without waiting for other work. Browsers round it, to
   * 0.1 ms or 1 ms: it can be 0.
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

/** What {@link Foldin.predict} returns. */
export interface Prediction {
  /** Stars on the scale of the training data, and within it. */
  readonly stars: number;
  /** Milliseconds, as in {@link Answer}. */
  readonly ms: number;
}

/** One question of {@link Foldin.batch}: for a visitor, or for a user of the training data. */
export type Question = { request?: Request } & (
  | { profile?: Profile; user?: never }
  | { profile?: never; user: string }
);

/** What {@link Foldin.batch} returns. */
export interface Batch {
  /** One for each question, in their order. */
  readonly answers: Answer<Recommendation>[];
  /** Time in milliseconds for all of them. */
  readonly ms: number;
}

/** A strategy, or `diverse`: `hybrid` with a diversity of 0.5. */
export type ComparedStrategy = Strategy | "diverse";

/** What {@link Foldin.compare} returns. */
export interface Comparison {
  /** One for each strategy, in their order. */
  readonly lists: (Answer<Recommendation> & { readonly strategy: ComparedStrategy })[];
  /** Time in milliseconds for all of them. */
  readonly ms: number;
}

/** What {@link Foldin.map} returns: the item `ids[n]` is at `x[n]`, `y[n]`. */
export interface TasteMap {
  /** All items of the model, the most liked first. */
  readonly ids: string[];
  /** 0 to 1. */
  readonly x: Float32Array;
  /** 0 to 1. */
  readonly y: Float32Array;
}

/** What {@link Foldin.explain} returns: `score` is the sum of `blend`, `trees` and `weights`. */
export interface Explanation {
  /** The item as {@link Foldin.recommend} would return it. */
  readonly item: Recommendation;
  /** Its place among the candidates, from 1; `null` if it is none of them. */
  readonly place: number | null;
  /** How many candidates there were. */
  readonly candidates: number;
  /** Every source that has scored the item, or has moved its score. */
  readonly sources: SourcePart[];
  /** The features that the ranker used. */
  readonly features: FeaturePart[];
  /** The weighted sum of all features: the sum of their contributions. */
  readonly blend: number;
  /** What the trees add; 0 without trees. */
  readonly trees: number;
  /** What the {@link Request.weights} of the request change; 0 without any. */
  readonly weights: number;
  readonly score: number;
}

/** The part of one source in an explanation. */
export interface SourcePart {
  readonly source: Source;
  /** Its own score; `null` if it has not scored the item. */
  readonly score: number | null;
  /** The item's place in the source's own list, from 1; `null` beyond the first 100. */
  readonly place: number | null;
  /** How far the source moves the final score, times the weight that the request gives it. */
  readonly part: number;
  /** The contribution of each item of the profile to the source's score. */
  readonly because: Reason[];
}

/** The part of one feature in an explanation. */
export interface FeaturePart {
  readonly name: string;
  /** The source that it is about; `null` if it is about the profile. */
  readonly source: Source | null;
  /** Its value for the item. */
  readonly value: number;
  /** Its mean over the candidates. */
  readonly mean: number;
  /** What it adds to {@link Explanation.blend}. */
  readonly contribution: number;
}

/** What {@link Foldin.health} returns. */
export interface Health {
  readonly status: "ok";
  readonly version: string;
  readonly variant: string | null;
  readonly worker: boolean;
  /** How many items the model knows. */
  readonly items: number;
  readonly ms: number;
}

/** What {@link Foldin.stats} returns: all of {@link Foldin.info}, and more. */
export interface Stats extends Info {
  /**
   * The answered calls by name: their number, and the times of the last thousand in milliseconds. `start` and `open` are
   * the start of the wasm module and the decoding of the model.
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
  /** Items that the visitor dislikes: similar items get lower scores. */
  disliked?: readonly string[];
  /**
   * Stars, at least 0, on the scale of the training data. Ratings of at least {@link Info.likeThreshold} count as likes,
   * those of at most half of it as dislikes, others as seen. If the threshold is `null`, all count as likes.
   *
   * An array of pairs keeps the order of the events. An object by item id is shorter, but JavaScript moves ids that look
   * like whole numbers to the front, in ascending order.
   */
  ratings?: readonly (readonly [id: string, stars: number])[] | Readonly<Record<string, number>>;
  /** Items that the visitor knows: they are not recommended, and have no other effect. */
  seen?: readonly string[];
}

/** What to recommend. All fields are optional. */
export interface Request {
  /** Number of items, at least 1. Default: 10. The answer has fewer if fewer pass the filters. */
  k?: number;
  /** Ids not to recommend, in addition to those of the profile. Ids that the model does not have are ignored. */
  exclude?: readonly string[];
  /** Recommend only these ids: this ranks a list. Ids that the model does not have are ignored. */
  only?: readonly string[];
  /** Which items may be recommended. Default: all. */
  where?: Filter;
  /**
   * How to recommend. Default: `hybrid`. If the strategy scores fewer than `k` items for the profile, popular items are
   * added at the end.
   */
  strategy?: Strategy;
  /**
   * How much the similarity among the recommended items counts against them, 0 to 1: from the best items, however
   * similar, to the most diverse ones (lambda of maximal marginal relevance). Between these, places are also shared among
   * the likes of the profile. The first item stays first. Default: 0; `info.freeDiversity` costs nothing.
   */
  diversity?: number;
  /**
   * Whether to include the sources of each recommendation, and the items of the profile that led to it. Default: true.
   * With `false`, `because` is empty, and for `hybrid` `sources` too.
   */
  reasons?: boolean;
  /**
   * What counts more or less than the model has learned, for `hybrid`: `(weight - 1)` times the part of the source
   * ({@link SourcePart.part}) is added to each score. 1 and sources that are not named change nothing, 0 leaves the part of
   * a source out, 2 doubles it. Any finite number; sources that the model lacks have no effect.
   */
  weights?: Readonly<Partial<Record<Source, number>>>;
}

/** A {@link Request} without the parts that depend on the visitor. */
export type PopularRequest = Pick<Request, "k" | "exclude" | "only" | "where">;

export interface Filter {
  /** Only items with at least one of these genres, spelled as in {@link Info.genres}. An empty list allows all. */
  genres?: readonly string[];
  /** Only items of these years, the first and the last included; items without a year do not pass. */
  years?: readonly [first: number, last: number];
}

/** A source of recommendations. Every model has `popular`; it may lack the others. */
export type Source =
  /** Matrix factorisation (iALS): the item's factors fit the visitor's. */
  | "taste"
  /** Item neighbourhoods: the item is liked together with what the visitor likes. */
  | "neighbours"
  /** EASE: the item is predicted from all that the visitor likes. */
  | "ease"
  /** Sequences: the item is liked next after what the visitor liked last. */
  | "sequence"
  /** Transformer: the item is what a network expects after what the visitor liked, in that order. */
  | "transformer"
  /** Content: the item has the same genres, tags and words as what the visitor likes. */
  | "content"
  /** Popularity: many people like the item. */
  | "popular"
  /** Recent popularity: many people have liked the item lately. */
  | "recent"
  /** Mean rating: the item has the best ratings. */
  | "top-rated";

/** How to recommend. */
export type Strategy =
  /** Candidates of all sources, in a learned order: the best choice for profiles of any length. */
  | "hybrid"
  /** One source only. */
  | Source;

/** Which items to ask a new visitor about. All fields are optional. */
export interface SeedsOptions {
  /** Number of items, at least 1. Default: 24. The answer has fewer if fewer pass the filters. */
  k?: number;
  /** What is known about the visitor. None of these items is in the answer. */
  profile?: Profile;
  /** Ids to leave out, such as those that were shown before. Ids that the model does not have are ignored. */
  exclude?: readonly string[];
  /** Choose among these ids only. Ids that the model does not have are ignored. */
  only?: readonly string[];
  /** Which items may be chosen. Default: all. */
  where?: Filter;
}

export interface SimilarOptions {
  /**
   * `taste`: liked by the same people; `content`: with the same genres, tags and words; `genres`: with the same genres.
   * Default: `taste`.
   */
  by?: "taste" | "content" | "genres";
  /** Number of items, at least 1. Default: 10. */
  k?: number;
}

export interface SearchOptions {
  /** Number of items, at least 1. Default: 8. */
  k?: number;
}

export interface Item {
  readonly id: string;
  /** Without the year; the id if the training data have no title. Text, not HTML. */
  readonly title: string;
  /** Year of release; `null` if unknown. */
  readonly year: number | null;
  readonly genres: string[];
  readonly tags: string[];
  /** Number of likes in the training data. */
  readonly likes: number;
  /** An address with more about it, `https:` or `http:`; `null` if the model has none. */
  readonly url: string | null;
  /** What it is about, in a line; `null` if unknown. Text, not HTML. */
  readonly about: string | null;
}

export interface Recommendation extends Item {
  /**
   * Items are sorted by score, higher is better, unless `diversity` changes the order. A number without a unit for
   * `hybrid`, about 0 to 1 for `taste` (1 is the score of a like), the number of likes for `popular`, stars for
   * `top-rated`, a cosine for `content`. Comparable within one answer and one source only.
   */
  readonly score: number;
  /**
   * The predicted rating, as {@link Foldin.predict} returns it; `null` if the model predicts no ratings.
   */
  readonly stars: number | null;
  /**
   * The sources that moved its score up: personal ones first, the strongest first. `popular` is named only for items among
   * the most liked fifth of the catalogue, and is the main reason only where no personal source moved the score.
   * With a strategy of one source, it is that source, and `popular` for items added at the end.
   */
  readonly sources: Source[];
  /**
   * The visitor's items that led to it, the strongest first. Empty for popular items, and with `reasons: false`. For
   * `hybrid` these are the reasons of the personal sources only: {@link Recommendation.sources} shows whether those are
   * the main ones.
   */
  readonly because: Reason[];
}

/** The part of one item of the profile in a recommendation. */
export interface Reason {
  /** Id of the item in the profile. */
  readonly id: string;
  /** Its share, -1 to 1, below 0 if it lowers the score. The absolute values of all items add up to 1. */
  readonly share: number;
  /**
   * What it adds to the score, below 0 if it lowers it. With a strategy of one source, the contributions add up to the
   * score; for `hybrid`, to what the personal sources add compared with an average candidate.
   */
  readonly contribution: number;
}

export interface SimilarItem extends Item {
  /**
   * By `taste` the cosine, -1 to 1; by `content` the cosine, above 0 to 1; by `genres` the Jaccard index of the genres,
   * above 0 to 1.
   */
  readonly score: number;
}

/** What a model was trained on, and what it contains. */
export interface Info {
  /** Version of the model, such as `v1.0.0`. */
  readonly version: string;
  /** Name of the data set. */
  readonly data: string;
  /** Whether its events were simulated by a program. Tell visitors so wherever you show results. */
  readonly simulated: boolean;
  /** Users in the training data with at least one like. */
  readonly users: number;
  /** Items that the model knows. */
  readonly items: number;
  /** Likes in the training data. */
  readonly likes: number;
  /** Length of the factor vectors; 0 for a model without matrix factorisation. */
  readonly factors: number;
  /** Ratings of at least this number of stars were likes; `null`: every event was. */
  readonly likeThreshold: number | null;
  /** Whether it predicts ratings: {@link Foldin.predict}. */
  readonly stars: boolean;
  /** Whether it has a map: {@link Foldin.map}, {@link Foldin.place}. */
  readonly map: boolean;
  /** Whether it contains users of the training data: {@link Foldin.recommendUser}, {@link Foldin.userProfile}. */
  readonly hasUsers: boolean;
  /** The available strategies, `hybrid` first. */
  readonly strategies: readonly Strategy[];
  /** Every genre that an item has, in alphabetical order. */
  readonly genres: readonly string[];
  /** Name and version of the program that trained it. */
  readonly program: string;
  /** The main metrics, as in the manifest; `null` if the trainer measured nothing. */
  readonly metrics: Readonly<Record<string, unknown>> | null;
  /**
   * The most `diversity`, from 0.1 to 0.3, that cost at most 1 % of NDCG@10 when the trainer measured it; 0.25 if it
   * measured nothing. Elements and the demo page start with it.
   */
  readonly freeDiversity: number;
  /** The version that was chosen among several variants, or asked for; `null` if there was no choice. */
  readonly variant: string | null;
  /** Whether all files of the model came from the cache, or some from the host; or from the folder that was passed. */
  readonly source: "cache" | "network" | "memory";
  /** Whether it runs in a worker. */
  readonly worker: boolean;
  /** Address of the manifest's folder, with a slash at its end; of a model in memory one that does not exist. */
  readonly modelUrl: string;
  /** The reports of the version, as paths relative to {@link Info.modelUrl}; each may be absent. */
  readonly reports: {
    /** All metrics, as JSON. */
    readonly metrics?: string;
    /** The model card, as HTML. */
    readonly card?: string;
    /** The data report, as HTML. */
    readonly data?: string;
  };
  /** Lengths in bytes of the model's files and of the wasm module, before compression by the host. */
  readonly bytes: {
    readonly score: number;
    readonly show: number;
    /** Loaded when first needed; absent if the model contains no users. */
    readonly users?: number;
    readonly wasm: number;
  };
}

/** What every call throws or rejects with, except for the `AbortError` of a signal. The message is for people. */
export class FoldinError extends Error {
  constructor(code: ErrorCode, message: string, about?: { url?: string; status?: number; cause?: unknown });
  readonly name: "FoldinError";
  /** For programs; does not change between versions. */
  readonly code: ErrorCode;
  /** Address of the file that caused it. */
  readonly url?: string;
  /** HTTP status of the host's answer, for `not-found` and `http`. */
  readonly status?: number;
}

export type ErrorCode =
  /**
   * The host does not have the file, or answers with a web page instead; or a bundle that is no ES module does not know
   * where the wasm module is.
   */
  | "not-found"
  /** The host answers with an error, three times. */
  | "http"
  /**
   * Three times, the host could not be reached, did not allow it, or broke off; it has sent nothing for 30 seconds; or
   * this device is offline.
   */
  | "network"
  /** The file at the URL is not the manifest of a model. */
  | "not-a-manifest"
  /** A later version of foldin wrote the file: update this package. */
  | "newer-format"
  /** A version of foldin that is too old wrote the file: train again. */
  | "older-format"
  /** A file is shorter or longer than it should be. */
  | "wrong-length"
  /** A checksum does not match. */
  | "damaged"
  /** The content of a file is inconsistent. */
  | "malformed"
  /** A file is not a `.foldin` file. */
  | "not-foldin"
  /** A `.foldin` file of another kind, such as a show file in place of a score file. */
  | "wrong-kind"
  /** Two files are from different models. */
  | "other-model"
  /** The page's Content-Security-Policy does not allow WebAssembly. */
  | "wasm-blocked"
  /** The browser cannot run the wasm module: it has no WebAssembly, or none with SIMD. */
  | "wasm-unsupported"
  /** The worker could not be started, with `worker: true`. */
  | "worker-blocked"
  /** No item has this id. */
  | "unknown-item"
  /** No user has this id. */
  | "unknown-user"
  /** No item has this genre. */
  | "unknown-genre"
  /**
   * A value has the wrong type or is out of range, a field does not exist, or an id or query has more than 1,000
   * characters; the message names it.
   */
  | "invalid-value"
  /** The model was trained without what the call needs. */
  | "not-in-model"
  /** The model was closed. */
  | "closed"
  /** The data to train on cannot be read; the message names file, line, column and value (`foldin/train`). */
  | "unreadable-data"
  /** The data to train on are more than a browser can learn from (`foldin/train`). */
  | "too-many-events"
  /** The data to train on hold nothing to learn, such as no rating that is a like (`foldin/train`). */
  | "nothing-to-learn"
  /** The text is not an exported profile (`foldin/profile`). */
  | "invalid-profile"
  /** The worker or the wasm module failed: an error in foldin. */
  | "internal";
