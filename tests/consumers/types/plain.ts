// Without any framework installed.
import { load } from "foldin";
import { FoldinPicker, type FoldinRecommendations } from "foldin/element";

const list: FoldinRecommendations = document.createElement("foldin-recommendations");
list.k = "3";
list.liked = ["a", "b"];
const { length }: string[] = list.liked;
document.querySelector("foldin-picker")?.addEventListener("foldin-warning", ({ detail }) => detail.error.code);
void [load, FoldinPicker, length];
