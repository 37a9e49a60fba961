// <foldin-picker>: where visitors say what they like, and take back what they said.

import { FoldinElement, knownOf } from "./base.js";
import { button, element, list } from "./kit.js";

export class FoldinPicker extends FoldinElement {
  static heading = "pickerHeading";
  static k = 12;
  static observedAttributes = list("src,profile-key,texts,heading,k");
  #foldin;
  #seeds;
  #seedsOf;

  build(t) {
    const choose = element("input", { type: "file", accept: ".json", hidden: true, change: () => this.#import(choose, t) });
    const tool = (text, click) => button("button", text, click);
    return [
      combobox(t, {
        search: async (text) => (await this.#foldin?.search(text))?.items ?? [],
        pick: ({ id }) => this.#toggle(id),
        isPicked: (id) => this.#isPicked(id),
      }),
      this.rowsNode,
      element(
        "p",
        { part: "tools" },
        tool(t.export, () => this.#export()),
        tool(t.import, () => choose.click()),
        tool(t.forget, () => confirm(t.reallyForget) && this.change((profile) => profile.clear())),
        choose,
      ),
    ];
  }

  async show(foldin, itemsOf, isCurrent) {
    const known = await itemsOf(this.profile.ids());
    if (foldin !== this.#foldin || this.k !== this.#seedsOf) {
      const { items } = await foldin.seeds({ k: this.k, profile: knownOf(this.profile, known) });
      if (!isCurrent()) return;
      this.#foldin = foldin;
      this.#seedsOf = this.k;
      this.#seeds = items;
    }
    if (!isCurrent()) return;
    const tile = ({ id, title }) =>
      element("li", {}, button("pick", title, () => this.#toggle(id), { "aria-pressed": `${this.#isPicked(id)}`, title }));
    // What was picked elsewhere comes first, the newest in front.
    const seeds = new Set(this.#seeds.map(({ id }) => id));
    const others = this.profile.ids().filter((id) => this.#isPicked(id) && known.has(id) && !seeds.has(id));
    this.place([...others.reverse().map((id) => known.get(id)), ...this.#seeds].map(tile));
  }

  #isPicked(id) {
    return ["liked", "rated"].includes(this.profile.signalOf(id)?.type);
  }

  #toggle(id) {
    this.change((profile) => (this.#isPicked(id) ? profile.remove(id) : profile.like(id)));
  }

  #export() {
    const href = `data:application/json,${encodeURIComponent(this.profile.export())}`;
    element("a", { href, download: "foldin-profile.json" }).click();
  }

  async #import(input, t) {
    try {
      const text = await input.files[0].text();
      this.announce("");
      this.change((profile) => profile.import(text));
    } catch (error) {
      this.announce(t.badFile);
      this.fail(error);
    }
    // The same file may be chosen again.
    input.value = "";
  }
}

/**
 * The search: an ARIA combobox with a listbox. The first title found is marked, so that Enter takes it. `search` finds
 * items, `pick` takes one, `isPicked` says whether one is taken already.
 */
function combobox(t, { search, pick, isPicked }) {
  let found = [];
  let active;
  let searches = 0;

  const mark = (n) => {
    active = n;
    [...listbox.children].forEach((option, at) => (option.ariaSelected = at === n));
    input.setAttribute("aria-activedescendant", found.length ? `option-${n}` : "");
    listbox.children[n]?.scrollIntoView({ block: "nearest" });
  };
  const show = (items, nothing = "") => {
    found = items;
    const option = ({ id, title, year }, n) =>
      element(
        "li",
        { id: `option-${n}`, role: "option", part: "option", mousemove: () => active === n || mark(n), click: () => take(n) },
        `${title} ${year ?? ""}${isPicked(id) ? " ✓" : ""}`,
      );
    listbox.replaceChildren(...items.map(option));
    none.textContent = nothing;
    listbox.hidden = !items.length;
    input.ariaExpanded = !listbox.hidden;
    mark(0);
  };
  const close = () => {
    searches += 1;
    show([]);
  };
  const take = (n) => {
    input.value = "";
    pick(found[n]);
    close();
  };
  const update = async () => {
    const turn = ++searches;
    const text = input.value.trim();
    const items = text ? await search(text) : [];
    if (turn === searches) show(items, text && !items.length ? t.notFound : "");
  };
  const keydown = (event) => {
    const { key, isComposing } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (isComposing) return;
    // First the list goes, then the text.
    if (key === "Escape") {
      if (!found.length) input.value = "";
      close();
    } else if (!found.length) {
      if (step) update();
    } else if (step || key === "Enter") {
      event.preventDefault();
      if (step) mark((active + step + found.length) % found.length);
      else take(active);
    }
  };

  // Pressing must not take the focus from the field.
  const mousedown = (event) => event.preventDefault();
  const listbox = element("ul", { id: "found", role: "listbox", part: "listbox", "aria-label": t.search, hidden: true, mousedown });
  const none = element("p", { role: "alert" });
  const input = element("input", {
    part: "search",
    role: "combobox",
    placeholder: t.search,
    "aria-label": t.search,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "found",
    autocomplete: "off",
    input: update,
    focus: update,
    blur: close,
    keydown,
  });
  return element("div", { part: "combobox" }, input, listbox, none);
}
