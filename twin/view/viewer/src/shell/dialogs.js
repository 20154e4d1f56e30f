/** Dialogs: keys, saving, finding. */

import { h } from "./elements.js";
import { article } from "./outline.js";

const KEYS = [
  ["Space", "play or pause"], ["← →", "step"], ["J K L", "slower, pause, faster"],
  ["F", "fly to what is selected"], ["T", "view from above"], ["G", "grid"],
  ["O P", "flow of material, traffic of people and vehicles"],
  ["D", "what has changed"], ["C", "compare side by side"],
  ["M", "measure: two points or machines, or the two that are selected"],
  ["Esc", "give up, let go"],
  ["Ctrl Z", "undo"], ["Ctrl Shift Z", "redo"], ["Ctrl S", "save"], ["Ctrl K", "find a station or person"], ["?", "this list"],
];

const EDIT_KEYS = [
  ["A", "library: drag a machine in, or Enter"],
  ["Shift click", "select one more"], ["Shift drag", "select a box of them; free of the grid"], ["Ctrl A", "select all"],
  ["\u2190 \u2191 \u2193 \u2192", "0.1 m; with Shift 1 m"], ["R", "turn; with Shift back"],
  ["Ctrl D", "duplicate"], ["Del", "remove"],
  ["W", "road for vehicles: click its corners"],
  ["A, then Draw", "wall, conveyor, aisle, zone or road, corner by corner"],
  ["Enter", "ends what is drawn, as a double click does; Backspace takes a corner back, Esc gives up"],
];

/** A dialog that a click beside it closes. */
export function frame(name, title, ...content) {
  const box = h("dialog", { class: name, "aria-label": title }, h("h2", {}, title), ...content);
  box.addEventListener("click", (event) => event.target === box && box.close());
  return box;
}

export function helpDialog(ui) {
  const list = (keys) => h("dl", {}, keys.map(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)]).flat());
  const again = h("button", { type: "button", class: "tour-again", onclick: () => {
    box.close();
    ui.tour.start();
  } }, "Take the tour");
  const box = frame("help", "Help", again, h("h3", {}, "Keys"), list(KEYS), h("h3", {}, "While the floor is moved: machines, arms, where people wait, where vehicles start"), list(EDIT_KEYS),
    h("p", { class: "hint" }, "The keys of the floor work once it has been clicked."),
    h("form", { method: "dialog" }, h("button", {}, "Close")));
  return box;
}

export function saveDialog(ui) {
  const name = h("input", { type: "text", required: true, maxlength: 60, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", "aria-label": "Name" });
  const box = frame("save", "Save as a layout of your own",
    h("form", {
      method: "dialog",
      onsubmit: () => ui.send("save", { name: name.value }),
    }, h("label", {}, "Name ", name), h("p", { class: "hint" }, "Letters, digits, - and _. It is written into your own folder; nothing is overwritten."),
      h("button", { class: "main" }, "Save"), h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
  box.prepareToShow = () => (name.value = `my_${ui.page.header?.layout ?? "layout"}`.slice(0, 60));
  return box;
}

export function findDialog(ui) {
  const list = h("ul", {});
  const input = h("input", { type: "search", "aria-label": "Name of a station, machine or person", placeholder: "Station, machine, person …" });
  const go = (row) => {
    box.close();
    ui.fly(row);
  };
  const matches = () => {
    const rows = (ui.page.outline ?? []).flatMap((section) => section.rows).flatMap((row) => [
      row, ...(row.machines ?? []).map((m) => ({ ...m, kind: "machine", focus: m.name }))]);
    const wanted = input.value.trim().toLowerCase();
    return rows.filter((row) => `${row.label} ${row.name}`.toLowerCase().includes(wanted)).slice(0, 12);
  };
  const show = () => list.replaceChildren(...matches().map((row) =>
    h("li", {}, h("button", { type: "button", onclick: () => go(row) }, row.label, h("small", {}, row.name)))));
  input.addEventListener("input", show);
  const box = frame("find", "Find", h("form", {
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

/** A new thing: what people call it, and for a machine what it is. */
export function addDialog(ui) {
  let section = null;
  const title = h("h2", {});
  const label = h("input", { type: "text", maxlength: 120, "aria-label": "What people call it" });
  const asset = h("select", { "aria-label": "Machine" });
  const machine = h("label", {}, "Machine ", asset);
  const box = h("dialog", { class: "add", "aria-label": "Add" }, title, h("form", {
    method: "dialog",
    onsubmit: () => ui.send("add", { what: section.add, label: label.value, asset: asset.value }),
  }, h("label", {}, "What people call it ", label), machine,
    h("button", { class: "main" }, "Add"), h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.prepareToShow = (chosen) => {
    section = chosen;
    title.textContent = `Add ${article(section.add)}`;
    label.value = "";
    machine.hidden = !["station", "machine"].includes(section.add);
    asset.replaceChildren(...(ui.page.assets ?? []).map((name) => h("option", { value: name }, name.replace("/", ": ").replaceAll("_", " "))));
  };
  return box;
}

/** An empty layout under a name of the reader's own. */
export function newDialog(ui) {
  const name = h("input", { type: "text", required: true, maxlength: 100, "aria-label": "Name of the factory" });
  const box = frame("new", "New layout", h("form", {
    method: "dialog", onsubmit: () => ui.send("new", { name: name.value }),
  }, h("label", {}, "Name of the factory ", name),
    h("p", { class: "hint" }, "It begins with an empty floor, in your own folder. Or open an example from the list of layouts."),
    h("button", { class: "main" }, "Create"), h("button", { type: "button", onclick: () => box.close() }, "Cancel")));
  box.prepareToShow = () => (name.value = "");
  return box;
}

/** Named versions of the layout: keep one, open one, compare with one. */
export function versionsDialog(ui) {
  const name = h("input", { type: "text", required: true, maxlength: 60, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", "aria-label": "Name of the version" });
  const list = h("ul", { class: "versions" });
  const box = frame("versions", "Versions", h("p", { class: "hint" }, ui.terms.texts.versions?.text),
    h("form", { method: "dialog", onsubmit: () => ui.send("version", { do: "keep", name: name.value }) },
      h("label", {}, "Keep the layout as it stands, as ", name), h("button", { class: "main" }, "Keep")),
    list, h("form", { method: "dialog" }, h("button", {}, "Close")));
  const button = (words, act, version) => h("button", {
    type: "button", class: "link", "aria-label": `${words} ${version}`, onclick: () => {
      box.close();
      ui.send("version", { do: act, name: version });
    },
  }, words);
  box.prepareToShow = () => {
    name.value = "";
    const versions = ui.page.versions ?? [];
    list.replaceChildren(...(versions.length
      ? versions.map((version) => h("li", {}, h("span", {}, version), button("Open", "open", version), button("Compare with", "compare", version)))
      : [h("li", { class: "hint" }, "No versions yet.")]));
  };
  return box;
}
