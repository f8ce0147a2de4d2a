/**
 * What a gesture does to rows, before the server has answered: the mirror of the verbs. Touches no page.
 *
 * Every board shows what any board of the tab has sent. A row that a board does not have is passed over, and so is a
 * list of rows (`stakeholders`, `ties`, `nodes`, `meetings`, `milestones`) that it does not show.
 */
import { GESTURE } from "./gestures.js";

/** What a new row is where its author says nothing. */
export const MEETING = { title: "", kind: "CoP meeting", theme: "", starts_on: null, ends_on: null, certainty: "Tentative" };
export const MILESTONE = { title: "", kind: "Technical milestone", due_on: null };
const TIE = { evidence: "", since: null, until: null };

/** @type {Record<string, (view: any, gesture: any) => void>} */
const EFFECTS = {
  [GESTURE.edited](view, { edits = [], additions = [] }) {
    changeAll(view.stakeholders, edits.map((/** @type {any} */ { id, values }) => [id, values]));
    if (!view.columns) return; // only the list knows what an empty row is
    const blank = Object.fromEntries(view.columns.map((/** @type {any} */ c) => [c.name, c.shape === "rating" ? null : ""]));
    const there = new Set(view.stakeholders.map((/** @type {any} */ row) => row.id));
    for (const { id, values } of additions) if (!there.has(id)) view.stakeholders.push({ id, ...blank, ...values });
  },
  [GESTURE.removed](view, { stakeholder_ids }) {
    // Elsewhere measures, classes and gaps speak of them until the server has reckoned anew.
    if (view.columns) view.stakeholders = without(view.stakeholders, stakeholder_ids);
  },
  [GESTURE.moved](view, { moves }) {
    changeAll(view.stakeholders, moves.map((/** @type {any} */ { id, power, interest }) => [id, { power, interest }]));
  },
  [GESTURE.arranged](view, { places }) {
    changeAll(view.nodes, places.map((/** @type {any} */ { id, x, y }) => [id, { x, y }]));
  },
  [GESTURE.tied](view, { relation_id: id, from_id, to_id, type, directed = true, strength = 1, status = "Existing" }) {
    add(view.ties, { id, from_id, to_id, type, directed, strength, status, ...TIE, fresh: true });
  },
  [GESTURE.tie_edited](view, { relation_id, values }) {
    change(view.ties, relation_id, { ...values, fresh: true });
  },
  [GESTURE.tie_turned](view, { relation_id }) {
    const tie = found(view.ties, relation_id);
    if (tie) Object.assign(tie, { from_id: tie.to_id, to_id: tie.from_id, fresh: true });
  },
  [GESTURE.cut](view, { relation_ids }) {
    view.ties = without(view.ties, relation_ids);
  },
  [GESTURE.planned](view, { meeting_id: id, values }) {
    add(view.meetings, { id, ...MEETING, ...values });
  },
  [GESTURE.planned_all](view, { meetings }) {
    for (const { id, values } of meetings) add(view.meetings, { id, ...MEETING, ...values });
  },
  [GESTURE.rescheduled](view, { meeting_id, starts_on, ends_on }) {
    change(view.meetings, meeting_id, { starts_on, ends_on: starts_on && (ends_on || starts_on) });
  },
  [GESTURE.meeting_edited](view, { meeting_id, values }) {
    change(view.meetings, meeting_id, values);
  },
  [GESTURE.meetings_removed](view, { meeting_ids }) {
    view.meetings = without(view.meetings, meeting_ids);
  },
  [GESTURE.milestone_set](view, { milestone_id: id, values }) {
    add(view.milestones, { id, ...MILESTONE, ...values });
  },
  [GESTURE.milestone_edited](view, { milestone_id, values }) {
    change(view.milestones, milestone_id, values);
  },
  [GESTURE.milestones_removed](view, { milestone_ids }) {
    view.milestones = without(view.milestones, milestone_ids);
  },
};

/** Do to the rows of a view what the server will do to them. @param {any} view @param {{name: string}} gesture */
export function applied(view, gesture) {
  EFFECTS[gesture.name]?.(view, gesture);
}

/** The names of the gestures that are seen at once; undo and redo are not: only the log knows what they do. */
export const SEEN_AT_ONCE = Object.keys(EFFECTS);

/** @param {any[] | undefined} rows @param {string} id */
const found = (rows, id) => rows?.find((row) => row.id === id);

/** @param {any[] | undefined} rows @param {string} id @param {object} values */
function change(rows, id, values) {
  const row = found(rows, id);
  if (row) Object.assign(row, values);
}

/** Many at once. @param {any[] | undefined} rows @param {[string, object][]} changes */
function changeAll(rows, changes) {
  const byId = new Map(changes.length > 1 ? rows?.map((row) => [row.id, row]) : []);
  for (const [id, values] of changes) Object.assign(byId.get(id) ?? found(rows, id) ?? {}, values);
}

/** @param {any[] | undefined} rows @param {{id: string, [field: string]: any}} row */
function add(rows, row) {
  if (rows && !found(rows, row.id)) rows.push(row);
}

/** @param {any[] | undefined} rows @param {string[]} ids */
function without(rows, ids) {
  const gone = new Set(ids);
  return rows?.filter((row) => !gone.has(row.id));
}
