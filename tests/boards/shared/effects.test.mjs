/** What a gesture does to rows, on every board that shows them, before the server has answered. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, MEETING, SEEN_AT_ONCE } from "../../../copdash/components/boards/shared/effects.js";
import * as gestures from "../../../copdash/components/boards/shared/gestures.js";

const tie = (id, from_id, to_id, more = {}) => ({
  id, from_id, to_id, type: "Information", directed: true, strength: 2, status: "Existing", evidence: "", since: null, until: null, ...more,
});
const network = (ties = []) => ({
  stakeholders: [{ id: "a", name: "A" }, { id: "b", name: "B" }, { id: "c", name: "C" }],
  nodes: [{ id: "a", x: 0, y: 0 }, { id: "b", x: 5, y: 5 }], ties,
});
const roadmap = (more = {}) => ({ meetings: [], milestones: [], ...more });
const meeting = (id, starts_on, more = {}) => ({ id, ...MEETING, title: id, starts_on, ends_on: starts_on, ...more });
const list = () => ({
  columns: [{ name: "name", shape: "text" }, { name: "power", shape: "rating" }, { name: "interest", shape: "rating" }],
  stakeholders: [{ id: "a", name: "A", power: null, interest: null }],
});

test("each gesture that a board may send is seen at once, but for undo and redo and what no board shows", () => {
  const unseen = ["undo", "redo", "invited"];
  assert.deepEqual([...SEEN_AT_ONCE, ...unseen].sort(), Object.values(gestures.GESTURE).sort());
});

test("the list shows what the grid has sent and the server has not answered, and the grid what the list has", () => {
  const shown = list();
  applied(shown, gestures.moved({ moves: [{ id: "a", power: 8, interest: 3, seen: {} }] }));
  assert.deepEqual(shown.stakeholders, [{ id: "a", name: "A", power: 8, interest: 3 }]);
  const grid = { stakeholders: [{ id: "a", name: "A", power: 1, interest: 1 }] };
  applied(grid, gestures.edited({ edits: [{ id: "a", values: { name: "New", power: 5 }, seen: {} }] }));
  assert.deepEqual(grid.stakeholders, [{ id: "a", name: "New", power: 5, interest: 1 }]);
});

test("new rows come to the list with empty cells, once; other boards wait for the server", () => {
  const shown = list();
  const gesture = gestures.edited({ additions: [{ id: "n", values: { name: "N" } }] });
  applied(shown, gesture);
  applied(shown, gesture);
  assert.deepEqual(shown.stakeholders.slice(1), [{ id: "n", name: "N", power: null, interest: null }]);
  const grid = { stakeholders: [] };
  applied(grid, gesture);
  assert.deepEqual(grid.stakeholders, []);
});

test("who is removed leaves the list", () => {
  const shown = list();
  applied(shown, gestures.removed({ stakeholder_ids: ["a", "nobody"] }));
  assert.deepEqual(shown.stakeholders, []);
});

test("what a board does not show is passed over, and so is a name that nobody knows", () => {
  const shown = { stakeholders: [{ id: "a", name: "A" }] };
  for (const name of [...SEEN_AT_ONCE, "from another time"]) {
    const all = { moves: [], places: [], edits: [], additions: [], meetings: [], stakeholder_ids: [], relation_ids: [], meeting_ids: [], milestone_ids: [], values: {} };
    applied(shown, { name, ...all });
  }
  assert.deepEqual(shown.stakeholders, [{ id: "a", name: "A" }]);
});

test("a tie is drawn once, however often its gesture is replayed", () => {
  const shown = network();
  const gesture = { name: "tied", relation_id: "t", from_id: "a", to_id: "b", type: "Information", directed: false, strength: 3 };
  applied(shown, gesture);
  applied(shown, gesture);
  assert.deepEqual(shown.ties, [tie("t", "a", "b", { directed: false, strength: 3, fresh: true })]);
});

test("a tie is edited, turned round and cut; gestures for one that is gone do nothing", () => {
  const shown = network([tie("t", "a", "b"), tie("u", "b", "c")]);
  applied(shown, { name: "tie_edited", relation_id: "t", values: { strength: 1 } });
  applied(shown, { name: "tie_turned", relation_id: "t" });
  assert.deepEqual([shown.ties[0].from_id, shown.ties[0].to_id, shown.ties[0].strength], ["b", "a", 1]);
  applied(shown, { name: "cut", relation_ids: ["t", "nobody"] });
  for (const name of ["tie_edited", "tie_turned"]) applied(shown, { name, relation_id: "t", values: { strength: 3 } });
  assert.deepEqual(shown.ties, [tie("u", "b", "c")]);
});

test("arranging moves those it names, and an edit of the list shows in the network", () => {
  const shown = network();
  applied(shown, { name: "arranged", places: [{ id: "a", x: 9, y: 8 }, { id: "nobody", x: 1, y: 1 }] });
  assert.deepEqual(shown.nodes, [{ id: "a", x: 9, y: 8 }, { id: "b", x: 5, y: 5 }]);
  applied(shown, { name: "edited", edits: [{ id: "b", values: { name: "New" } }, { id: "nobody", values: {} }] });
  assert.equal(shown.stakeholders[1].name, "New");
});

test("a meeting is planned once, however often its gesture is replayed", () => {
  const shown = roadmap();
  const gesture = { name: "planned", meeting_id: "m", values: { title: "CoP 1", starts_on: "2021-09-01", ends_on: "2021-09-01" } };
  applied(shown, gesture);
  applied(shown, gesture);
  applied(shown, { name: "planned_all", meetings: [{ id: "m", values: {} }, { id: "n", values: { title: "CoP 2" } }] });
  assert.deepEqual(shown.meetings.map(({ id, title, certainty }) => [id, title, certainty]), [["m", "CoP 1", "Tentative"], ["n", "CoP 2", "Tentative"]]);
});

test("a meeting is moved, put back to those without a day, edited and removed; what is gone stays gone", () => {
  const shown = roadmap({ meetings: [meeting("m", "2021-09-01"), meeting("n", "2021-10-01")] });
  applied(shown, { name: "rescheduled", meeting_id: "m", starts_on: "2021-09-05" });
  assert.deepEqual([shown.meetings[0].starts_on, shown.meetings[0].ends_on], ["2021-09-05", "2021-09-05"]);
  applied(shown, { name: "rescheduled", meeting_id: "m", starts_on: null });
  assert.deepEqual([shown.meetings[0].starts_on, shown.meetings[0].ends_on], [null, null]);
  applied(shown, { name: "meeting_edited", meeting_id: "n", values: { title: "New" } });
  assert.equal(shown.meetings[1].title, "New");
  applied(shown, { name: "meetings_removed", meeting_ids: ["m", "n"] });
  applied(shown, { name: "rescheduled", meeting_id: "m", starts_on: "2021-09-09" });
  assert.deepEqual(shown.meetings, []);
});

test("milestones likewise", () => {
  const shown = roadmap();
  for (let i = 0; i < 2; i += 1) applied(shown, { name: "milestone_set", milestone_id: "s", values: { title: "Pilot", due_on: "2021-12-01" } });
  applied(shown, { name: "milestone_edited", milestone_id: "s", values: { due_on: "2022-01-01" } });
  assert.deepEqual(shown.milestones, [{ id: "s", title: "Pilot", kind: "Technical milestone", due_on: "2022-01-01" }]);
  applied(shown, { name: "milestones_removed", milestone_ids: ["s"] });
  assert.deepEqual(shown.milestones, []);
});
