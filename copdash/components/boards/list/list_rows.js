/**
 * Draws the rows in sight and a few around them. All rows are equally high, so every place is exact: Tabulator's own
 * renderer estimates heights, and its view jumps when rows come or go far above. Rows that stay keep their elements.
 */
import { Renderer } from "../vendor/tabulator_esm.min.esm.js";

/** Rows drawn beyond each edge. */
const MARGIN = 8;

export class EvenRows extends Renderer {
  /** @param {any} table */
  constructor(table) {
    super(table);
    this.verticalFillMode = "fill";
    this.first = 0;
    this.last = -1;
  }

  get height() { return this.table.options.rowHeight; }

  clearRows() {
    this.tableElement.replaceChildren();
    this.elementVertical.scrollTop = 0;
  }

  renderRows() {
    this.draw();
  }

  /** @param {any} change */
  rerenderRows(change) {
    const { scrollTop, scrollLeft } = this.elementVertical;
    change?.();
    this.draw(scrollTop);
    this.elementVertical.scrollTop = scrollTop;
    this.elementVertical.scrollLeft = scrollLeft;
  }

  scrollRows() {
    this.draw();
  }

  /** @param {Stakeholder} row */
  scrollToRow(row) {
    this.elementVertical.scrollTop = this.rows().indexOf(row) * this.height;
  }

  visibleRows() {
    return this.rows().slice(this.first, this.last + 1);
  }

  draw(top = this.elementVertical.scrollTop) {
    const rows = this.rows();
    const body = this.tableElement;
    const most = Math.max(0, rows.length * this.height - this.elementVertical.clientHeight);
    const from = Math.min(top, most);
    this.first = Math.max(0, Math.floor(from / this.height) - MARGIN);
    this.last = Math.min(rows.length - 1, Math.ceil((from + this.elementVertical.clientHeight) / this.height) + MARGIN);
    const inSight = this.visibleRows();
    const stay = new Set(inSight.map((row) => row.getElement()));
    for (const node of [...body.children]) if (!stay.has(node)) node.remove();
    /** @type {any[]} */ const fresh = [];
    inSight.forEach((row, at) => {
      const node = row.getElement();
      const isNew = node.parentNode !== body || !row.initialized;
      row.initialize(false, true);
      if (body.children[at] !== node) body.insertBefore(node, body.children[at] || null);
      if (isNew) fresh.push(row);
    });
    for (const row of fresh) {
      row.rendered();
      row.calcHeight(true);
      row.setCellHeight();
    }
    body.style.paddingTop = `${this.first * this.height}px`;
    body.style.paddingBottom = `${Math.max(0, rows.length - 1 - this.last) * this.height}px`;
  }
}
