import assert from "node:assert/strict";
import { test } from "node:test";
import { capacityOf, markOf, nameOf, roleOf, rowsAre, unitOf, verdict, withCapacity, withField, withMark, withRole, withStation, withUnit, withWord, wordOf } from "../src/shell/mapping.js";

const column = (name, seems = "3 words") => ({ name, seems });

test("a column has one role, and a role one column", () => {
  const first = withRole({ columns: { part: "a" } }, column("b"), "part");
  assert.deepEqual(first, { columns: { part: "b" } });
  assert.equal(roleOf(first, "a"), "");
  const both = withRole(first, column("c"), "both");
  assert.deepEqual(both.columns, { part: "b", activity: "c", resource: "c" });
  assert.equal(roleOf(both, "c"), "both");
  assert.deepEqual(withRole(both, column("c"), "worker").columns, { part: "b", worker: "c" });
  assert.deepEqual(withRole(first, column("b"), ""), { columns: {} });
});

test("nothing is changed in place", () => {
  const fields = { columns: { part: "a" }, points: { p: { column: "p" } }, time: { zone: "UTC" } };
  const before = structuredClone(fields);
  withRole(fields, column("a"), "measured");
  withRole(fields, column("p"), "flag:DOWN");
  withUnit(fields, "p", "kW");
  withField(fields, "time/zone", "");
  withWord(fields, "states", "run", "PROCESSING");
  assert.deepEqual(fields, before);
});

test("what is measured is of the kind that it seems, and keeps its name and unit", () => {
  let fields = withRole({ columns: {} }, column("Power [kW]", "numbers"), "measured");
  assert.deepEqual(fields.points, { power_kw: { column: "Power [kW]" } });
  fields = withUnit(fields, "Power [kW]", "kW");
  assert.equal(unitOf(fields, "Power [kW]"), "kW");
  fields = withRole(fields, column("power_kW", "durations"), "measured");
  assert.deepEqual(fields.points.power_kw_2, { column: "power_kW", kind: "duration" });
  assert.deepEqual(withRole(fields, column("Power [kW]", "numbers"), "measured").points.power_kw, { column: "Power [kW]", unit: "kW" });
  assert.equal(roleOf(fields, "power_kW"), "measured");
  assert.equal(roleOf(withRole(fields, column("power_kW"), "flag:DOWN"), "power_kW"), "flag:DOWN");
});

test("names like those of every object are names like others", () => {
  for (const name of ["constructor", "toString", "hasOwnProperty", "__proto__"]) {
    const fields = withRole({ columns: {} }, column(name), "flag:DOWN");
    assert.deepEqual(fields.flags, { [name]: "DOWN" });
    assert.equal(roleOf({ columns: {} }, name), "");
    assert.deepEqual(withWord({ columns: {} }, "states", name, "IDLE").states, { [name]: "IDLE" });
    assert.equal(wordOf({ columns: {}, states: {} }, "states", name), "");
  }
});

test("how many parts a station takes goes with it when it is called otherwise", () => {
  const told = withCapacity({ columns: {} }, "OVEN", "3");
  assert.deepEqual(told.capacity, { OVEN: 3 });
  const renamed = withStation(told, "OVEN", "oven-1");
  assert.deepEqual(renamed, { columns: {}, capacity: { "oven-1": 3 }, stations: { OVEN: "oven-1" } });
  assert.equal(capacityOf(renamed, "OVEN"), "3");
  assert.deepEqual(withCapacity(renamed, "OVEN", "none").capacity, undefined);
  assert.deepEqual(withStation(renamed, "OVEN", ""), told);
});

test("an order begins or ends with a step", () => {
  const told = withMark(withMark(withMark({ columns: {} }, "cut", "begins"), "pack", "ends"), "ship", "ends");
  assert.deepEqual(told, { columns: {}, begun_by: ["cut"], finished_by: ["pack", "ship"] });
  assert.deepEqual(["cut", "ship", "mill"].map((step) => markOf(told, step)), ["begins", "ends", ""]);
  assert.deepEqual(withMark(withMark(withMark(told, "cut", ""), "pack", ""), "ship", "begins"), { columns: {}, begun_by: ["ship"] });
});

test("what says nothing is left out", () => {
  const fields = withField({ columns: {}, time: { zone: "Europe/Berlin" } }, "time/zone", "");
  assert.deepEqual(fields, { columns: {} });
  assert.deepEqual(withField(withField(fields, "reach", "5 min"), "reach", ""), { columns: {} });
  assert.deepEqual(withWord({ columns: {}, states: { run: "PROCESSING" } }, "states", "run", ""), { columns: {} });
});

test("a row is what its columns say, and what lacks is told", () => {
  assert.equal(verdict({ columns: {} }).complete, false);
  assert.equal(verdict({ columns: { resource: "m", start: "s" } }).complete, false);
  assert.match(verdict({ columns: { start: "s", end: "e", part: "p" } }).text, /names the station/);
  assert.equal(verdict({ columns: { start: "s", duration: "d" }, resource: "saw" }).complete, true);
  assert.equal(rowsAre({ columns: { start: "s", end: "e" } }), "rows");
  assert.equal(rowsAre({ columns: { time: "t", transition: "l" } }), "transitions");
  assert.equal(rowsAre({ columns: { time: "t" }, flags: { stop: "DOWN" } }), "states");
  assert.equal(rowsAre({ columns: { time: "t", state: "s" } }), "states");
  assert.equal(rowsAre({ columns: { time: "t" } }), "moments");
});

test("a recording is named after its file, in signs that a name may have", () => {
  assert.equal(nameOf("Line 1 (August).csv.gz"), "Line-1-August");
  assert.equal(nameOf("Fräse_2026-08.xlsx"), "Frase_2026-08");
  assert.equal(nameOf("../../etc/passwd.csv"), "etc-passwd");
  assert.equal(nameOf("<b>.csv"), "b");
  assert.equal(nameOf("日本.csv"), "recording");
  assert.equal(nameOf(`${"x".repeat(90)}.csv`).length, 60);
});
