/** What an empty floor offers: what comes first, and examples to look at instead. */

import { h } from "./elements.js";

export function welcome({ welcome, outline, header }, ui) {
  if (!welcome || header?.edit || ui.open.noWelcome) return []; // who is at work on the floor wants to see it
  const next = welcome.steps.find(({ done }) => !done);
  return h("section", { class: "welcome-card", "aria-label": "Where to begin" },
    h("div", { class: "head" }, h("h2", {}, "An empty floor"), h("button", {
      type: "button", class: "step", "aria-label": "Close: look at the floor", onclick: () => {
        ui.open.noWelcome = true;
        ui.repaint("welcome");
      },
    }, "\u00d7")),
    h("ol", { class: "first-steps" }, welcome.steps.map((step) => {
      const section = outline?.find(({ key }) => key === step.key);
      return h("li", { class: step.done ? "done" : "" },
        step === next && section ? h("button", {
          type: "button", class: "main", "data-key": `welcome/${step.key}`, onclick: () => ui.dialog("add", section),
        }, step.words) : h("b", {}, step.words), h("span", { class: "hint" }, step.why));
    })),
    h("h3", {}, "Or look at an example factory"),
    h("ul", { class: "examples" }, welcome.examples.map(({ name, label, about }) => h("li", {}, h("button", {
      type: "button", "data-key": `example/${name}`, onclick: () => ui.send("choose", { layout: name }),
    }, h("b", {}, label), h("span", {}, about))))));
}
