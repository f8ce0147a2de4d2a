/** Names on the canvas: none over another; those that must be seen are seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "../../../copdash/components/boards/network/network_labels.js";

// A canvas is asked for the width of a text alone: seven pixels a letter here.
globalThis.document = { createElement: () => ({ getContext: () => ({ measureText: (text) => ({ width: text.length * 7 }) }) }) };

const TYPE = { px: 14, family: "sans", scale: 1, sight: null };
const node = (id, x, y, more = {}) => ({ id, lines: [`Name ${id}`], x, y, radius: 10, must: false, ...more });
const overlap = (a, b) => a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;

test("a node alone has its name below it", () => {
  const [box] = placed([node("a", 0, 0)], [], TYPE).names;
  assert.ok(box.top >= 10);
  assert.equal(box.anchor, 0);
});

for (const scale of [0.4, 1, 3]) {
  test(`among many, at zoom ${scale}, no name lies over another or over another's node`, () => {
    const nodes = Array.from({ length: 60 }, (_, i) => node(String(i), (i % 10) * 45, Math.floor(i / 10) * 38));
    const { names } = placed(nodes, [], { ...TYPE, scale });
    assert.ok(names.length > 5);
    for (const [i, box] of names.entries()) {
      for (const other of names.slice(i + 1)) assert.ok(!overlap(box, other), `${box.id} over ${other.id}`);
      for (const { id, x, y } of nodes) {
        assert.ok(id === box.id || !overlap(box, { left: x - 9, right: x + 9, top: y - 9, bottom: y + 9 }), `${box.id} over the node ${id}`);
      }
    }
  });
}

test("without room a name is left out, unless it must be there", () => {
  const crowd = Array.from({ length: 9 }, (_, i) => node(String(i), (i % 3) * 12, Math.floor(i / 3) * 12));
  const few = placed(crowd, [], TYPE).names.map(({ id }) => id);
  assert.ok(few.length < 9);
  const missing = crowd.find(({ id }) => !few.includes(id));
  const all = placed(crowd.map((one) => (one === missing ? { ...one, must: true } : one)), [], TYPE).names.map(({ id }) => id);
  assert.ok(all.includes(missing.id));
});

test("a name is placed in sight where there is a choice", () => {
  const sight = { left: -200, right: 200, top: -200, bottom: 20 };
  const [box] = placed([node("a", 0, 5)], [], { ...TYPE, sight }).names;
  assert.ok(box.bottom < 20);
});

test("what flows is written on its line where there is room, first on the tie that is chosen", () => {
  const spots = [{ x: 100, y: 0 }];
  const { types } = placed([node("a", 0, 0)], [{ id: "t", text: "Money", spots, isFirst: false }, { id: "u", text: "Power", spots, isFirst: true }], TYPE);
  assert.deepEqual(types.map(({ id }) => id), ["u"]);
});
