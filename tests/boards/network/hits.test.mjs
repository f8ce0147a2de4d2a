/** What a pointer hits: the nearest stakeholder, a name, the nearest line. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeAt, tieAt } from "../../../copdash/components/boards/network/network_hits.js";

/** A picture zoomed by two: nodes of radius 10 and straight lines between them. */
function picture(nodes, lines = [], labels = []) {
  const at = new Map(nodes);
  const edges = Object.fromEntries(lines.map(([id, a, b, connected = true]) => [id, {
    id, connected, edgeType: { getPoint: (share) => ({ x: a[0] + (b[0] - a[0]) * share, y: a[1] + (b[1] - a[1]) * share }) },
  }]));
  return {
    known: new Map(nodes.map(([id]) => [id, {}])), labels, radius: () => 10,
    onStage: (id) => ({ x: at.get(id)[0] * 2, y: at.get(id)[1] * 2 }),
    network: { getScale: () => 2, DOMtoCanvas: ({ x, y }) => ({ x: x / 2, y: y / 2 }), body: { edges } },
  };
}

test("of two in reach the nearer is hit, beyond reach nobody", () => {
  const shown = picture([["a", [0, 0]], ["b", [20, 0]]]);
  assert.equal(nodeAt(shown, { x: 18, y: 0 }, 13), "a");
  assert.equal(nodeAt(shown, { x: 22, y: 0 }, 13), "b");
  assert.equal(nodeAt(shown, { x: 0, y: 60 }, 13), null);
});

test("a finger reaches farther than a mouse", () => {
  const shown = picture([["a", [0, 0]]]);
  assert.equal(nodeAt(shown, { x: 35, y: 0 }, 13), null);
  assert.equal(nodeAt(shown, { x: 35, y: 0 }, 40), "a");
});

test("a name stands for its stakeholder", () => {
  const shown = picture([["a", [0, 0]]], [], [{ id: "a", left: 40, right: 90, top: -5, bottom: 5 }]);
  assert.equal(nodeAt(shown, { x: 120, y: 0 }, 13), "a");
  assert.equal(nodeAt(shown, { x: 190, y: 0 }, 13), null);
});

test("the nearest line in reach is hit along its whole length, one that is not drawn never", () => {
  const shown = picture([], [["t", [0, 0], [100, 0]], ["u", [0, 4], [100, 4]], ["v", [0, 2], [100, 2], false]]);
  for (const x of [0, 7, 99, 200]) assert.equal(tieAt(shown, { x, y: 1 }, 7), "t");
  assert.equal(tieAt(shown, { x: 100, y: 7 }, 7), "u");
  assert.equal(tieAt(shown, { x: 100, y: 40 }, 7), null);
});

test("a line of no length is a point", () => {
  assert.equal(tieAt(picture([], [["t", [5, 5], [5, 5]]]), { x: 10, y: 12 }, 7), "t");
});
