import assert from "node:assert/strict";
import { test } from "node:test";
import { Version } from "../src/version.js";

test("edits that are told before an answer count on top of each other", () => {
  const version = new Version();
  version.heard(7);
  assert.deepEqual([version.take(), version.take()], [7, 8]);
  version.heard(8); // the first is answered
  assert.equal(version.take(), 9);
  version.heard(10);
  assert.equal(version.take(), 10);
});

test("somebody else's edit moves it on, and a refusal brings it back", () => {
  const version = new Version();
  version.heard(3);
  version.heard(5);
  assert.equal(version.take(), 5);
  version.refused(6);
  assert.equal(version.take(), 6);
});

test("another layout begins anew", () => {
  const version = new Version();
  version.heard(12);
  version.take();
  version.heard(0);
  assert.equal(version.take(), 0);
});
