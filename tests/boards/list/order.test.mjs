/** Which rows are in sight and in what order; while somebody works nothing jumps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, everything, hides, isRated, NOT_SET, pinned } from "../../../copdash/components/boards/list/list_order.js";

const COLUMNS = [
  { name: "name", shape: "text", choices: null }, { name: "group", shape: "choice", choices: ["Policy", "Research", "Citizens"] },
  { name: "power", shape: "rating", choices: null }, { name: "membership", shape: "choice", choices: ["Core", "Active"] },
];
const ROWS = [
  { id: "1", name: "Évora 10", group: "Research", power: 3, interest: 4, membership: "Core" },
  { id: "2", name: "evora 9", group: "", power: null, interest: 4, membership: "" },
  { id: "3", name: "Zoetermeer", group: "Policy", power: 10, interest: 0, membership: "Active" },
  { id: "4", name: "Breda", group: "Citizens", power: 0, interest: null, membership: "" },
];
const ids = (question) => asked(ROWS, { ...everything(), ...question }, COLUMNS).map(({ id }) => id);

test("a question that asks nothing hides nothing and keeps the order", () => {
  assert.deepEqual(ids({}), ["1", "2", "3", "4"]);
  assert.ok(!hides(everything()));
  assert.ok(!hides({ ...everything(), search: "  ", sort: { field: "name", down: false } }));
  for (const part of [{ search: "x" }, { groups: new Set(["Policy"]) }, { membership: "Core" }, { rated: "rated" }]) assert.ok(hides({ ...everything(), ...part }));
});

test("a search finds all its words in any column, without case and accents", () => {
  assert.deepEqual(ids({ search: "EVORA" }), ["1", "2"]);
  assert.deepEqual(ids({ search: "research evora" }), ["1"]);
  assert.deepEqual(ids({ search: "evora breda" }), []);
});

test("a search finds letters that the keyboard lacks, spelled in either way", () => {
  const named = ["Københavns Energi", "Łódź", "Ναυπλίου", "Große Mühle", "L’eau"].map((name) => ({ id: name, name }));
  for (const [typed, name] of [["kobenhavn", named[0].id], ["lodz", "Łódź"], ["ναυπλιου", "Ναυπλίου"], ["grosse muhle", "Große Mühle"], ["muehle", "Große Mühle"], ["l'eau", "L’eau"]]) {
    assert.deepEqual(asked(named, { ...everything(), search: typed }, COLUMNS).map(({ id }) => id), [name]);
  }
});

test("filters are for what is set and for what is not", () => {
  assert.deepEqual(ids({ groups: new Set([NOT_SET, "Policy"]) }), ["2", "3"]);
  assert.deepEqual(ids({ membership: NOT_SET }), ["2", "4"]);
  assert.deepEqual(ids({ rated: "rated" }), ["1", "3"]);
  assert.deepEqual(ids({ rated: "unrated" }), ["2", "4"]);
});

test("words are sorted as people count, choices as their list, ratings as numbers; what is empty comes last both ways", () => {
  assert.deepEqual(ids({ sort: { field: "name", down: false } }), ["4", "2", "1", "3"]);
  assert.deepEqual(ids({ sort: { field: "group", down: false } }), ["3", "1", "4", "2"]);
  assert.deepEqual(ids({ sort: { field: "power", down: false } }), ["4", "1", "3", "2"]);
  assert.deepEqual(ids({ sort: { field: "power", down: true } }), ["3", "1", "4", "2"]);
  assert.deepEqual(ids({ sort: { field: "group", down: true } }), ["4", "1", "3", "2"]);
});

test("sorting leaves the rows it was given as they were", () => {
  const before = structuredClone(ROWS);
  ids({ sort: { field: "name", down: true } });
  assert.deepEqual(ROWS, before);
});

test("0 is a rating", () => {
  assert.ok(isRated({ power: 0, interest: 0 }));
  assert.ok(!isRated({ power: 0 }));
});

test("while somebody works, rows stay, the deleted go, new ones come after the one they follow", () => {
  assert.deepEqual(pinned(["a", "b", "c"], ["c", "a", "b"], new Set(["a", "b", "c"])), ["a", "b", "c"]);
  assert.deepEqual(pinned(["a", "b", "c"], ["a", "c"], new Set(["a", "c"])), ["a", "c"]);
  assert.deepEqual(pinned(["a", "b"], ["n", "b", "m", "a", "o"], new Set("abnmo")), ["n", "a", "o", "b", "m"]);
  assert.deepEqual(pinned(["a", "b"], ["b"], new Set(["a", "b"])), ["a", "b"], "one that the filter would hide now stays");
});
