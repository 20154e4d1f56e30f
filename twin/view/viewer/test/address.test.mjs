import assert from "node:assert/strict";
import { test } from "node:test";
import { read, written } from "../src/address.js";

test("what is written is read again", () => {
  const view = { t: 25_200, camera: [1.5, 2.25, -3, 0, 0.125, -4], selected: "mill & co=1#2" };
  assert.deepEqual(read(written(view)), view);
  assert.deepEqual(read(written({ ...view, selected: "" })), { t: view.t, camera: view.camera });
});

test("what makes no sense is left out", () => {
  for (const hash of ["", "#", "#t=&camera=1_2_3", "#t=soon&camera=a_b_c_d_e_f", "#camera=1_2_3_4_5_Infinity"]) {
    assert.deepEqual(read(hash), {}, hash);
  }
  assert.deepEqual(read("#t=60&other=1"), { t: 60 });
});
