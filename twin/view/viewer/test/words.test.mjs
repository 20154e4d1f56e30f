import assert from "node:assert/strict";
import { test } from "node:test";
import { badge, cividis, dayMarks, rgb, STATES, TELLING, timeText } from "../src/words.js";

const monday = Date.UTC(2026, 0, 5);

test("times are told as on the floor", () => {
  assert.equal(timeText(monday, 7 * 3600 + 42 * 60), "Mon 07:42");
  assert.equal(timeText(monday, 86400 * 6 + 59), "Sun 00:00");
  assert.equal(timeText(monday, 59.9, true), "Mon 00:00:59");
});

test("days begin at midnight, wherever the epoch lies", () => {
  assert.deepEqual(dayMarks(monday, 0, 2 * 86400).map((m) => m.t), [0, 86400]);
  const noon = monday + 12 * 3600e3;
  assert.deepEqual(dayMarks(noon, 0, 86400), [{ t: 43200, text: "Tue" }]);
});

test("the badge says what is seen", () => {
  assert.equal(badge("simulated").text, "PREDICTED");
  assert.equal(badge("recorded").text, "REPLAY");
  assert.equal(badge("live", { clock: { following: true } }).text, "LIVE");
  assert.match(badge("live", { clock: { following: false, playing: false, t: 3600 }, epoch: 0 }).text, /^PAUSED AT .*01:00:00/);
  assert.equal(badge("live", { clock: { following: false, playing: true, t: 3600 }, epoch: 0 }).text, "BEHIND LIVE");
  assert.equal(badge("live", { clock: { following: true }, heard: false }).text, "NOT CONNECTED");
  assert.match(badge("synthetic").text, /^REPLAY · synthetic recording$/);
});

test("every state has its own shape, words and rank", () => {
  const names = Object.keys(STATES);
  assert.deepEqual(new Set(TELLING), new Set(names));
  for (const key of ["shape", "words", "colour"]) {
    assert.equal(new Set(names.map((name) => STATES[name][key])).size, names.length, key);
  }
});

test("cividis grows in lightness", () => {
  const light = (c) => 0.2126 * c[0] ** 2.2 + 0.7152 * c[1] ** 2.2 + 0.0722 * c[2] ** 2.2;
  let last = -1;
  for (let i = 0; i <= 20; i++) {
    const now = light(cividis(i / 20));
    assert.ok(now > last);
    last = now;
  }
  assert.deepEqual(cividis(-3), cividis(0));
  assert.deepEqual(rgb("#ff8000").map((c) => Math.round(c * 255)), [255, 128, 0]);
});
