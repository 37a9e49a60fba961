// The choices of Compare: whose taste, how many titles, which lists.

import { strategyTitle } from "../../descriptions.js";
import { element } from "../../dom.js";
import { LENGTHS } from "./state.js";

/**
 * The choice between the visitor and a user of the training data.
 *
 * @param {import("./state.js").CompareState} state
 * @param {() => void} onChange
 * @returns {{ node: Element, showUser: (id: string | null) => void }}
 */
export function createUserChoice(state, onChange) {
  const options = element("datalist", { id: "compare-users" });
  // Some ids only: all of them would be thousands of elements.
  const suggest = () => {
    const ids = state.suggestUsers(input.value.trim());
    options.replaceChildren(...ids.map((value) => element("option", { value })));
  };
  const input = element("input", {
    type: "text",
    class: "field",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: "User id",
    "aria-label": "Id of a user",
    list: "compare-users",
    input: suggest,
  });
  const choose = (user) => {
    state.user = user;
    onChange();
  };
  const submit = (event) => {
    event.preventDefault();
    const id = input.value.trim();
    if (id) choose(id);
    else input.focus();
  };
  const form = element(
    "form",
    { class: "compare-user", hidden: true, submit },
    input,
    options,
    element("button", { type: "submit", class: "button" }, "Show"),
    element("button", { type: "button", class: "button", click: () => choose(undefined) }, "Anyone"),
  );
  const node = oneOf("Whose taste", [
    [
      "Mine",
      () => {
        form.hidden = true;
        choose(null);
      },
    ],
    [
      "A user of the data",
      () => {
        form.hidden = false;
        choose(undefined);
      },
    ],
  ]);
  node.append(form);
  const showUser = (id) => {
    if (id === null) return;
    input.value = id;
    if (state.exampleUser) input.placeholder = `for example ${state.exampleUser}`;
  };
  return { node, showUser };
}

export function createLengthChoice(state, onChange) {
  const choices = LENGTHS.map((length) => [
    `${length}`,
    () => {
      state.length = length;
      onChange();
    },
  ]);
  return oneOf("Titles per list", choices, LENGTHS.indexOf(state.length));
}

export function createListChoice(state, onChange) {
  const chips = state.strategies.map((strategy) => {
    const click = ({ currentTarget }) => {
      if (!state.toggle(strategy)) return;
      currentTarget.setAttribute("aria-pressed", state.isChosen(strategy));
      onChange();
    };
    const attributes = { type: "button", class: "chip", "aria-pressed": state.isChosen(strategy), click };
    return element("button", attributes, strategyTitle(strategy));
  });
  return group("Ways to recommend", chips, "compare-ways");
}

function group(name, children, className = "") {
  return element("fieldset", { class: className }, element("legend", {}, name), ...children);
}

/** Buttons of which one is pressed. */
function oneOf(name, choices, first = 0) {
  const buttons = choices.map(([label, choose], n) => {
    const click = () => {
      for (const [other, button] of buttons.entries()) button.setAttribute("aria-pressed", other === n);
      choose();
    };
    return element("button", { type: "button", class: "chip", "aria-pressed": n === first, click }, label);
  });
  return group(name, buttons);
}
