import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, SPEEDS, shared } from "../src/clock.js";

test("time passes only while playing, at the chosen speed", () => {
  const clock = new Clock(0, 1000);
  assert.equal(clock.advance(1), false);
  assert.equal(clock.t, 0);
  clock.play();
  clock.setSpeed(10);
  assert.equal(clock.advance(2), true);
  assert.equal(clock.t, 20);
  clock.pause();
  clock.advance(5);
  assert.equal(clock.t, 20);
});

test("it stops at the end and begins again from the start", () => {
  const clock = new Clock(100, 200);
  clock.play();
  clock.setSpeed(1800);
  clock.advance(1);
  assert.deepEqual([clock.t, clock.playing], [200, false]);
  clock.toggle();
  assert.deepEqual([clock.t, clock.playing], [100, true]);
});

test("closed hours pass in a wink, but can be looked at", () => {
  const clock = new Clock(0, 1000, [[0, 100], [400, 600], [900, 1000]]);
  assert.equal(clock.t, 100);
  clock.play();
  clock.setSpeed(1);
  clock.seek(399.5);
  clock.advance(1);
  assert.equal(clock.t, 600);
  clock.pause();
  clock.seek(500);
  assert.equal(clock.t, 500);
  clock.seek(899);
  clock.play();
  clock.advance(50);
  assert.equal(clock.t, 949); // nothing opens after it: the clock runs to its end
});

test("speeds go up and down the ladder and stay within 1 and 1800", () => {
  const clock = new Clock(0, 1);
  for (let i = 0; i < 20; i++) clock.faster();
  assert.equal(clock.speed, SPEEDS[SPEEDS.length - 1]);
  for (let i = 0; i < 20; i++) clock.slower();
  assert.equal(clock.speed, 1);
  clock.setSpeed(45);
  clock.faster();
  assert.equal(clock.speed, 60);
  clock.setSpeed(1e9);
  assert.equal(clock.speed, 1800);
  clock.setSpeed("fast");
  assert.equal(clock.speed, 1800);
});

test("a short clock may go slowly, and begins again at its end", () => {
  const clock = new Clock(0, 10, [], true);
  clock.setSpeed(0.25);
  clock.play();
  clock.advance(1);
  assert.equal(clock.t, 0.25);
  clock.slower();
  assert.equal(clock.speed, 0.1);
  clock.setSpeed(0);
  assert.equal(clock.speed, 0.1);
  clock.setSpeed(1);
  clock.seek(9.5);
  assert.equal(clock.advance(1), true);
  assert.deepEqual([clock.t, clock.playing], [0.5, true]);
});

test("a seek stays within the clock", () => {
  const clock = new Clock(10, 20);
  clock.seek(-5);
  assert.equal(clock.t, 10);
  clock.seek(99);
  assert.equal(clock.t, 20);
  clock.seek(NaN);
  assert.equal(clock.t, 20);
});

test("two floors are closed together only while both are", () => {
  assert.deepEqual(shared([[0, 5], [10, 20]], [[3, 12], [15, 30]]), [[3, 5], [10, 12], [15, 20]]);
  assert.deepEqual(shared([[0, 5]], [[5, 9]]), []);
  assert.deepEqual(shared([[0, 5]], []), []);
});
