// Every call used as it is meant, and misuse that the types must refuse. Only compiled, never run:
// npx tsc -p tests/types

import type {
  Answer,
  Batch,
  ComparedStrategy,
  Comparison,
  ErrorCode,
  Explanation,
  FeaturePart,
  Filter,
  FoldinEvent,
  Health,
  Info,
  Item,
  LoadOptions,
  LoadProgress,
  PopularRequest,
  Prediction,
  Profile,
  Question,
  Reason,
  Recommendation,
  Request,
  SearchOptions,
  SeedsOptions,
  SimilarItem,
  SimilarOptions,
  Source,
  SourcePart,
  Stats,
  Strategy,
  TasteMap,
  UserProfile,
} from "foldin";
import { clearCache, Foldin, FoldinError, load } from "foldin";

export async function everyCall(): Promise<void> {
  const lines: string[] = [];
  const onProgress = (progress: LoadProgress) => {
    if (progress.type === "ready") return;
    const total: number | null = progress.total;
    const source: "cache" | "network" | "memory" = progress.source;
    lines.push(`${progress.file} ${progress.url} ${progress.loaded}/${total ?? "?"} ${source}`);
  };
  const onEvent = ({ type, variant, version, ms, ids }: FoldinEvent) => {
    if (type === "recommend") lines.push(`${variant ?? version} ${ms} ${ids.join()}`);
  };
  const where_: LoadOptions = { wasm: new URL("https://example.org/foldin_bg.wasm"), workerUrl: "worker.js" };
  const who: LoadOptions = { variant: "v1.2.0", visitor: "42", onEvent };
  const signal = new AbortController().signal;
  const options: LoadOptions = { signal, onProgress, users: true, worker: "auto", cache: false, ...where_, ...who };
  const foldin: Foldin = await load("model/manifest.json", options);
  await load(new URL("https://example.org/model/manifest.json"));

  const info: Info = foldin.info;
  const counts: number[] = [info.users, info.items, info.likes, info.factors, info.bytes.score, info.bytes.show];
  const size: number = info.bytes.wasm + (info.bytes.users ?? 0) + counts.length;
  const words: string[] = [info.version, info.data, info.program, ...info.genres];
  const threshold: number | null = info.likeThreshold;
  const simulated: boolean = info.simulated;
  const metrics: unknown = info.metrics?.["recall@10"];
  const facts: boolean[] = [info.stars, info.map, info.hasUsers, info.worker];
  const origin: (string | null | undefined)[] = [info.variant, info.source, info.modelUrl, info.reports.card];
  const canAnswer: readonly Strategy[] = info.strategies;

  const profile: Profile = { liked: ["1"], disliked: ["2"], ratings: { "3": 4.5 }, seen: ["4"] };
  const where: Filter = { genres: ["Comedy"], years: [1980, 1999] };
  const strategies: Strategy[] = ["hybrid", "taste", "top-rated"];
  const strategy: Strategy = "hybrid";
  const more = { strategy, diversity: 0.3, reasons: false };
  const request: Request = { k: 5, exclude: ["5"], only: ["6", "7"], where, ...more };
  const answer: Answer<Recommendation> = await foldin.recommend(profile, request);
  const first: Recommendation | undefined = answer.items[0];
  const ms: number = answer.ms;
  if (first) {
    const because: Reason[] = first.because;
    const year: number | null = first.year;
    const shares: number[] = because.map(({ share, contribution }) => share * contribution);
    const text: string = [first.id, first.title, ...first.genres, ...first.tags, ...first.sources].join();
    const numbers: number[] = [first.score, first.likes];
    const stars: number | null = first.stars;
    const main: Source | undefined = first.sources[0];
    void [year, shares, text, numbers, stars, main, strategies];
  }
  await foldin.recommend();
  await foldin.recommend({ liked: ["1"] as const });
  await foldin.recommend({
    ratings: [
      ["1", 4.5],
      ["2", 1],
    ],
  });
  const prediction: Prediction = await foldin.predict("1", { ratings: [["2", 4.5]] as const });
  const stars: number = prediction.stars + prediction.ms;
  await foldin.predict("1");
  await foldin.recommend({ liked: ["1"] }, { strategy: "popular" });
  await foldin.recommendUser("42", { k: 10 });
  await foldin.recommendUser("42");

  const asking: SeedsOptions = { k: 24, profile, exclude: ["5"], only: ["6", "7"], where };
  const seeds: Answer<Item> = await foldin.seeds(asking);
  const likers: number | undefined = seeds.items[0]?.likes;
  await foldin.seeds();

  const by: SimilarOptions = { by: "genres", k: 3 };
  const similar: SimilarItem[] = (await foldin.similar("1", by)).items;
  const likeness: number | undefined = similar[0]?.score;
  await foldin.similar("1");
  const search: SearchOptions = { k: 3 };
  const found: Answer<Item> = await foldin.search("godfahter", search);
  await foldin.search("godfather");
  const popular: PopularRequest = { k: 3, exclude: [], only: ["1"], where: { years: [1990, 1999] } };
  const liked: Answer<Recommendation> = await foldin.popular(popular);
  await foldin.popular();

  const known: UserProfile = await foldin.userProfile("42");
  const ratedFirst: [string, number] | undefined = known.ratings?.[0];
  const everybody: string[] = await foldin.userIds();
  await foldin.recommendUser(everybody[0]!);
  await foldin.recommend(known);
  const questions: Question[] = [{ profile, request: { k: 3 } }, { user: "42" }, {}];
  const batch: Batch = await foldin.batch(questions);
  const together: number = batch.answers.reduce((sum, { items, ms }) => sum + items.length + ms, batch.ms);
  const side: ComparedStrategy[] = ["popular", "diverse"];
  const comparison: Comparison = await foldin.compare(profile, side, { k: 3, diversity: 0.2 });
  const firsts: [ComparedStrategy, string | undefined][] = [];
  for (const { strategy, items } of comparison.lists) firsts.push([strategy, items[0]?.id]);
  await foldin.compare();
  const items: Item[] = await foldin.items(["1", "2"] as const);
  const explanation: Explanation = await foldin.explain("1", profile, request);
  const parts: SourcePart[] = explanation.sources;
  const features: FeaturePart[] = explanation.features;
  const score: number = explanation.blend + explanation.trees - explanation.score + (explanation.place ?? 0);
  const map: TasteMap = await foldin.map();
  const spot: [string | undefined, number | undefined, number | undefined] = [map.ids[0], map.x[0], map.y[0]];
  const place: { x: number; y: number } | null = await foldin.place(profile);
  const health: Health = await foldin.health();
  const stats: Stats = await foldin.stats();
  const median: number | undefined = stats.calls["recommend"]?.median;
  foldin.close();
  await clearCache();
  void [facts, origin, canAnswer, together, firsts, items, parts, features, score, spot, place, health, median];
  void [ratedFirst, size, words, threshold, simulated, metrics, ms, likeness, found, liked, likers, stars];
}

export function errors(error: unknown): string | undefined {
  if (!(error instanceof FoldinError)) return undefined;
  const code: ErrorCode = error.code;
  const url: string | undefined = error.url;
  const status: number | undefined = error.status;
  if (code === "unknown-item") return error.message;
  return `${error.name} ${url} ${status}`;
}

export async function misuse(foldin: Foldin, error: FoldinError): Promise<void> {
  // @ts-expect-error: a model is made by load only
  new Foldin();
  // @ts-expect-error: load needs an address
  await load();
  // @ts-expect-error: the options have no such field
  await load("manifest.json", { wroker: true });
  // @ts-expect-error: a worker is wanted, not wanted, or left to foldin
  await load("manifest.json", { worker: "yes" });
  // @ts-expect-error: a question is of a visitor or of a user
  await foldin.batch([{ profile: {}, user: "42" }]);
  // @ts-expect-error: questions are a list
  await foldin.batch({ profile: {} });
  // @ts-expect-error: there is no such strategy
  await foldin.compare({}, ["tast"]);
  // @ts-expect-error: strategies stand in a list of their own
  await foldin.compare({}, ["taste"], { strategy: "taste" });
  // @ts-expect-error: a visitor may stand nowhere
  (await foldin.place()).x;
  // @ts-expect-error: items are named by a list
  await foldin.items("1");
  // @ts-expect-error: there may be no users
  foldin.info.bytes.users.toFixed();
  // @ts-expect-error: an answer has to be awaited
  foldin.recommend({ liked: ["1"] }).items;
  // @ts-expect-error: the profile has no such field
  await foldin.recommend({ likes: ["1"] });
  // @ts-expect-error: ids are strings
  await foldin.recommend({ liked: [1] });
  // @ts-expect-error: stars are numbers
  await foldin.recommend({ ratings: { "1": "5" } });
  // @ts-expect-error: a pair is an id and its stars
  await foldin.recommend({ ratings: [["1", "5"]] });
  // @ts-expect-error: a pair has two parts
  await foldin.recommend({ ratings: [["1"]] });
  // @ts-expect-error: there may be no stars
  (await foldin.recommend()).items[0]!.stars.toFixed(1);
  // @ts-expect-error: diversity is a number
  await foldin.recommend({}, { diversity: "much" });
  // @ts-expect-error: a prediction is of one item
  await foldin.predict({ liked: ["1"] });
  // @ts-expect-error: the request has no such field
  await foldin.recommend({}, { limit: 5 });
  // @ts-expect-error: k is a number
  await foldin.recommend({}, { k: "5" });
  // @ts-expect-error: there is no such strategy
  await foldin.recommend({}, { strategy: "tast" });
  // @ts-expect-error: years are the first and the last
  await foldin.recommend({}, { where: { years: [1980] } });
  // @ts-expect-error: the filter has no such field
  await foldin.recommend({}, { where: { tags: ["dark"] } });
  // @ts-expect-error: ids are strings
  await foldin.recommendUser(42);
  // @ts-expect-error: the visitor stands in `profile`
  await foldin.seeds({ liked: ["1"] });
  // @ts-expect-error: there is one way to choose seeds
  await foldin.seeds({ strategy: "popular" });
  // @ts-expect-error: ids are strings
  await foldin.similar(1);
  // @ts-expect-error: there is no such likeness
  await foldin.similar("1", { by: "mood" });
  // @ts-expect-error: what is searched for is text
  await foldin.search(["godfather"]);
  // @ts-expect-error: the visitor plays no part in what is popular
  await foldin.popular({ strategy: "taste" });
  // @ts-expect-error: what a model holds is only read
  foldin.info.items = 3;
  // @ts-expect-error: items found by title have no score
  (await foldin.search("a")).items[0]?.score;
  // @ts-expect-error: there may be no year
  (await foldin.search("a")).items[0]!.year.toFixed();
  // @ts-expect-error: no error has this code
  error.code === "unknown-itme";
}
