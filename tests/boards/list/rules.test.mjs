/** The rules of a cell: what is stored of what somebody typed, and what is refused with a sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { brief, clean, Refused, shown } from "../../../copdash/components/boards/list/list_rules.js";

const column = (shape, more = {}) => ({ name: "field", label: "Field", standard: "Field", shape, choices: null, required: false, suggests: false, shown: true, ...more });

for (const [given, kept] of [["7", 7], ["7,5", 7.5], [" 6.255 ", 6.26], ["0", 0], ["-0", 0], ["10", 10], [".5", 0.5], ["5.", 5], ["1,000", 1], ["", null], [null, null], [8, 8]]) {
  test(`a rating of «${given}» is ${kept}`, () => assert.ok(Object.is(clean(column("rating"), given), kept)));
}

for (const given of ["11", "-1", "seven", "1e1", "0x5", "NaN", "Infinity", "5 5"]) {
  test(`a rating of «${given}» is refused`, () => assert.throws(() => clean(column("rating"), given), Refused));
}

test("a text is one line without control characters; a note keeps its lines", () => {
  assert.equal(clean(column("text"), "  two\t words\nhere\u0007 "), "two words here");
  assert.equal(clean(column("note"), " one\r\ntwo\r "), "one\ntwo");
  assert.equal(clean(column("text"), "e\u0301"), "é");
});

test("what is too long or must not be empty is refused with what to do", () => {
  assert.throws(() => clean(column("text"), "x".repeat(5001)), /shorten it to 5000/);
  assert.equal(clean(column("note"), "x".repeat(20000)).length, 20000);
  assert.throws(() => clean(column("text", { required: true }), " \n"), /type something/);
});

test("a choice is taken in any case and stored as the list writes it; another word is refused", () => {
  const group = column("choice", { choices: ["Policy maker", "Research"] });
  assert.equal(clean(group, " POLICY maker "), "Policy maker");
  assert.equal(clean(group, ""), "");
  assert.throws(() => clean(group, "Nobody"), /«Nobody» is not in the list/);
});

test("themes are told apart by semicolons and lines, and each is kept once", () => {
  assert.equal(clean(column("note", { name: "themes" }), "water; reuse ;\nwater;;energy"), "water; reuse; energy");
});

test("a long text is cut for a sentence, and nothing is shown as nothing", () => {
  assert.equal(brief("a  b\nc"), "a b c");
  assert.equal(brief("x".repeat(80)).length, 60);
  assert.deepEqual([null, undefined, 0, ""].map(shown), ["", "", "0", ""]);
});
