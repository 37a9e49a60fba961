// "Forget me": asked twice within the page, since browsers ignore `confirm()` in sandboxed frames.

import { button, element } from "./dom.js";

/**
 * A button, and the question that takes its place when it is pressed.
 *
 * @param {import("../../element.d.ts").Texts} texts
 * @param {() => void} forget
 * @returns {HTMLElement}
 */
export function createForget(texts, forget) {
  /** @param {boolean} isAsking */
  const ask = (isAsking) => {
    question.hidden = !isAsking;
    first.hidden = isAsking;
    (isAsking ? keep : first).focus();
  };
  const first = button("button", texts.forget, () => ask(true));
  const keep = button("button", texts.keep, () => ask(false));
  const really = button("button", texts.forget, () => {
    forget();
    ask(false);
  });
  const question = element(
    "span",
    { part: "question", role: "group", "aria-label": texts.reallyForget, hidden: true },
    element("span", {}, texts.reallyForget),
    really,
    keep,
  );
  question.addEventListener("keydown", ({ key }) => key === "Escape" && ask(false));
  return element("span", { part: "forget" }, first, question);
}
