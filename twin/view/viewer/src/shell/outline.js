/** The outline: all that the layout is made of, in sections, each with a way to add to it. */

import { h } from "./elements.js";
import { term } from "./terms.js";

export function outline(page, ui) {
  if (!page.outline) return [];
  return [
    ...page.outline.filter(shown).map((section) => block(section, page, ui)),
    others(page, ui),
    h("p", { class: "hint" }, "Bars: share of ", term(ui, "open", "open time", "outline/open"), " at work (", term(ui, "busy", "utilisation"), ")."),
  ];
}

/** What is empty and rare is offered at the end instead of taking a heading of its own. */
function shown(section) {
  return section.rows.length || section.hint;
}

function others(page, ui) {
  const rare = page.outline.filter((section) => !shown(section) && section.add);
  return rare.length && page.mode === "predict"
    ? h("p", { class: "others" }, "Add ", rare.map((section) => adder(section, ui, section.add === "machine" ? "machine" : section.add)))
    : null;
}

function block(section, page, ui) {
  const crew = section.key === "crews";
  return h("section", { "aria-label": section.title },
    h("div", { class: "head" }, h("h2", {}, term(ui, `outline/${section.key}`, section.title)),
      section.add && page.mode === "predict" ? adder(section, ui, "+") : null),
    section.rows.length
      ? h("ul", {}, section.rows.map((row) => (crew ? crewEntry(row, page, ui) : entry(row, page, ui))))
      : h("p", { class: "hint" }, section.hint, " ",
          page.mode !== "predict" ? null : h("button", {
            type: "button", class: "link", "data-key": `first/${section.key}`, onclick: () => ui.dialog("add", section),
          }, `Add ${article(section.add)}`)));
}

export function article(what) {
  return { orders: "orders" }[what] ?? `${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`;
}

function adder(section, ui, words) {
  const label = `Add ${article(section.add)}`;
  return h("button", {
    type: "button", class: words === "+" ? "step" : "link", "data-key": `add/${section.key}`, title: label, "aria-label": label,
    onclick: () => ui.dialog("add", section),
  }, words);
}

function share(row) {
  if (row.fraction === null) return row.note ? h("small", {}, row.note) : h("span", { class: "share" });
  return h("span", { class: "share", title: `busy ${row.share} of open time` },
    h("i", { style: { "--share": row.fraction } }), h("b", {}, row.share));
}

function button(row, page, ui) {
  const on = isOpen(row, page);
  return h("button", {
    type: "button", class: on ? "row on" : "row", "data-key": `${row.kind}/${row.name}`, "aria-current": on ? "true" : null,
    onclick: () => ui.fly(row),
  }, h("span", { class: "name" }, row.label), share(row));
}

/** Whether a row is what is selected, or what the form is of. */
function isOpen(row, { chosen, open }) {
  if (open && String(open) === String(row.path)) return true;
  const kind = chosen?.kind === "machine" ? "station" : chosen?.kind;
  return Boolean(chosen) && row.kind === kind && row.name === chosen.name;
}

function entry(row, page, ui) {
  return h("li", {}, button(row, page, ui));
}

function crewEntry(row, page, ui) {
  const fixed = page.mode !== "predict";
  const step = (by, words) => h("button", {
    type: "button", class: "step", "data-key": `crew/${row.name}/${by}`, "aria-label": `${words}: ${row.label}`,
    title: fixed ? "What happened or happens cannot be changed" : `${words}: ${row.label}`,
    disabled: fixed || row.people + by < 0 || row.people + by > 100,
    onclick: () => ui.send("crew", { name: row.name, people: row.people + by }),
  }, by > 0 ? "+" : "\u2212");
  return h("li", { class: "crew" }, button(row, page, ui),
    h("div", { class: "steps" }, step(-1, "One person less"),
      h("output", { "aria-label": `People in ${row.label}` }, String(row.people)), step(1, "One person more")));
}
