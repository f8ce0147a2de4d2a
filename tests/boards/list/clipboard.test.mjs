/** Between a spreadsheet's clipboard and the list: what goes out comes back, whatever people type into cells. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { header, plan, portions, serialise } from "../../../copdash/components/boards/list/list_clipboard.js";
import { parse } from "../../../copdash/components/boards/shared/pasted.js";

const column = (name, more = {}) => ({ name, label: name, standard: name, shape: "text", choices: null, required: false, suggests: false, shown: true, ...more });
const NAME = column("name", { label: "Name", standard: "Name", required: true });
const GROUP = column("group", { label: "Group", standard: "Stakeholder group", shape: "choice", choices: ["Policy", "Research"] });
const POWER = column("power", { label: "Power", standard: "Power", shape: "rating" });
const ALL = [NAME, GROUP, POWER];

const target = (more = {}) => {
  let count = 0;
  return { columns: ALL, all: ALL, rows: [], draft: {}, newId: () => `new ${(count += 1)}`, ...more };
};

test("cells come back as they went out: tabs, quotes, line ends, formulas and words of every script", () => {
  const rows = [
    ["plain", "two words", ""], ["a\tb", 'say "yes"', "one\ntwo"], ["=1+1", "+31 6", "-5"], ["@me", '"quoted"', "ναυπλίου"], ["'", "x\"", "𝄞"],
  ];
  assert.deepEqual(parse(serialise(rows)), rows);
});

test("numbers go out as they are read, and nothing as an empty cell", () => {
  assert.equal(serialise([[6.5, 0, null, undefined]]), "6.5\t0\t\t");
});

test("a formula goes out with an apostrophe, so that no spreadsheet works it out", () => {
  assert.equal(serialise([["=HYPERLINK(1)"]]), "'=HYPERLINK(1)");
});

test("what Excel and LibreOffice put on the clipboard is read alike", () => {
  assert.deepEqual(parse("a\tb\r\nc\td\r\n"), [["a", "b"], ["c", "d"]]);
  assert.deepEqual(parse('a\t"b\nc"\n'), [["a", "b\nc"]]);
  assert.deepEqual(parse("a\t\n"), [["a", ""]]);
  assert.deepEqual(parse('5" pipe\t"no end'), [['5" pipe', '"no end']]);
  assert.deepEqual(parse("\n\n"), []);
  assert.deepEqual(parse(""), []);
});

test("a header row is known by its labels, standard labels or names, in any order and case", () => {
  assert.deepEqual(header(["POWER", "name"], ALL), [POWER, NAME]);
  assert.deepEqual(header(["Stakeholder group", ""], ALL), [GROUP, undefined]);
  assert.equal(header(["Name", "KWR"], ALL), null);
  assert.equal(header(["Name", "name"], ALL), null);
  assert.equal(header(["", ""], ALL), null);
});

test("a block over rows that are there edits only what differs, with what its author saw", () => {
  const rows = [{ id: "1", name: "KWR", group: "Research", power: 5 }];
  const { edits, additions } = plan([["KWR", "policy", "7,5"]], target({ rows }));
  assert.deepEqual(edits, [{ id: "1", values: { group: "Policy", power: 7.5 }, seen: { group: "Research", power: 5 } }]);
  assert.deepEqual(additions, []);
});

test("lines beyond the list become new rows, and the first of them takes what the draft holds", () => {
  const { additions } = plan([["A", "", ""], ["B", "Policy", "0"]], target({ draft: { group: "Research" } }));
  assert.deepEqual(additions, [
    { id: "new 1", values: { group: "Research", name: "A" } },
    { id: "new 2", values: { name: "B", group: "Policy", power: 0 } },
  ]);
});

test("what breaks a rule is left out and told with its place; everything else is taken", () => {
  const rows = [{ id: "1", name: "KWR", group: "", power: null }];
  const { edits, left, additions, beyond } = plan([["KWR", "nobody", "11", "too far"], ["", "Policy", ""]], target({ rows }));
  assert.deepEqual(edits, []);
  assert.deepEqual(additions, []);
  assert.deepEqual(left.map(({ where, value }) => [where, value]), [["KWR", "nobody"], ["KWR", "11"], ["Row 2", "\tPolicy\t"]]);
  assert.equal(beyond, 1);
});

test("a block with a header row finds its columns wherever the cursor is", () => {
  const { additions } = plan([["Power", "Name"], ["3", "KWR"]], target({ columns: [POWER] }));
  assert.deepEqual(additions.map(({ values }) => values), [{ power: 3, name: "KWR" }]);
});

test("a large paste goes out in portions: nothing lost, nothing twice, additions first", () => {
  const additions = Array.from({ length: 7 }, (_, i) => ({ id: `a${i}`, values: {} }));
  const edits = Array.from({ length: 6 }, (_, i) => ({ id: `e${i}`, values: {}, seen: {} }));
  const parts = portions({ edits, additions }, 4);
  for (const part of parts) assert.ok(part.edits.length + part.additions.length <= 4);
  assert.deepEqual(parts.flatMap((part) => part.additions), additions);
  assert.deepEqual(parts.flatMap((part) => part.edits), edits);
  assert.deepEqual(portions({ edits: [], additions: [] }), []);
});
