/** The planner's page: draws one JSON text, sends events. Every text is set as text. */

import { findDialog, helpDialog, saveDialog } from "./dialogs.js";
import { h, kept } from "./elements.js";
import * as figures from "./figures.js";
import { header } from "./header.js";
import { outline } from "./outline.js";

/** Region -> what draws it: (page, ui) -> nodes. */
const REGIONS = { header, outline, ...figures };

class Page {
  constructor(model) {
    this.model = model;
    this.drawn = {};
    this.page = {};
    this.open = { findings: false, rows: {} };
    this.echoes = new Map();
    this.root = this.build();
    this.root.echo = () => this.echo();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    this.theme(kept.read("theme") ?? (dark.matches ? "dark" : "light"));
    const follow = () => kept.read("theme") ?? this.theme(dark.matches ? "dark" : "light");
    const keys = (event) => this.key(event);
    dark.addEventListener("change", follow);
    document.addEventListener("keydown", keys);
    this.dispose = () => {
      dark.removeEventListener("change", follow);
      document.removeEventListener("keydown", keys);
    };
  }

  send(type, detail = {}) {
    this.model.send_msg({ type, ...detail });
  }

  fly({ kind, name, focus }) {
    this.send("fly", { kind, name, focus });
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
    const viewer = h("div", { class: "viewer" }, this.model.get_child("viewer"));
    const bars = h("div", { class: "bars" }, this.model.get_child("bars"));
    at.bars = h("section", { class: "card", "aria-label": "How time is spent" },
      h("h2", {}, "How open time is spent"), bars, region("legend"));
    const root = h("div", { class: "page" },
      region("header", "header"),
      region("outline", "nav", { "aria-label": "Stations and people" }),
      h("main", {}, h("div", { class: "top" }, region("sentence"), region("halt")), viewer, region("problem", "div", { role: "alert" })),
      h("aside", { "aria-label": "Figures" }, region("holds", "section"), region("chosen", "section"), at.bars),
      h("footer", {}, region("change"), region("strip"), region("findings")),
      region("toast", "div", { role: "status", "aria-live": "polite" }),
      region("dialogs"));
    for (const side of ["left", "right"]) root.classList.toggle(`no-${side}`, kept.read(side) === "folded");
    at.dialogs.append(helpDialog(), saveDialog(this), findDialog(this));
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
    this.paint("header", [page.header, page.badge, page.mode]);
    this.paint("outline", [page.outline, page.mode, page.chosen?.kind, page.chosen?.name]);
    this.paint("sentence", [page.sentence, page.progress]);
    this.paint("problem", page.problem);
    // Apart from the bar: a button that is drawn anew while it is pressed hears no click.
    this.paint("halt", [Boolean(page.progress?.text), page.progress?.stopped, page.mode]);
    this.paint("holds", page.holds);
    this.paint("chosen", page.chosen);
    this.paint("legend", page.legend);
    this.paint("change", page.change);
    this.paint("strip", [page.strip, page.findings, page.checked]);
    this.paint("findings", page.findings);
    this.at.bars.hidden = !page.outline;
  }

  repaint(name) {
    delete this.drawn[name];
    this.draw(this.model.page);
  }

  /** Draw a region anew where its content is new; the keyboard stays where it was. */
  paint(name, value) {
    const text = JSON.stringify(value ?? null);
    if (this.drawn[name] === text) return;
    this.drawn[name] = text;
    const region = this.at[name];
    const focused = region.getRootNode().activeElement;
    const key = focused && region.contains(focused) ? focused.dataset.key : undefined;
    region.replaceChildren(...[REGIONS[name](this.page, this)].flat().filter(Boolean));
    if (key) region.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  // --- dialogs, keys, notes --------------------------------------------------------------------

  dialog(name) {
    const box = this.at.dialogs.querySelector(`.${name}`);
    box.prepareToShow?.();
    if (!box.open) box.showModal();
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
    } else if (event.key === "?") {
      this.dialog("help");
    }
  }
}

const RESTARTED = "twin.restarted";

/**
 * A second drawing in one page means that its server was restarted: the old session and its edits
 * are gone, and the new session is not told that anybody looks. Loading the address again is the
 * whole cure: it names layout and recording.
 */
function startAgain() {
  if (!globalThis.twinDrawn) {
    globalThis.twinDrawn = true;
    return false;
  }
  sessionStorage.setItem(RESTARTED, "yes");
  location.reload();
  return true;
}

export function render({ model }) {
  if (startAgain()) return document.createElement("div");
  const page = new Page(model);
  if (sessionStorage.getItem(RESTARTED)) {
    sessionStorage.removeItem(RESTARTED);
    page.say("The server was started again; edits that were not saved are gone.");
  }
  model.on("page", () => page.draw(model.page));
  model.on("msg:custom", (message) => {
    if (message.type === "say") page.say(message.text);
    else if (message.type === "echo") page.echoes.get(message.number)?.();
  });
  model.on("lifecycle:remove", () => page.dispose());
  page.draw(model.page);
  return page.root;
}

export default { render };
