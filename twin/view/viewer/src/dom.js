/** Small makers of DOM elements; text is always text, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, a class and children (elements or texts). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A drawing in a 10 x 10 box from one path; hidden from assistive technology. */
export function icon(path, { colour = "currentColor", stroked = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  shape.setAttribute(stroked ? "stroke" : "fill", colour);
  if (stroked) {
    shape.setAttribute("fill", "none");
    shape.setAttribute("stroke-width", "1.4");
    shape.setAttribute("stroke-linecap", "round");
    shape.setAttribute("stroke-linejoin", "round");
  } else shape.setAttribute("fill-rule", "evenodd");
  svg.append(shape);
  return svg;
}

/** A button with an icon, an accessible name and a key that does the same. */
export function iconButton(path, label, key, action, options) {
  const button = make(
    "button",
    { type: "button", "aria-label": label, title: key ? `${label} (${key})` : label },
    icon(path, options),
  );
  button.addEventListener("click", action);
  return button;
}

/** Hand a Blob to the reader as a file of the given name. */
export function download(blob, name) {
  const href = URL.createObjectURL(blob);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // the browser may still ask where to keep it
}
