const worker = new Worker("worker.js", { type: "module" });
worker.onmessage = ({ data }) => Object.assign(document.body.dataset, data);
