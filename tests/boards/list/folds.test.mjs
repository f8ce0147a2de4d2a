/** The list folded: every row under one heading, the counts right, and no row changes its heading while somebody works. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Folds } from "../../../copdash/components/boards/list/list_folds.js";

const GROUPS = ["Policy", "Research"];

/** Folds of a list with these rows, by this field. */
function folds(view, by, search = "") {
  globalThis.sessionStorage = { getItem: () => null, setItem() {}, removeItem() {} };
  const byName = { organisation: { choices: null }, group: { choices: GROUPS }, helix: { choices: ["Government"] }, kind: {} };
  const made = new Folds({ view, byName, question: { search }, board: { data: { case_study_id: "a" } } });
  made.by = by;
  return made;
}

const row = (id, more = {}) => ({ id, name: id, kind: "", organisation: "", group: "", ...more });

test("without folding the lines are the rows and the draft", () => {
  const view = [row("a"), row("b")];
  assert.deepEqual(folds(view, "").lay(view, "draft", false), { order: ["a", "b", "draft"], lines: ["a", "b", "draft"] });
});

test("headings come in the order of the vocabulary, what is not set last, each with its count", () => {
  const view = [row("a", { group: "Research" }), row("b"), row("c", { group: "Policy" }), row("d", { group: "Research" })];
  const made = folds(view, "group");
  const { order, lines } = made.lay(view, "draft", false);
  assert.deepEqual(made.heads.map(({ label, count }) => [label, count]), [["Policy", 1], ["Research", 2], ["Not set", 1]]);
  assert.deepEqual(order, ["c", "a", "d", "b", "draft"]);
  assert.equal(lines.length, order.length + 3);
});

test("what is shut is counted and not shown; a search opens it", () => {
  const view = [row("a", { group: "Research" }), row("b", { group: "Policy" })];
  const made = folds(view, "group");
  made.shut.add("Research");
  assert.deepEqual(made.lay(view, "draft", false).order, ["b", "draft"]);
  assert.equal(made.heads.length, 2);
  const searched = folds(view, "group", "a");
  searched.shut.add("Research");
  assert.deepEqual(searched.lay(view, "draft", false).order, ["b", "a", "draft"]);
});

test("an organisation stands first among its people, however its name is written, and one without people apart", () => {
  const view = [
    row("ann", { kind: "Person", organisation: "KWR Water" }), row("kwr", { kind: "Organisation", name: "Kwr water" }),
    row("alone", { kind: "Organisation", name: "Nobody's" }), row("free", { kind: "Person" }),
  ];
  const made = folds(view, "organisation");
  assert.deepEqual(made.lay(view, "draft", false).order, ["kwr", "ann", "alone", "free", "draft"]);
  assert.deepEqual(made.heads.map(({ label }) => label), ["Kwr water", "Organisations with no people listed", "No organisation"]);
});

test("while somebody works a row stays under its heading; afterwards it goes to its own", () => {
  const view = [row("a", { group: "Research" }), row("b", { group: "Policy" })];
  const made = folds(view, "group");
  made.lay(view, "draft", false);
  const changed = [row("a", { group: "Policy" }), view[1]];
  assert.deepEqual(made.lay(changed, "draft", true).order, ["b", "a", "draft"]);
  assert.equal(made.heads.length, 2);
  made.lay(changed, "draft", false);
  assert.equal(made.heads.length, 1);
});

test("a row added under a heading begins with what the heading says", () => {
  const made = folds([], "organisation");
  assert.deepEqual(made.presetOf({ fold: "kwr", label: "KWR" }), { organisation: "KWR", kind: "Person" });
  assert.deepEqual(made.presetOf({ fold: "", label: "No organisation" }), {});
  assert.deepEqual(folds([], "group").presetOf({ fold: "Policy", label: "Policy" }), { group: "Policy" });
});
