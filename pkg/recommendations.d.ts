// The public interface of `foldin/recommendations`: defines <foldin-recommendations> alone. element.d.ts documents it.

export { type FoldinEvents, FoldinRecommendations, type State, type Texts } from "./element.js";
