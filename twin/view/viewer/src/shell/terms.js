/** Terms: a word of a panel that opens what it means (twin/view/terms.py), by mouse or keyboard. */

import { h } from "./elements.js";

const GAP = 6; // px between a word and its text
const EDGE = 8; // px between a text and the window's edge

/** The word of a panel as a button that opens its text; plain text where nothing is known of it. */
export function term(ui, key, words, place = key) {
  if (!ui.terms.knows(key)) return words;
  return h("button", {
    type: "button", class: "term", "data-key": `term/${place}`, "data-term": place, "aria-expanded": ui.terms.open === place,
    onclick: (event) => ui.terms.toggle(key, event.currentTarget, place),
  }, words);
}

/** A round "?" that opens a text, where the word itself is a label of something else. */
export function ask(ui, key, what, place = key) {
  if (!ui.terms.knows(key)) return null;
  return h("button", {
    type: "button", class: "ask", "data-key": `term/${place}`, "data-term": place, "aria-label": `What is this: ${what}`, "aria-expanded": ui.terms.open === place,
    onclick: (event) => ui.terms.toggle(key, event.currentTarget, place),
  }, "?");
}

/** The text that is open, above all else; one at a time. */
export class Terms {
  constructor(texts) {
    this.texts = texts;
    this.open = null;
    this.said = h("div", { role: "status" });
    this.element = h("div", { class: "meaning", popover: "manual" }, this.said);
    const away = (event) => {
      const path = event.composedPath();
      if (this.open && !path.includes(this.element) && !path.some((node) => node.dataset?.term === this.open)) this.close();
    };
    const escape = (event) => {
      if (!this.open || event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      this.close();
    };
    document.addEventListener("pointerdown", away, true);
    document.addEventListener("keydown", escape, true);
    this.dispose = () => {
      document.removeEventListener("pointerdown", away, true);
      document.removeEventListener("keydown", escape, true);
    };
  }

  knows(key) {
    return Object.hasOwn(this.texts, key);
  }

  /** Open the text of a term beside the button that asks, or close it. */
  toggle(key, button, place = key) {
    if (this.open === place) return this.close();
    this.close();
    const { title, text } = this.texts[key];
    this.open = place;
    this.button = button;
    button.setAttribute("aria-expanded", "true");
    this.element.showPopover();
    // Told once it is there: what is hidden is not read out.
    this.said.replaceChildren(h("b", {}, title), h("p", {}, text));
    this.#put(button.getBoundingClientRect());
  }

  close() {
    if (!this.open) return;
    const root = this.element.getRootNode();
    for (const button of [this.button, ...root.querySelectorAll(`[data-term="${CSS.escape(this.open)}"]`)]) button.setAttribute("aria-expanded", "false");
    this.open = this.button = null;
    this.said.replaceChildren();
    this.element.hidePopover();
  }

  #put(box) {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = Math.max(EDGE, Math.min(box.left, innerWidth - width - EDGE));
    const below = box.bottom + GAP;
    const top = below + height + EDGE <= innerHeight ? below : Math.max(EDGE, box.top - GAP - height);
    Object.assign(this.element.style, { left: `${left}px`, top: `${top}px` });
  }
}
