import { load } from "./foldin/foldin.js";

const foldin = await load("model/manifest.json");
const seeds = await foldin.seeds({ k: 2 });
const { items } = await foldin.recommend({ liked: seeds.items.map(({ id }) => id) }, { k: 5 });
postMessage({ first: items[0].id, worker: foldin.info.worker });
