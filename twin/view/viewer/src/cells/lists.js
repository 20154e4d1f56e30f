/** Lists of the page: its header, the verdict, targets, transfers, findings. Texts are set as text. */

import { loadChart } from "./load.js";
import { h, icon, kept } from "../shell/elements.js";

const MARKS = { pass: "good", "pass with warnings": "warn", fail: "bad", "not checked": "quiet" };

export function header({ header }, ui) {
  if (!header) return [];
  const tool = (key, words, act, options = {}) =>
    h("button", { class: "tool", type: "button", "data-key": key, title: words, "aria-label": words, onclick: act, ...options },
      icon(options.icon ?? key), options.text ? h("span", {}, options.text) : null);
  return [
    h("div", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }), h("h1", {}, header.title)),
    h("select", { "aria-label": "Arm", "data-key": "arm", onchange: (event) => ui.send("arm", { name: event.target.value }) },
      header.arms.map(({ name, label }) => h("option", { value: name, selected: name === header.arm }, label))),
    h("select", { "aria-label": "Model of the arm", "data-key": "model", class: "model", onchange: (event) => ui.choose(event.target) },
      header.models.map(({ name, label }) => h("option", { value: name, selected: name === header.model }, label)),
      h("option", { value: "" }, "Bring your own \u2026")),
    header.edited ? h("span", { class: "edited", title: "Not saved yet; a draft is kept" }, "edited") : null,
    h("span", { class: "spring" }),
    tool("edit", header.edit ? "Stop moving the arm and machines" : "Move the arm and machines", () => ui.send("edit", { on: !header.edit }),
      { icon: "move", text: "Move", "aria-pressed": String(Boolean(header.edit)) }),
    tool("undo", "Undo (Ctrl Z)", () => ui.send("undo"), { disabled: !header.undo }),
    tool("redo", "Redo (Ctrl Shift Z)", () => ui.send("redo"), { disabled: !header.redo }),
    tool("save", "Save (Ctrl S)", () => ui.save()),
    tool("report", "Report: one page of HTML", () => ui.send("report", { format: "html" }), { icon: "export", text: "Report" }),
    tool("theme", ui.shade === "dark" ? "Light theme" : "Dark theme", () => {
      const next = ui.shade === "dark" ? "light" : "dark";
      kept.write("theme", next);
      ui.theme(next);
    }, { icon: ui.shade === "dark" ? "sun" : "moon" }),
    h("a", { class: "link", href: header.factory }, "Whole factory"),
  ];
}

export function verdict({ said, progress, problem, stale }) {
  if (problem) return [h("p", { class: "word bad" }, "NOT JUDGED"), h("p", { class: "why" }, problem)];
  const working = progress ? h("span", { class: "progress" }, h("span", {}, "Judging the cell …"), h("progress", { "aria-label": "Judging the cell" })) : null;
  if (!said) return [h("p", { class: "why" }, "Physics looks at the cell for the first time."), working];
  return [
    h("p", { class: `word ${MARKS[said.word]}${stale ? " stale" : ""}` }, said.word.toUpperCase()),
    h("p", { class: `why${stale ? " stale" : ""}` }, said.reason),
    working,
  ];
}

export function targets({ targets, stale }, ui) {
  if (!targets) return [];
  const rows = targets.map((target) => h("li", {}, h("button", {
    type: "button", class: "target", "data-key": `target-${target.name}`, "aria-pressed": String(ui.posed === target.name),
    title: target.q.length ? "Show the arm there" : "No pose of the arm is known there", disabled: !target.q.length,
    onclick: () => ui.showTarget(target),
  },
    h("span", { class: `tick ${target.reached ? "good" : "bad"}`, "aria-hidden": "true" }, target.reached ? "✓" : "✕"),
    h("span", { class: "name" }, target.name),
    h("b", { class: target.reached ? "good" : "bad" }, target.reached ? "reachable" : target.verdict),
    h("span", { class: "hint" }, target.reached ? target.more : target.text)),
  target.taught ? h("button", { type: "button", class: "link forget", "data-key": `forget-${target.port}`, "aria-label": `Forget ${target.port}`, onclick: () => ui.send("forget", { port: target.port }) }, "Forget it") : null));
  return [
    h("h2", {}, "Targets"),
    rows.length ? h("ul", { class: stale ? "stale" : "" }, rows) : h("p", { class: "hint" }, "No route asks this arm for anything yet: let a product's step be loaded or unloaded by it."),
  ];
}

export function transfers({ transfers, stale }, ui) {
  if (!transfers?.length) return [];
  const rows = transfers.map((one, index) => h("li", {}, h("button", {
    type: "button", class: "target", "data-key": `transfer-${index}`, "aria-current": String(ui.index === index),
    title: `Play it. ${one.band}, as accelerations are unsure; torque of its limit; energy at the joints`, onclick: () => ui.playTransfer(index),
  },
    h("span", { class: "tick", "aria-hidden": "true" }, "▶"),
    h("span", { class: "name" }, one.way),
    h("b", {}, one.takes),
    h("span", { class: "hint" }, [one.band, one.clearance, one.torque, one.energy].filter(Boolean).join(", ")))));
  return [h("h2", {}, "Transfers"), h("ul", { class: stale ? "stale" : "" }, rows)];
}

export function flange({ load, stale }) {
  if (!load) return [];
  const rows = load.loads.map(({ text, over }) => h("li", { class: over ? "bad" : "" }, text));
  return [h("h2", {}, "Load on the flange"), h("ul", { class: `plain${stale ? " stale" : ""}` }, rows), loadChart(load)];
}

export function unchecked({ said }) {
  if (!said) return [];
  const more = said.findings.slice(1);
  return [
    ...(more.length ? [h("h2", {}, "Also found"), h("ul", { class: "plain" }, more.map(({ severity, text }) => h("li", { class: severity === "error" ? "bad" : "warn" }, text)))] : []),
    ...(said.unchecked.length ? [h("details", {}, h("summary", {}, "Not checked"), h("ul", { class: "plain" }, said.unchecked.map((text) => h("li", {}, text))))] : []),
  ];
}
