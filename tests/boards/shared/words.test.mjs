/** Days, counts, lists and folded names: the examples that copdash/words.py answers too. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as words from "../../../copdash/components/boards/shared/words.js";

const EXAMPLES = JSON.parse(readFileSync(new URL("../../data/words.json", import.meta.url), "utf-8"));
/** @type {Record<string, (...asked: any[]) => unknown>} */
const ASKED = {
  day: words.day,
  span: words.span,
  counted: words.counted,
  verb: words.verb,
  listed: (names, most) => words.listed(names, most ?? undefined),
  shortened: words.shortened,
  folded: words.folded,
  finds: (search, texts) => words.seeker(search)(...texts),
};

test("every kind of example is asked", () => {
  assert.deepEqual(Object.keys(ASKED).sort(), Object.keys(EXAMPLES).filter((name) => name !== "about").sort());
});

for (const [what, ask] of Object.entries(ASKED)) {
  test(`${what}: as Python answers`, () => {
    for (const example of EXAMPLES[what]) {
      assert.deepEqual(ask(...example.slice(0, -1)), example.at(-1), JSON.stringify(example));
    }
  });
}

test("a month is read from its first letters", () => {
  assert.equal(words.month("September"), 9);
  assert.equal(words.month("dec"), 12);
  assert.equal(words.month("Foo"), 0);
});
