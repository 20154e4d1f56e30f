/** What a followed shop does now: figures' span, stations, sources, alarms; each age grows by itself. */

import { h } from "./elements.js";
import { term } from "./terms.js";

const MINUTE = 60, HOUR = 3600, DAY = 86400;

/** How long ago, as one reads it from afar. */
export function ageText(seconds) {
  if (!(seconds >= 0)) return "";
  if (seconds < 2) return "now";
  if (seconds < 90) return `${Math.floor(seconds)} s`;
  if (seconds < 90 * MINUTE) return `${Math.floor(seconds / MINUTE)} min`;
  return seconds < 2 * DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} days`;
}

/** A text whose age [s] grows from now on; beyond `stale` [s] it says so. */
export function ageing(age, { stale = Infinity, after = "" } = {}) {
  if (age === null || age === undefined) return null;
  const born = performance.now() / 1000 - age;
  return grow(h("span", { class: "age", "data-born": born, "data-stale": stale, "data-after": after }));
}

/** The age [s] of what is shown already is another one now. */
export function renew(element, age) {
  if (!element || typeof age !== "number") return;
  element.dataset.born = performance.now() / 1000 - age;
  grow(element);
}

function grow(element) {
  const { born, stale, after } = element.dataset;
  const age = performance.now() / 1000 - Number(born);
  const text = `${ageText(age)}${age < 2 ? "" : after}`;
  if (element.textContent !== text) element.textContent = text;
  element.classList.toggle("old", age > Number(stale));
  return element;
}

/** Let all ages below an element grow; whoever calls it does so about once a second. */
export function growAll(root) {
  for (const element of root.querySelectorAll(".age")) grow(element);
  for (const badge of root.querySelectorAll(".badge.live")) badge.classList.toggle("stale", Boolean(badge.querySelector(".old")));
}

export function live({ live, mode }, ui) {
  if (!live || mode !== "live") return [];
  return [
    h("div", { class: "head" }, h("h2", {}, term(ui, "live", "Now", "live/now")),
      h("div", { class: "segments", role: "group", "aria-label": "Figures of the" }, live.spans.map(({ key, label, on }) =>
        h("button", {
          type: "button", "data-key": `span/${key}`, "aria-pressed": on, class: on ? "on" : "", title: `Figures of the ${label}`,
          onclick: () => on || ui.send("span", { span: key }),
        }, label)))),
    h("table", { class: "stations" },
      h("caption", { class: "hint" }, "What each does, and for how long"),
      h("tbody", {}, live.stations.map((row) => station(row, ui)))),
    h("h3", {}, term(ui, "sources", "Sources", "live/sources")),
    live.sources.length ? h("ul", { class: "sources" }, live.sources.map(source)) : h("p", { class: "hint" }, "None."),
    live.alarms.length ? h("h3", {}, "Alarms") : null,
    live.alarms.length ? h("ul", { class: "alarms" }, live.alarms.map(({ who, text, age }) =>
      h("li", {}, h("b", {}, who), " ", text, " ", h("small", {}, ageing(age, { after: " ago" }))))) : null,
  ];
}

function station({ name, label, colour, state, known, age, part }, ui) {
  return h("tr", { class: known ? "" : "unknown" },
    h("th", { scope: "row" }, h("button", {
      type: "button", class: "link", "data-key": `live/${name}`, title: "Show it on the floor", onclick: () => ui.send("show", { name }),
    }, label)),
    h("td", {}, h("i", { class: "dot", style: { "--colour": colour } }), state, part ? h("small", {}, ` ${part}`) : null),
    h("td", {}, ageing(age)));
}

function source({ name, link, good, age, stale, note }) {
  return h("li", { class: good ? "good" : "bad" }, h("b", {}, name), " ", link, h("br"),
    h("small", {}, age === null ? "nothing heard yet" : ["heard ", ageing(age, { stale, after: " ago" })], ", ", note));
}
