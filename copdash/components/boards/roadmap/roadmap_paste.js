/** Lines of dates and titles pasted onto the board: a meeting each, and a sentence about what was not understood. */

import { isTyping, newId } from "../shared/board.js";
import { readLines } from "../shared/days.js";
import { MEETING } from "../shared/effects.js";
import { planned_all } from "../shared/gestures.js";

const MOST = 200;

/** @param {ClipboardEvent} event @param {any} board @param {any} view */
export function pasted(event, board, view) {
  if (isTyping(event) || view.lanes === "case") return;
  const text = event.clipboardData?.getData("text/plain") || "";
  if (!text.trim()) return;
  const { found, unread } = readLines(text);
  if (!found.length && !/\d/.test(text)) return;
  event.preventDefault();
  const meetings = found.slice(0, MOST).map(({ day, title }) => ({
    id: newId(),
    values: { title, kind: MEETING.kind, theme: "", starts_on: day, ends_on: day, certainty: "Planned" },
  }));
  if (meetings.length && !board.send(planned_all({ meetings }))) return;
  const said = [];
  if (found.length) said.push(found.length === 1 ? "1 meeting was pasted onto the timeline." : `${Math.min(MOST, found.length)} meetings were pasted onto the timeline.`);
  if (found.length > MOST) said.push(`The ${found.length - MOST} lines after them were left out; paste ${MOST} at a time.`);
  if (unread.length) {
    const first = unread.slice(0, 2).map((line) => `«${line.slice(0, 60)}»`).join(", ");
    const which = unread.length === 1 ? `This line was not understood: ${first}.` : `${unread.length} lines were not understood: ${first}${unread.length > 2 ? " and more" : ""}.`;
    said.push(`${which} Write a date and a title, such as 2021-11-03, CoP 2: barriers.`);
  }
  board.say(said.join(" "));
}
