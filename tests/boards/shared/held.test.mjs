/** What a board holds of its look: steps laid on steps, and the newer of page and channel shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Held } from "../../../copdash/components/boards/shared/held.js";

const PARTS = { tables: ["stakeholders"], values: ["turned"] };
const page = (version, values = {}) => ({ version, stakeholders: [{ id: "a", n: 1 }, { id: "b", n: 1 }], turned: false, selected: null, ...values });
const held = () => new Held(4, page(4), PARTS);

test("a step changes the rows it names and leaves the others the same objects", () => {
  const one = held();
  const before = one.tables.stakeholders[1];
  assert.equal(one.take({ from: 4, to: 5, rows: { stakeholders: [{ id: "a", n: 2 }] } }), true);
  assert.deepEqual(one.over(page(4)).stakeholders, [{ id: "a", n: 2 }, { id: "b", n: 1 }]);
  assert.equal(one.tables.stakeholders[1], before);
  assert.equal(one.over(page(4)).version, 5);
});

test("rows come, go and change places", () => {
  const one = held();
  one.take({ from: 4, to: 5, rows: { stakeholders: [{ id: "c", n: 1 }] }, gone: { stakeholders: ["a"] } });
  assert.deepEqual(one.tables.stakeholders.map((row) => row.id), ["b", "c"]);
  one.take({ from: 5, to: 6, order: { stakeholders: ["c", "b"] }, values: { turned: true } });
  assert.deepEqual(one.tables.stakeholders.map((row) => row.id), ["c", "b"]);
  assert.equal(one.over(page(4)).turned, true);
});

test("a step that begins elsewhere changes nothing and says so; one that was heard already is no harm", () => {
  const one = held();
  assert.equal(one.take({ from: 6, to: 7, rows: { stakeholders: [{ id: "a", n: 9 }] } }), false);
  assert.equal(one.take({ from: 3, to: 4, rows: { stakeholders: [{ id: "a", n: 9 }] } }), true);
  assert.deepEqual(one.tables.stakeholders[0], { id: "a", n: 1 });
  assert.equal(one.version, 4);
});

test("all fits from anywhere", () => {
  const one = held();
  assert.equal(one.take({ to: 90, all: { stakeholders: [{ id: "z", n: 1 }] }, values: { turned: true } }), true);
  assert.deepEqual(one.over(page(4)), { ...page(4), version: 90, stakeholders: [{ id: "z", n: 1 }], turned: true });
});

test("a page run that is older than what the channel told brings its other news only", () => {
  const one = held();
  one.take({ from: 4, to: 8, rows: { stakeholders: [{ id: "a", n: 8 }] } });
  const shown = one.over(page(6, { selected: "b" }));
  assert.equal(shown.selected, "b");
  assert.equal(shown.stakeholders[0].n, 8);
});

test("a page run that is newer is shown, and the channel catches up with it by itself", () => {
  const one = held();
  const newer = page(6, { stakeholders: [{ id: "a", n: 6 }] });
  assert.equal(one.over(newer), newer);
  one.take({ from: 4, to: 5, rows: { stakeholders: [{ id: "a", n: 5 }] } });
  assert.equal(one.over(newer).stakeholders[0].n, 6);
  one.take({ from: 5, to: 7, rows: { stakeholders: [{ id: "a", n: 7 }] } });
  assert.equal(one.over(newer).stakeholders[0].n, 7);
});
