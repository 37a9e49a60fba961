// The line above every view while the page runs on the visitor's own model.

import { ask } from "./dialog.js";
import { byId, element } from "./dom.js";
import { deleteOwnModel } from "./own-model.js";
import { downloadSite } from "./views/data/download.js";

/** @param {{ own: import("./own-model.js").OwnModel, fail: (error: Error) => void }} app */
export function showOwnBanner({ own, fail }) {
  const download = element("button", { class: "button", type: "button" }, "Download");
  download.addEventListener("click", async () => {
    download.disabled = true;
    try {
      await downloadSite(own);
    } catch (error) {
      fail(error);
    } finally {
      download.disabled = false;
    }
  });
  const back = element("button", { class: "button", type: "button" }, "Back to the demo");
  back.addEventListener("click", async () => {
    const answer = await ask(
      "Delete this model?",
      "The page goes back to its own model. Yours and your picks in it are deleted from this browser; download it first " +
        "if you want to keep it.",
      { delete: "Delete it", keep: "Keep it" },
    );
    if (answer !== "delete") return;
    await deleteOwnModel().catch(fail);
    location.hash = "start";
    location.reload();
  });
  const text = element(
    "p",
    {},
    element("strong", {}, `This page runs on your data: ${own.name}. `),
    "Data and model stay on this device; nothing is uploaded.",
  );
  byId("own").replaceChildren(text, element("div", { class: "answers" }, download, back));
  byId("own").hidden = false;
}
