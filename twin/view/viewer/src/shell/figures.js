/** What is known of the layout: sentence, gains, what is selected, the strip, findings. */

import { h } from "./elements.js";
import { term } from "./terms.js";

export function sentence(page) {
  return [h("p", { title: page.sentence }, page.sentence ?? ""), running(page.progress)];
}

function running(progress) {
  if (!progress?.text) return null;
  const share = progress.share;
  return h("div", { class: "progress" }, h("span", {}, share ? `${progress.text} ${Math.round(share * 100)} %` : `${progress.text} …`),
    h("progress", { max: 1, value: share ?? undefined, "aria-label": progress.text }));
}

export function halt({ progress, mode }, ui) {
  const button = (words, type, hint) =>
    h("button", { type: "button", "data-key": "halt", title: hint, onclick: () => ui.send(type) }, words);
  if (progress?.stopped) return [h("span", {}, "Stopped"), button("Go on", "resume", "Work out what is missing")];
  return progress?.text && mode === "predict" ? button("Stop", "stop", "Stop working it out; what is shown stays") : [];
}

export function problem({ problem }) {
  return problem ? h("pre", {}, problem) : [];
}

/** What waits for a decision, with the buttons to decide. */
export function notices({ notices }, ui) {
  return (notices ?? []).map(({ key, text, actions, sides }) => h("div", { class: `notice ${key}` }, h("div", { class: "said" }, h("p", {}, text), both(sides)),
    actions.map(({ label, type, detail }) => h("button", {
      type: "button", "data-key": `notice/${key}/${label}`, onclick: () => (type === "dialog" ? ui.dialog(detail.name) : ui.send(type, detail)),
    }, label)),
    h("button", { type: "button", class: "step", "aria-label": "Dismiss", title: "Dismiss", onclick: () => ui.send("dismiss", { key }) }, "×")));
}

/** What two have made of one layout, side by side. */
function both(sides) {
  return sides?.length ? h("div", { class: "sides" }, sides.map(({ title, texts }) =>
    h("div", {}, h("b", {}, title), h("ul", {}, texts.map((text) => h("li", {}, text)))))) : null;
}

export function holds({ holds, mode }, ui) {
  if (!holds || mode === "live") return [];
  const lists = holds.lists.map((list) => {
    const open = ui.open.rows[list.title];
    const rest = list.more.length;
    return h("div", { class: "list" },
      h("h3", {}, h("span", {}, term(ui, list.term, list.title)), h("small", {}, list.note)),
      h("ol", {}, [...list.rows, ...(open ? list.more : [])].map((row) => gain(row, ui))),
      rest ? h("button", {
        type: "button", class: "link", "data-key": `more/${list.title}`, "aria-expanded": Boolean(open),
        onclick: () => {
          ui.open.rows[list.title] = !open;
          ui.repaint("holds");
        },
      }, open ? "Show fewer" : `${list.rows.length ? `${rest} ${rest === 1 ? "other" : "others"}` : `All ${rest}`}: no measurable difference`) : null);
  });
  return [
    h("h2", {}, "What holds it back"),
    holds.text ? h("p", { class: "hint" }, holds.text) : null,
    h("div", { class: holds.stale ? "stale" : "" }, lists),
    lists.length ? h("p", { class: "hint words" }, "Words: ", term(ui, "interval", "\u00b1 interval", "holds/interval"), " \u00b7 ",
      term(ui, "rival", "rival"), " \u00b7 ", term(ui, "alike", "no measurable difference")) : null,
  ];
}

function gain(row, ui) {
  const tags = row.rival ? h("em", { title: "Cannot be told apart from the first one" }, "rival") : null;
  const attempt = row.try && row.measurable ? h("button", {
    type: "button", class: "try", "data-key": `try/${row.key}`, "aria-label": `try it: one more ${row.label}`,
    title: "Make this change; Undo takes it back", onclick: () => ui.send("try", row.try),
  }, "try it") : null;
  return h("li", { class: "tried" }, h("button", {
    type: "button", class: `gain${row.measurable ? "" : " quiet"}${row.first ? " first" : ""}`, "data-key": row.key,
    title: "Fly there", onclick: () => ui.fly(row),
  },
    h("span", { class: "name" }, row.label, tags),
    row.measurable
      ? h("span", { class: "value" }, h("b", {}, row.gain), ` ${row.interval}`)
      : h("span", { class: "value" }, row.words),
    row.old && row.old !== (row.gain || row.words) ? h("span", { class: "was" }, `before: ${row.old}`) : null,
    h("i", { class: "bar", style: { "--share": row.bar } }),
    row.cost ? h("span", { class: "cost" }, row.cost) : null), attempt);
}

export function chosen({ chosen, open, cell }, ui) {
  const into = cell ? h("p", {}, h("a", { class: "link", href: cell, "data-key": "cell" }, "Open its cell: reach, clearance, cycle time")) : null;
  if (!chosen && open) return [into]; // the form speaks for itself
  if (!chosen) {
    return [h("h2", {}, "Selected"), h("p", { class: "hint" }, "Click a machine, a person or an arm to see its figures."), into];
  }
  return [
    h("h2", {}, chosen.title), h("p", { class: "hint" }, chosen.note), into,
    chosen.bar.length ? h("div", { class: "states", role: "img", "aria-label": chosen.bar.map((s) => `${s.state} ${s.text}`).join(", ") },
      chosen.bar.map((s) => h("i", { title: `${s.state} ${s.text}`, style: { "--share": s.share, "--colour": s.colour } }))) : null,
    chosen.bar.length ? h("ul", { class: "key" }, chosen.bar.filter((s) => s.share >= 0.005).map((s) =>
      h("li", {}, h("i", { style: { "--colour": s.colour } }), `${s.state} ${s.text}`))) : null,
    chosen.empty ? h("p", { class: "hint" }, chosen.empty) : null,
    h("dl", {}, chosen.figures.map((f) => [h("dt", {}, f.term ? term(ui, f.term, f.label, `chosen/${f.term}`) : f.label), h("dd", {}, h("b", {}, f.value), ` ${f.note}`)]).flat()),
  ];
}

export function legend({ legend }, ui) {
  if (!legend?.length) return h("p", { class: "hint" }, "Nothing is known yet.");
  return h("ul", { class: "key" }, legend.map(({ colour, words, term: key }) =>
    h("li", {}, h("i", { style: { "--colour": colour } }), term(ui, key, words, `legend/${key}`))));
}

export function change({ change, compare, mode, strip }, ui) {
  if (!strip || mode !== "predict") return [];
  const where = compare?.open ? "on the right" : "below";
  if (!change) return [h("span", { class: "hint" }, `Nothing is changed. Move a machine, add a person or edit a form: what that does is shown ${where}.`)];
  const count = change.texts.length;
  // Side by side, they are listed beside the floors.
  const told = compare?.open ? `${count} ${count === 1 ? "change" : "changes"}` : change.texts.join(" · ");
  return [
    h("span", {}, term(ui, "compared", `Compared with ${compare?.label ?? "before"}`), ": ", h("b", {}, told)),
    h("button", { type: "button", "data-key": "keep", disabled: !change.ready, title: "Compare with this from now on", onclick: () => ui.send("keep") }, "Keep"),
    h("button", { type: "button", "data-key": "take-back", onclick: () => ui.send("undo") }, "Undo"),
  ];
}

export function strip({ strip, findings, checked, header }, ui) {
  if (!strip) return [];
  const figures = strip.map((f) => h("div", { class: `figure ${f.tone}`, "data-figure": f.key },
    h("span", { class: "label" }, term(ui, f.key, f.label)),
    h("span", { class: "value" }, h("b", {}, f.value), f.old ? h("s", {}, h("i", {}, " was "), f.old) : null),
    h("span", { class: "unit" }, f.unit || "\u00a0"),
    h("span", { class: `note${f.difference ? " difference" : ""}`, title: f.note }, f.difference ?? f.note)));
  const count = findings.length;
  const errors = findings.filter((f) => f.severity === "error").length;
  const state = h("button", {
    type: "button", class: `figure findings-button ${errors ? "bad" : count ? "warn" : checked ? "good" : ""}`, "data-key": "findings", "data-figure": "findings",
    "aria-expanded": ui.open.findings, disabled: !count,
    onclick: () => {
      ui.open.findings = !ui.open.findings;
      ui.repaint("findings");
      ui.repaint("strip");
    },
  }, h("span", { class: "label" }, "Findings"), h("span", { class: "value" }, h("b", {}, count ? String(count) : checked ? "none" : "\u2026")),
    h("span", { class: "unit" }, "\u00a0"),
    h("span", { class: "note" }, errors ? "a forecast waits for them" : count ? "worth a look" : checked ? "the floor is in order" : "not checked yet"));
  return header?.layout ? [...figures, state] : figures;
}

export function findings({ findings }, ui) {
  if (!ui.open.findings || !findings?.length) return [];
  return h("ul", {}, h("li", { class: "hint" }, ui.terms.texts.findings?.text), findings.map((f) => h("li", { class: f.severity },
    h("b", {}, f.severity), h("span", {}, f.message), h("code", {}, f.where),
    f.focus ? h("button", { type: "button", class: "link", onclick: () => ui.fly(f) }, "Show") : null)));
}
