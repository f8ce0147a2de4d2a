/** Which ties are shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, EVERYTHING, isNarrow, shows } from "../../../copdash/components/boards/network/network_filter.js";

const TIE = { type: "Money", strength: 2, status: "Existing", since: "2021-01-01", until: "2021-12-31" };

test("everything is shown as long as nothing is chosen", () => {
  assert.ok(shows(EVERYTHING, TIE));
  assert.ok(!isNarrow(DEFAULTS));
});

for (const [part, isShown] of [
  [{ types: ["Money"] }, true], [{ types: ["Information"] }, false], [{ types: [] }, false], [{ strength: 2 }, true], [{ strength: 3 }, false],
  [{ status: "Existing" }, true], [{ status: "Wanted" }, false], [{ day: "2021-01-01" }, true], [{ day: "2021-12-31" }, true],
  [{ day: "2020-12-31" }, false], [{ day: "2022-01-01" }, false],
]) {
  test(`${JSON.stringify(part)} ${isShown ? "shows" : "hides"} it and is a filter`, () => {
    assert.equal(shows({ ...EVERYTHING, ...part }, TIE), isShown);
    assert.ok(isNarrow({ ...EVERYTHING, ...part }));
  });
}

test("a tie without days is of every day", () => {
  assert.ok(shows({ ...EVERYTHING, day: "1950-01-01" }, { ...TIE, since: null, until: null }));
});
