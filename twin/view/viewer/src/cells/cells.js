/** The cells page: what one arm reaches, its transfers over time, its joints to jog. */

import { startAgain, wasStartedAgain } from "../shell/again.js";
import { frame } from "../shell/dialogs.js";
import { h, kept } from "../shell/elements.js";
import { fetchFile } from "../shell/export.js";
import { Joints } from "./joints.js";
import * as lists from "./lists.js";
import { Making } from "./making.js";
import { Plots } from "./plots.js";
import { SHOWN, bare, transferAt } from "./values.js";

const LAYERS = { way: "Tool's way", targets: "Targets", swept: "Swept volume", reach: "Reach" };
const OVER = { reach: "plane", volume: "volume" }; // the layers that show the reach
const REACH = [["#1fa35f", "reached"], ["#d8342b", "hits something"], ["#e0982f", "not tool down"]];
const KEYS = { reach: REACH, volume: REACH.slice(0, 1) };

class Page {
  constructor(model) {
    this.model = model;
    this.page = {};
    this.film = null;
    this.what = "q";
    this.index = -1;
    this.posed = ""; // the target that the arm is held at
    this.held = false; // whether it is held apart from the clock
    this.drawn = {};
    this.layers = new Set(["way", "targets"]);
    this.over = "reach";
    this.plots = new Plots(this);
    this.joints = new Joints(this);
    this.making = new Making(this);
    this.root = this.build();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    this.theme(kept.read("theme") ?? (dark.matches ? "dark" : "light"));
    const keys = (event) => this.key(event);
    document.addEventListener("keydown", keys);
    this.root.addEventListener("twin-told", (event) => this.hear(event));
    this.dispose = () => {
      document.removeEventListener("keydown", keys);
      cancelAnimationFrame(this.frame);
      this.plots.dispose();
    };
  }

  send(type, detail = {}) {
    this.model.send_msg({ type, ...detail });
  }

  /** The viewer's own hook, once it has shown a floor (see hook.js). */
  get twin() {
    return this.viewer?.twin ?? null;
  }

  tell(message) {
    this.twin?.tell(message);
  }

  build() {
    const at = (this.at = {});
    const region = (name, tag = "div", attributes = {}) => (at[name] = h(tag, { class: name, ...attributes }));
    this.choices = h("div", { class: "segments", role: "group", "aria-label": "What is drawn of the joints" });
    this.phase = h("p", { class: "hint phase" });
    this.switches = h("div", { class: "switches", role: "group", "aria-label": "What is drawn in the room" });
    const root = h("div", { class: "page cells" },
      region("header", "header"),
      h("main", {}, region("verdict", "div", { role: "status" }),
        h("div", { class: "viewer" }, this.model.get_child("viewer")), this.switches,
        h("section", { class: "time", "aria-label": "The transfer over time" },
          h("div", { class: "time-head" }, this.choices, this.phase), this.plots.svg)),
      h("aside", { "aria-label": "Targets, transfers, joints", tabindex: 0 },
        region("targets", "section", { "aria-label": "Targets" }), region("transfers", "section", { "aria-label": "Transfers" }),
        region("flange", "section", { "aria-label": "Load on the flange" }),
        this.joints.element, this.making.element, region("unchecked", "section", { "aria-label": "What else is to be said" })),
      region("toast", "div", { role: "status", "aria-live": "polite" }), region("dialogs"));
    at.dialogs.append(this.#saveDialog(), this.#bringDialog());
    return root;
  }

  #saveDialog() {
    const name = h("input", { type: "text", required: true, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", id: "cell-name", maxlength: 60 });
    const box = frame("save", "Save as a layout of your own",
      h("form", { method: "dialog", onsubmit: () => this.send("save", { name: name.value }) },
        h("label", { for: "cell-name" }, "Name"), name, h("button", { class: "main" }, "Save"),
        h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
    return box;
  }

  /** A file with a robot, which goes to the gate. */
  #bringDialog() {
    const file = h("input", { type: "file", required: true, accept: ".zip,.urdf,.xacro", id: "robot-file" });
    const name = h("input", { type: "text", pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", id: "robot-name", maxlength: 40, placeholder: "its own" });
    const box = frame("bring", "Bring a robot of your own",
      h("form", { method: "dialog", onsubmit: () => this.#bringFile(file.files[0], name.value) },
        h("p", { class: "hint" }, "A URDF or xacro, or a zip of them with their meshes (up to 12 MB). What is safe to mend is mended and noted; the rest is refused with the reason."),
        h("label", { for: "robot-file" }, "File"), file, h("label", { for: "robot-name" }, "Name"), name,
        h("button", { class: "main" }, "Bring it"),
        h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
    return box;
  }

  #bringFile(file, name) {
    if (file.size > 12e6) return this.say(`${file.name}: larger than 12 MB; bring it with twin asset add`);
    const reader = new FileReader();
    reader.onerror = () => this.say(`${file.name} cannot be read.`);
    reader.onload = () => this.send("bring", { file: file.name, name, content: reader.result.slice(reader.result.indexOf(",") + 1) });
    reader.readAsDataURL(file);
  }

  /** Another model of the arm; the last choice is one of the user's own. */
  choose(select) {
    if (select.value) return this.send("model", { name: select.value });
    select.value = this.page.header.model;
    this.at.dialogs.querySelector(".bring").showModal();
  }

  theme(name) {
    this.shade = name;
    this.root.dataset.theme = name;
    document.documentElement.style.background = name === "dark" ? "#0f141a" : "#eef1f4";
    document.documentElement.style.colorScheme = name;
    this.send("theme", { theme: name });
    this.paint("header", [this.page.header, name]);
  }

  // --- drawing -----------------------------------------------------------------------------------

  draw(text) {
    this.page = text ? JSON.parse(text) : {};
    const { page } = this;
    if (page.header) document.title = `${page.header.title}: ${page.header.arm}`;
    this.root.dataset.stage = page.progress ?? "";
    this.root.dataset.stale = String(Boolean(page.stale));
    this.paint("header", [page.header, this.shade]);
    this.paint("verdict", [page.said?.word, page.said?.reason, page.progress, page.problem, page.stale]);
    this.#lists();
    this.paint("unchecked", page.said);
    this.making.machines(page.machines ?? []);
    const layers = JSON.stringify([page.layers, page.overlays]);
    if (this.drawn.layers !== layers) {
      this.drawn.layers = layers;
      this.#switches();
    }
  }

  #lists() {
    const { targets, transfers, stale } = this.page;
    this.paint("targets", [targets, stale, this.posed]);
    this.paint("transfers", [transfers, stale, this.index]);
    this.paint("flange", [this.page.load, stale]);
  }

  /** Draw a region anew where what it says is new; the keyboard stays where it is. */
  paint(name, value) {
    const text = JSON.stringify(value ?? null);
    if (this.drawn[name] === text) return;
    this.drawn[name] = text;
    const region = this.at[name];
    const focused = region.getRootNode().activeElement;
    const key = focused && region.contains(focused) ? focused.dataset.key : undefined;
    region.replaceChildren(...[lists[name](this.page, this)].flat(Infinity).filter(Boolean));
    if (key) region.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  }

  /** Another cell, or another verdict on it: its series. */
  fill(text) {
    const before = this.film;
    this.film = text ? JSON.parse(text) : null;
    if (before && this.film && bare(before) === bare(this.film)) { // only its distances have come
      if (this.index >= 0) this.plots.show(this.film.transfers[this.index]);
      return;
    }
    this.index = -1;
    this.letGo();
    this.joints.build(this.film);
    this.#choices();
    this.follow(true);
  }

  #choices() {
    this.choices.replaceChildren(...Object.entries(SHOWN).map(([what, { words, hint }]) => h("button", {
      type: "button", class: this.what === what ? "on" : "", "aria-pressed": String(this.what === what), title: `${words} as a share ${hint}`,
      onclick: () => {
        this.what = what;
        this.#choices();
        this.plots.draw();
      },
    }, words)));
  }

  /** Buttons for the layers that there are. */
  #switches() {
    const known = this.page.layers ?? [];
    const focused = this.switches.getRootNode().activeElement;
    const key = focused && this.switches.contains(focused) ? focused.dataset.layer : undefined;
    const buttons = Object.entries(LAYERS).filter(([name]) => known.includes(name)).map(([shown, words]) => {
      const name = shown === "reach" ? this.over : shown;
      const on = this.layers.has(name);
      return h("button", {
        type: "button", "aria-pressed": String(on), class: on ? "on" : "", "data-layer": shown,
        onclick: () => {
          this.#switch(name, !on);
          this.#switches();
        },
      }, words);
    });
    this.switches.replaceChildren(...buttons, ...this.#chosen(), ...this.#legend());
    if (key) this.switches.querySelector(`[data-layer="${key}"]`)?.focus({ preventScroll: true });
  }

  /** Show a layer, or hide it. */
  #switch(name, on) {
    if (on) this.layers.add(name);
    else this.layers.delete(name);
    this.tell({ type: "layer", name, on });
    if (this.page.overlays?.[name]) this.send("overlay", { name, on });
  }

  /** What the reach is shown over, while it is shown. */
  #chosen() {
    if (!this.layers.has(this.over) || !this.page.overlays?.[this.over]) return [];
    const select = h("select", {
      "data-layer": "over",
      onchange: () => {
        this.#switch(this.over, false);
        this.over = select.value;
        this.#switch(this.over, true);
        this.#switches();
      },
    }, Object.entries(OVER).map(([value, words]) => h("option", { value, selected: value === this.over }, words)));
    return [h("label", { class: "key" }, "Reach over", select)];
  }

  /** What the colours of the reach mean; which overlays are being worked out. */
  #legend() {
    const asked = Object.entries(this.page.overlays ?? {}).filter(([name]) => this.layers.has(name));
    return asked.flatMap(([name, { drawn, working }]) => {
      const words = LAYERS[name in OVER ? "reach" : name].toLowerCase();
      if (working) return [h("span", { class: "key", role: "status" }, `${words}: working …`)];
      const keys = drawn ? KEYS[name] ?? [] : [];
      return keys.map(([colour, meaning]) => h("span", { class: "key" }, h("i", { style: { background: colour } }), meaning));
    });
  }

  // --- the clock ---------------------------------------------------------------------------------

  hear(event) {
    const { type } = event.detail;
    if (type === "ready") {
      const first = !this.viewer;
      this.viewer = event.composedPath()[0];
      for (const name of Object.keys({ ...LAYERS, ...OVER })) this.tell({ type: "layer", name, on: this.layers.has(name) });
      this.#switches();
      this.tell({ type: "lead", on: this.making.box.open });
      if (first && this.page.header) this.tell({ type: "fly", name: this.page.header.arm });
      this.follow(true);
    } else if (type === "picked") this.making.picked(event.detail);
    else if (type === "led") this.making.led(event.detail);
    else if (type === "tick" || type === "settings") this.#run();
  }

  /** While the clock goes, all that speaks of it goes with it. */
  #run() {
    cancelAnimationFrame(this.frame);
    this.follow();
    if (this.twin?.clock?.playing) this.frame = requestAnimationFrame(() => this.#run());
  }

  /** Bring plots and joints to the clock's time; `anew` even where that is what they show. */
  follow(anew = false) {
    const { film, twin } = this;
    const t = twin?.clock?.t ?? 0;
    if (!film || (!anew && t === this.shownAt)) return;
    if (this.held && t !== this.shownAt) this.letGo();
    this.shownAt = t;
    const { index, tau } = transferAt(film, t);
    if (index !== this.index || anew) {
      this.index = index;
      this.plots.show(film.transfers[index] ?? null);
      this.#lists();
    }
    if (index < 0) return;
    this.plots.at(tau);
    this.phase.textContent = this.plots.worded(tau);
    if (this.held) return;
    const [q, speed, torque] = ["q", "speed", "torque"].map((what) => this.plots.valuesAt(what, tau));
    this.joints.show(q, speed, torque);
    this.#showTool();
  }

  /** The arm of the film, as the viewer poses it (see kinematics.js); null before it shows one. */
  arm() {
    return this.twin?.stage?.arms.find(({ name }) => name === this.film?.arm) ?? null;
  }

  #showTool() {
    const arm = this.arm();
    if (arm) this.joints.showTool([...arm.tool.slice(12, 15)], this.held);
  }

  seek(t) {
    this.tell({ type: "seek", t });
    this.#run();
  }

  playTransfer(index) {
    const one = this.film?.transfers[index];
    if (!one) return;
    this.letGo();
    this.tell({ type: "seek", t: one.start });
    this.tell({ type: "play", on: true });
    this.#run();
  }

  // --- the arm in hand ---------------------------------------------------------------------------

  /** Hold the arm at joint positions, apart from the clock. */
  hold(q, target = "") {
    this.held = true;
    this.posed = target;
    this.tell({ type: "pose", name: this.film.arm, joints: q });
    this.shownAt = this.twin?.clock?.t;
    this.joints.show(q);
    this.#showTool();
    this.#lists();
  }

  jog(k, value) {
    if (!this.held) this.follow(); // the clock may have gone on since it was last looked at
    const q = [...this.joints.values];
    q[k] = value;
    this.hold(q);
  }

  showTarget({ name, q }) {
    if (this.film) this.hold(q, name);
  }

  letGo() {
    if (!this.held) return;
    this.held = false;
    this.posed = "";
    this.tell({ type: "pose", name: this.film?.arm ?? "", joints: null });
    this.follow(true);
  }

  // --- files, keys, notes ------------------------------------------------------------------------

  save() {
    if (this.page.header?.own) this.send("save");
    else this.at.dialogs.querySelector(".save").showModal();
  }

  say(text) {
    clearTimeout(this.saying);
    this.at.toast.textContent = text;
    this.at.toast.classList.add("on");
    this.saying = setTimeout(() => this.at.toast.classList.remove("on"), Math.max(4000, text.length * 60));
  }

  key(event) {
    const typing = event.composedPath().some((node) => ["SELECT", "TEXTAREA"].includes(node.tagName) || (node.tagName === "INPUT" && node.type !== "range"));
    if (typing || !(event.ctrlKey || event.metaKey)) return;
    const act = { z: () => this.send(event.shiftKey ? "redo" : "undo"), s: () => this.save() }[event.key.toLowerCase()];
    if (act) event.preventDefault();
    act?.();
  }
}

export function render({ model }) {
  if (startAgain()) return document.createElement("div");
  const page = new Page(model);
  if (wasStartedAgain()) page.say("The server was started again.");
  model.on("page", () => page.draw(model.page));
  model.on("film", () => page.fill(model.film));
  model.on("msg:custom", (message) => {
    if (message.type === "say") page.say(message.text);
    else if (message.type === "file") fetchFile(message.url, message.name);
  });
  model.on("lifecycle:remove", () => page.dispose());
  page.draw(model.page);
  page.fill(model.film);
  return page.root;
}

export default { render };
