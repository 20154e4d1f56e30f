/** The planner's page: draws one JSON text, sends events. Every text is set as text. */

import { h, icon, kept } from "./elements.js";
import { exportDialog, fetchFile } from "./export.js";

const KEYS = [
  ["Space", "play or pause"], ["← →", "step"], ["J K L", "slower, pause, faster"],
  ["F", "fly to what is selected"], ["T", "view from above"], ["G", "grid"],
  ["O P", "flow of material, traffic of people and vehicles"],
  ["M", "measure: two points or machines, or the two that are selected"],
  ["Esc", "give up, let go"],
  ["Ctrl Z", "undo"], ["Ctrl Shift Z", "redo"], ["Ctrl K", "find a station or person"], ["?", "this list"],
];

const EDIT_KEYS = [
  ["A", "library: drag a machine in, or Enter"],
  ["Shift click", "select one more"], ["Shift drag", "select a box of them; free of the grid"], ["Ctrl A", "select all"],
  ["\u2190 \u2191 \u2193 \u2192", "0.1 m; with Shift 1 m"], ["R", "turn; with Shift back"],
  ["Ctrl D", "duplicate"], ["Del", "remove"],
  ["W", "road for vehicles: click its corners; Enter ends, Esc gives up"],
];

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

  isChosen(row, chosen) {
    const kind = chosen?.kind === "machine" ? "station" : chosen?.kind;
    return Boolean(chosen) && row.kind === kind && row.name === chosen.name;
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
    const charts = h("section", { class: "charts", "aria-label": "Charts over time", tabindex: 0 }, this.model.get_child("charts"));
    at.bars = h("section", { class: "card", "aria-label": "How time is spent" },
      h("h2", {}, "How open time is spent"), bars, region("legend"));
    const root = h("div", { class: "page" },
      region("header", "header"),
      region("outline", "nav", { "aria-label": "Stations and people" }),
      h("main", {}, h("div", { class: "top" }, region("sentence"), region("halt")), viewer, charts, region("problem", "div", { role: "alert" })),
      h("aside", { "aria-label": "Figures" }, region("holds", "section"), region("chosen", "section"), at.bars),
      h("footer", {}, region("change"), region("strip"), region("findings")),
      region("toast", "div", { role: "status", "aria-live": "polite" }),
      region("dialogs"));
    for (const side of ["left", "right"]) root.classList.toggle(`no-${side}`, kept.read(side) === "folded");
    at.dialogs.append(this.helpDialog(), this.saveDialog(), this.findDialog(), exportDialog(this));
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
    region.replaceChildren(...[this[`_${name}`](this.page)].flat().filter(Boolean));
    if (key) region.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  _header({ header, badge, mode }) {
    if (!header) return [];
    const tool = (key, words, act, options = {}) =>
      h("button", { class: "tool", type: "button", "data-key": key, title: words, "aria-label": words, onclick: act, ...options },
        icon(options.icon ?? key), options.text ? h("span", {}, options.text) : null);
    const choose = h("select", {
      "aria-label": "Layout", "data-key": "layout", onchange: (event) => this.send("choose", { layout: event.target.value }),
    }, header.layouts.map(({ name, label }) => h("option", { value: name, selected: name === header.layout }, label)));
    const replay = mode === "replay";
    const none = header.recordings.length === 0;
    const segment = (on, words, value, off, hint) => h("button", {
      type: "button", "data-key": `mode-${value}`, "aria-pressed": on, class: on ? "on" : "", disabled: off, title: hint,
      onclick: () => on || this.send("mode", { mode: value, recording: header.recordings[0] ?? "" }),
    }, words);
    const recordings = replay && header.recordings.length > 1
      ? h("select", {
          "aria-label": "Recording", "data-key": "recording",
          onchange: (event) => this.send("mode", { mode: "replay", recording: event.target.value }),
        }, header.recordings.map((name) => h("option", { value: name, selected: name === header.replay }, name)))
      : null;
    const folded = (side) => this.root.classList.contains(`no-${side}`);
    return [
      h("div", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }), h("h1", {}, header.title)),
      choose,
      header.edited ? h("span", { class: "edited", title: "Save as… keeps it under a name of your own" }, "edited") : null,
      badge ? this.badge(badge) : null,
      h("span", { class: "spring" }),
      h("div", { class: "segments", role: "group", "aria-label": "What is shown" },
        segment(!replay, "PREDICT", "predict", false, "What the layout will make"),
        segment(replay, "REPLAY", "replay", none && !replay,
          none ? "No recording speaks of these machines" : `Play ${header.recordings.join(", ")}`)),
      recordings,
      h("span", { class: "rule" }),
      tool("edit", header.edit ? "Stop moving machines" : "Move machines on the floor", () => this.send("edit", { on: !header.edit }),
        { icon: "move", text: "Move", "aria-pressed": header.edit, disabled: replay }),
      tool("undo", "Undo (Ctrl Z)", () => this.send("undo"), { disabled: !header.undo }),
      tool("redo", "Redo (Ctrl Shift Z)", () => this.send("redo"), { disabled: !header.redo }),
      tool("save", "Save as…", () => this.dialog("save"), {}),
      tool("export", "Export", () => this.dialog("export")),
      h("span", { class: "rule" }),
      tool("charts", this.charts ? "Hide the charts" : "Charts over time: states, parts, lead times", () => this.showCharts(!this.charts), { "aria-pressed": Boolean(this.charts) }),
      tool("find", "Find (Ctrl K)", () => this.dialog("find")),
      tool("theme", this.shade === "dark" ? "Light theme" : "Dark theme", () => {
        const next = this.shade === "dark" ? "light" : "dark";
        kept.write("theme", next);
        this.theme(next);
      }, { icon: this.shade === "dark" ? "sun" : "moon" }),
      tool("left", folded("left") ? "Show stations and people" : "Fold stations and people away", () => this.fold("left"), { "aria-pressed": !folded("left") }),
      tool("right", folded("right") ? "Show figures" : "Fold figures away", () => this.fold("right"), { "aria-pressed": !folded("right") }),
      tool("help", "Keys (?)", () => this.dialog("help")),
    ];
  }

  badge({ text, kind, run, note }) {
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(run);
        this.say(`Run ${run} is copied.`);
      } catch {
        this.say(`The run is ${run}.`);
      }
    };
    return h("button", {
      class: `badge ${kind}`, type: "button", "data-key": "badge", disabled: !run, onclick: copy,
      title: run ? `Run ${run}: the same id gives the same figures. Click to copy.` : note,
    }, h("b", {}, text), run ? h("span", {}, ` run ${run.slice(0, 7)}`) : null, note ? h("span", { class: "wide" }, ` · ${note}`) : null);
  }

  _outline({ outline, mode, chosen }) {
    if (!outline) return [];
    const share = (row) => row.fraction === null ? h("span", { class: "share" }) : h("span", {
      class: "share", title: `busy ${row.share} of open time`,
    }, h("i", { style: { "--share": row.fraction } }), h("b", {}, row.share));
    const entry = (row, tail) => h("li", {}, h("button", {
      type: "button", class: this.isChosen(row, chosen) ? "row on" : "row",
      "data-key": `${row.kind}/${row.name}`, onclick: () => this.fly(row),
    }, h("span", { class: "name" }, row.label), tail ?? share(row)));
    const step = (row, by, words) => h("button", {
      type: "button", class: "step", "data-key": `crew/${row.name}/${by}`, "aria-label": `${words}: ${row.label}`,
      title: mode === "replay" ? "A recording cannot be changed" : `${words}: ${row.label}`,
      disabled: mode === "replay" || row.people + by < 0 || row.people + by > 100,
      onclick: () => this.send("crew", { name: row.name, people: row.people + by }),
    }, by > 0 ? "+" : "\u2212");
    const crew = (row) => h("li", { class: "crew" },
      h("button", {
        type: "button", class: this.isChosen(row, chosen) ? "row on" : "row", "data-key": `crew/${row.name}`,
        onclick: () => this.fly(row),
      }, h("span", { class: "name" }, row.label), share(row)),
      h("div", { class: "steps" }, step(row, -1, "One person less"),
        h("output", { "aria-label": `People in ${row.label}` }, String(row.people)), step(row, 1, "One person more")));
    const block = (title, rows, draw, hint) => [
      h("h2", {}, title), rows.length ? h("ul", {}, rows.map(draw)) : h("p", { class: "hint" }, hint)];
    return [
      ...block("Stations", outline.station, (row) => entry(row), "No stations yet."),
      ...block("People", outline.crew, crew, "No people in this layout: its machines work alone."),
      ...(outline.arm.length ? block("Robot arms", outline.arm, (row) => entry(row)) : []),
      ...(outline.vehicle.length ? block("Vehicles", outline.vehicle, (row) => entry(row)) : []),
      h("p", { class: "hint" }, "Share of open time at work."),
    ];
  }

  _sentence({ sentence, progress }) {
    return [h("p", { title: sentence }, sentence ?? ""), this.progress(progress)];
  }

  progress(progress) {
    if (!progress?.text) return null;
    const share = progress.share;
    return h("div", { class: "progress" }, h("span", {}, share ? `${progress.text} ${Math.round(share * 100)} %` : `${progress.text} …`),
      h("progress", { max: 1, value: share ?? undefined, "aria-label": progress.text }));
  }

  _halt({ progress, mode }) {
    const button = (words, type, hint) =>
      h("button", { type: "button", "data-key": "halt", title: hint, onclick: () => this.send(type) }, words);
    if (progress?.stopped) return [h("span", {}, "Stopped"), button("Go on", "resume", "Work out what is missing")];
    return progress?.text && mode !== "replay" ? button("Stop", "stop", "Stop working it out; what is shown stays") : [];
  }

  _problem({ problem }) {
    return problem ? h("pre", {}, problem) : [];
  }

  _holds({ holds }) {
    if (!holds) return [];
    const lists = holds.lists.map((list) => {
      const open = this.open.rows[list.title];
      const rest = list.more.length;
      return h("div", { class: "list" },
        h("h3", {}, list.title, h("small", {}, list.note)),
        h("ol", {}, [...list.rows, ...(open ? list.more : [])].map((row) => this.gain(row))),
        rest ? h("button", {
          type: "button", class: "link", "data-key": `more/${list.title}`, "aria-expanded": Boolean(open),
          onclick: () => {
            this.open.rows[list.title] = !open;
            this.repaint("holds");
          },
        }, open ? "Show fewer" : `${list.rows.length ? `${rest} ${rest === 1 ? "other" : "others"}` : `All ${rest}`}: no measurable difference`) : null);
    });
    return [
      h("h2", {}, "What holds it back"),
      holds.text ? h("p", { class: "hint" }, holds.text) : null,
      h("div", { class: holds.stale ? "stale" : "" }, lists),
    ];
  }

  gain(row) {
    const tags = row.rival ? h("em", { title: "Cannot be told apart from the first one" }, "rival") : null;
    return h("li", {}, h("button", {
      type: "button", class: `gain${row.measurable ? "" : " quiet"}${row.first ? " first" : ""}`, "data-key": row.key,
      title: "Fly there", onclick: () => this.fly(row),
    },
      h("span", { class: "name" }, row.label, tags),
      row.measurable
        ? h("span", { class: "value" }, h("b", {}, row.gain), ` ${row.interval}`)
        : h("span", { class: "value" }, row.words),
      row.old && row.old !== (row.gain || row.words) ? h("span", { class: "was" }, `before: ${row.old}`) : null,
      h("i", { class: "bar", style: { "--share": row.bar } }),
      row.cost ? h("span", { class: "cost" }, row.cost) : null));
  }

  _chosen({ chosen }) {
    if (!chosen) {
      return [h("h2", {}, "Selected"), h("p", { class: "hint" }, "Click a machine, a person or an arm to see its figures.")];
    }
    return [
      h("h2", {}, chosen.title), h("p", { class: "hint" }, chosen.note),
      chosen.bar.length ? h("div", { class: "states", role: "img", "aria-label": chosen.bar.map((s) => `${s.state} ${s.text}`).join(", ") },
        chosen.bar.map((s) => h("i", { title: `${s.state} ${s.text}`, style: { "--share": s.share, "--colour": s.colour } }))) : null,
      chosen.bar.length ? h("ul", { class: "key" }, chosen.bar.filter((s) => s.share >= 0.005).map((s) =>
        h("li", {}, h("i", { style: { "--colour": s.colour } }), `${s.state} ${s.text}`))) : null,
      chosen.empty ? h("p", { class: "hint" }, chosen.empty) : null,
      h("dl", {}, chosen.figures.map((f) => [h("dt", {}, f.label), h("dd", {}, h("b", {}, f.value), ` ${f.note}`)]).flat()),
    ];
  }

  _legend({ legend }) {
    if (!legend?.length) return h("p", { class: "hint" }, "Nothing is known yet.");
    return h("ul", { class: "key" }, legend.map(({ colour, words }) => h("li", {}, h("i", { style: { "--colour": colour } }), words)));
  }

  _change({ change }) {
    if (!change) return [];
    return [
      h("span", {}, "Compared with before: ", h("b", {}, change.texts.join(" · "))),
      h("button", { type: "button", "data-key": "keep", disabled: !change.ready, title: "Compare with this from now on", onclick: () => this.send("keep") }, "Keep"),
      h("button", { type: "button", "data-key": "take-back", onclick: () => this.send("undo") }, "Undo"),
    ];
  }

  _strip({ strip, findings, checked, header }) {
    if (!strip) return [];
    const figures = strip.map((f) => h("div", { class: `figure ${f.tone}`, "data-figure": f.key },
      h("span", { class: "label" }, f.label, f.old ? h("s", {}, `was ${f.old}`) : null),
      h("span", { class: "value" }, h("b", {}, f.value), f.unit ? ` ${f.unit}` : null),
      h("span", { class: `note${f.difference ? " difference" : ""}`, title: f.note }, f.difference ?? f.note)));
    const count = findings.length;
    const errors = findings.filter((f) => f.severity === "error").length;
    const state = h("button", {
      type: "button", class: `figure findings-button ${errors ? "bad" : count ? "warn" : checked ? "good" : ""}`, "data-key": "findings", "data-figure": "findings",
      "aria-expanded": this.open.findings, disabled: !count,
      onclick: () => {
        this.open.findings = !this.open.findings;
        this.repaint("findings");
        this.repaint("strip");
      },
    }, h("span", { class: "label" }, "Findings"), h("span", { class: "value" }, h("b", {}, count ? String(count) : checked ? "none" : "\u2026")),
      h("span", { class: "note" }, errors ? "a forecast waits for them" : count ? "worth a look" : checked ? "the floor is in order" : "not checked yet"));
    return header?.layout ? [...figures, state] : figures;
  }

  _findings({ findings }) {
    if (!this.open.findings || !findings?.length) return [];
    return h("ul", {}, findings.map((f) => h("li", { class: f.severity },
      h("b", {}, f.severity), h("span", {}, f.message), h("code", {}, f.where),
      f.focus ? h("button", { type: "button", class: "link", onclick: () => this.fly(f) }, "Show") : null)));
  }

  // --- dialogs, keys, notes --------------------------------------------------------------------

  dialog(name) {
    const box = this.at.dialogs.querySelector(`.${name}`);
    box.prepareToShow?.();
    if (!box.open) box.showModal();
  }

  frame(name, title, ...content) {
    const box = h("dialog", { class: name, "aria-label": title }, h("h2", {}, title), ...content);
    box.addEventListener("click", (event) => event.target === box && box.close());
    return box;
  }

  helpDialog() {
    const list = (keys) => h("dl", {}, keys.map(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)]).flat());
    return this.frame("help", "Keys", list(KEYS), h("h3", {}, "While machines are moved"), list(EDIT_KEYS),
      h("p", { class: "hint" }, "The keys of the floor work once it has been clicked."),
      h("form", { method: "dialog" }, h("button", {}, "Close")));
  }

  saveDialog() {
    const name = h("input", { type: "text", required: true, maxlength: 60, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", "aria-label": "Name" });
    const box = this.frame("save", "Save as a layout of your own",
      h("form", {
        method: "dialog",
        onsubmit: () => this.send("save", { name: name.value }),
      }, h("label", {}, "Name ", name), h("p", { class: "hint" }, "Letters, digits, - and _. It is written into your own folder; nothing is overwritten."),
        h("button", { class: "main" }, "Save"), h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
    box.prepareToShow = () => (name.value = `my_${this.page.header?.layout ?? "layout"}`.slice(0, 60));
    return box;
  }

  findDialog() {
    const list = h("ul", {});
    const input = h("input", { type: "search", "aria-label": "Name of a station, machine or person", placeholder: "Station, machine, person …" });
    const go = (row) => {
      box.close();
      this.fly(row);
    };
    const matches = () => {
      const outline = this.page.outline ?? {};
      const rows = Object.values(outline).flat().flatMap((row) => [
        row, ...(row.machines ?? []).map((m) => ({ ...m, kind: "machine", focus: m.name }))]);
      const wanted = input.value.trim().toLowerCase();
      return rows.filter((row) => `${row.label} ${row.name}`.toLowerCase().includes(wanted)).slice(0, 12);
    };
    const show = () => list.replaceChildren(...matches().map((row) =>
      h("li", {}, h("button", { type: "button", onclick: () => go(row) }, row.label, h("small", {}, row.name)))));
    input.addEventListener("input", show);
    const box = this.frame("find", "Find", h("form", {
      method: "dialog", onsubmit: (event) => {
        event.preventDefault();
        const [first] = matches();
        if (first) go(first);
      },
    }, input), list);
    box.prepareToShow = () => {
      input.value = "";
      show();
    };
    return box;
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
    else if (message.type === "file") fetchFile(message.url, message.name);
    else if (message.type === "echo") page.echoes.get(message.number)?.();
  });
  model.on("lifecycle:remove", () => page.dispose());
  page.draw(model.page);
  return page.root;
}

export default { render };
