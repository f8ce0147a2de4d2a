/**
 * Between a spreadsheet's clipboard and the list: text with tabs and quotes in, cells out, and back. Touches no page.
 */
import { folded } from "../shared/words.js";
import { clean, Refused, shown } from "./list_rules.js";

/** Cells that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Cells as a spreadsheet takes them from the clipboard; what it would take for a formula gets an apostrophe.
 * @param {unknown[][]} rows
 */
export function serialise(rows) {
  return rows
    .map((row) => row.map((value) => {
      const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : shown(value);
      return /["\t\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    }).join("\t"))
    .join("\n");
}

/**
 * The columns named in a header row, or null where the row is no header: each of its words is a label that a column
 * has here, or has where nobody renamed it.
 * @param {string[]} row @param {import("./list_rules.js").Column[]} columns
 */
export function header(row, columns) {
  /** @param {string} word */
  const named = (word) => columns.find((c) => folded(c.label) === word) || columns.find((c) => folded(c.standard) === word || c.name === word);
  const found = row.map((cell) => named(folded(cell).trim()));
  const known = found.filter(Boolean);
  const filled = row.filter((cell) => cell.trim()).length;
  return known.length && known.length === filled && new Set(known).size === known.length ? found : null;
}

/**
 * What a pasted block does.
 * @param {string[][]} block rows of cells
 * @param {{columns: any[], all: any[], rows: any[], newId: () => string, draft: Record<string, any>}} target
 *   `columns` from the focused one on, `all` columns, `rows` from the focused one on (null ends them: new rows follow)
 * @returns {{edits: any[], additions: any[], left: {where: string, value: string, sentence: string}[], beyond: number}}
 */
export function plan(block, target) {
  /** @type {{edits: Edit[], additions: Addition[], left: Left[], beyond: number}} */
  const plan = { edits: [], additions: [], left: [], beyond: 0 };
  const named = block.length > 1 ? header(block[0], target.all) : null;
  const lines = named ? block.slice(1) : block;
  const columns = named || target.columns;
  lines.forEach((line, at) => {
    const row = target.rows[at];
    /** @type {Values} */ const values = {};
    line.forEach((cell, across) => {
      const column = columns[across];
      if (!column) {
        if (cell.trim()) plan.beyond += 1;
        return;
      }
      try {
        values[column.name] = clean(column, cell);
      } catch (wrong) {
        if (!(wrong instanceof Refused)) throw wrong;
        if (cell.trim() || row) plan.left.push({ where: row ? row.name : `Row ${at + 1}`, value: cell, sentence: wrong.message });
      }
    });
    if (row) {
      const changed = Object.keys(values).filter((name) => values[name] !== row[name]);
      if (changed.length) plan.edits.push(revision(row, changed, values));
      return;
    }
    const filled = { ...(at === target.rows.length ? target.draft : {}), ...only(values) };
    if (filled.name) plan.additions.push({ id: target.newId(), values: filled });
    else if (Object.keys(filled).length) {
      plan.left.push({ where: `Row ${at + 1}`, value: line.join("\t"), sentence: "A new stakeholder needs a name." });
    }
  });
  return plan;
}

/**
 * One row's part of the gesture `edited`: the new values beside those on screen.
 * @param {Stakeholder} row @param {string[]} names @param {Values} values
 */
export function revision(row, names, values) {
  return {
    id: row.id,
    values: Object.fromEntries(names.map((name) => [name, values[name]])),
    seen: Object.fromEntries(names.map((name) => [name, row[name]])),
  };
}

/** @param {Values} values */
function only(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== null));
}

/**
 * Gestures of at most `most` rows each, additions first, in the order given.
 * @param {{edits: Edit[], additions: Addition[]}} given
 */
export function portions({ edits, additions }, most = 2000) {
  /** @type {{edits: Edit[], additions: Addition[]}[]} */ const parts = [];
  for (let at = 0; at < additions.length; at += most) parts.push({ edits: [], additions: additions.slice(at, at + most) });
  const last = parts[parts.length - 1];
  let from = 0;
  if (last && last.additions.length < most) {
    from = most - last.additions.length;
    last.edits = edits.slice(0, from);
  }
  for (let at = from; at < edits.length; at += most) parts.push({ edits: edits.slice(at, at + most), additions: [] });
  return parts.filter((part) => part.edits.length || part.additions.length);
}
