/**
 * The list of stakeholders as a spreadsheet: type, paste, choose, sort, search, filter, change many rows together.
 *
 * Tabulator draws the rows (list_table.js); the cursor and the one field to type in are ours (list_grid.js,
 * list_entry.js), so that what somebody types stays where it is whatever others do meanwhile.
 */
import { element, isDark, mount, newId } from "../shared/board.js";
import { Blocks } from "./list_blocks.js";
import { portions, revision } from "./list_clipboard.js";
import { Entry } from "./list_entry.js";
import { Folds } from "./list_folds.js";
import { Grid } from "./list_grid.js";
import { Held } from "./list_held.js";
import { keep, recall } from "../shared/memory.js";
import { asked, everything, hides, pinned } from "./list_order.js";
import { counted, folded } from "../shared/words.js";
import { learn } from "./list_rules.js";
import { Table, TICK, WIDTHS } from "./list_table.js";
import { Bar, Groups, Selection } from "./list_tools.js";
import { edited, removed } from "../shared/gestures.js";

const CHOSEN = "copdash.list.columns";
const ROOM_FOR = ["role", "organisation", "themes", "kind"];

export class List {
  /** The row at the end that has no name yet. @type {any} */ draft;
  /** The rows as they will be once everything sent is done. @type {Stakeholder[]} */ view;
  /** @type {Column[]} */ columns;
  /** @type {Record<string, Column>} */ byName;
  /** @type {Groups} */ groups;
  /** @type {Bar} */ bar;
  /** @type {Selection} */ selection;
  /** @type {Held} */ held;
  /** @type {HTMLDivElement} */ frame;
  /** @type {HTMLDivElement} */ layer;
  /** @type {HTMLDivElement} */ spoken;
  /** @type {HTMLDivElement} */ welcome;
  /** @type {Table} */ table;
  /** @type {Entry} */ entry;
  /** @type {Grid} */ grid;
  /** @type {boolean} */ isBuilt;
  /** @type {Blocks} */ blocks;
  /** @type {number} */ found;
  /** @type {any} */ repainting;
  /** @type {string} */ lastTick;
  /** @type {string} */ justAdded;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.columns = board.data.columns;
    this.byName = Object.fromEntries(this.columns.map((column) => [column.name, column]));
    this.legend = board.data.legend;
    this.view = board.data.stakeholders;
    this.known = new Map();
    this.draft = { ...this.newDraft(), ...recall(sessionStorage, this.draftKey) };
    this.ticked = new Set();
    /** Rows added here that the filter would hide. */ this.own = new Set();
    this.question = everything();
    this.folds = new Folds(this);
    /** What a new row begins with, as long as rows are added under one heading. */ this.preset = {};
    board.root.classList.add("list");
    this.chosen = recall(localStorage, CHOSEN) || this.fitting();
    board.style("vendor/tabulator_simple.min.css");
    this.build();
    learn();
  }

  build() {
    const { board } = this;
    this.groups = new Groups(this);
    this.bar = new Bar(this);
    this.selection = new Selection(this);
    this.held = new Held(this);
    this.frame = element("div", { class: "list-frame" });
    this.layer = element("div", { class: "list-layer" });
    this.spoken = element("div", { class: "list-spoken", "aria-live": "polite" });
    this.welcome = element(
      "div", { class: "list-welcome", hidden: true },
      element("button", { type: "button", class: "list-add", onclick: () => this.startRow() }, "Type the first name"),
      element("p", {}, "Or copy rows in a spreadsheet and press Ctrl+V here. With a header row such as Name, Group, Power each column finds its place."),
    );
    board.root.append(this.groups.root, this.bar.root, this.frame, this.held.root, this.selection.root, this.spoken);
    board.styled().then(() => {
      this.table = new Table(this, this.frame);
      this.frame.append(this.welcome, this.layer);
      this.entry = new Entry(this, this.layer);
      this.grid = new Grid(this);
      return this.table.ready;
    }).then(() => {
      if (board.listeners.signal.aborted) return;
      this.isBuilt = true;
      this.listen();
      this.render(this.view);
      board.root.dataset.ready = "true";
    });
  }

  listen() {
    const { signal } = this.board.listeners;
    this.blocks = new Blocks(this);
    window.addEventListener("resize", () => this.repaint(), { signal });
  }

  /** The columns of the first look, and more where there is room for them. */
  fitting() {
    const chosen = Object.fromEntries(this.columns.map((column) => [column.name, column.shown]));
    let room = this.board.root.clientWidth - TICK - 20;
    for (const name in chosen) if (chosen[name]) room -= WIDTHS[name];
    for (const name of ROOM_FOR.filter((field) => field in chosen)) {
      room -= WIDTHS[name];
      if (room >= 0) chosen[name] = true;
    }
    return chosen;
  }

  // ---- what is there ------------------------------------------------------------------------------------------------

  newDraft() {
    return { id: newId(), ...Object.fromEntries(this.columns.map((c) => [c.name, c.shape === "rating" ? null : ""])) };
  }

  /** A new empty row at the end; what the old one held is on its way. */
  startDraft() {
    this.draft = { ...this.newDraft(), ...this.preset };
    keep(sessionStorage, this.draftKey, {});
  }

  /** Where this tab keeps a row that has no name yet. */
  get draftKey() { return `copdash.list.draft.${this.board.data.case_study_id}`; }

  /** @param {string} id */
  rowOf(id) {
    return id === this.draft.id ? this.draft : this.known.get(id);
  }

  /**
   * The words that a column offers: its vocabulary, or the names of the organisations of this list.
   * @param {Column} column
   */
  offersOf(column) {
    if (column.choices || !column.suggests) return column.choices;
    const names = new Map();
    for (const row of this.view) if (row.kind === "Organisation") names.set(folded(row.name), row.name);
    for (const row of this.view) if (row[column.name] && !names.has(folded(row[column.name]))) names.set(folded(row[column.name]), row[column.name]);
    return [...names.values()].sort((a, b) => a.localeCompare(b));
  }

  shownColumns() {
    return this.columns.filter((column) => this.isShown(column));
  }

  /** @param {Column} column */
  isShown(column) {
    return column.name === "name" || Boolean(this.chosen[column.name] ?? column.shown);
  }

  /** Whether changes are allowed; a viewer is told that they are not. */
  mayEdit() {
    if (!this.board.data.editable) this.board.mayEdit();
    return this.board.data.editable;
  }

  /** New rows: from the server, or from a gesture of one's own. @param {Stakeholder[]} view */
  render(view) {
    this.view = view;
    this.known = new Map(view.map((row) => [row.id, row]));
    if (!this.isBuilt) return;
    this.board.root.classList.toggle("dark", isDark(this.board.root));
    for (const id of this.ticked) if (!this.known.has(id)) this.ticked.delete(id);
    this.arrange();
    this.entry.review();
  }

  /** Bring the rows into order and onto the screen. While somebody works in the table, nothing jumps. */
  arrange({ isNew = false } = {}) {
    const { table, grid, question, folds } = this;
    const before = table.order;
    const alive = new Set(this.known.keys());
    const isWorking = (this.entry.hasFocus || this.entry.isOpen) && !isNew;
    let order = asked(this.view, question, this.columns).map((row) => row.id);
    this.found = order.length;
    if (isWorking && (question.sort || hides(question) || folds.by)) {
      const known = new Set(order);
      order.push(...this.view.filter((row) => this.own.has(row.id) && !known.has(row.id)).map((row) => row.id));
      order = pinned(before.filter((id) => id !== this.draft.id), order, alive);
    } else this.own.clear();
    const hold = this.entry.at?.id || grid.cursor?.id;
    const laid = folds.lay(order.map((id) => this.known.get(id)), this.draft.id, isWorking);
    table.sync([...folds.heads, ...this.view, this.draft], laid, hold);
    folds.paint();
    grid.keep(before);
    this.groups.render();
    this.bar.render();
    this.selection.render();
    this.welcome.hidden = this.view.length > 0 || this.entry.isOpen || !this.board.data.editable;
    this.repaint();
  }

  /** Draw cursor, range and the open field anew, once a frame. */
  repaint() {
    if (this.repainting || !this.isBuilt) return;
    this.repainting = requestAnimationFrame(() => {
      this.repainting = 0;
      this.grid.paint();
      this.entry.place();
      for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (this.frame.querySelectorAll(".tabulator-row .list-tick input"))) {
        box.checked = this.ticked.has(box.closest(".tabulator-row")?.dataset.id);
      }
      const all = this.frame.querySelector(".list-tick-all");
      const inSight = this.table.order.length - 1;
      const ticked = this.table.order.filter((id) => this.ticked.has(id)).length;
      if (all) Object.assign(all, { checked: inSight > 0 && ticked === inSight, indeterminate: ticked > 0 && ticked < inSight });
    });
  }

  onFocus() {
    this.frame.classList.add("focused");
    if (this.isBuilt && !this.grid.cursor) this.grid.move(0, 0);
  }

  onBlur() {
    setTimeout(() => {
      if (!this.isBuilt || this.entry.hasFocus || this.board.listeners.signal.aborted) return;
      this.frame.classList.remove("focused");
      if (document.hasFocus()) this.arrange();
    });
  }

  /** @param {string} sentence */
  tellCursor(sentence) {
    this.spoken.textContent = sentence;
  }

  // ---- what is asked for --------------------------------------------------------------------------------------------

  /** @param {any} part */
  ask(part) {
    Object.assign(this.question, part);
    if ("groups" in part && "search" in part) this.bar.clear();
    this.table.paintSort(this.question.sort);
    this.arrange({ isNew: true });
  }

  /** @param {string} field */
  sortBy(field) {
    const { sort } = this.question;
    const next = sort?.field !== field ? { field, down: this.byName[field].shape === "rating" } : null;
    this.ask({ sort: next || (sort?.down === (this.byName[field].shape === "rating") ? { field, down: !sort?.down } : null) });
  }

  /** @param {string} group */
  toggleGroup(group) {
    const groups = new Set(this.question.groups);
    if (!groups.delete(group)) groups.add(group);
    this.ask({ groups });
  }

  /** @param {Column} column @param {boolean} isShown */
  showColumn(column, isShown) {
    this.chosen[column.name] = isShown;
    keep(localStorage, CHOSEN, this.chosen);
    this.table.show(column.name, isShown);
    this.grid.keep(this.table.order);
    this.repaint();
  }

  // ---- selecting rows -----------------------------------------------------------------------------------------------

  /** @param {string} id @param {boolean} isOn */
  tick(id, isOn, isRange = false) {
    const { order } = this.table;
    const from = isRange && this.lastTick ? order.indexOf(this.lastTick) : -1;
    const to = order.indexOf(id);
    const ids = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const each of ids) if (each !== this.draft.id) this.ticked[isOn ? "add" : "delete"](each);
    this.lastTick = id;
    this.selection.render();
    this.repaint();
  }

  tickRange() {
    const ids = this.grid.range().ids.filter((id) => id !== this.draft.id);
    const isOn = ids.some((id) => !this.ticked.has(id));
    for (const id of ids) this.ticked[isOn ? "add" : "delete"](id);
    this.selection.render();
    this.repaint();
  }

  /** @param {boolean} isOn */
  tickAll(isOn) {
    this.ticked = new Set(isOn ? this.table.order.filter((id) => id !== this.draft.id) : []);
    this.selection.render();
    this.repaint();
  }

  tickNone() {
    this.tickAll(false);
    this.entry.focus();
  }

  // ---- changing -----------------------------------------------------------------------------------------------------

  /** @param {"type" | "edit"} mode */
  open(mode) {
    this.entry.begin(mode);
  }

  /**
   * Save one cell. `seen` is what its author saw there.
   * @param {Cell} given @param {unknown} value @param {Values} seen
   */
  save({ id, field }, value, seen) {
    if (id !== this.draft.id) {
      this.send({ edits: [{ id, values: { [field]: value }, seen: { [field]: seen } }], additions: [] });
      return;
    }
    this.draft = { ...this.draft, [field]: value };
    if (!this.draft.name) {
      keep(sessionStorage, this.draftKey, this.addition(this.draft).values);
      this.arrange();
      return;
    }
    const addition = this.addition(this.draft);
    this.startDraft();
    this.justAdded = addition.id;
    this.send({ edits: [], additions: [addition] });
  }

  /** @param {Stakeholder} row */
  addition(row) {
    return { id: row.id, values: Object.fromEntries(this.columns.map((c) => [c.name, row[c.name]]).filter(([, value]) => value !== "" && value !== null)) };
  }

  /** @param {any} change */
  send(change) {
    for (const part of portions(change)) {
      for (const row of part.additions) this.own.add(row.id);
      this.folds.openFor(part.additions.map((row) => row.values));
      this.board.send(edited(part));
    }
  }

  /** Go to the empty row at the end and type a name; `preset` is what it has already. */
  startRow(preset = {}) {
    if (!this.mayEdit() || !this.entry.commit({ isSure: false })) return;
    this.preset = preset;
    if (Object.keys(preset).length) {
      this.draft = { ...this.draft, ...preset };
      this.arrange();
    }
    this.entry.focus();
    this.grid.go({ id: this.draft.id, field: "name" });
    this.open("edit");
    this.welcome.hidden = true;
  }

  /** Empty the cells of the range. */
  clear() {
    if (!this.mayEdit()) return;
    const { ids, fields } = this.grid.range();
    const emptied = fields.filter((field) => !this.byName[field].required);
    if (ids.includes(this.draft.id)) {
      /** @type {any} */ const kept = this.newDraft();
      this.draft = { ...this.draft, ...Object.fromEntries(emptied.map((field) => [field, kept[field]])) };
    }
    const rows = ids.map((id) => this.known.get(id)).filter(Boolean);
    if (emptied.length < fields.length && rows.length) this.board.say("A stakeholder needs a name, so names stay. To delete a row, select it and press «Delete».");
    this.change(rows, () => Object.fromEntries(emptied.map((field) => [field, this.byName[field].shape === "rating" ? null : ""])));
  }

  /** Give the selected rows one value: one gesture, one undo. @param {Column} column @param {unknown} value */
  setAll(column, value) {
    this.change([...this.ticked].map((id) => this.known.get(id)).filter(Boolean), () => ({ [column.name]: value }));
  }

  /** @param {Stakeholder[]} rows @param {any} valuesOf */
  change(rows, valuesOf) {
    const edits = [];
    for (const row of rows) {
      const values = valuesOf(row);
      const changed = Object.keys(values).filter((name) => values[name] !== row[name]);
      if (changed.length) edits.push(revision(row, changed, values));
    }
    if (edits.length) this.send({ edits, additions: [] });
    else this.arrange();
  }

  /** Delete the selected rows, or those of the range. */
  remove() {
    if (!this.mayEdit()) return;
    const ids = (this.ticked.size ? [...this.ticked] : this.grid.range().ids).filter((id) => this.known.has(id));
    if (!ids.length) return;
    const name = this.known.get(ids[0]).name;
    this.ticked.clear();
    this.board.send(removed({ stakeholder_ids: ids }));
    this.board.say(`Deleted ${ids.length === 1 ? `«${name}»` : counted(ids.length, "stakeholder")} with all ties and invitations. «Undo» or Ctrl+Z brings them back.`);
    this.entry.focus();
  }

  destroy() {
    cancelAnimationFrame(this.repainting);
    this.table?.destroy();
  }
}

export default (/** @type {Component} */ component) =>
  mount(component, (board) => {
    const list = new List(board);
    return {
      render: (view) => list.render(view.stakeholders),
      refused: (gesture, sentence) => list.held.refused(gesture, sentence),
      destroy: () => list.destroy(),
    };
  });
