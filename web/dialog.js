// A dialog with a question that needs an answer.

import { element } from "./dom.js";

/**
 * Asks a question; resolves to the key of the answer, or to `null` if the dialog was closed without one.
 *
 * @param {string} heading
 * @param {string} text
 * @param {Record<string, string>} answers labels by key, the main one first
 * @returns {Promise<string | null>}
 */
export function ask(heading, text, answers) {
  const buttons = Object.entries(answers).map(([key, label], n) =>
    element("button", { class: n ? "button" : "button main", value: key, autofocus: n === 0 }, label),
  );
  const dialog = element(
    "dialog",
    { class: "dialog", "aria-labelledby": "dialog-heading", "aria-describedby": "dialog-text" },
    // A form with this method closes the dialog, and sends nothing.
    element(
      "form",
      { method: "dialog" },
      element("h2", { id: "dialog-heading" }, heading),
      element("p", { id: "dialog-text" }, text),
      element("div", { class: "answers" }, ...buttons),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
  });
}
