/** Zooming and flying: what is in view changes at once, or step by step where the eye should follow. */
import { clamp } from "../shared/scale.js";

export class Flight {
  /** @type {number} */ flying;

  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
  }

  /** Zoom about a pixel, or about the middle. @param {number} factor @param {any} [at] */
  zoom(factor, at) {
    this.land();
    const { frame } = this.grid.scale;
    const [px, py] = at || [frame.x + frame.width / 2, frame.y + frame.height / 2];
    this.grid.scale.zoomAt(px, py, factor);
    this.grid.paint();
    this.grid.names.placeSoon(120);
  }

  /** Change what is in view step by step, unless the person wants no movement. @param {any} change */
  fly(change) {
    this.land();
    this.grid.board.root.classList.add("flying");
    const { zoom, left, bottom } = this.grid.scale;
    change(this.grid.scale);
    const goal = { zoom: this.grid.scale.zoom, left: this.grid.scale.left, bottom: this.grid.scale.bottom };
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const began = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const t = still ? 1 : clamp((now - began) / 320, 0, 1);
      const e = 1 - (1 - t) ** 3;
      this.grid.scale.zoom = zoom + (goal.zoom - zoom) * e;
      this.grid.scale.left = left + (goal.left - left) * e;
      this.grid.scale.bottom = bottom + (goal.bottom - bottom) * e;
      this.grid.paint();
      if (t < 1) this.flying = requestAnimationFrame(step);
      else {
        this.land();
        this.grid.names.place();
      }
    };
    step(began);
  }

  /** Stop a flight where it is. */
  land() {
    cancelAnimationFrame(this.flying);
    const { classList } = this.grid.board.root;
    if (classList.contains("flying")) this.grid.names.placeSoon();
    classList.remove("flying");
  }

  /** Bring a dot into view and point at it. @param {string} id @param {number} zoom */
  goTo(id, zoom) {
    const row = this.grid.rows.get(id);
    const node = this.grid.nodes.get(id);
    if (!node) return;
    this.fly((/** @type {import("../shared/scale.js").Scale} */ scale) => scale.show(row.interest, row.power, zoom ?? scale.zoom));
    node.dot.classList.remove("found");
    void node.dot.getBoundingClientRect();
    node.dot.classList.add("found");
  }
}
