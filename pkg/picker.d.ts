// The public interface of `foldin/picker`: defines <foldin-picker> alone. element.d.ts documents it.

export { type FoldinEvents, FoldinPicker, type State, type Texts } from "./element.js";
