/** What a browser remembers: what was kept comes back, and one that keeps nothing starts afresh. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keep, recall } from "../../../copdash/components/boards/shared/memory.js";

function storage(room = Infinity) {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => {
      if (text.length > room) throw new Error("QuotaExceededError");
      kept.set(name, text);
    },
  };
}

test("what was kept comes back", () => {
  const store = storage();
  keep(store, "columns", { name: true, power: false });
  assert.deepEqual(recall(store, "columns"), { name: true, power: false });
});

test("nothing kept, nothing readable and no storage at all are null", () => {
  const store = storage();
  store.kept.set("spoilt", "{");
  assert.equal(recall(store, "never"), null);
  assert.equal(recall(store, "spoilt"), null);
  assert.equal(recall({ getItem: () => { throw new Error("SecurityError"); } }, "any"), null);
});

test("a full storage is no reason to stop", () => {
  const store = storage(3);
  keep(store, "columns", { name: true });
  assert.equal(recall(store, "columns"), null);
});
