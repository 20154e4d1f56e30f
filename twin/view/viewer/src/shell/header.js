/** The bar above all: layout, what is shown, and the tools of the page. */

import { h, icon, kept } from "./elements.js";
import { ageing } from "./live.js";

export function header({ header, badge, mode, compare }, ui) {
  if (!header) return [];
  const tool = (key, words, act, options = {}) =>
    h("button", { class: "tool", type: "button", "data-key": key, title: words, "aria-label": words, onclick: act, ...options },
      icon(options.icon ?? key), options.text ? h("span", {}, options.text) : null);
  const choose = h("select", {
    "aria-label": "Layout", "data-key": "layout", onchange: (event) => ui.send("choose", { layout: event.target.value }),
  }, header.layouts.map(({ name, label }) => h("option", { value: name, selected: name === header.layout }, label)));
  const replay = mode === "replay";
  const fixed = mode !== "predict"; // what happened or happens: no edit changes it
  const none = header.recordings.length === 0;
  const segment = (on, words, value, off, hint) => h("button", {
    type: "button", "data-key": `mode-${value}`, "aria-pressed": on, class: on ? "on" : "", disabled: off, title: hint,
    onclick: () => on || ui.send("mode", { mode: value, recording: header.recordings[0] ?? "" }),
  }, words);
  const recordings = replay && header.recordings.length > 1
    ? h("select", {
        "aria-label": "Recording", "data-key": "recording",
        onchange: (event) => ui.send("mode", { mode: "replay", recording: event.target.value }),
      }, header.recordings.map((name) => h("option", { value: name, selected: name === header.replay }, name)))
    : null;
  const folded = (side) => ui.root.classList.contains(`no-${side}`);
  return [
    h("div", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }), h("h1", {}, header.title)),
    choose,
    tool("new", "New layout", () => ui.dialog("new")),
    header.edited ? h("span", { class: "edited", title: "Not saved yet; a draft is kept" }, "edited") : null,
    badge ? runBadge(badge, ui) : null,
    h("span", { class: "spring" }),
    h("div", { class: "segments", role: "group", "aria-label": "What is shown" },
      segment(!fixed, "PREDICT", "predict", false, "What the layout will make"),
      segment(replay, "REPLAY", "replay", none && !replay,
        none ? "No recording speaks of these machines" : `Play ${header.recordings.join(", ")}`),
      header.live ? segment(mode === "live", "LIVE", "live", false, "What happens in the shop now") : null),
    recordings,
    tool("import", "Import a recording", () => ui.dialog("import")),
    h("span", { class: "rule" }),
    tool("edit", header.edit ? "Stop moving machines" : "Move machines on the floor", () => ui.send("edit", { on: !header.edit }),
      { icon: "move", text: "Move", "aria-pressed": header.edit, disabled: fixed }),
    tool("undo", "Undo (Ctrl Z)", () => ui.send("undo"), { disabled: !header.undo }),
    tool("redo", "Redo (Ctrl Shift Z)", () => ui.send("redo"), { disabled: !header.redo }),
    tool("save", header.own ? "Save (Ctrl S)" : "Save", () => ui.save(), { disabled: fixed }),
    tool("saveAs", "Save as…", () => ui.dialog("save"), { icon: "copy", disabled: fixed }),
    tool("versions", "Versions", () => ui.dialog("versions"), { disabled: fixed }),
    tool("beside", compare?.open ? "Show one floor again (C)" : "Compare side by side (C)", () => ui.showBeside(!compare?.open),
      { "aria-pressed": String(Boolean(compare?.open)), disabled: fixed }),
    tool("export", "Export", () => ui.dialog("export")),
    h("span", { class: "rule" }),
    tool("charts", ui.charts ? "Hide the charts" : "Charts over time: states, parts, lead times", () => ui.showCharts(!ui.charts), { "aria-pressed": Boolean(ui.charts) }),
    tool("find", "Find (Ctrl K)", () => ui.dialog("find")),
    tool("theme", ui.shade === "dark" ? "Light theme" : "Dark theme", () => {
      const next = ui.shade === "dark" ? "light" : "dark";
      kept.write("theme", next);
      ui.theme(next);
    }, { icon: ui.shade === "dark" ? "sun" : "moon" }),
    tool("left", folded("left") ? "Show stations and people" : "Fold stations and people away", () => ui.fold("left"), { "aria-pressed": !folded("left") }),
    tool("right", folded("right") ? "Show figures" : "Fold figures away", () => ui.fold("right"), { "aria-pressed": !folded("right") }),
    tool("help", "Help: keys and the tour (?)", () => ui.dialog("help")),
  ];
}

function runBadge({ text, kind, run, note, age, stale }, ui) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(run);
      ui.say(`Run ${run} is copied.`);
    } catch {
      ui.say(`The run is ${run}.`);
    }
  };
  return h("button", {
    class: `badge ${kind}`, type: "button", "data-key": "badge", disabled: !run, onclick: copy,
    title: run ? `Run ${run}: the same id gives the same figures. Click to copy.` : note,
  }, h("b", {}, text), run ? h("span", {}, ` run ${run.slice(0, 7)}`) : null,
    age === undefined ? null : h("span", {}, " \u00b7 data ", ageing(age, { stale, after: " old" })), note ? h("span", { class: "wide" }, ` · ${note}`) : null);
}
