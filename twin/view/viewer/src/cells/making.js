/** Teaching targets: a frame in numbers that the arm follows, taken from its tool or a clicked face. */

import { h } from "../shell/elements.js";
import { follow } from "../inverse.js";

const FAR = 2e-3; // m and rad: what the arm may stay away from a frame and still be there
const NUDGE = 0.01; // m
const AXES = ["x", "y", "z"];

export class Making {
  constructor(ui) {
    this.ui = ui;
    this.fields = {};
    this.element = h("section", { class: "making", "aria-label": "Teach a target" });
    this.#build();
  }

  #field(key, words, unit, value, attributes = {}) {
    const input = h("input", { type: "number", step: "any", value, id: `make-${key}`, "data-key": `make-${key}`, ...attributes });
    this.fields[key] = input;
    return h("div", { class: "cell-field" }, h("label", { for: `make-${key}` }, words), input, unit ? h("span", { class: "unit" }, unit) : null);
  }

  #build() {
    const button = (words, act, options = {}) => h("button", { type: "button", class: "step wide", onclick: act, ...options }, words);
    this.machine = h("select", { id: "make-machine", "aria-label": "Machine" });
    this.name = h("input", { type: "text", id: "make-name", required: true, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", maxlength: 40, value: "taught" });
    this.said = h("p", { class: "hint", role: "status" });
    this.face = button("From a face", () => this.#pick(), { title: "Click a machine's face: the tool comes against it", "aria-pressed": "false" });
    const at = AXES.map((axis) => this.#field(axis, axis.toUpperCase(), "m", 0, { step: NUDGE }));
    const towards = AXES.map((axis) => this.#field(`d${axis}`, `Along ${axis}`, "", axis === "z" ? -1 : 0, { step: 0.1, min: -1, max: 1 }));
    // Steps are for the arrow keys; what is written may lie between them.
    const form = h("form", { novalidate: true, onsubmit: (event) => this.#teach(event), oninput: (event) => event.target.type === "number" && this.#show() },
      h("div", { class: "row-of" }, button("From the tool", () => this.fromTool()), this.face),
      h("div", { class: "three" }, at), h("div", { class: "three" }, towards),
      h("div", { class: "three" }, this.#field("clear", "Straight", "mm", 100, { min: 0, max: 1000, step: 5 }),
        this.#field("rows", "Rows", "", 1, { min: 1, max: 100, step: 1 }), this.#field("columns", "Columns", "", 1, { min: 1, max: 100, step: 1 })),
      h("div", { class: "three pitch" }, this.#field("px", "Pitch x", "mm", 50, { step: 1 }), this.#field("py", "Pitch y", "mm", 50, { step: 1 })),
      h("div", { class: "named" }, h("label", { for: "make-machine" }, "Of"), this.machine, h("label", { for: "make-name" }, "as"), this.name),
      this.said,
      h("div", { class: "row-of" }, h("button", { class: "step wide main" }, "Teach it")));
    const box = h("details", { ontoggle: () => this.ui.tell({ type: "lead", on: box.open }) }, h("summary", {}, "Teach a target"),
      h("p", { class: "hint" }, "Draw the arm by hand, jog its joints, or write where its tool shall be."), form);
    this.box = box;
    this.element.append(box);
  }

  /** The machines that a target may belong to. */
  machines(names) {
    const chosen = this.machine.value;
    this.machine.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === chosen }, name)));
  }

  get #frame() {
    const number = (key) => Number(this.fields[key].value);
    return { at: AXES.map(number), approach: AXES.map((axis) => number(`d${axis}`)) };
  }

  #fill(at, approach) {
    AXES.forEach((axis, k) => {
      this.fields[axis].value = (Math.round(at[k] * 1e4) / 1e4).toString();
      this.fields[`d${axis}`].value = (Math.round(approach[k] * 1e4) / 1e4 + 0).toString();
    });
  }

  /** Take the frame that the arm's tool is at. */
  fromTool() {
    const arm = this.ui.arm();
    if (!arm) return;
    this.#fill([...arm.tool.slice(12, 15)], [...arm.tool.slice(8, 11)]);
    this.#nearest();
    this.#show();
  }

  #pick() {
    this.face.setAttribute("aria-pressed", "true");
    this.said.textContent = "Click a face of a machine.";
    this.ui.tell({ type: "pick", on: true });
  }

  /** The arm is led by hand: its tool goes along, the way it points stays. */
  led({ name, to }) {
    const arm = this.ui.arm();
    if (arm?.name !== name) return;
    this.#fill(to, [...arm.tool.slice(8, 11)]);
    this.#nearest();
    this.#show(true);
  }

  /** A face was clicked: the tool comes against it. */
  picked({ name, point, normal }) {
    this.face.setAttribute("aria-pressed", "false");
    this.#fill(point, normal.map((x) => -x));
    this.machine.value = name;
    this.#show();
  }

  /** The machine whose middle is nearest to the frame. */
  #nearest() {
    const { at } = this.#frame;
    const away = ({ at: [x, y] }) => Math.hypot(x - at[0], y - at[1]);
    const [first] = [...(this.ui.twin?.layout?.machines ?? [])].sort((a, b) => away(a) - away(b));
    if (first) this.machine.value = first.name;
  }

  /** Bring the arm to the frame, and say how far it stays away. */
  #show(led = false) {
    const arm = this.ui.arm();
    const { at, approach } = this.#frame;
    const length = Math.hypot(...approach);
    if (!arm || !length || ![...at, ...approach].every(Number.isFinite)) return;
    const towards = approach.map((x) => x / length);
    const before = [...this.ui.joints.values];
    const { joints, missed } = follow(arm, before, at, towards, this.ui.film.joints);
    // An arm that is led stays where it still got; to numbers it comes as near as it can.
    this.ui.hold(led && missed >= FAR ? before : joints);
    this.said.textContent = missed < FAR
      ? "The arm is there; what is in its way is judged once it is taught."
      : `From here the arm does not get there: ${Math.round(missed * 1000)} mm or so are missing.`;
  }

  #teach(event) {
    event.preventDefault();
    const number = (key) => Number(this.fields[key].value);
    const { at, approach } = this.#frame;
    this.ui.send("teach", {
      machine: this.machine.value, name: this.name.value, at, approach, clear: number("clear") / 1000,
      rows: number("rows"), columns: number("columns"), pitch: [number("px") / 1000, number("py") / 1000],
    });
  }
}
