/**
 * Which rows are in sight, and in what order. Rows stay where they are while somebody works in the table: an edit that
 * leaves the filter or the sorting behind takes effect when the work there ends. Touches no page.
 *
 * @typedef {{search: string, groups: Set<string>, membership: string, rated: string,
 *            sort: {field: string, down: boolean}|null}} Question
 */
import { seeker } from "../shared/words.js";

export const NOT_SET = "Not set";

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** A question that hides nothing. @returns {Question} */
export function everything() {
  return { search: "", groups: new Set(), membership: "", rated: "", sort: null };
}

/** Whether the question hides rows. @param {Question} question */
export function hides(question) {
  return Boolean(question.search.trim() || question.groups.size || question.membership || question.rated);
}

/** Whether a row has both power and interest. @param {Stakeholder} row */
export function isRated(row) {
  return row.power !== null && row.interest !== null && row.power !== undefined && row.interest !== undefined;
}

/**
 * The rows that the question asks for, in its order. @param {any[]} rows @param {Question} question
 * @param {Column[]} columns
 */
export function asked(rows, question, columns) {
  const asks = question.search.trim() ? seeker(question.search) : null;
  const found = rows.filter((row) => matches(row, question, asks, columns));
  if (!question.sort) return found;
  const { sort } = question;
  const column = /** @type {Column} */ (columns.find((c) => c.name === sort.field));
  const turn = sort.down ? -1 : 1;
  return found.sort((a, b) => compare(column, a[column.name], b[column.name], turn));
}

/**
 * @param {Stakeholder} row @param {import("./list_order.js").Question} question
 * @param {((...texts: unknown[]) => boolean) | null} asks
 * @param {Column[]} columns
 */
function matches(row, question, asks, columns) {
  if (question.groups.size && !question.groups.has(row.group || NOT_SET)) return false;
  if (question.membership && (row.membership || NOT_SET) !== question.membership) return false;
  if (question.rated && isRated(row) !== (question.rated === "rated")) return false;
  return !asks || asks(...columns.map((column) => row[column.name]));
}

/** @param {Column} column @param {any} a @param {any} b @param {number} turn */
function compare(column, a, b, turn) {
  /** @param {unknown} value */
  const isEmpty = (value) => value === "" || value === null || value === undefined;
  if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
  if (column.shape === "rating") return turn * (a - b);
  if (column.choices) return turn * (column.choices.indexOf(a) - column.choices.indexOf(b));
  return turn * collator.compare(a, b);
}

/**
 * The new order where rows must not jump: those in sight stay, new ones come after the one they follow.
 * @param {string[]} before ids in sight @param {string[]} fresh ids as asked for now @param {Set<string>} alive
 */
export function pinned(before, fresh, alive) {
  const kept = before.filter((id) => alive.has(id));
  const there = new Set(kept);
  fresh.forEach((id, at) => {
    if (there.has(id)) return;
    kept.splice(at ? kept.indexOf(fresh[at - 1]) + 1 : 0, 0, id);
    there.add(id);
  });
  return kept;
}
