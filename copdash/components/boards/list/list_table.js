/**
 * The rows and columns on screen: Tabulator draws those in sight, in the order it is told. It neither sorts nor edits.
 * Everything a person typed reaches it as elements with text nodes; a string would be taken for HTML.
 */
import {
  FormatModule, FrozenColumnsModule, Module, ResizeColumnsModule, Tabulator,
} from "../vendor/tabulator_esm.min.esm.js";
import { element } from "../shared/board.js";
import { mark } from "./list_marks.js";
import { EvenRows } from "./list_rows.js";
import { shown } from "./list_rules.js";

export const TICK = 40;
/** How wide a column is, in px. @type {Record<string, number>} */
export const WIDTHS = {
  name: 226, kind: 120, organisation: 180, role: 220, group: 238, helix: 130, scale: 98, country: 120, themes: 200,
  language: 120, expertise: 200, stake: 260, expectations: 260, needs: 260, power: 80, interest: 86, legitimacy: 106,
  urgency: 92, confidence: 116, attitude: 122, attitude_wanted: 140, membership: 122, owner: 140, rationale: 280,
  source: 200, notes: 280,
};

/** Hands Tabulator the rows in the list's own order, the hidden ones left out. */
class OrderModule extends Module {
  static moduleName = "listOrder";

  /** @param {any} table */
  constructor(table) {
    super(table);
    this.registerTableOption("listOrder", null);
  }

  initialize() {
    this.registerDataHandler((rows) => {
      const byId = new Map(rows.map((row) => [row.data.id, row]));
      return this.table.options.listOrder().map((/** @type {string} */ id) => byId.get(id)).filter(Boolean);
    }, 30);
  }

  /** Ask for the order anew, keeping the view where it is. */
  again() {
    this.table.rowManager.refreshActiveData(false, false, true);
  }
}

export class Table {
  /** @type {any} */ draftId;
  /** @type {any} */ wasEditable;

  /** @param {any} list the board's state @param {HTMLElement} frame where the table goes */
  constructor(list, frame) {
    this.list = list;
    /** The ids of the rows in sight, the draft last. @type {string[]} */ this.order = [];
    /** The same with the headings of a folded list. @type {string[]} */ this.lines = [];
    this.rows = new Map();
    this.place = element("div", { class: "list-table" });
    frame.append(this.place);
    this.isCoarse = matchMedia("(pointer: coarse)").matches;
    Tabulator.registerModule([FormatModule, FrozenColumnsModule, ResizeColumnsModule, OrderModule]);
    this.ready = new Promise((built) => {
      this.tabulator = new Tabulator(this.place, {
        index: "id",
        data: [],
        height: "100%",
        rowHeight: this.isCoarse ? 46 : 38,
        renderVertical: EvenRows,
        layout: "fitData",
        columns: this.columns(),
        listOrder: () => this.lines,
        rowFormatter: (/** @type {Stakeholder} */ row) => {
          const { id, fold } = row.getData();
          row.getElement().dataset.id = id;
          if (fold !== undefined) {
            row.getElement().classList.add("list-fold");
            row.getElement().prepend(list.folds.line({ fold }));
          }
          row.getElement().classList.toggle("list-draft", id === list.draft.id);
        },
      });
      this.tabulator.on("tableBuilt", built);
    }).then(() => {
      this.holder = /** @type {HTMLElement} */ (this.place.querySelector(".tabulator-tableholder"));
      this.holder.tabIndex = -1;
      // What takes the focus cannot be mere presentation: the group of rows is the element that scrolls.
      this.holder.setAttribute("role", "rowgroup");
      this.holder.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
      this.place.removeAttribute("aria-owns");
      this.place.setAttribute("aria-label", "Stakeholders");
      this.watch = new ResizeObserver(() => {
        this.tabulator.redraw();
        this.tabulator.rowManager.renderer.draw();
        list.repaint();
      });
      this.watch.observe(this.place);
      this.tabulator.on("renderComplete", () => list.repaint());
      this.holder.addEventListener("scroll", () => list.repaint(), { passive: true });
      this.place.addEventListener("scroll", () => list.repaint(), { passive: true, capture: true });
    });
  }

  columns() {
    const { list } = this;
    const tick = {
      title: "", field: "tick", width: this.isCoarse ? 48 : TICK, frozen: true, resizable: false, cssClass: "list-tick",
      titleFormatter: () => element("input", {
        type: "checkbox", tabindex: -1, "aria-label": "Select all rows in sight", class: "list-tick-all",
        onclick: (event) => list.tickAll(/** @type {HTMLInputElement} */ (event.target).checked),
      }),
      formatter: (/** @type {any} */ cell) => {
        const { id, name, fold } = cell.getRow().getData();
        if (fold !== undefined) return "";
        if (id === list.draft.id) return element("span", { class: "list-plus", "aria-hidden": "true" }, "+");
        return element("input", {
          type: "checkbox", tabindex: -1, checked: list.ticked.has(id), "aria-label": `Select ${name}`,
          onclick: (event) => list.tick(id, /** @type {HTMLInputElement} */ (event.target).checked, event.shiftKey),
        });
      },
    };
    return [tick, ...list.columns.map((/** @type {Column} */ column) => ({
      title: column.label, field: column.name, width: this.width(column), minWidth: 60,
      frozen: column.name === "name", visible: list.isShown(column), cssClass: `list-is-${column.shape}`,
      titleFormatter: () => this.heading(column),
      formatter: (/** @type {any} */ cell) => this.content(column, cell.getRow().getData()),
    }))];
  }

  /** The name takes what room is left, and less on a phone. @param {Column} column */
  width(column) {
    if (column.name !== "name") return WIDTHS[column.name] || 150;
    if (window.innerWidth < 640) return 150;
    const taken = this.list.shownColumns().reduce((/** @type {any} */ sum, /** @type {{name: string}} */ { name }) => sum + (WIDTHS[name] || 150), TICK + 18);
    return WIDTHS.name + Math.max(0, Math.min(160, this.list.board.root.clientWidth - taken));
  }

  /** @param {Column} column */
  heading(column) {
    return element(
      "button",
      {
        type: "button", class: "list-heading", "data-field": column.name, tabindex: column.name === "name" ? 0 : -1,
        onclick: () => this.list.sortBy(column.name), onkeydown: (event) => this.alongHeadings(event),
      },
      element("span", { class: "list-heading-text" }, column.label),
      element("span", { class: "list-arrow", "aria-hidden": "true" }),
    );
  }

  /**
   * The headings are one stop of the Tab key; arrows go from one to the next, Enter sorts.
   * @param {KeyboardEvent} event
   */
  alongHeadings(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const buttons = [...this.place.querySelectorAll(".list-heading")].filter((button) => button.offsetParent);
    const here = /** @type {HTMLElement} */ (event.currentTarget);
    const next = buttons[buttons.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** What a cell shows. @param {Column} column @param {Stakeholder} row */
  content(column, row) {
    if (row.fold !== undefined) return "";
    const value = row[column.name];
    if (row.id === this.list.draft.id && column.name === "name" && !value) {
      return element("span", { class: "list-hint" }, this.list.board.data.editable ? "Type a name to add a row" : "");
    }
    const text = element("span", { class: "list-text" }, shown(value));
    if (value === "" || value === null || value === undefined) return text;
    if (column.name === "group") return element("span", { class: "list-pair" }, mark(this.list.legend, value), text);
    if (column.shape === "rating") {
      const bar = element("span", { class: "list-level", "aria-hidden": "true" });
      bar.style.width = `${Number(value) * 10}%`;
      return element("span", { class: "list-rated" }, text, bar);
    }
    return text;
  }

  /**
   * Show these rows in this order, in place: rows that stay keep their elements, and the view does not jump.
   * @param {any[]} rows all rows, headings and the draft among them @param {{order: string[], lines: string[]}} laid the
   *   ids in sight, without and with headings @param {string} [hold] the id of the row that must not move on the screen
   */
  sync(rows, { order, lines }, hold) {
    const { tabulator } = this;
    const alive = new Set(rows.map((row) => row.id));
    const gone = [...this.rows.keys()].filter((id) => !alive.has(id));
    const come = rows.filter((row) => !this.rows.has(row.id));
    const isSame = !gone.length && !come.length && lines.length === this.lines.length && lines.every((id, at) => id === this.lines[at]);
    for (const row of rows) this.update(row);
    this.turnReal();
    if (isSame) return;
    const stays = this.anchor(hold, new Set(lines));
    this.order = order;
    this.lines = lines;
    tabulator.blockRedraw();
    for (const id of gone) {
      this.rows.get(id).delete();
      this.rows.delete(id);
    }
    if (come.length) tabulator.addData(come.map((row) => ({ ...row })), false);
    tabulator.modules.listOrder.again();
    tabulator.restoreRedraw();
    if (come.length || gone.length) this.rows = new Map(tabulator.getRows().map((/** @type {Stakeholder} */ row) => [row.getData().id, row]));
    if (stays) this.settle(stays);
  }

  /** The row in which somebody just typed a name is no draft any more. */
  turnReal() {
    const { draft, board } = this.list;
    if (this.draftId === draft.id && this.wasEditable === board.data.editable) return;
    const was = this.rows.get(this.draftId);
    if (was) {
      was.reformat();
      this.row(this.draftId)?.classList.toggle("list-draft", this.draftId === draft.id);
    }
    this.draftId = draft.id;
    this.wasEditable = board.data.editable;
  }

  /** @param {Stakeholder} row */
  update(row) {
    const known = this.rows.get(row.id);
    if (!known) return;
    const old = known.getData();
    /** @type {Values} */ const changed = {};
    for (const name in row) if (row[name] !== old[name]) changed[name] = row[name];
    if (Object.keys(changed).length) {
      known.update(changed);
      if ("name" in changed) known.getCell("tick")?.getElement().querySelector("input")?.setAttribute("aria-label", `Select ${row.name}`);
    }
  }

  /** A row that is in sight before and after, and where its top is now. @param {any} hold @param {any} after */
  anchor(hold, after) {
    const edge = this.holder.getBoundingClientRect();
    if (!this.holder.scrollTop) return null;
    const inSight = [...this.place.querySelectorAll(".tabulator-row")]
      .map((node) => ({ id: node.dataset.id, top: node.getBoundingClientRect().top - edge.top }))
      .filter(({ id, top }) => after.has(id) && top > -38 && top < edge.height);
    return inSight.find(({ id }) => id === hold) || inSight[0] || null;
  }

  /** @param {any} given */
  settle({ id, top }) {
    const height = this.tabulator.options.rowHeight;
    this.holder.scrollTop = this.lines.indexOf(id) * height - top;
  }

  /** The element of a cell, if it is drawn. @returns {HTMLElement|null} @param {string} id @param {string} field */
  cell(id, field) {
    return this.row(id)?.querySelector(`:scope > [tabulator-field="${field}"]`) || null;
  }

  /** The element of a row, if it is drawn. @param {string} id */
  row(id) {
    return this.place.querySelector(`.tabulator-row[data-id="${CSS.escape(id)}"]`);
  }

  /**
   * The id and field below a point of the window, if a cell of the list is there.
   * @param {number} x @param {number} y
   */
  under(x, y) {
    const nodes = this.place.getRootNode().elementsFromPoint(x, y);
    const cell = nodes.find((node) => node.classList?.contains("tabulator-cell"));
    const id = cell?.closest(".tabulator-row")?.dataset.id;
    const field = cell?.getAttribute("tabulator-field");
    return id && field && field !== "tick" ? { id, field } : null;
  }

  /** Scroll just so far that this line is in sight; false where there is no such line. @param {string} id */
  revealLine(id) {
    const at = this.lines.indexOf(id);
    const height = this.tabulator.options.rowHeight;
    const { holder } = this;
    if (at < 0) return false;
    if (at * height < holder.scrollTop) holder.scrollTop = at * height;
    else if ((at + 1) * height > holder.scrollTop + holder.clientHeight) holder.scrollTop = (at + 1) * height - holder.clientHeight;
    if (!this.row(id)) this.tabulator.rowManager.renderer.draw();
    return true;
  }

  /** Scroll just so far that this cell is in sight. @param {string} id @param {string} field */
  reveal(id, field) {
    const { holder } = this;
    if (!this.revealLine(id)) return;
    const column = this.tabulator.getColumn(field);
    if (!column || field === "name") return;
    const place = column.getElement();
    const frozen = this.frozenWidth();
    const left = place.offsetLeft - frozen;
    if (left < holder.scrollLeft) holder.scrollLeft = left;
    else if (place.offsetLeft + place.offsetWidth > holder.scrollLeft + holder.clientWidth) {
      holder.scrollLeft = Math.min(place.offsetLeft + place.offsetWidth - holder.clientWidth, left);
    }
  }

  /** The width of the columns that stay at the left. */
  frozenWidth() {
    return ["tick", "name"].reduce((sum, name) => sum + this.tabulator.getColumn(name).getWidth(), 0);
  }

  /** @param {string} name @param {boolean} isShown */
  show(name, isShown) {
    this.tabulator[isShown ? "showColumn" : "hideColumn"](name);
  }

  /** Tell in the headings what the rows are sorted by. @param {any} sort */
  paintSort(sort) {
    for (const button of this.place.querySelectorAll(".list-heading")) {
      const isBy = sort && sort.field === button.dataset.field;
      button.closest(".tabulator-col")?.setAttribute("aria-sort", isBy ? (sort.down ? "descending" : "ascending") : "none");
      /** @type {HTMLElement} */ (button.querySelector(".list-arrow")).textContent = isBy ? (sort.down ? "↓" : "↑") : "";
      button.classList.toggle("sorted", Boolean(isBy));
    }
  }

  destroy() {
    this.watch?.disconnect();
    this.tabulator.destroy();
  }
}
