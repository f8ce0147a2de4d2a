/** The keyboard on the grid: arrows move the focused dot, Enter opens its card, Escape lets go. */
import { isTyping } from "../shared/board.js";
import { isRated } from "../shared/scale.js";

/** How far up and to the right. */
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

export class Keys {
  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    const { root, listeners } = grid.board;
    const { signal } = listeners;
    root.addEventListener("keydown", (event) => this.onKey(event), { signal });
    root.addEventListener("focusin", (event) => this.onFocus(event), { signal });
    root.addEventListener("focusout", () => grid.hover(null), { signal });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.escape(event); }, { signal });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (isTyping(event)) {
      // Streamlit has shortcuts of its own on plain letters and cannot see into this root.
      if (!event.ctrlKey && !event.metaKey && event.key !== "Escape") event.stopPropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { grid } = this;
    const dot = event.target.closest?.(".dot");
    if (dot) this.onDot(event, dot.dataset.id);
    if (!event.defaultPrevented && event.target.closest?.(".plot")) {
      const step = { "+": 1.4, "=": 1.4, "-": 1 / 1.4 }[event.key];
      if (step) grid.flight.zoom(step);
      else if (event.key === "0") grid.flight.fly((/** @type {import("../shared/scale.js").Scale} */ scale) => scale.fit());
    }
  }

  /** @param {KeyboardEvent} event @param {any} id */
  onDot(event, id) {
    const { grid } = this;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = event.shiftKey ? 1 : 0.1;
      const [power, interest] = grid.scale.turned ? [arrow[1], arrow[0]] : arrow;
      grid.shift(this.together(id), power * step, interest * step);
      grid.hover(id);
    } else if (event.key === "Enter" || event.key === " ") {
      if (event.shiftKey) grid.toggle(id);
      else grid.select([id]);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      grid.unrate(this.together(id));
      grid.sides.focus(id);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** All that are selected where this one is among them, else only this one. @param {string} id */
  together(id) {
    const { selection, rows } = this.grid;
    return selection.has(id) ? [...selection].filter((one) => isRated(rows.get(one))) : [id];
  }

  /** @param {FocusEvent} event */
  onFocus(event) {
    const { grid } = this;
    const dot = event.target.closest?.(".dot");
    if (!dot || grid.pointer.busy) return;
    const row = grid.rows.get(dot.dataset.id);
    if (grid.nodes.get(row.id)?.away) grid.flight.fly((/** @type {import("../shared/scale.js").Scale} */ scale) => scale.show(row.interest, row.power));
    if (dot.matches(":focus-visible")) grid.hover(row.id);
  }

  /** Whether a key was not meant for a field, a dialog or the card beside the board. @param {KeyboardEvent} event */
  isOurs(event) {
    const target = event.composedPath()[0];
    return !event.defaultPrevented && !target.closest?.("[role=dialog], [data-baseweb], .st-key-card");
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    const { grid } = this;
    if (grid.pointer.cancel()) event.preventDefault();
    else if (grid.picked) grid.pick(null);
    else if (isTyping(event)) grid.sides.clearSearch(event);
    else if (grid.selection.size && this.isOurs(event)) grid.select([]);
  }
}
