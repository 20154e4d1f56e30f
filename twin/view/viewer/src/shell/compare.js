/** What the layout is compared with: the choice, what differs in words, and the figures of both. */

import { h } from "./elements.js";

// The signs that stand on the floor, too.
const SIGNS = { added: "+", removed: "−", moved: "→", changed: "≈" };

export function compare({ compare }, ui) {
  if (!compare?.open) return [];
  const choose = h("select", {
    "aria-label": "Compared with", "data-key": "against", onchange: (event) => ui.send("compare", { with: event.target.value }),
  }, compare.choices.map(({ key, label }) => h("option", { value: key, selected: key === compare.choice }, label)));
  return [
    h("div", { class: "head" }, h("h2", {}, "Compared with"), choose,
      h("button", { type: "button", class: "step", "data-key": "close-beside", "aria-label": "Show one floor again", title: "Show one floor again (C)", onclick: () => ui.showBeside(false) }, "×")),
    compare.changes.length
      ? h("ul", { class: "changes" }, compare.changes.map((change, i) => h("li", { class: change.verb }, h("b", { "aria-hidden": "true" }, SIGNS[change.verb]), told(change, i, ui))))
      : h("p", { class: "hint" }, "Nothing is different."),
    compare.rows.length ? figures(compare.rows) : null,
    compare.note ? h("p", { class: "hint" }, compare.note) : null,
    compare.origin.length ? h("details", {
      open: Boolean(ui.open.origin), ontoggle: (event) => (ui.open.origin = event.target.open),
    }, h("summary", {}, "What the intervals are"), compare.origin.map((text) => h("p", { class: "hint" }, text))) : null,
  ];
}

function told({ text, name }, i, ui) {
  if (!name) return h("span", {}, text);
  return h("button", {
    type: "button", class: "link", "data-key": `change/${i}`, title: "Show it on the floor", onclick: () => ui.send("show", { name }),
  }, text);
}

function figures(rows) {
  const head = ["Figure", "Before", "Now", "Difference"].map((text) => h("th", { scope: "col" }, text));
  return h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows.map(({ label, before, after, difference, unit, clear }) =>
    h("tr", { class: clear ? "clear" : "" },
      h("th", { scope: "row" }, label, unit ? h("small", {}, unit) : null),
      h("td", {}, before), h("td", {}, after), h("td", { class: "difference" }, difference)))));
}
