// `foldin/worker.js` is the script of a worker. It exports nothing; its address is the option `workerUrl` of `load`.

export {};
