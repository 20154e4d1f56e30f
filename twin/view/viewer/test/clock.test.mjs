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

test("where a shop is followed the clock is at its end, and a little ahead between two messages", () => {
  const clock = new Clock(0, 10);
  clock.goOn(0, 10);
  assert.deepEqual([clock.t, clock.following, clock.playing], [10, true, true]);
  clock.setSpeed(600);
  clock.advance(0.5);
  assert.equal(clock.t, 10.5); // real time, whatever the speed of a replay
  clock.advance(60);
  assert.ok(clock.t > 10.5 && clock.t < 13, "what is not known is not played");
  clock.goOn(5, 20);
  assert.equal(clock.t, 20);
});

test("who looks back stays there until they catch up, or their replay has", () => {
  const clock = new Clock(0, 100);
  clock.goOn(0, 100);
  clock.pause();
  clock.goOn(0, 200);
  assert.deepEqual([clock.t, clock.following], [100, false]);
  clock.seek(40);
  clock.goOn(50, 300); // what is older is no longer shown
  assert.deepEqual([clock.t, clock.following], [50, false]);
  clock.play();
  clock.setSpeed(60);
  clock.advance(1);
  assert.deepEqual([clock.t, clock.following], [110, false]);
  clock.advance(10);
  assert.deepEqual([clock.t, clock.following, clock.playing], [300, true, true]);
  clock.seek(200);
  assert.equal(clock.following, false);
  clock.catchUp();
  assert.deepEqual([clock.t, clock.following, clock.playing], [300, true, true]);
});

test("a clock that follows nothing cannot catch up", () => {
  const clock = new Clock(0, 100);
  clock.catchUp();
  assert.deepEqual([clock.t, clock.following, clock.playing], [0, false, false]);
});
