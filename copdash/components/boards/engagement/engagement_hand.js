/** Drags C and D along their row, by mouse, finger and pen. */
const SLACK = 5;

export class Hand {
  /** @param {EngagementBoard} matrix */
  constructor(matrix) {
    this.matrix = matrix;
    /** @type {any} */ this.press = null;
    this.moved = false;
    const { table } = matrix;
    const { signal } = matrix.board.listeners;
    table.addEventListener("pointerdown", (event) => this.onDown(event), { signal });
    table.addEventListener("pointermove", (event) => this.onMove(event), { signal });
    table.addEventListener("pointerup", (event) => this.onUp(event), { signal });
    table.addEventListener("pointercancel", () => this.cancel(), { signal });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.cancel(); }, { signal });
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    this.moved = false;
    const mark = event.target.closest?.("td .eng-mark");
    if (!mark || event.button !== 0 || !this.matrix.view.editable) return;
    const at = this.matrix.where(mark);
    const { field } = mark.dataset;
    if (!at || !field) return;
    const [id, step] = at;
    const was = this.matrix.lines.get(id).row[field];
    this.press = { id, step, field, was, x: event.clientX, pointer: event.pointerId };
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const { press, matrix } = this;
    if (!press || press.pointer !== event.pointerId) return;
    if (!this.moved && Math.abs(event.clientX - press.x) < SLACK) return;
    if (!this.moved) {
      this.moved = true;
      matrix.table.setPointerCapture(event.pointerId);
      matrix.board.root.classList.add("dragging");
    }
    const line = matrix.lines.get(press.id);
    if (!line) {
      this.cancel();
      return;
    }
    const boxes = line.cells.map((/** @type {HTMLElement} */ cell) => cell.getBoundingClientRect());
    const at = boxes.findIndex((/** @type {{right: number}} */ { right }) => event.clientX < right);
    press.step = at < 0 ? boxes.length - 1 : at;
    matrix.drawMarks(line, { ...line.row, [press.field]: matrix.steps[press.step] });
  }

  /** @param {PointerEvent} event */
  onUp(event) {
    const { press } = this;
    if (!press || press.pointer !== event.pointerId) return;
    this.press = null;
    this.matrix.board.root.classList.remove("dragging");
    if (this.moved) this.matrix.put(press.id, press.field, press.step, press.was);
  }

  cancel() {
    const line = this.press && this.matrix.lines.get(this.press.id);
    this.press = null;
    this.matrix.board.root.classList.remove("dragging");
    if (line) this.matrix.drawMarks(line);
  }
}
