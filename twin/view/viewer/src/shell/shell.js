/** The planner's page: draws one JSON text, sends events. Every text is set as text. */

import { startAgain, wasStartedAgain } from "./again.js";
import { addDialog, findDialog, helpDialog, newDialog, saveDialog, versionsDialog } from "./dialogs.js";
import { compare } from "./compare.js";
import { h, kept } from "./elements.js";
import { exportDialog, fetchFile } from "./export.js";
import * as figures from "./figures.js";
import { form } from "./forms.js";
import { header } from "./header.js";
import { importDialog } from "./importing.js";
import { growAll, live, renew } from "./live.js";
import { outline } from "./outline.js";
import { term, Terms } from "./terms.js";
import { offer, Tour } from "./tour.js";
import { welcome } from "./welcome.js";

/** Region -> what draws it: (page, ui) -> nodes. */
const REGIONS = { header, live, outline, offer, welcome, compare, ...figures, form: (page, ui) => form(ui.sheet, ui) };

class Page {
  constructor(model) {
    this.model = model;
    this.drawn = {};
    this.page = {};
    this.open = { findings: false, rows: {}, groups: new Map() };
    this.sheet = null;
    this.echoes = new Map();
    this.terms = new Terms(JSON.parse(model.terms || "{}"));
    this.tour = new Tour(this);
    this.root = this.build();
    this.root.echo = () => this.echo();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    this.theme(kept.read("theme") ?? (dark.matches ? "dark" : "light"));
    const follow = () => kept.read("theme") ?? this.theme(dark.matches ? "dark" : "light");
    const keys = (event) => this.key(event);
    dark.addEventListener("change", follow);
    document.addEventListener("keydown", keys);
    this.late = new Map();
    const growing = setInterval(() => growAll(this.root), 1000);
    this.root.addEventListener("pointerdown", (event) => this.press(event.composedPath()[0]), true);
    for (const type of ["pointerup", "pointercancel"]) this.root.addEventListener(type, () => this.release(), true);
    this.root.addEventListener("twin-told", ({ detail }) => this.hear(detail));
    this.dispose = () => {
      clearInterval(growing);
      this.terms.dispose();
      this.tour.dispose();
      dark.removeEventListener("change", follow);
      document.removeEventListener("keydown", keys);
    };
  }

  send(type, detail = {}) {
    this.model.send_msg({ type, ...detail });
    this.tour?.heard({ type, ...detail });
  }

  /** What is done on the floor. */
  hear(message) {
    if (message.type === "explain") this.terms.toggle(message.term, message.button);
    else this.tour.heard(message);
  }

  fly({ kind, name, focus, path }) {
    this.send("fly", { kind, name, focus, path: path ?? null });
  }

  /** The time [ms] of one way to Python and back. */
  echo() {
    const number = this.echoes.size;
    const begun = performance.now();
    return new Promise((done) => {
      this.echoes.set(number, () => done(performance.now() - begun));
      this.send("echo", { number });
    });
  }

  // --- the frame: built once -------------------------------------------------------------------

  build() {
    const at = (this.at = {});
    const region = (name, tag = "div", attributes = {}) => (at[name] = h(tag, { class: name, ...attributes }));
    const viewer = (at.viewer = h("div", { class: "viewer" }, this.model.get_child("viewer")));
    const bars = h("div", { class: "bars" }, this.model.get_child("bars"));
    const charts = h("section", { class: "charts", "aria-label": "Charts over time", tabindex: 0 },
      h("div", { class: "charts-head" }, [["gantt", "States over time"], ["history", "Parts over time"], ["leads", "Lead times"]].map(([key, words]) => term(this, key, words))),
      this.model.get_child("charts"));
    at.bars = h("section", { class: "card", "aria-label": "How time is spent" },
      h("h2", {}, "How ", term(this, "open", "open time"), " is spent"), bars, region("legend"));
    const root = h("div", { class: "page" },
      region("header", "header"),
      region("outline", "nav", { "aria-label": "What the factory is made of" }),
      h("main", {}, h("div", { class: "top" }, region("sentence"), region("halt")),
        region("notices", "div", { role: "alert" }), region("offer"), viewer, region("welcome"), charts, region("problem", "div", { role: "alert" })),
      h("aside", { "aria-label": "Figures and forms" }, region("live", "section", { "aria-label": "The shop now" }), region("compare", "section", { "aria-label": "Comparison" }), region("holds", "section"), region("chosen", "section"),
        region("form", "section", { "aria-label": "Form" }), at.bars),
      h("footer", {}, region("change"), region("strip"), region("findings")),
      region("toast", "div", { role: "status", "aria-live": "polite" }),
      region("dialogs"), this.tour.ring, this.tour.card, this.terms.element);
    for (const side of ["left", "right"]) root.classList.toggle(`no-${side}`, kept.read(side) === "folded");
    at.dialogs.append(helpDialog(this), saveDialog(this), findDialog(this), addDialog(this), newDialog(this), versionsDialog(this), exportDialog(this), importDialog(this));
    return root;
  }

  theme(name) {
    this.shade = name;
    this.root.dataset.theme = name;
    document.documentElement.style.background = name === "dark" ? "#0f141a" : "#eef1f4";
    document.documentElement.style.colorScheme = name;
    this.send("theme", { theme: name });
    if (this.page.header) this.repaint("header");
  }

  showCharts(on) {
    this.charts = on;
    this.root.classList.toggle("with-charts", on);
    this.send("charts", { open: on });
    this.repaint("header");
  }

  /** Have the floor that is compared with stand beside this one, or no more. */
  showBeside(on) {
    if (this.page.header && this.page.mode === "predict") this.send("compare", { open: on });
  }

  /** Two floors want the room of the list on the left; afterwards it is as it was. */
  makeRoom(on) {
    const { classList } = this.root;
    if (classList.contains("beside") === on) return;
    classList.toggle("beside", on);
    if (on) this.unfolds = !classList.contains("no-left");
    classList.toggle("no-left", on || !this.unfolds);
    if (on && classList.contains("no-right")) this.fold("right");
    if (on) this.at.compare.parentNode.scrollTop = 0;
  }

  fold(side) {
    const folded = this.root.classList.toggle(`no-${side}`);
    kept.write(side, folded ? "folded" : "open");
    this.repaint("header");
  }

  // --- drawing: only what is new ---------------------------------------------------------------

  draw(text) {
    this.page = text ? JSON.parse(text) : {};
    const page = this.page;
    if (page.header) document.title = page.header.title;
    this.root.dataset.mode = page.mode ?? "";
    this.root.dataset.stage = page.progress?.text ?? "";
    this.root.dataset.answered = page.answered ?? ""; // the version that the figures are of
    this.makeRoom(Boolean(page.compare?.open));
    // Not for its age alone: a list of layouts that is open would close.
    this.paint("header", [page.header, { ...page.badge, age: typeof page.badge?.age }, page.mode, page.compare?.open]);
    renew(this.at.header.querySelector(".badge .age"), page.badge?.age);
    this.paint("outline", [page.outline, page.mode, page.chosen?.kind, page.chosen?.name, page.open]);
    this.paint("sentence", [page.sentence, page.progress]);
    this.paint("problem", page.problem);
    this.paint("notices", page.notices);
    this.paint("offer", [this.tour.offered, this.tour.possible]);
    this.paint("welcome", [page.welcome, page.header?.edit, page.outline?.map(({ key }) => key)]);
    // Apart from the bar: a button that is drawn anew while it is pressed hears no click.
    this.paint("halt", [Boolean(page.progress?.text), page.progress?.stopped, page.mode]);
    this.paint("compare", page.compare);
    this.paint("live", [page.live, page.mode]);
    this.paint("holds", [page.holds, page.mode]);
    this.paint("chosen", [page.chosen, Boolean(page.open), page.cell]);
    this.paint("legend", page.legend);
    this.paint("change", [page.change, page.mode, Boolean(page.strip), page.compare?.label, page.compare?.open]);
    this.paint("strip", [page.strip, page.findings, page.checked]);
    this.paint("findings", page.findings);
    this.at.bars.hidden = !page.outline;
    this.tour.drawn();
  }

  /** Draw the form; another one begins at its top. */
  fill(text) {
    const before = this.sheet?.path;
    this.sheet = text ? JSON.parse(text) : null;
    this.root.classList.toggle("has-form", Boolean(this.sheet));
    this.paint("form", this.sheet);
    if (this.sheet && String(before) !== String(this.sheet.path)) this.at.form.scrollIntoView({ block: "nearest" });
  }

  repaint(name) {
    delete this.drawn[name];
    this.draw(this.model.page);
  }

  /**
   * Draw a region anew where its content is new; the keyboard and what is being typed stay. Not
   * while a button of it is pressed: one that is replaced between press and release hears no click.
   */
  paint(name, value) {
    const text = JSON.stringify(value ?? null);
    if (this.drawn[name] === text) return;
    const region = this.at[name];
    if (this.pressed && region.contains(this.pressed)) {
      this.late.set(name, value);
      return;
    }
    this.drawn[name] = text;
    const focused = region.getRootNode().activeElement;
    const key = focused && region.contains(focused) ? focused.dataset.key : undefined;
    const typed = key && focused.matches("input[type=text]") && focused.value !== focused.defaultValue ? focused : null;
    region.replaceChildren(...[REGIONS[name](this.page, this)].flat(Infinity).filter(Boolean));
    const again = key && region.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!again) return;
    if (typed) again.value = typed.value;
    again.focus({ preventScroll: true });
    if (typed) again.setSelectionRange(typed.selectionStart, typed.selectionEnd);
  }

  press(target) {
    this.pressed = target;
  }

  release() {
    this.pressed = null;
    // The click comes right after the release.
    setTimeout(() => {
      const late = [...this.late];
      this.late.clear();
      for (const [name, value] of late) this.paint(name, value);
    });
  }

  // --- dialogs, keys, notes --------------------------------------------------------------------

  dialog(name, subject) {
    const box = this.at.dialogs.querySelector(`.${name}`);
    box.prepareToShow?.(subject);
    if (!box.open) box.showModal();
  }

  /** Save to the layout's own file; one of the program's needs a name of the reader's own. */
  save() {
    if (this.page.header?.own) this.send("save");
    else this.dialog("save");
  }

  say(text) {
    clearTimeout(this.saying);
    this.at.toast.textContent = text;
    this.at.toast.classList.add("on");
    this.saying = setTimeout(() => this.at.toast.classList.remove("on"), Math.max(4000, text.length * 60));
  }

  key(event) {
    const typing = event.composedPath().some((node) => ["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName));
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.dialog("find");
    } else if (typing) {
      return;
    } else if (control && event.key.toLowerCase() === "z") {
      event.preventDefault();
      this.send(event.shiftKey ? "redo" : "undo");
    } else if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.save();
    } else if (event.key.toLowerCase() === "c" && !control && !event.altKey && !this.at.dialogs.querySelector("[open]")) {
      this.showBeside(!this.page.compare?.open);
    } else if (event.key === "?") {
      this.dialog("help");
    }
  }
}

export function render({ model }) {
  if (startAgain()) return document.createElement("div");
  const page = new Page(model);
  if (wasStartedAgain()) page.say("The server was started again; unsaved work was kept as a draft.");
  model.on("page", () => page.draw(model.page));
  model.on("form", () => page.fill(model.form));
  model.on("msg:custom", (message) => {
    if (message.type === "say") page.say(message.text);
    else if (message.type === "import") page.at.dialogs.querySelector(".import").hear(message);
    else if (message.type === "file") fetchFile(message.url, message.name);
    else if (message.type === "echo") page.echoes.get(message.number)?.();
  });
  model.on("lifecycle:remove", () => page.dispose());
  page.draw(model.page);
  page.fill(model.form);
  return page.root;
}

export default { render };
