import { load } from "foldin";

// esbuild copies no files that a module asks for by URL: its build makes the worker and copies the wasm module.
const foldin = await load("model/manifest.json", { workerUrl: "foldin-worker.js", wasm: "foldin_bg.wasm" });
const seeds = await foldin.seeds({ k: 2 });
const { items } = await foldin.recommend({ liked: seeds.items.map(({ id }) => id) }, { k: 5 });
Object.assign(document.body.dataset, { first: items[0].id, worker: foldin.info.worker });
