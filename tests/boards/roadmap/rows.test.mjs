/** The roadmap's rows as plain values: what is drawn where. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bands, lanes, lines, rows, STRIP, unpacked, whole } from "../../../copdash/components/boards/roadmap/roadmap_rows.js";
import { MEETING } from "../../../copdash/components/boards/shared/effects.js";

const meeting = (id, starts_on, more = {}) => ({ id, ...MEETING, title: id, starts_on, ends_on: starts_on, ...more });
const view = (more = {}) => ({
  meetings: [], milestones: [], others: [], tasks: [], kinds: [{ name: "CoP meeting", lane: "CoP meetings" }, { name: "Workshop", lane: "Workshops" }],
  certainties: ["Planned", "Held"], lanes: "kind", title: "Case", editable: true, starts_on: null, ends_on: null, today: "2021-06-01", today_label: "today", ...more,
});

test("only what has a day is drawn, by day; cancelled ones where they are not hidden", () => {
  const shown = view({ meetings: [meeting("b", "2021-10-01"), meeting("a", "2021-09-01"), meeting("none", null), meeting("off", "2021-09-15", { certainty: "Cancelled" })] });
  assert.deepEqual(rows(shown).map(({ id }) => id), ["a", "off", "b"]);
  assert.deepEqual(rows({ ...shown, hides_cancelled: true }).map(({ id }) => id), ["a", "b"]);
});

test("of a series the last alone has the title, with how many there are", () => {
  const shown = view({ meetings: ["2021-11-01", "2021-09-01", "2021-10-01"].map((day, i) => meeting(`m${i}`, day, { title: "Jour fixe", series_id: "s" })) });
  assert.deepEqual(rows(shown).map(({ label, again }) => [again.number, label]), [[1, ""], [2, ""], [3, "Jour fixe · 3×"]]);
});

test("a viewer can move nothing, and meetings of other case studies nobody can", () => {
  const others = [{ id: "o", title: "Other", rows: "x\tCoP 9\t0\t1\t2021-05-05\t\t\t" }];
  const shown = unpacked(view({ meetings: [meeting("m", "2021-09-01")], others }));
  assert.deepEqual(rows(shown).map(({ id, fixed, lane }) => [id, fixed, lane]), [["m", false, "CoP meeting"], ["x", true, "case o"]]);
  assert.ok(rows({ ...shown, editable: false }).every(({ fixed }) => fixed));
});

test("meetings of other case studies are unpacked once, and anew when their text changes", () => {
  const packed = (text) => unpacked(view({ others: [{ id: "once", title: "Other", rows: text }] })).others[0].meetings;
  const first = packed("x\tCoP 9\t1\t1\t2021-05-05\t2021-05-06\tDelft\ts");
  assert.deepEqual(first, [{ id: "x", title: "CoP 9", kind: "Workshop", certainty: "Held", place: "Delft", starts_on: "2021-05-05", ends_on: "2021-05-06", series_id: "s" }]);
  assert.equal(packed("x\tCoP 9\t1\t1\t2021-05-05\t2021-05-06\tDelft\ts"), first);
  assert.deepEqual(packed(""), []);
});

test("there is a lane for each kind that is used, and all while something can be dragged in", () => {
  const shown = view({ meetings: [meeting("m", "2021-09-01")] });
  assert.deepEqual(lanes(shown).map(({ id }) => id), [STRIP, "CoP meeting"]);
  assert.deepEqual(lanes({ ...shown, palette: true }).map(({ id }) => id), [STRIP, "CoP meeting", "Workshop", "Milestones"]);
  assert.deepEqual(lanes({ ...shown, lanes: "case" }).map(({ id }) => id), [STRIP, "case"]);
});

test("what lies before and after the project is marked, and a launch window that is half given reaches to its edge", () => {
  const found = bands({ starts_on: "2021-01-01", ends_on: "2021-12-31", launch_from: "2021-10-01", launch_until: null });
  assert.deepEqual(found.map(({ look, from, until }) => [look, from, until]), [
    ["launch", "2021-10-01", "2021-12-31"], ["outside", "1900-01-01", "2020-12-31"], ["outside", "2022-01-01", "2200-12-31"],
  ]);
  assert.deepEqual(bands({ starts_on: null, ends_on: null, launch_from: null, launch_until: null }), []);
  assert.deepEqual(bands({ starts_on: null, ends_on: null, launch_from: "2021-10-01", launch_until: "2021-09-01" }), []);
});

test("today has a line, and the project's first and last day where they are known", () => {
  assert.deepEqual(lines(view()).map(({ id }) => id), ["line-today"]);
  assert.deepEqual(lines(view({ starts_on: "2021-01-01", ends_on: "2021-12-31" })).map(({ id, day }) => [id, day]), [
    ["line-start", "2021-01-01"], ["line-end", "2022-01-01"], ["line-today", "2021-06-01"],
  ]);
});

test("all of it in view means every day with room around; without any, about a year around today", () => {
  const { from, until } = whole(view({ meetings: [meeting("m", "2021-09-01"), meeting("n", "2022-03-01")] }));
  assert.ok(from < "2021-09-01" && until > "2022-03-01");
  const empty = whole(view());
  assert.ok(empty.from < "2021-06-01" && empty.until > "2021-12-01");
});
