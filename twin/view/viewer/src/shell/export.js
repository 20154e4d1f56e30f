/** The dialog that hands on what is shown as a file; Python makes it, but for the picture. */

import { frame } from "./dialogs.js";
import { h } from "./elements.js";

const FORMATS = [
  ["html", "Page (HTML)", "The replay with its figures in one file: opens offline, from an e-mail"],
  ["xlsx", "Workbook (XLSX)", "All figures, with their intervals and where they come from"],
  ["csv", "Table (CSV)", "The same figures, for any program"],
  ["glb", "Floor in 3D (GLB)", "Every machine where it stands, for other 3D programs"],
  ["png", "Picture (PNG)", "The floor as it is seen now"],
];

/** page: the shell, which sends events. */
export function exportDialog(page) {
  const ask = (format, words) => {
    box.close();
    if (format !== "png") page.say(`${words} is being made …`);
    page.send("export", { format });
  };
  const box = frame("export", "Export what is shown",
    h("ul", {}, FORMATS.map(([format, words, hint]) => h("li", {}, h("button", {
      type: "button", "data-format": format, onclick: () => ask(format, words),
    }, h("b", {}, words), h("span", { class: "hint" }, hint))))),
    h("form", { method: "dialog" }, h("button", {}, "Cancel")));
  return box;
}

/** Have the browser keep the file at an address of this server. */
export function fetchFile(url, name) {
  h("a", { href: url, download: name }).click();
}
