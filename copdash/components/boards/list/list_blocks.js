/** Blocks of cells between the list and the clipboard: copied from the range, pasted at it or at the end of the list. */
import { element, isTyping, newId } from "../shared/board.js";
import { block } from "../shared/pasted.js";
import { counted, verb } from "../shared/words.js";
import { plan, serialise } from "./list_clipboard.js";

export class Blocks {
  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    const { signal } = list.board.listeners;
    document.addEventListener("paste", (event) => this.onPaste(event), { signal });
    document.addEventListener("copy", (event) => this.onCopy(event), { signal });
    document.addEventListener("cut", (event) => { if (this.onCopy(event)) list.clear(); }, { signal });
  }

  /** @param {ClipboardEvent} event */
  onPaste(event) {
    const { list } = this;
    if (isTyping(event) && event.composedPath()[0] !== list.entry.text) return;
    if (list.entry.isOpen || document.querySelector('[role="dialog"]')) return;
    const cells = block(event.clipboardData);
    event.preventDefault();
    if (cells.length && list.mayEdit()) this.paste(cells);
  }

  /** Put a block of cells at the range; without one, at the end of the list. @param {string[][]} block */
  paste(block) {
    const { list } = this;
    if (!block.length) return;
    const { order } = list.table;
    const { ids, fields } = list.grid.range();
    const shownNames = list.shownColumns();
    const first = ids.length ? order.indexOf(ids[0]) : order.length - 1;
    const from = fields.length ? shownNames.findIndex((column) => column.name === fields[0]) : 0;
    const rows = order.slice(first).filter((id) => id !== list.draft.id).map((id) => list.known.get(id));
    const change = plan(spread(block, ids.length, fields.length), {
      columns: shownNames.slice(from), all: list.columns, rows, draft: list.addition(list.draft).values, newId,
    });
    if (change.additions.length) list.startDraft();
    list.send(change);
    this.afterPaste(change);
  }

  /** @param {{edits: Edit[], additions: Addition[], left: Left[], beyond: number}} given */
  afterPaste({ edits, additions, left, beyond }) {
    const { list } = this;
    if (left.length) {
      list.held.show(`${counted(left.length, "value")} ${verb(left.length, "was")} left out; everything else is in the list.`, left);
    } else if (beyond) {
      list.board.say(`${counted(beyond, "cell")} ${verb(beyond, "lies")} to the right of the last column and ${verb(beyond, "was")} left out. Show more columns, or paste with a header row.`);
    }
    list.entry.focus();
    const touched = [...edits, ...additions];
    if (!touched.length || list.grid.isRange()) return;
    const { cursor } = list.grid;
    const start = cursor && list.known.has(cursor.id) ? cursor : { id: touched[0].id, field: cursor?.field || "name" };
    list.grid.go(start, { reveal: false });
    const last = touched[touched.length - 1].id;
    if (list.table.order.includes(last)) list.grid.go({ id: last, field: start.field }, { extend: true });
  }

  /** @param {ClipboardEvent} event */
  onCopy(event) {
    const { list } = this;
    if (event.composedPath()[0] !== list.entry.text || list.entry.isOpen || !list.grid.cursor) return false;
    const { ids, fields } = list.grid.range();
    event.preventDefault();
    event.clipboardData?.setData("text/plain", serialise(ids.map((id) => fields.map((field) => list.rowOf(id)?.[field]))));
    return true;
  }

  /** Put a text on the clipboard, from a button. @param {string} text */
  write(text) {
    const { list } = this;
    const area = element("textarea", { class: "list-spoken", "aria-hidden": "true" });
    area.value = text;
    list.layer.append(area);
    const back = list.entry.hasFocus;
    list.entry.isWaking = true;
    area.select();
    document.execCommand("copy");
    area.remove();
    if (back) list.entry.focus();
    list.entry.isWaking = false;
    list.tellCursor("Copied");
  }
}

/**
 * A copied cell or line again and again over a larger range, as spreadsheets do it.
 * @param {string[][]} block @param {number} rows @param {number} columns
 */
function spread(block, rows, columns) {
  const wide = columns > 1 && block.every((line) => line.length === 1) ? block.map(([cell]) => Array(columns).fill(cell)) : block;
  const times = rows > wide.length && rows % wide.length === 0 ? rows / wide.length : 1;
  return Array.from({ length: times }, () => wide).flat();
}
