import { pathToFileURL } from "node:url";
import { load } from "foldin";

const foldin = await load(pathToFileURL(process.argv[2]));
const seeds = await foldin.seeds({ k: 2 });
const { items } = await foldin.recommend({ liked: seeds.items.map(({ id }) => id) }, { k: 5 });
console.log(items[0].id);
