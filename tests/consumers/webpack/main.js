import { load } from "foldin";

const foldin = await load("model/manifest.json");
const seeds = await foldin.seeds({ k: 2 });
const { items } = await foldin.recommend({ liked: seeds.items.map(({ id }) => id) }, { k: 5 });
Object.assign(document.body.dataset, { first: items[0].id, worker: foldin.info.worker });
