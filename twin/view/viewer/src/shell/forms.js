/** Forms: what twin.view.forms tells of a thing, drawn as fields; every change is one event. */

import { h } from "./elements.js";
import { ask } from "./terms.js";

/** The form as nodes; `ui.open.groups` says which groups the reader has opened. */
export function form(sheet, ui) {
  if (!sheet) return [];
  return [
    h("div", { class: "head" }, h("h2", {}, sheet.title), sheet.removable && !sheet.locked ? tools(sheet, ui) : null),
    sheet.note ? h("p", { class: "hint" }, sheet.note) : null,
    sheet.error ? h("p", { class: "wrong", role: "alert" }, sheet.error) : null,
    sheet.related?.length
      ? h("p", { class: "related" }, sheet.related.map(({ path, label }) =>
          h("button", { type: "button", class: "link", onclick: () => ui.send("open", { path }) }, label)))
      : null,
    h("fieldset", { disabled: sheet.locked, class: "fields" },
      sheet.name ? nameField(sheet, ui) : null, sheet.fields.map((field) => draw(field, ui))),
  ];
}

function tools(sheet, ui) {
  return h("button", {
    type: "button", class: "link", "data-key": "form-remove", onclick: () => act(ui, "remove", sheet.path),
  }, "Remove");
}

function act(ui, what, path, more = {}) {
  ui.send("form", { do: what, path, ...more });
}

function nameField(sheet, ui) {
  return row(ui, { key: "name", label: "Name in the file", help: "Others speak of it by this name; they are changed with it." },
    (marks) => input({ text: sheet.name, ...marks }, (text) => act(ui, "rename", sheet.path, { text })));
}

function draw(field, ui) {
  return (DRAW[field.kind] ?? plain)(field, ui);
}

const DRAW = { group, time, mapping: collection, list: collection, pair, absent };

// --- one row: label, control, help, what is wrong ----------------------------------------------

/** A label, what `control` makes of the marks that tie them together, help and error below. */
function row(ui, field, control, tail = null) {
  const id = `field-${field.key}`;
  const help = [field.help, field.limits && capital(field.limits)].filter(Boolean).join(" ");
  const described = [help && `${id}-help`, field.error && `${id}-wrong`].filter(Boolean).join(" ");
  const marks = {
    id, "data-key": `form/${field.key}`, "aria-describedby": described || null, "aria-invalid": field.error ? "true" : null,
  };
  return h("div", { class: field.error ? "field bad" : "field" },
    h("label", { for: id, class: field.required ? "required" : "" }, field.label),
    h("div", { class: "control" }, control(marks), tail, field.term ? ask(ui, field.term, field.label, `form/${field.key}/term`) : null),
    field.error ? h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" }, field.error) : null,
    help ? h("p", { class: "tip", id: `${id}-help` }, help) : null);
}

function capital(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function input({ text, ...attributes }, change) {
  return h("input", {
    type: "text", autocomplete: "off", spellcheck: "false", value: text ?? "", ...attributes,
    onchange: (event) => change(event.target.value),
    onkeydown: (event) => event.key === "Enter" && event.target.blur(),
  });
}

function plain(field, ui) {
  const set = (text) => act(ui, "set", field.path, { text });
  const text = field.tried ?? field.text;
  if (field.kind === "choice") return row(ui, field, (marks) => select(field, text, marks, set), removal(field, ui));
  if (field.kind === "toggle") {
    return row(ui, field, (marks) => h("input", {
      type: "checkbox", ...marks, checked: field.on, onchange: (event) => set(event.target.checked ? "yes" : "no"),
    }));
  }
  if (field.kind === "basis") return basis(field, ui);
  const unit = field.kind === "quantity" && field.unit && !(text === "" && field.placeholder) && !/[^\d\s.eE+-]/.test(text ?? "") ? field.unit : "";
  return row(ui, field, (marks) => input({ text, placeholder: field.placeholder || null, ...marks }, set),
    [unit ? h("span", { class: "unit" }, unit) : null, removal(field, ui)]);
}

function select(field, text, marks, set) {
  const blank = field.required && text ? null : h("option", { value: "" }, field.placeholder ? `${field.placeholder.replaceAll("_", " ")} (default)` : "–");
  return h("select", { ...marks, onchange: (event) => set(event.target.value) }, blank,
    field.options.map(({ value, label }) => h("option", { value, selected: String(value) === text }, label)));
}

/** Where numbers come from: a word of three, and a source in the planner's words. */
function basis(field, ui) {
  const [word, ...where] = (field.tried ?? field.text).split(": ");
  const set = (kind, source) => act(ui, "set", field.path, { text: kind && source ? `${kind}: ${source}` : kind });
  return row(ui, { ...field, term: "basis" }, (marks) => h("span", { class: "basis" },
    h("select", { ...marks, onchange: (event) => set(event.target.value, where.join(": ")) },
      h("option", { value: "" }, `${field.placeholder.split(":")[0]} (as around it)`),
      ["measured", "sourced", "guessed"].map((kind) => h("option", { value: kind, selected: kind === word }, kind))),
    word ? input({
      text: where.join(": "), placeholder: "where from", "aria-label": `${field.label}: where from`, "data-key": `form/${field.key}/where`,
    }, (source) => set(word, source.trim())) : null));
}

function removal(field, ui) {
  return field.removable ? small("×", `Remove ${field.label}`, field, () => act(ui, "drop", field.path)) : null;
}

function small(sign, words, field, onclick, options = {}) {
  return h("button", {
    type: "button", class: "step", title: words, "aria-label": words, "data-key": `${words}/${field.key}`, onclick, ...options,
  }, sign);
}

// --- fields that hold fields -------------------------------------------------------------------

function fold(field, ui, ...content) {
  const open = ui.open.groups.get(field.key) ?? (field.kind === "list" && field.written && (field.path.length < 4 || field.path.at(-1) === "points"));
  const box = h("details", { class: "group", open }, h("summary", { "data-key": `form/${field.key}` }, field.label, note(field)), ...content);
  box.addEventListener("toggle", () => ui.open.groups.set(field.key, box.open));
  const movers = field.movable
    ? [small("↑", `Move up ${field.label}`, field, () => act(ui, "shift", field.path, { by: -1 }), { disabled: field.path.at(-1) === 0 }),
       small("↓", `Move down ${field.label}`, field, () => act(ui, "shift", field.path, { by: 1 }), { disabled: field.last })]
    : [];
  const tools = [...movers, removal(field, ui)].filter(Boolean);
  return tools.length ? h("div", { class: "movable" }, box, h("div", { class: "tools" }, tools)) : box;
}

/** What a folded group says of its content: the written fields at a glance. */
function note(field) {
  const texts = (field.fields ?? []).filter((inner) => inner.text && inner.kind !== "basis").map((inner) => inner.text);
  const counted = ["list", "mapping"].includes(field.kind) && field.fields.length ? `${field.fields.length}` : "";
  return h("small", {}, counted || texts.slice(0, 3).join(", "));
}

function explained(field) {
  return [field.help ? h("p", { class: "tip always" }, field.help) : null,
    field.error ? h("p", { class: "wrong", role: "alert" }, field.error) : null];
}

function group(field, ui) {
  return fold(field, ui, explained(field), field.fields.map((inner) => draw(inner, ui)),
    !field.required && field.written && !field.removable ? dropped(field, ui) : null);
}

function dropped(field, ui) {
  return h("button", { type: "button", class: "link", "data-key": `drop/${field.key}`, onclick: () => act(ui, "drop", field.path) },
    `Remove ${field.label.toLowerCase()}`);
}

function time(field, ui) {
  return fold(field, ui, explained(field),
    row(ui, { key: `${field.key}/dist`, label: "Distribution", term: "distribution" }, (marks) => h("select", {
      ...marks, onchange: (event) => act(ui, "shape", field.path, { text: event.target.value }),
    }, field.options.map(({ value, label }) => h("option", { value, selected: value === field.dist }, label)))),
    field.fields.map((inner) => draw(inner, ui)),
    !field.required && field.written ? dropped(field, ui) : null);
}

function pair(field, ui) {
  const help = `field-${field.key}-help`;
  return h("fieldset", { class: "pair", "aria-describedby": field.help ? help : null }, h("legend", {}, field.label),
    field.fields.map((inner, index) => plain({ ...inner, label: axis(field, inner, index) }, ui)),
    field.error ? h("p", { class: "wrong", role: "alert" }, field.error) : null, removal(field, ui),
    field.help ? h("p", { class: "tip", id: help }, field.help) : null);
}

/** Two lengths are a place on the floor; two times are from and to. */
function axis(field, inner, index) {
  const length = ["m", "mm", "cm"].includes(inner.unit);
  return (length ? ["x", "y"] : ["from", "to"])[index] ?? inner.label;
}

function absent(field, ui) {
  const help = `field-${field.key}-help`;
  return h("div", { class: "field absent" }, h("span", {}, field.label), h("button", {
    type: "button", class: "link", "data-key": `form/${field.key}`, "aria-label": `Add ${field.label}`, "aria-describedby": field.help ? help : null, onclick: () => {
      ui.open.groups.set(field.key, true);
      act(ui, "add", field.path);
    },
  }, "Add"), field.error ? h("p", { class: "wrong", role: "alert" }, field.error) : null,
  field.help ? h("p", { class: "tip", id: help }, field.help) : null);
}

function collection(field, ui) {
  field.fields.forEach((inner, index) => (inner.last = index === field.fields.length - 1));
  return fold(field, ui, explained(field), field.fields.map((inner) => draw(inner, ui)), adding(field, ui));
}

/** A way to add a row; an entry of a mapping needs a name first. */
function adding(field, ui) {
  const words = `Add to ${field.label.toLowerCase()}`;
  const add = (text) => act(ui, "add", field.path, { text });
  if (!field.add.named) {
    return h("button", { type: "button", class: "link", "data-key": `add/${field.key}`, "aria-label": `Add one more: ${field.label}`, onclick: () => add("") }, "Add one more");
  }
  if (field.add.options.length) {
    return h("select", { "aria-label": words, "data-key": `add/${field.key}`, onchange: (event) => add(event.target.value) },
      h("option", { value: "" }, "Add …"), field.add.options.map(({ value, label }) => h("option", { value }, label)));
  }
  return input({ text: "", placeholder: "Add: its name", "aria-label": words, "data-key": `add/${field.key}` }, (text) => text.trim() && add(text.trim()));
}
