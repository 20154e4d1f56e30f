/** The list of stations, people and products: the equal way in. */

import { h } from "./elements.js";

export function outline({ outline, mode, chosen }, ui) {
  if (!outline) return [];
  const share = (row) => row.fraction === null ? h("span", { class: "share" }) : h("span", {
    class: "share", title: `busy ${row.share} of open time`,
  }, h("i", { style: { "--share": row.fraction } }), h("b", {}, row.share));
  const entry = (row, tail) => h("li", {}, h("button", {
    type: "button", class: isChosen(row, chosen) ? "row on" : "row",
    "data-key": `${row.kind}/${row.name}`, onclick: () => ui.fly(row),
  }, h("span", { class: "name" }, row.label), tail ?? share(row)));
  const step = (row, by, words) => h("button", {
    type: "button", class: "step", "data-key": `crew/${row.name}/${by}`, "aria-label": `${words}: ${row.label}`,
    title: mode === "replay" ? "A recording cannot be changed" : `${words}: ${row.label}`,
    disabled: mode === "replay" || row.people + by < 0 || row.people + by > 100,
    onclick: () => ui.send("crew", { name: row.name, people: row.people + by }),
  }, by > 0 ? "+" : "\u2212");
  const crew = (row) => h("li", { class: "crew" },
    h("button", {
      type: "button", class: isChosen(row, chosen) ? "row on" : "row", "data-key": `crew/${row.name}`,
      onclick: () => ui.fly(row),
    }, h("span", { class: "name" }, row.label), share(row)),
    h("div", { class: "steps" }, step(row, -1, "One person less"),
      h("output", { "aria-label": `People in ${row.label}` }, String(row.people)), step(row, 1, "One person more")));
  const block = (title, rows, draw, hint) => [
    h("h2", {}, title), rows.length ? h("ul", {}, rows.map(draw)) : h("p", { class: "hint" }, hint)];
  return [
    ...block("Stations", outline.station, (row) => entry(row), "No stations yet."),
    ...block("People", outline.crew, crew, "No people in this layout: its machines work alone."),
    ...(outline.arm.length ? block("Robot arms", outline.arm, (row) => entry(row)) : []),
    ...(outline.vehicle.length ? block("Vehicles", outline.vehicle, (row) => entry(row)) : []),
    h("p", { class: "hint" }, "Share of open time at work."),
  ];
}

function isChosen(row, chosen) {
  const kind = chosen?.kind === "machine" ? "station" : chosen?.kind;
  return Boolean(chosen) && row.kind === kind && row.name === chosen.name;
}
