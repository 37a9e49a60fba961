import { FoldinError, load } from "foldin";

load("model/manifest.json").catch((error) => {
  const { code, message } = error;
  Object.assign(document.body.dataset, { first: code, message, foldin: error instanceof FoldinError });
});
