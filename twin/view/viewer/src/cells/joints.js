/** The joints: a slider each, which follows the clock or is jogged; speed and torque beside it. */

import { h } from "../shell/elements.js";
import { COLOURS, worded } from "./values.js";

export class Joints {
  constructor(ui) {
    this.ui = ui;
    this.element = h("section", { class: "joints", "aria-label": "Joints" });
  }

  /** Rows for the joints of a film. */
  build(film) {
    this.rows = (film?.joints ?? []).map((joint, k) => this.#row(joint, k));
    this.values = this.rows.map(() => 0);
    this.tool = h("p", { class: "hint tool-at", "aria-live": "off" });
    this.back = h("button", { type: "button", class: "step wide", disabled: true, onclick: () => this.ui.letGo() }, "Back to the clock");
    this.element.replaceChildren(
      ...(this.rows.length ? [h("div", { class: "head" }, h("h2", {}, "Joints"), this.back), h("ul", {}, this.rows.map(({ row }) => row)), this.tool] : []),
    );
  }

  #row(joint, k) {
    const slider = h("input", {
      type: "range", min: joint.lower, max: joint.upper, step: (joint.upper - joint.lower) / 2000, "aria-label": joint.name,
    });
    slider.addEventListener("input", () => this.ui.jog(k, Number(slider.value)));
    const value = h("b", {});
    const load = h("span", { class: "hint load" });
    const swatch = h("i", { class: "swatch", style: { background: COLOURS[k % COLOURS.length] } });
    const row = h("li", {}, h("span", { class: "name" }, swatch, joint.name.replaceAll("_", " ")), slider, value, load);
    return { row, slider, value, load, joint };
  }

  /** Joint positions; with speeds and torques where they come from the clock. */
  show(q, speed, torque) {
    this.values = [...q];
    this.rows.forEach(({ slider, value, load, joint }, k) => {
      slider.value = String(q[k]);
      const text = worded(joint, "q", q[k]);
      if (value.textContent !== text) value.textContent = text;
      slider.setAttribute("aria-valuetext", text);
      load.textContent = speed ? `${worded(joint, "speed", speed[k])}, ${worded(joint, "torque", torque[k])}` : "";
    });
  }

  /** Where the tool is [m], and whether the arm is held apart from the clock. */
  showTool(at, held) {
    const [x, y, z] = at.map((value) => value.toFixed(3));
    this.tool.textContent = `Tool at x ${x}, y ${y}, z ${z} m`;
    this.back.disabled = !held;
  }
}
