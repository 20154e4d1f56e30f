/** Drawing a road by points: each click is a corner, Enter ends it, Escape gives it up. */

import { distance, snap } from "./floor.js";

const COLOUR = "#2f7fe0";
const NEAR = 0.2; // m: a click so near to a node means it, in a workshop

export class Pen {
  /** viewer: {guides, scale, nodes: name -> [x, y], machine(index), say(text), drawn(), road(places)}. */
  constructor(viewer) {
    this.viewer = viewer;
    this.on = false;
    this.corners = []; // {at, place: a name or the point}
  }

  start() {
    this.on = true;
    this.viewer.say("Draw a road: click its corners. Enter ends it, Escape gives it up.");
  }

  stop() {
    if (!this.on) return false;
    this.on = false;
    this.corners = [];
    this.#show();
    return true;
  }

  #corner({ point, thing }) {
    if (thing?.kind === "machine") {
      const { name, at } = this.viewer.machine(thing.index);
      return { at, place: name };
    }
    const near = Object.entries(this.viewer.nodes).find(([, at]) => distance(at, point) < NEAR * this.viewer.scale);
    if (near) return { at: near[1], place: near[0] };
    const at = point.map((x) => snap(x));
    return { at, place: at };
  }

  click(press) {
    if (!press.point) return;
    this.corners.push(this.#corner(press));
    this.#show();
  }

  hover(press) {
    if (this.corners.length && press?.point) this.#show(this.#corner(press));
  }

  /** Enter ends the road, Backspace takes its last corner back; whether the key meant something. */
  key({ key }) {
    if (key === "Backspace") this.corners.pop();
    else if (key !== "Enter") return false;
    if (key === "Enter" && this.corners.length > 1) this.viewer.road(this.corners.map(({ place }) => place));
    if (key === "Enter") this.corners = [];
    this.#show();
    return true;
  }

  #show(next) {
    const all = next ? [...this.corners, next] : this.corners;
    const lines = all.slice(1).map(({ at }, i) => [all[i].at, at]);
    this.viewer.guides.show("road", { lines }, COLOUR);
    this.viewer.drawn();
  }
}
