/** Elements, icons and what a reader's browser keeps, for the page around the viewer. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  undo: "M9 7H4V2 M4 7a8 8 0 1 1-1.5 6",
  redo: "M11 7h5V2 M16 7a8 8 0 1 0 1.5 6",
  sun: "M10 6a4 4 0 1 0 .01 0 M10 1v2 M10 17v2 M1 10h2 M17 10h2 M3.6 3.6 5 5 M15 15l1.4 1.4 M3.6 16.4 5 15 M15 5l1.4-1.4",
  moon: "M16.5 12.5A7 7 0 1 1 8 3.2a5.6 5.6 0 0 0 8.5 9.3Z",
  save: "M3 3h11l3 3v11H3Z M6 3v5h7V3 M6 17v-5h8v5",
  export: "M10 12.5V2 M6 6l4-4 4 4 M5 9H3v9h14V9h-2",
  import: "M10 2v10.5 M6 8.5l4 4 4-4 M5 9H3v9h14V9h-2",
  move: "M10 2v16 M2 10h16 M10 2 7.5 4.5 M10 2l2.5 2.5 M10 18l-2.5-2.5 M10 18l2.5-2.5 M2 10l2.5-2.5 M2 10l2.5 2.5 M18 10l-2.5-2.5 M18 10l-2.5 2.5",
  left: "M3 3h14v14H3Z M8 3v14",
  right: "M3 3h14v14H3Z M12 3v14",
  help: "M10 1.5a8.5 8.5 0 1 0 .01 0 M7.5 7.5a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7 M10 14v.6",
  copy: "M7 7h10v10H7Z M4 13H3V3h10v1",
  charts: "M3 3v14h14 M6.5 14v-4 M10 14V6 M13.5 14V9",
  new: "M4 2h8l4 4v12H4Z M10 9v6 M7 12h6",
  beside: "M2 4h7v12H2Z M11 4h7v12h-7Z M13 10h3 M14.5 8.5v3",
  versions: "M10 2a8 8 0 1 0 .01 0 M10 5v5l3.5 2",
  find: "M8.5 2.5a6 6 0 1 0 .01 0 M13 13l4.5 4.5",
};

/** An element: attributes, "on..." listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** What the reader chose and a reload shall keep; a browser may forbid to keep anything. */
export const kept = {
  read(name) {
    try {
      return localStorage.getItem(`twin.${name}`);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(`twin.${name}`, value);
    } catch {
      return; // private windows: the choice lasts as long as the page
    }
  },
};
