/** Measuring on the floor: from a point or machine to another, in metres. */

import { between } from "./floor.js";
import { length } from "./findings.js";

const COLOUR = "#0f8a7e";

export class Ruler {
  /** viewer: {guides, machine(index), machinesChosen(): [machine], label(at, text), unlabel(), say(text)}. */
  constructor(viewer) {
    this.viewer = viewer;
    this.on = false;
    this.from = null;
  }

  /** Begin; two machines that are chosen are measured at once. */
  start() {
    this.on = true;
    const chosen = this.viewer.machinesChosen();
    if (chosen.length === 2) this.#measure(chosen[0], chosen[1], true);
    else this.viewer.say("Measure: click two points or machines. Escape ends it.");
  }

  stop() {
    if (!this.on) return false;
    this.on = false;
    this.again();
    return true;
  }

  /** The floor has been built anew, and what was measured may stand elsewhere. */
  again() {
    this.from = null;
    this.viewer.guides.clear("ruler");
    this.viewer.unlabel();
  }

  #end({ point, thing }) {
    return thing?.kind === "machine" ? this.viewer.machine(thing.index) : { at: point };
  }

  click(press) {
    if (!press.point) return;
    const end = this.#end(press);
    if (!this.from) {
      this.from = end;
      this.hover(press);
      return;
    }
    this.#measure(this.from, end, true);
    this.from = null;
  }

  hover(press) {
    if (this.from && press?.point) this.#measure(this.from, this.#end(press), false);
  }

  #measure(a, b, last) {
    const { from, to, distance } = between(a, b);
    this.viewer.guides.show("ruler", { lines: [[from, to]] }, COLOUR);
    const text = length(distance);
    this.viewer.label([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], text);
    const ends = [a, b].map((end) => end.label || end.name).filter(Boolean);
    if (last) this.viewer.say(ends.length === 2 ? `${text} between ${ends[0]} and ${ends[1]}` : `${text} measured`);
  }
}
