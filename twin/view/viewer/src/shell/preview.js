/** What would come of a log: a sentence, the first bars of each station, the first rows, what is odd. */

import { h } from "./elements.js";

export function preview({ sentence, problem, chart, intervals, findings }) {
  return [
    h("p", { class: "said" }, sentence),
    problem ? h("p", { class: "doubt" }, problem) : null,
    h("section", {}, h("h3", {}, "Findings"), findings.length
      ? h("ul", { class: "found" }, findings.map(({ severity, text }) => h("li", { class: severity }, text)))
      : h("p", { class: "hint" }, "Nothing was found wrong or strange.")),
    gantt(chart),
    h("section", {}, h("h3", {}, "The first intervals"), intervals.length ? h("table", { class: "first" },
      h("thead", {}, h("tr", {}, ["Station", "State", "In the log", "Part", "From", "For"].map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, intervals.map((row) => h("tr", {},
        h("th", { scope: "row" }, row.station), h("td", {}, h("i", { class: "dot", style: { "--colour": row.colour } }), row.state),
        h("td", {}, row.native), h("td", {}, row.part), h("td", {}, row.start), h("td", {}, row.lasts))))) : h("p", { class: "hint" }, "There are none.")),
  ];
}

function gantt({ lines, more, start, end, legend }) {
  if (!lines.length) return null;
  const bar = ([from, to, colour]) => h("i", { style: { "--from": `${from * 100}%`, "--long": `${Math.max((to - from) * 100, 0.15)}%`, "--colour": colour } });
  return h("section", {}, h("h3", {}, "States over time"),
    h("div", { class: "lines", role: "img", "aria-label": `States of ${lines.length} stations from ${start} to ${end}` },
      lines.map(({ label, stands, bars }) => h("div", { class: "line" }, h("span", { class: stands ? "" : "stray", title: stands ? label : `${label} does not stand on this floor` }, label), h("div", {}, bars.map(bar))))),
    h("div", { class: "ends hint" }, h("span", {}, start), more ? h("span", {}, `${more} more stations`) : null, h("span", {}, end)),
    h("div", { class: "keys" }, legend.map(({ colour, words }) => h("span", {}, h("i", { class: "dot", style: { "--colour": colour } }), words))));
}
