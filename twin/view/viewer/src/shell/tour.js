/**
 * A tour of three steps: small cards beside the real things, never in their way. A step is done by
 * its button, or by really doing it. What the reader has seen is kept in the browser.
 */

import { h, kept } from "./elements.js";

const OVER = "over";
const GAP = 12; // px between a card and what it is about
const EDGE = 8; // px between a card and the window's edge
const MOVES = new Set(["move", "move_many"]);
const LOOKS = new Set(["keep", "undo"]);

/** What a step is called, says, is about and is done by. `side`: where its card stands. */
const STEPS = [
  {
    key: "drag", title: "Drag a machine", side: "within",
    text: (ui) => (ui.page.header?.edit
      ? "Drag any machine. What it overlaps is told on the way."
      : "Press Move, then drag any machine; or select one and press an arrow key."),
    about: (ui) => (ui.page.header?.edit ? deep(ui.at.viewer, ".stage") : ui.at.header.querySelector("[data-key=edit]")),
    where: (ui) => deep(ui.at.viewer, ".stage"),
    extra: (ui) => (ui.page.header?.edit ? null : ["Switch Move on", () => ui.send("edit", { on: true })]),
  },
  {
    key: "see", title: "See what it does", side: "above",
    text: (ui) => (ui.page.change?.ready
      ? "Each figure now has its old value and the difference, with how sure that is. Keep compares with this from now on; Undo takes it back."
      : "The figures at the foot say what the factory makes. After a change each has its old value and the difference beside it. Press a name to read what it means."),
    about: (ui) => ui.root.querySelector("footer"),
  },
  {
    key: "try", title: "What holds it back; try it", side: "before",
    text: (ui) => (ui.root.querySelector(".holds .try")
      ? "Each machine group, person and arm has been tried: this list says what would bring most. \u201ctry it\u201d makes the change, Undo takes it back."
      : "Each machine group, person and arm is tried: this list says what would bring most. Where it helps, \u201ctry it\u201d makes the change."),
    about: (ui) => ui.at.holds,
    within: (ui) => ui.at.holds.parentElement, // it scrolls
  },
];

/** The first element of a selector below a node, whatever shadow roots lie between. */
function deep(node, selector) {
  const found = node?.querySelector(selector);
  if (found) return found;
  for (const inner of node?.querySelectorAll("*") ?? []) {
    const below = inner.shadowRoot && deep(inner.shadowRoot, selector);
    if (below) return below;
  }
  return null;
}

export class Tour {
  /** ui: the page, with root, at, page, send(), say(), fold() and repaint(). */
  constructor(ui) {
    this.ui = ui;
    this.at = null; // the index of the step that is shown
    this.done = new Set();
    this.ring = h("div", { class: "tour-ring", "aria-hidden": "true", hidden: true });
    this.card = h("section", { class: "tour", role: "dialog", "aria-labelledby": "tour-title", "aria-describedby": "tour-text", hidden: true });
    this.card.addEventListener("keydown", (event) => this.#key(event));
    this.watch = new ResizeObserver(() => this.#place());
    this.moved = () => this.#place();
    addEventListener("resize", this.moved);
    const begun = Number.parseInt(kept.read("tour"), 10);
    if (STEPS[begun]) this.waiting = begun; // a reload goes on where it was
  }

  get offered() {
    return this.at === null && this.waiting === undefined && kept.read("tour") === null;
  }

  /** Whether there is something to be shown around: a floor with stations, under edit. */
  get possible() {
    const { page } = this.ui;
    return Boolean(page.header?.layout) && page.mode === "predict" && !page.welcome && !page.problem;
  }

  /** Begin, with the keyboard on the card. */
  start() {
    if (!this.possible) {
      this.ui.say("The tour needs a factory to look at: open an example, in PREDICT.");
      return;
    }
    this.done.clear();
    this.#go(0, true);
  }

  skip() {
    this.#end();
  }

  /** The page has been drawn: words and places may be others. */
  drawn() {
    if (this.waiting !== undefined && this.possible) {
      if (!this.ui.root.isConnected) return requestAnimationFrame(() => this.drawn()); // a card needs a place
      const at = this.waiting;
      this.waiting = undefined;
      this.#go(at, false);
    } else if (this.at !== null) {
      if (this.possible) this.#show();
      else this.#hide();
    }
    return undefined;
  }

  /** Something was done on the floor or in the page. */
  heard({ type }) {
    if (MOVES.has(type)) this.#did("drag");
    else if (LOOKS.has(type)) this.#did("see");
    else if (type === "try") this.#did("try");
  }

  #did(key) {
    if (this.at === null) return;
    this.done.add(key);
    if (STEPS[this.at].key === key) this.#next(false);
    else this.#show();
  }

  #next(byHand) {
    if (this.at + 1 < STEPS.length) return this.#go(this.at + 1, byHand);
    this.#end();
    this.ui.say("That was the tour. It is in the help (?), whenever you want it again.");
  }

  /** byHand: the reader has pressed a button of the tour, so the keyboard goes along. */
  #go(at, byHand) {
    this.at = at;
    kept.write("tour", String(at));
    if (STEPS[at].side === "before" && this.ui.root.classList.contains("no-right")) this.ui.fold("right");
    this.ui.repaint("offer");
    this.#show(byHand);
    const about = STEPS[at].about(this.ui);
    if (byHand) about?.scrollIntoView({ block: "nearest" });
    this.watch.disconnect();
    for (const part of [this.ui.root, about]) if (part) this.watch.observe(part);
  }

  #show(focus = false) {
    const step = STEPS[this.at];
    const held = this.card.getRootNode().activeElement;
    const key = this.card.contains(held) ? held.dataset.key : null;
    const text = [this.at, step.text(this.ui), [...this.done].join()].join("|");
    this.card.hidden = this.ring.hidden = false;
    if (text !== this.shown) {
      this.shown = text;
      this.card.dataset.step = step.key;
      this.card.dataset.side = step.side;
      this.card.replaceChildren(...this.#content(step));
    }
    const wanted = focus ? "tour/next" : key;
    if (wanted) (this.card.querySelector(`[data-key="${wanted}"]`) ?? this.card.querySelector(`[data-key="tour/next"]`)).focus({ preventScroll: true });
    this.#place();
  }

  #content(step) {
    const last = this.at === STEPS.length - 1;
    const button = (key, words, act, options = {}) => h("button", { type: "button", "data-key": `tour/${key}`, onclick: act, ...options }, words);
    const extra = step.extra?.(this.ui);
    return [
      h("p", { class: "count" }, h("span", {}, `Step ${this.at + 1} of ${STEPS.length}`),
        h("span", { class: "dots", "aria-hidden": "true" }, STEPS.map(({ key }, i) => h("i", { class: `${i === this.at ? "on" : ""} ${this.done.has(key) ? "done" : ""}` })))),
      h("h2", { id: "tour-title" }, step.title),
      h("p", { id: "tour-text", role: "status" }, step.text(this.ui)),
      extra ? button("extra", extra[0], extra[1], { class: "link" }) : null,
      h("div", { class: "steer" },
        button("skip", last ? "Close" : "Skip", () => this.skip(), { class: "quiet" }),
        this.at ? button("back", "Back", () => this.#go(this.at - 1, true)) : null,
        button("next", last ? "Done" : "Next", () => this.#next(true), { class: "main" })),
    ].filter(Boolean);
  }

  #key(event) {
    const act = { Escape: () => this.skip(), ArrowRight: () => this.#next(true), ArrowLeft: () => this.at && this.#go(this.at - 1, true) }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #hide() {
    this.card.hidden = this.ring.hidden = true;
  }

  #end() {
    const held = this.card.contains(this.card.getRootNode().activeElement);
    this.at = null;
    this.shown = null;
    this.watch.disconnect();
    kept.write("tour", OVER);
    this.#hide();
    this.ui.repaint("offer");
    if (held) this.ui.at.header.querySelector("[data-key=help]")?.focus();
  }

  /** Put the ring around what the step is about, and the card beside it, both inside the window. */
  #place() {
    if (this.at === null || this.card.hidden) return;
    const step = STEPS[this.at];
    const box = step.about(this.ui)?.getBoundingClientRect();
    const room = (step.where?.(this.ui) ?? step.about(this.ui))?.getBoundingClientRect();
    this.ring.hidden = !box;
    if (!box || !room) return;
    const seen = step.within?.(this.ui).getBoundingClientRect() ?? box;
    const inside = {
      left: Math.max(box.left, seen.left, 3), top: Math.max(box.top, seen.top, 3),
      right: Math.min(box.right, seen.right, innerWidth - 3), bottom: Math.min(box.bottom, seen.bottom, innerHeight - 3),
    };
    put(this.ring, inside.left - 3, inside.top - 3);
    Object.assign(this.ring.style, { width: `${inside.right - inside.left + 6}px`, height: `${inside.bottom - inside.top + 6}px` });
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const [left, top] = {
      within: [room.left + GAP, room.bottom - height - GAP],
      above: [room.left + GAP, room.top - height - GAP],
      before: [room.left - width - GAP, inside.top + GAP],
    }[step.side];
    put(this.card, clamp(left, innerWidth - width), clamp(top, innerHeight - height));
  }

  dispose() {
    this.watch.disconnect();
    removeEventListener("resize", this.moved);
  }
}

const clamp = (x, most) => Math.max(EDGE, Math.min(x, most - EDGE));

function put(element, left, top) {
  Object.assign(element.style, { left: `${Math.round(left)}px`, top: `${Math.round(top)}px` });
}

/** The line that offers the tour on a first visit. */
export function offer(page, ui) {
  if (!ui.tour.offered || !ui.tour.possible) return [];
  return h("section", { class: "notice offer-line", "aria-label": "Tour" },
    h("p", {}, h("b", {}, "New here? "), "Three steps show what a change of the floor does."),
    h("button", { type: "button", "data-key": "tour/start", onclick: () => ui.tour.start() }, "Show me"),
    h("button", { type: "button", class: "later", "data-key": "tour/later", onclick: () => ui.tour.skip() }, "Not now"));
}
