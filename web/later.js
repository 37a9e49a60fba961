// What the first view does not need: one file, which is loaded when one of these is opened.

export * as ownBanner from "./own-banner.js";
export * as ownModel from "./own-model.js";
export * as ratings from "./ratings/import.js";
export * as compare from "./views/compare.js";
export * as data from "./views/data.js";
export * as map from "./views/map.js";
export * as model from "./views/model.js";
export * as watchlistPanel from "./views/start/watchlist-panel.js";
export * as why from "./why.js";
