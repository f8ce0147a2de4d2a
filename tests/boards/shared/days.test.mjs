/** Plain dates: no time zone and no daylight saving shifts them, and a pasted date is read as people write it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { between, plus, read, readLines, toDay, toTime } from "../../../copdash/components/boards/shared/days.js";

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

for (const [text, day] of [
  ["2021-11-03", "2021-11-03"], ["2021/11/3", "2021-11-03"], ["2021-11-03T00:00:00", "2021-11-03"], ["03-11-2021", "2021-11-03"],
  ["3.11.2021", "2021-11-03"], ["11/30/2021", "2021-11-30"], ["3 Nov 2021", "2021-11-03"], ["3. november 2021", "2021-11-03"],
  ["November 3, 2021", "2021-11-03"], [' "2021-11-03" ', "2021-11-03"], ["29.02.2024", "2024-02-29"],
  ["29.02.2023", null], ["31-04-2021", null], ["2021-13-01", null], ["2021-11-03T10:30", null], ["1899-12-31", null], ["2201-01-01", null],
  ["soon", null], ["", null], ["3 Foo 2021", null],
]) {
  test(`«${text}» is ${day ?? "no day"}`, () => assert.equal(read(text), day));
}

test("lines of a date and a title are read from mails and spreadsheets; a heading is passed over", () => {
  const { found, unread } = readLines(
    'Date\tTitle\r\n2021-11-03\tCoP 2: barriers\n3 Dec 2021: "Say ""yes"""\n2022-01-10, Launch, part one\nKick-off\t2021-09-01\n\nno day here\n',
  );
  assert.deepEqual(found, [
    { day: "2021-11-03", title: "CoP 2: barriers" },
    { day: "2021-12-03", title: 'Say "yes"' },
    { day: "2022-01-10", title: "Launch, part one" },
    { day: "2021-09-01", title: "Kick-off" },
  ]);
  assert.deepEqual(unread, ["no day here"]);
});

test("a date without a title is not understood", () => {
  assert.deepEqual(readLines("2021-11-03"), { found: [], unread: ["2021-11-03"] });
});
