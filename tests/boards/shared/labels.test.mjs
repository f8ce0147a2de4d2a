/** Names beside dots: none over another or over a dot, all inside the frame, and still where they were. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { forms, place } from "../../../copdash/components/boards/shared/labels.js";

const FRAME = { x: 0, y: 0, width: 900, height: 600 };
const measure = (text) => text.length * 7;

/** The same numbers in every run. */
function dice(seed) {
  let now = seed;
  return () => {
    now = (now * 1103515245 + 12345) % 2147483648;
    return now / 2147483648;
  };
}

const item = (id, x, y, name = `Name ${id}`, weight = 1) => ({ id, x, y, core: 8, radius: 10, weight, forms: forms(name, measure, 16, 200) });

const crowd = (many, seed) => {
  const throws = dice(seed);
  return Array.from({ length: many }, (_, i) => item(String(i), throws() * 900, throws() * 600, `Organisation number ${i}`, throws() * 20));
};

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

for (const [many, seed] of [[2, 1], [30, 2], [80, 3], [140, 4], [300, 5]]) {
  test(`of ${many} names none lies over another, none leaves the frame`, () => {
    const placed = [...place(crowd(many, seed), FRAME)];
    assert.ok(placed.length > 0);
    for (const [i, [id, spot]] of placed.entries()) {
      assert.ok(spot.x >= 0 && spot.y >= 0 && spot.x + spot.width <= 900 && spot.y + spot.height <= 600, id);
      for (const [other, there] of placed.slice(i + 1)) assert.ok(!overlap(spot, there), `${id} over ${other}`);
    }
  });
}

test("no name covers a dot, where there are few enough to keep clear of", () => {
  const items = crowd(80, 7);
  for (const [id, spot] of place(items, FRAME)) {
    for (const { id: dot, x, y } of items) {
      const r = 8 * 0.9;
      assert.ok(dot === id || !overlap(spot, { x: x - r, y: y - r, width: 2 * r, height: 2 * r }), `${id} over the dot ${dot}`);
    }
  }
});

test("a dot alone has its name at its right; at the right edge of the frame at its left", () => {
  assert.equal(place([item("a", 300, 300)], FRAME).get("a").align, "start");
  assert.equal(place([item("a", 890, 300)], FRAME).get("a").align, "end");
});

test("a title that is in the way is kept clear of", () => {
  const title = { x: 305, y: 280, width: 200, height: 40 };
  assert.ok(!overlap(place([item("a", 300, 300)], FRAME, [title]).get("a"), title));
});

test("of two that want the same room the heavier has it", () => {
  const tight = { x: 0, y: 0, width: 110, height: 24 };
  const placed = place([item("light", 12, 12, "Aaaaaaaa", 1), item("heavy", 14, 12, "Bbbbbbbb", 9)], tight);
  assert.deepEqual([...placed.keys()], ["heavy"]);
});

test("a name keeps the place it had, and a dot without forms is an obstacle alone", () => {
  const before = place([item("a", 300, 300), item("b", 310, 300)], FRAME);
  const after = place([item("a", 300, 300)], FRAME, [], before);
  assert.equal(after.get("a").key, before.get("a").key);
  assert.equal(place([{ ...item("a", 300, 300), forms: [] }], FRAME).size, 0);
});

test("a long name is set on two lines, cut where even that is too long, and a short one stays on one", () => {
  assert.deepEqual(forms("KWR", measure, 16, 200).map(({ lines }) => lines), [["KWR"]]);
  const two = forms("Hoogheemraadschap van Rijnland", measure, 16, 300);
  assert.deepEqual(two.map(({ lines }) => lines), [["Hoogheemraadschap van Rijnland"], ["Hoogheemraadschap", "van Rijnland"]]);
  const cut = forms("Hoogheemraadschap van Rijnland", measure, 16, 70);
  assert.equal(cut.length, 1);
  for (const line of cut[0].lines) assert.ok(measure(line) <= 70, line);
  assert.ok(cut[0].lines[0].endsWith("…"));
});
