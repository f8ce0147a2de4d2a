/** Plain dates: no time zone and no daylight saving shifts them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { between, plus, toDay, toTime } from "../../../copdash/components/boards/shared/days.js";

test("days are counted over leap days, ends of years and changes of the clock", () => {
  assert.equal(plus("2024-02-28", 1), "2024-02-29");
  assert.equal(plus("2023-02-28", 1), "2023-03-01");
  assert.equal(plus("2021-12-31", 1), "2022-01-01");
  assert.equal(plus("2021-03-28", -1), "2021-03-27");
  assert.equal(between("2021-03-27", "2021-03-29"), 2);
  assert.equal(between("2021-10-30", "2021-11-01"), 2);
  assert.equal(between("2022-01-01", "2021-12-31"), -1);
});

test("every day of two centuries comes back from its moment, and going on and back leads home", () => {
  for (let day = "1900-01-01"; day < "2101-01-01"; day = plus(day, 37)) {
    assert.equal(toDay(toTime(day)), day);
    assert.equal(toDay(toTime(day) + 86399999), day);
    assert.equal(plus(plus(day, 411), -411), day);
    assert.equal(between(day, plus(day, 411)), 411);
  }
});
