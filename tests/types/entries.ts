// The other entries of the package, as they are meant to be used, and misuse that the types must refuse. Only compiled,
// never run: npx tsc -p tests/types

import "foldin/element";
import type { Foldin, Profile as Request } from "foldin";
import type { FoldinPicker, FoldinRecommendations, Texts } from "foldin/element";
import { Profile, type Signal } from "foldin/profile";
import { serve } from "foldin/service-worker";

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
  // @ts-expect-error: there is no such option
  serve({ model: "model/manifest.json" });
}
