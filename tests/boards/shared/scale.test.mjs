/** The plane of ratings: from ratings to pixels and back, whatever is in view and whichever way it is turned. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp, isRated, MOST, rounded, Scale, shown } from "../../../copdash/components/boards/shared/scale.js";

const FRAME = { x: 40, y: 20, width: 800, height: 500 };

function scale(turned = false) {
  const made = new Scale();
  made.resize(FRAME);
  made.turn(turned);
  return made;
}

const near = (found, wanted) => assert.ok(found.every((n, i) => Math.abs(n - wanted[i]) < 1e-9), `${found} is not ${wanted}`);

test("interest runs across and power up, from the corners of the frame", () => {
  assert.deepEqual(scale().place(0, 0), [40, 520]);
  assert.deepEqual(scale().place(10, 10), [840, 20]);
  assert.deepEqual(scale().place(10, 0), [840, 520]);
});

test("turned, power runs across and interest up", () => {
  assert.deepEqual(scale(true).place(0, 10), [840, 520]);
  assert.deepEqual(scale(true).place(10, 0), [40, 20]);
});

for (const turned of [false, true]) {
  test(`a rating comes back from its pixel, zoomed and moved${turned ? ", turned" : ""}`, () => {
    const plane = scale(turned);
    plane.zoomAt(300, 200, 3.3);
    plane.panBy(-35, 18);
    for (const [interest, power] of [[0, 0], [2.5, 9.1], [10, 0.1], [7.77, 4.2]]) {
      near(plane.value(...plane.place(interest, power)), [interest, power]);
    }
  });

  test(`what is under the pointer stays there while zooming${turned ? ", turned" : ""}`, () => {
    const plane = scale(turned);
    const before = plane.value(410, 250);
    for (const factor of [1.4, 2, 0.8]) plane.zoomAt(410, 250, factor);
    near(plane.value(410, 250), before);
  });
}

test("zoom stays between the whole plane and its limit, and the plane never leaves the frame", () => {
  const plane = scale();
  plane.zoomAt(100, 100, 1000);
  assert.equal(plane.zoom, MOST);
  plane.panBy(1e6, -1e6);
  assert.deepEqual([plane.left, plane.bottom], [0, 0]);
  plane.panBy(-1e6, 1e6);
  near([plane.left, plane.bottom], [10 - plane.span, 10 - plane.span]);
  plane.zoomAt(100, 100, 1e-6);
  assert.deepEqual([plane.zoom, plane.left, plane.bottom], [1, 0, 0]);
});

test("turning shows all again, and turning the same way changes nothing", () => {
  const plane = scale();
  plane.zoomAt(100, 100, 4);
  plane.turn(false);
  assert.equal(plane.zoom, 4);
  plane.turn(true);
  assert.equal(plane.zoom, 1);
});

test("bringing a rating into view puts it in the middle, except near an edge, and never zooms out", () => {
  const plane = scale();
  plane.show(5, 6, 4);
  near(plane.place(5, 6), [440, 270]);
  plane.show(5, 6, 2);
  assert.equal(plane.zoom, 4);
  plane.show(0, 10);
  assert.ok(plane.holds(...plane.place(0, 10)));
});

test("more marks stand at the axes the closer one looks, all of them in view", () => {
  const plane = scale();
  assert.deepEqual(plane.ticks("x").map(([value]) => String(value)), ["0", "5", "10"]);
  plane.zoomAt(440, 270, 8);
  const marks = plane.ticks("y");
  assert.ok(marks.length >= 2);
  for (const [, pixel] of marks) assert.ok(pixel >= FRAME.y - 1e-6 && pixel <= FRAME.y + FRAME.height + 1e-6);
});

test("a rating is stored with one decimal from 0 to 10, and shown without tails", () => {
  assert.deepEqual([-3, 0.04, 0.06, 6.55, 9.96, 12].map(rounded), [0, 0, 0.1, 6.6, 10, 10]);
  assert.deepEqual([6.5, 7, 0, null, undefined, "3"].map(shown), ["6.5", "7", "0", "missing", "missing", "missing"]);
  assert.equal(clamp(5, 0, 3), 3);
});

test("somebody is rated with both numbers only; 0 is a number", () => {
  assert.ok(isRated({ power: 0, interest: 0 }));
  for (const row of [{ power: 1, interest: null }, { power: undefined, interest: 2 }, { power: "3", interest: 2 }]) assert.ok(!isRated(row));
});
