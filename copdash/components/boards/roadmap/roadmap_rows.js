/** The roadmap's rows as plain values, and what of them is drawn where. */

import { between, plus } from "../shared/days.js";
import { day as shown } from "../shared/words.js";

/** The lane above all others, where bands and lines have their names. */
export const STRIP = "strip";

const unpackedOnce = new Map();

/**
 * The meetings of other case studies come as lines with tabs; here they become rows, each text once.
 * @param {RoadmapView} view
 */
export function unpacked(view) {
  for (const other of view.others) {
    const known = unpackedOnce.get(other.id);
    if (known?.text !== other.rows) {
      const meetings = other.rows ? other.rows.split("\n").map((/** @type {any} */ line) => {
        const [id, title, kind, certainty, first, last, place, series] = line.split("\t");
        return {
          id, title, kind: view.kinds[kind].name, certainty: view.certainties[certainty], place: place || "",
          starts_on: first || null, ends_on: last || first || null, series_id: series || null,
        };
      }) : [];
      unpackedOnce.set(other.id, { text: other.rows, meetings });
    }
    other.meetings = unpackedOnce.get(other.id).meetings;
  }
  return view;
}

/** Everything with a day, own rows first by day, as the timeline takes it. @param {RoadmapView} view */
export function rows(view) {
  const byCase = view.lanes === "case";
  const fixed = byCase || !view.editable;
  /** @param {Meeting} row */
  const there = (row) => row.starts_on && !(view.hides_cancelled && row.certainty === "Cancelled");
  const own = [
    ...inSeries(view.meetings.filter(there)).map((/** @type {Meeting} */ row) => ({
      ...row, key: row.id, lane: byCase ? "case" : row.kind, fixed, label: row.again ? row.again.label : byCase ? withKind(row) : row.title,
      marks: view.marks?.[row.id], agreed: view.agreed?.[row.id],
    })),
    ...view.milestones.filter((row) => row.due_on).map((row) => ({
      ...row, key: row.id, lane: byCase ? "case" : "Milestones", milestone: true, fixed, label: row.title,
      starts_on: row.due_on, ends_on: row.due_on, agreed: view.agreed?.[row.id],
    })),
    ...tasks(view),
  ];
  const others = view.others.flatMap((other) => inSeries(other.meetings.filter(there)).map((/** @type {Meeting} */ row) => ({
    ...row, key: `other ${row.id}`, lane: `case ${other.id}`, fixed: true, of: other.title,
    label: !view.title ? inShort(row) : row.again ? row.again.label : withKind(row),
  })));
  /** @param {any} a @param {any} b */
  const byDay = (a, b) => (a.starts_on < b.starts_on ? -1 : a.starts_on > b.starts_on ? 1 : a.key < b.key ? -1 : 1);
  return [...own.sort(byDay), ...others.sort(byDay)];
}

/**
 * Meetings of a series are drawn small, and the last one alone has the title, with how many they are.
 * @param {any} meetings
 */
function inSeries(meetings) {
  const series = new Map();
  for (const row of meetings) {
    if (row.series_id) series.set(row.series_id, [...(series.get(row.series_id) || []), row]);
  }
  for (const found of series.values()) found.sort((/** @type {any} */ a, /** @type {any} */ b) => (a.starts_on < b.starts_on ? -1 : 1));
  return meetings.map((/** @type {Meeting} */ row) => {
    const found = series.get(row.series_id);
    if (!found || found.length < 2) return row;
    const number = found.indexOf(row) + 1;
    const last = number === found.length;
    return { ...row, again: { number, count: found.length, label: last ? `${row.title} · ${found.length}×` : "" } };
  });
}

/**
 * Tasks before and after meetings: shown by their day, changed in the card of their meeting.
 * @param {RoadmapView} view
 */
function tasks(view) {
  if (view.lanes === "case") return [];
  const titles = new Map(view.meetings.map((row) => [row.id, row.title]));
  return (view.tasks || []).filter((/** @type {any} */ task) => titles.has(task.meeting_id)).map((/** @type {any} */ task) => ({
    id: task.id, key: task.id, kind: "Task", lane: "Tasks", milestone: true, task: true, fixed: true, opens: task.meeting_id,
    title: `${task.title} (for ${titles.get(task.meeting_id)})`, label: task.title, place: task.owner,
    certainty: task.done_on ? "Held" : "Tentative", starts_on: task.due_on, ends_on: task.due_on,
  }));
}

/**
 * Where a hundred roadmaps share the screen a title has room for its beginning only, such as «CoP 2».
 * @param {Meeting} row
 */
function inShort(row) {
  const [start] = row.title.split(/[:,(]/);
  return row.kind === "CoP meeting" && start.length <= 8 ? start : "";
}

/** @param {Meeting} row */
function withKind(row) {
  return row.kind === "CoP meeting" ? row.title : `${row.title} · ${row.kind}`;
}

/** The lanes from top to bottom. @param {RoadmapView} view */
export function lanes(view) {
  const used = new Set(view.palette ? [] : rows(view).map((row) => row.lane));
  const own = view.lanes === "case"
    ? (view.title ? [{ id: "case", title: view.title }] : [])
    : [...view.kinds.filter(({ name }) => view.palette || used.has(name)).map(({ name, lane }) => ({ id: name, title: lane })),
      ...(view.palette || used.has("Milestones") || !used.size ? [{ id: "Milestones", title: "Milestones" }] : []),
      ...(view.tasks?.length ? [{ id: "Tasks", title: "Preparation" }] : [])];
  return [{ id: STRIP, title: "", look: "strip" }, ...own, ...view.others.map((other) => ({ id: `case ${other.id}`, title: other.title, look: "other" }))];
}

/**
 * What is coloured behind the lanes.
 * @param {any} given
 */
export function bands({ starts_on, ends_on, launch_from, launch_until }) {
  const bands = [];
  if (launch_from || launch_until) {
    const from = launch_from || starts_on || launch_until;
    const until = launch_until || ends_on || launch_from;
    if (from <= until) bands.push({ id: "band launch", look: "launch", title: "Launch window", from, until });
  }
  if (starts_on) bands.push({ id: "band before", look: "outside", title: "", from: "1900-01-01", until: plus(starts_on, -1) });
  if (ends_on) bands.push({ id: "band after", look: "outside", title: "", from: plus(ends_on, 1), until: "2200-12-31" });
  return bands;
}

/**
 * Days marked by a line from top to bottom.
 * @param {any} given
 * @returns {{id: string, day: string, title: string}[]}
 */
export function lines({ starts_on, ends_on, today, today_label }) {
  return /** @type {any[]} */ ([
    starts_on && { id: "line-start", day: starts_on, title: `project starts ${shown(starts_on)}` },
    ends_on && { id: "line-end", day: plus(ends_on, 1), title: `project ends ${shown(ends_on)}` },
    { id: "line-today", day: today, title: today_label },
  ]).filter(Boolean);
}

/**
 * From the first day to the last, with room for the titles at the end of a plot that is so many pixels wide.
 * @param {RoadmapView} view
 */
export function whole(view, width = 1000) {
  const { starts_on, ends_on, launch_from, launch_until, today } = view;
  /** @param {Meeting} row */
  const counts = (row) => !row.of || !view.title;
  const days = rows(view).filter(counts).flatMap((row) => [row.starts_on, row.ends_on]);
  if (starts_on || ends_on) days.push(starts_on, ends_on);
  else if (!days.length) days.push(launch_from, launch_until, plus(today, -90), plus(today, 275));
  const known = days.filter(Boolean).sort();
  const [from, until] = [known[0], known[known.length - 1]];
  const length = Math.max(60, between(from, until));
  const first = plus(from, -Math.ceil(length * 0.03));
  const needed = rows(view).filter(counts).map((row) => {
    const pixels = Math.min(0.6 * width, 48 + 7.5 * Math.min(row.label.length, 40));
    return between(first, row.starts_on) * (width / (width - pixels));
  });
  return { from: first, until: plus(first, Math.ceil(Math.max(length * 1.08, ...needed.filter((days) => days < length * 1.7)))) };
}
