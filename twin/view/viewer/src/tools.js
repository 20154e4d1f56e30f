/** The tools of the floor, and which of them has the pointer and the keys. */

import { toWorld } from "./camera.js";
import { iconButton, make } from "./dom.js";
import { heightOf } from "./drawings.js";
import { Editor } from "./editor.js";
import { marksOf } from "./findings.js";
import { Library } from "./library.js";
import { away, holds } from "./outlines.js";
import { Pen } from "./pen.js";
import { Ruler } from "./ruler.js";

const QUARTER = Math.PI / 2;
const ICONS = {
  measure: "M1 6.5 6.5 1 9 3.5 3.5 9Z M3 4.5 4.2 5.7 M4.7 2.8 5.9 4",
  road: "M1.5 8.5 4 4.5 6.5 6.5 8.5 1.5",
  add: "M5 1.5V8.5 M1.5 5H8.5",
  turn: "M8.3 3.2A3.8 3.8 0 1 0 8.8 5.6 M8.6 1V3.4H6.2",
  duplicate: "M3.5 3.5H9V9H3.5Z M3.5 6.5H1V1H6.5V3.5",
  remove: "M1.5 2.8H8.5 M3.6 2.8V1.3H6.4V2.8 M2.4 2.8 3 9H7L7.6 2.8",
};

export class Tools {
  /** viewer: the Viewer whose floor, labels and pointer the tools share. */
  constructor(viewer) {
    this.viewer = viewer;
    this.marks = marksOf([]);
    this.spoken = make("div", { class: "spoken", role: "status" });
    this.hint = make("div", { class: "in-hand", "aria-hidden": "true", hidden: true }); // spoken, too
    this.editor = new Editor(this.#editorPort());
    this.ruler = new Ruler(this.#rulerPort());
    this.pen = new Pen(this.#penPort());
    this.library = new Library(this.#libraryPort());
    const tool = (name, label, key, action) => iconButton(ICONS[name], label, key, action, { stroked: true });
    this.rulerButton = tool("measure", "Measure", "M", () => this.toggle(this.ruler));
    this.penButton = tool("road", "Draw a road", "W", () => this.takePen("road"));
    this.#showInHand();
    this.bar = make(
      "div", { class: "edit-tools", role: "toolbar", "aria-label": "Machines", hidden: true },
      tool("add", "Add from the library", "A", () => this.library.toggle()),
      tool("turn", "Turn", "R", () => this.editor.turn(1)),
      tool("duplicate", "Duplicate", "Ctrl D", () => this.editor.duplicate()),
      tool("remove", "Remove", "Del", () => this.editor.remove()),
      this.penButton,
    );
  }

  /** A scene has come; `same` floor: what is in hand stays there, as an answer may come at any time. */
  bind(layout, same = false) {
    this.marks = marksOf(layout.drawn ?? []);
    this.editor.pending = null;
    this.editor.bind(layout);
    if (same) this.inHand?.again();
    else this.putDown();
    this.library.bind(layout);
  }

  /** Edit mode is switched. */
  switch(on) {
    this.bar.hidden = !on;
    if (!on) {
      this.viewer.pointer.cancel();
      this.library.toggle(false);
      if (this.pen.on) this.putDown();
    }
    this.editor.refresh();
  }

  // --- pointer and keys --------------------------------------------------------------------------

  /** The tool that clicks are for: ruler or pen; null: the editor. */
  get inHand() {
    return [this.ruler, this.pen].find(({ on }) => on) ?? null;
  }

  /** Take a tool, or put it down. */
  toggle(tool) {
    if (!this.viewer.set) return;
    const was = this.inHand;
    this.putDown();
    if (was !== tool) tool.start();
    this.#showInHand();
  }

  /** Put down what is in hand; whether something was. */
  putDown() {
    const was = this.inHand?.stop() ?? false;
    if (was) this.#showInHand();
    return was;
  }

  #showInHand() {
    this.rulerButton.setAttribute("aria-pressed", String(this.ruler.on));
    this.penButton.setAttribute("aria-pressed", String(this.pen.on && this.pen.kind === "road"));
    this.library.showPen(this.pen.on ? this.pen.kind : null);
    this.hint.hidden = !this.inHand;
    this.viewer.root.dataset.tool = this.inHand ? "aiming" : "";
  }

  begin(press) {
    return this.inHand ? null : this.editor.begin(press);
  }

  /** Whether a click was for a tool. */
  click(press) {
    if (this.inHand) {
      this.inHand.click(press);
      return true;
    }
    if (this.editor.click(press)) return true;
    const line = press.thing ? null : this.#lineUnder(press);
    if (line) this.viewer.select(line, true);
    return Boolean(line);
  }

  /** What is drawn under a press, as a thing that can be selected: bodies before paint. */
  #lineUnder(press) {
    if (!press.point) return null;
    const { drawn = [] } = this.viewer.layout;
    const index = drawn.findIndex((line) => this.#hits(line, press));
    return index < 0 ? null : this.viewer.lineThing(index);
  }

  #hits(line, { at, reach }) {
    const height = heightOf(line, this.viewer.set.scale);
    return (height ? [0, height / 2, height] : [0]).some((z) => {
      const point = at(z);
      if (!point) return false;
      return line.kind === "zone" ? holds(line.points, point) : away(line.points, point) <= line.width / 2 + reach / 2;
    });
  }

  hover(press) {
    this.inHand?.hover(press);
  }

  /** Whether a key was for a tool. */
  key(event) {
    const key = event.key.toLowerCase();
    if (key === "r" && this.library.turn((event.shiftKey ? -1 : 1) * QUARTER)) return true;
    if (this.pen.on && this.pen.key(event)) return true;
    if (this.editor.key(event)) return true;
    if (event.ctrlKey || event.metaKey) return false;
    const { edit } = this.viewer.settings;
    if (key === "m") this.toggle(this.ruler);
    else if (key === "w" && edit) this.takePen("road");
    else if (key === "a" && edit) this.library.toggle();
    else return false;
    return true;
  }

  /** Escape ends the nearest thing that is under way; whether there was one. */
  giveUp() {
    if (this.library.cancel() || this.viewer.pointer.cancel() || this.putDown()) return true;
    const { open } = this.library;
    if (open) this.library.toggle(false);
    return open;
  }

  // --- editor ------------------------------------------------------------------------------------

  #editorPort() {
    const tools = this;
    const { viewer } = tools;
    return {
      get on() {
        return viewer.settings.edit;
      },
      get layout() {
        return viewer.layout;
      },
      get guides() {
        return viewer.set.guides;
      },
      get scale() {
        return viewer.set.scale;
      },
      get marks() {
        return tools.marks;
      },
      get line() {
        return viewer.line;
      },
      hits: (line, press) => this.#hits(line, press),
      redrawn: () => {
        this.marks = marksOf(viewer.layout.drawn);
        viewer.redrawn();
      },
      measure: (at, text) => (at ? this.#measure(at, text) : this.#unmeasure()),
      say: (text) => this.#say(text),
      placed: (things) => viewer.placed(things),
      settled: () => viewer.relocate(),
      select: (name) => viewer.focusOn(viewer.find(name), true),
      marked: () => viewer.changed(),
      drawn: () => viewer.moved(),
      note: (thing, texts) => this.#note(thing, texts),
      emit: (message) => viewer.emit(message),
    };
  }

  /** What is wrong, in words, above the thing that it is about. */
  #note(thing, texts) {
    const { labels, pointer, set } = this.viewer;
    // In the middle of a drag, a voice would not come to an end.
    if (!pointer.gesture) this.#say(texts.join(". "));
    if (!texts.length || !thing) return labels.remove((key) => key === "finding");
    const point = toWorld(...thing.at, (thing.size[2] ?? 1.7 * set.scale) + 0.5 * set.scale);
    labels.set("finding", { text: texts.join("\n"), kind: "finding", point, priority: 200 });
  }

  /** For who does not see the floor. */
  #say(text) {
    if (this.spoken.textContent !== text) this.spoken.textContent = text;
  }

  // --- ruler -------------------------------------------------------------------------------------

  #rulerPort() {
    const { viewer } = this;
    return {
      get guides() {
        return viewer.set.guides;
      },
      machine: (index) => viewer.layout.machines[index],
      machinesChosen: () => this.editor.indices.map((index) => viewer.layout.machines[index]).filter(Boolean),
      label: (at, text) => this.#measure(at, text),
      unlabel: () => this.#unmeasure(),
      say: (text) => this.#explain(text),
    };
  }

  /** What to do with the tool in hand, or what it has found. */
  #explain(text) {
    this.#say(text);
    this.hint.textContent = text;
  }

  /** A length beside a point of the floor. */
  #measure(at, text) {
    this.viewer.labels.set("measure", { text, kind: "measure", point: toWorld(...at, 0.05), priority: 300 });
    this.viewer.moved();
  }

  #unmeasure() {
    this.viewer.labels.remove((key) => key === "measure");
    this.viewer.moved();
  }

  // --- pen ---------------------------------------------------------------------------------------

  #penPort() {
    const { viewer } = this;
    return {
      get guides() {
        return viewer.set.guides;
      },
      get scale() {
        return viewer.set.scale;
      },
      get nodes() {
        return viewer.layout.nodes ?? {};
      },
      machine: (index) => viewer.layout.machines[index],
      say: (text) => this.#explain(text),
      get drawn() {
        return viewer.layout.drawn ?? [];
      },
      label: (at, text) => this.#measure(at, text),
      unlabel: () => this.#unmeasure(),
      changed: () => viewer.moved(),
      road: (places) => this.editor.road(places),
      draw: (kind, points, to) => this.editor.draw(kind, points, to),
      done: () => this.putDown(), // what has been drawn is selected, and moved by its corners
    };
  }

  /** Take the pen for something else, or put it down where it is that already. */
  takePen(kind) {
    if (!this.viewer.set) return;
    const was = this.pen.on && this.pen.kind;
    this.putDown();
    if (was !== kind) this.pen.start(kind);
    this.#showInHand();
    this.library.toggle(false); // the floor under it may be drawn on
    this.viewer.root.focus({ preventScroll: true });
  }

  // --- library -----------------------------------------------------------------------------------

  #libraryPort() {
    return {
      floorPoint: (event) => this.#overFloor(event),
      middle: () => this.#middle(),
      preview: (footprint) => (this.viewer.set ? this.editor.preview(footprint) : null),
      add: (asked) => this.editor.add(asked),
      explain: (button) => this.viewer.emit({ type: "explain", term: "library", button }),
      pen: (kind) => this.takePen(kind),
    };
  }

  /** The point of the floor under a pointer; null where something else is under it. */
  #overFloor(event) {
    const { root, canvas, pointer } = this.viewer;
    const under = root.getRootNode().elementFromPoint(event.clientX, event.clientY);
    return under === canvas ? pointer.floorPoint(event) : null;
  }

  /** The point of the floor in the middle of the view. */
  #middle() {
    const { canvas, layout, pointer } = this.viewer;
    const box = canvas.getBoundingClientRect();
    const middle = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
    const { size } = layout.floor;
    const point = pointer.floorPoint(middle) ?? size.map((x) => x / 2);
    return point.map((x, axis) => Math.min(size[axis], Math.max(0, x)));
  }
}
