// The other entries of the package, as they are meant to be used, and misuse that the types must refuse. Only compiled,
// never run: npx tsc -p tests/types

import "foldin/element";
import "foldin/related";
import { type Foldin, load, type Profile as Request } from "foldin";
import astro from "foldin/astro";
import type { FoldinPicker, FoldinRecommendations, Texts } from "foldin/element";
import eleventy from "foldin/eleventy";
import { Profile, type Signal } from "foldin/profile";
import { serve } from "foldin/service-worker";
import { site } from "foldin/site";
import { type DataSource, type Reading, read, type Trained, type TrainProgress, train, zip } from "foldin/train";

export async function profiles(foldin: Foldin): Promise<void> {
  const profile = new Profile({ key: null });
  profile.like("1").dislike("2").rate("3", 4.5).markSeen("4").remove("1");
  const signal: Signal | null = profile.signalOf("3");
  const stars: number | undefined = signal?.type === "rated" ? signal.stars : undefined;
  const request: Request = profile.toRequest();
  await foldin.recommend(profile.toRequest());
  profile.import(profile.export()).keepOnly((await foldin.items(profile.ids())).map(({ id }) => id));
  profile.addEventListener("change", () => profile.undo());
  void [stars, request];
  // @ts-expect-error: a profile is asked for as a request
  await foldin.recommend(profile);
  // @ts-expect-error: stars are a number
  profile.rate("3", "5");
}

export function elements(): void {
  const picker: FoldinPicker = document.createElement("foldin-picker");
  const list: FoldinRecommendations = document.createElement("foldin-recommendations");
  const texts: Partial<Texts> = { heading: "Für dich" };
  list.texts = texts;
  list.addEventListener("foldin-ready", ({ detail }) => detail.foldin.info.version);
  void picker;
  // @ts-expect-error: there is no such text
  list.texts = { headline: "Für dich" };
}

export function worker(): void {
  serve({ manifest: "model/manifest.json", endpoints: "foldin/", shell: "files.json" });
  serve({ shell: "files.json", visited: true });
  // @ts-expect-error: there is no such option
  serve({ model: "model/manifest.json" });
}

export async function training(file: File): Promise<void> {
  const onProgress = (progress: TrainProgress) => {
    if (progress.type === "trial") progress.sources.map(({ best }) => best ?? 0);
    if (progress.type === "step") void (progress.done / progress.of);
  };
  const settings = { size: "small", data: { threshold: 4 }, privacy: { minSupport: 5 }, als: { factors: 32 } } as const;
  const trained: Trained = await train({ events: file, items: "id,title\n", settings, onProgress });
  const ndcg: number | undefined = trained.metrics?.protocols[0]?.systems[0]?.metrics["ndcg@10"]?.mean;
  const foldin: Foldin = await load(trained);
  const archive: Blob = await zip({ ...trained.files, "README.md": "# Films" });
  const sources: DataSource[] = [
    file,
    [file, { name: "items.csv", data: "" }],
    [{ user: "ann", item: 1 }],
    new Uint8Array(),
  ];
  const reading: Reading = await read({ events: sources[0] ?? file, settings: "[als]\nfactors = 8\n" });
  const user: string | null | undefined = reading.columns[0]?.roles.user;
  void [ndcg, foldin, archive, user];
  // @ts-expect-error: events are needed
  await train({ items: file });
  // @ts-expect-error: there is no such size
  await train({ events: file, settings: { size: "huge" } });
  // @ts-expect-error: only what was trained, or an address, can be loaded
  await load(reading);
}

export async function builds(config: {
  on(event: string, listener: (of: unknown) => void | Promise<void>): void;
}): Promise<void> {
  await site("public", { log: ["access.log", "access.log.1"], cards: true, minSupport: 5, halfLife: 90 });
  const integration = astro({ counts: "site.foldin-counts" });
  await integration.hooks["astro:build:done"]({ dir: new URL("file:///site/dist/") });
  eleventy(config, { k: 4 });
  // @ts-expect-error: a number of pages is a number
  eleventy(config, { k: "4" });
}
