// The popover for menus and explanations: beside the button that opened it, or at the bottom of a narrow screen. The
// browser closes it on Escape and on a click elsewhere, and restores the focus.

import { element } from "./dom.js";

let panel = null;

// It belongs to the view in which it was opened.
addEventListener("hashchange", closePopover);

/**
 * @param {HTMLElement} anchor the button that opened it
 * @param {string} label
 * @param {...Node} content
 */
export function openPopover(anchor, label, ...content) {
  if (!panel) {
    panel = element("div", { id: "popover", class: "popover", popover: "auto", role: "dialog", tabindex: "-1" });
    document.body.append(panel);
  }
  panel.setAttribute("aria-label", label);
  panel.replaceChildren(...content);
  panel.showPopover();
  place(anchor);
  (panel.querySelector("button, a, input") ?? panel).focus({ preventScroll: true });
}

export function closePopover() {
  panel?.hidePopover();
}

function place(anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + 6 + height < innerHeight;
  const top = below ? box.bottom + 6 : Math.max(8, box.top - height - 6);
  panel.style.setProperty("--x", `${Math.max(8, Math.min(box.left, innerWidth - width - 16))}px`);
  panel.style.setProperty("--y", `${top}px`);
}
