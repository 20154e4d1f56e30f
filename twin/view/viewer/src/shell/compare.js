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
    ...difference(compare, "", ui),
    ...compare.others.flatMap((other) => [
      h("div", { class: "head" }, h("h2", {}, other.label),
        h("button", { type: "button", class: "step", "data-key": `less/${other.key}`, "aria-label": `No longer beside: ${other.label}`, title: "No longer beside", onclick: () => ui.send("compare", { less: other.key }) }, "×")),
      ...difference(other, other.key, ui),
    ]),
    compare.full ? null : more(compare, ui),
    compare.origin.length && [compare, ...compare.others].some(({ changes }) => changes.length) ? h("details", {
      open: Boolean(ui.open.origin), ontoggle: (event) => (ui.open.origin = event.target.open),
    }, h("summary", {}, "What the intervals are"), compare.origin.map((text) => h("p", { class: "hint" }, text))) : null,
  ];
}

/** What is different now, in words and figures. of: which of the floors, as a part of keys. */
function difference({ changes, rows, note }, of, ui) {
  return [
    changes.length
      ? h("ul", { class: "changes" }, changes.map((change, i) => h("li", { class: change.verb }, h("b", { "aria-hidden": "true" }, SIGNS[change.verb]), told(change, `${of}/${i}`, ui))))
      : h("p", { class: "hint" }, "Nothing is different."),
    rows.length && changes.length ? figures(rows) : null,
    note ? h("p", { class: "hint" }, note) : null,
  ];
}

/** One more floor to stand beside these. */
function more({ choices, choice, others }, ui) {
  const left = choices.filter(({ key }) => key !== choice && !others.some((other) => other.key === key));
  if (!left.length) return null;
  return h("select", {
    "aria-label": "One more floor beside", class: "more", "data-key": "more", onchange: (event) => ui.send("compare", { more: event.target.value }),
  }, h("option", { value: "", selected: true, disabled: true }, "One more beside …"), left.map(({ key, label }) => h("option", { value: key }, label)));
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
