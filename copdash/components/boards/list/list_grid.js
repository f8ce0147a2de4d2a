/**
 * Where the person is in the table: the focused cell, the range around it, and the keys and pointers that move them.
 * Cells are known by the row's id and the field, never by position, so nothing others do moves them to another row.
 *
 * @typedef {{id: string, field: string}} Place
 */
import { brief } from "./list_rules.js";
import { redo, undo } from "../shared/gestures.js";

export class Grid {
  /** @type {any} */ isLeaving;
  /** @type {boolean} */ isDragging;

  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    /** @type {any} */ this.cursor = null;
    /** @type {any} */ this.anchor = null;
    /** @type {string | null} */ this.tabbedFrom = null;
    this.listen();
  }

  get order() { return this.list.table.order; }
  get fields() { return this.list.shownColumns().map((column) => column.name); }

  /** Rows and fields of the range: from the anchor to the cursor. */
  range() {
    if (!this.cursor) return { ids: [], fields: [] };
    const anchor = this.anchor || this.cursor;
    return {
      ids: between(this.order, anchor.id, this.cursor.id),
      fields: between(this.fields, anchor.field, this.cursor.field),
    };
  }

  isRange() {
    return Boolean(this.anchor && this.cursor && (this.anchor.id !== this.cursor.id || this.anchor.field !== this.cursor.field));
  }

  /** Put the cursor on a cell; with `extend` the range grows to it. @param {Place|null} place */
  go(place, { extend = false, reveal = true } = {}) {
    if (place && !extend) this.anchor = place;
    this.cursor = place;
    if (place && reveal) this.list.table.reveal(place.id, place.field);
    this.list.repaint();
    this.announce();
  }

  /** After rows or columns changed: stay on the cell, or on its neighbour where it is gone. @param {string[]} before */
  keep(before) {
    /** @param {any} place */
    const stay = (place) => {
      if (!place) return null;
      const field = this.fields.includes(place.field) ? place.field : "name";
      if (this.order.includes(place.id)) return { id: place.id, field };
      const at = Math.min(Math.max(before.indexOf(place.id), 0), this.order.length - 1);
      return at < 0 ? null : { id: this.order[at], field };
    };
    this.cursor = stay(this.cursor);
    this.anchor = stay(this.anchor);
  }

  /** Move by rows and columns. @param {number} down @param {number} across */
  move(down, across, options = {}) {
    const { order, fields } = this;
    const from = this.cursor || { id: order[0], field: fields[0] };
    const row = clamp(order.indexOf(from.id) + down, order.length);
    const column = clamp(fields.indexOf(from.field) + across, fields.length);
    this.go({ id: order[row], field: fields[column] }, options);
  }

  /**
   * The next cell to the right (or left), on the next line at the end; false where the table ends.
   * @param {boolean} isBack
   */
  tab(isBack) {
    const { order, fields } = this;
    if (!this.cursor) return false;
    const step = isBack ? -1 : 1;
    const at = order.indexOf(this.cursor.id) * fields.length + fields.indexOf(this.cursor.field) + step;
    if (at < 0 || at >= order.length * fields.length) return false;
    if (!isBack) this.tabbedFrom ??= this.cursor.field;
    this.go({ id: order[Math.floor(at / fields.length)], field: fields[at % fields.length] });
    return true;
  }

  /** After Enter in a cell: the cell below, in the column where the tabbing began. @param {boolean} isBack */
  enter(isBack) {
    const field = this.tabbedFrom && this.fields.includes(this.tabbedFrom) ? this.tabbedFrom : this.cursor.field;
    this.tabbedFrom = null;
    const { list } = this;
    if (list.folds.by && !isBack && list.justAdded === this.cursor.id) {
      this.go({ id: list.draft.id, field }); // the row stands under its heading; the next one is typed at the end
      return;
    }
    this.cursor = { id: this.cursor.id, field };
    this.move(isBack ? -1 : 1, 0);
  }

  /** A key pressed while no cell is open. @param {KeyboardEvent} event */
  onKey(event) {
    const isCommand = event.ctrlKey || event.metaKey;
    const { list } = this;
    if (/^(Arrow|Page|Home|End|Escape)/.test(event.key)) this.tabbedFrom = null;
    const arrow = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const page = Math.max(1, Math.floor(list.table.holder.clientHeight / list.table.tabulator.options.rowHeight) - 1);
    const options = { extend: event.shiftKey };
    const all = this.order.length + this.fields.length;
    let isHandled = true;
    if (arrow && event.altKey && event.key === "ArrowDown") list.open("edit");
    else if (arrow) this.move(arrow[0] * (isCommand ? all : 1), arrow[1] * (isCommand ? all : 1), options);
    else if (event.key === "Tab") isHandled = !this.isLeaving && this.tab(event.shiftKey);
    else if (event.key === "Enter" || event.key === "F2") list.open("edit");
    else if (event.key === "Home") this.move(isCommand ? -all : 0, -all, options);
    else if (event.key === "End") this.move(isCommand ? all : 0, all, options);
    else if (event.key === "PageDown") this.move(page, 0, options);
    else if (event.key === "PageUp") this.move(-page, 0, options);
    else if (event.key === "Escape") this.go(this.cursor);
    else if ((event.key === "Delete" || event.key === "Backspace") && isCommand) list.remove();
    else if (event.key === "Delete" || event.key === "Backspace") list.clear();
    else if (event.key === " " && event.shiftKey) list.tickRange();
    else if (isCommand && event.key.toLowerCase() === "a") this.all();
    else if (isCommand && !event.altKey && event.key.toLowerCase() === "z") list.board.send(event.shiftKey ? redo() : undo());
    else if (isCommand && !event.altKey && event.key.toLowerCase() === "y") list.board.send(redo());
    else {
      isHandled = false;
      if (event.key.length === 1 && !isCommand && !list.mayEdit()) isHandled = true;
    }
    this.isLeaving = event.key === "Escape" || (this.isLeaving && event.key === "Shift");
    if (isHandled) event.preventDefault();
  }

  all() {
    if (!this.order.length) return;
    this.anchor = { id: this.order[0], field: this.fields[0] };
    const last = this.order[this.order.length - 2] || this.order[0];
    this.go({ id: last, field: this.fields[this.fields.length - 1] }, { extend: true, reveal: false });
  }

  // ---- pointers -----------------------------------------------------------------------------------------------------

  listen() {
    const { place } = this.list.table;
    const { signal } = this.list.board.listeners;
    place.addEventListener("pointerdown", (event) => this.onDown(event), { signal });
    place.addEventListener("mousedown", (event) => { if (this.at(event)) event.preventDefault(); }, { signal });
    place.addEventListener("click", (event) => this.onClick(event), { signal });
    place.addEventListener("dblclick", (event) => {
      if (this.at(event)) this.list.open("edit");
    }, { signal });
    window.addEventListener("pointermove", (event) => this.onMove(event), { signal });
    window.addEventListener("pointerup", () => { this.isDragging = false; }, { signal });
    window.addEventListener("pointercancel", () => { this.isDragging = false; }, { signal });
  }

  /** @param {MouseEvent} event */
  at(event) {
    const cell = event.target.closest?.(".tabulator-cell");
    const id = cell?.closest(".tabulator-row")?.dataset.id;
    const field = cell?.getAttribute("tabulator-field");
    return id && field && field !== "tick" ? { id, field } : null;
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    const place = this.at(event);
    if (!place || event.pointerType !== "mouse" || event.button !== 0) return;
    event.preventDefault();
    this.visit(place, event.shiftKey);
    this.isDragging = true;
  }

  /**
   * Fingers and pens: a tap goes to the cell, a tap on the focused cell opens it; dragging scrolls.
   * @param {PointerEvent} event
   */
  onClick(event) {
    const place = this.at(event);
    if (!place || event.pointerType === "mouse") return;
    const isThere = this.cursor && this.cursor.id === place.id && this.cursor.field === place.field;
    this.visit(place, false);
    if (isThere) this.list.open("edit");
  }

  /** @param {any} place @param {boolean} extend */
  visit(place, extend) {
    if (!this.list.entry.commit({ isSure: false })) {
      this.list.entry.focus();
      return;
    }
    this.tabbedFrom = null;
    this.go(place, { extend, reveal: false });
    this.list.table.reveal(place.id, place.field);
    this.list.entry.focus();
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (!this.isDragging) return;
    const { holder } = this.list.table;
    const edge = holder.getBoundingClientRect();
    if (event.clientY > edge.bottom) holder.scrollTop += 24;
    if (event.clientY < edge.top) holder.scrollTop -= 24;
    const inside = clampTo(event.clientY, edge.top + 2, edge.top + holder.clientHeight - 2);
    const place = this.list.table.under(clampTo(event.clientX, edge.left + 2, edge.right - 2), inside);
    if (place && (place.id !== this.cursor.id || place.field !== this.cursor.field)) this.go(place, { extend: true, reveal: false });
  }

  // ---- drawing ------------------------------------------------------------------------------------------------------

  /** Mark the focused cell and the range on the rows that are drawn now. */
  paint() {
    const { ids, fields } = this.range();
    const inRange = this.isRange();
    const rows = new Set(ids);
    const columns = new Set(fields);
    for (const row of this.list.table.place.querySelectorAll(".tabulator-row")) {
      const { id } = row.dataset;
      const isRow = rows.has(id ?? "");
      row.classList.toggle("list-ticked", this.list.ticked.has(id));
      row.classList.toggle("list-current", this.cursor?.id === id);
      for (const cell of row.children) {
        const field = cell.getAttribute("tabulator-field");
        const isCursor = this.cursor?.id === id && this.cursor.field === field;
        cell.classList.toggle("list-in-range", inRange && isRow && columns.has(field ?? ""));
        cell.classList.toggle("list-cursor", isCursor);
      }
    }
  }

  /** Say where the cursor is, for those who listen instead of look. */
  announce() {
    const row = this.cursor && this.list.rowOf(this.cursor.id);
    if (!row) return;
    const column = this.list.byName[this.cursor.field];
    const { ids, fields } = this.range();
    const where = `${column.label}, ${row.name ? brief(row.name) : "new row"}: ${brief(row[column.name]) || "empty"}`;
    this.list.tellCursor(this.isRange() ? `${where}; ${ids.length} by ${fields.length} cells selected` : where);
  }
}

/** @param {string[]} list @param {string} a @param {string} b */
function between(list, a, b) {
  const from = list.indexOf(a);
  const to = list.indexOf(b);
  return from < 0 || to < 0 ? [] : list.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/** @param {number} value @param {number} length */
function clamp(value, length) {
  return Math.max(0, Math.min(length - 1, value));
}

/** @param {number} value @param {number} least @param {number} most */
function clampTo(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
