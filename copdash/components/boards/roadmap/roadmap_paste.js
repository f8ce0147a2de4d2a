/** Lines of dates and titles pasted onto the board: a meeting each, and a sentence about what was not understood. */

import { isTyping, newId } from "../shared/board.js";
import { MEETING } from "../shared/effects.js";
import { planned_all } from "../shared/gestures.js";
import { block, meetings as written } from "../shared/pasted.js";
import { counted, verb } from "../shared/words.js";

const MOST = 200;

/** @param {ClipboardEvent} event @param {any} board @param {any} view */
export function pasted(event, board, view) {
  if (isTyping(event) || view.lanes === "case") return;
  const rows = block(event.clipboardData);
  const { found, unread } = written(rows);
  if (!found.length && !rows.some((row) => row.some((cell) => /\d/.test(cell)))) return;
  event.preventDefault();
  const meetings = found.slice(0, MOST).map(({ day, until, begins, title }) => ({
    id: newId(),
    values: { title, kind: MEETING.kind, theme: "", starts_on: day, ends_on: until, certainty: "Tentative", day_starts_at: begins },
  }));
  if (meetings.length && !board.send(planned_all({ meetings }))) return;
  const said = [];
  if (found.length) {
    const pasted = Math.min(MOST, found.length);
    said.push(`${counted(pasted, "meeting")} ${verb(pasted, "was")} pasted onto the timeline, as tentative.`);
  }
  if (found.length > MOST) said.push(`The ${found.length - MOST} lines after them were left out; paste ${MOST} at a time.`);
  if (unread.length) {
    const first = unread.slice(0, 2).map((line) => `«${line.slice(0, 60)}»`).join(", ");
    const which = unread.length === 1 ? `This line was not understood: ${first}.` : `${counted(unread.length, "line")} were not understood: ${first}${unread.length > 2 ? " and more" : ""}.`;
    said.push(`${which} Write a date and a title, such as 2021-11-03, CoP 2: barriers.`);
  }
  board.say(said.join(" "));
}
