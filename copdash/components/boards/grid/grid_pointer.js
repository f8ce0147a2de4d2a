/**
 * Mouse, finger and pen on the grid, by pointer events: drag dots and chips, pan, pinch, draw a band around dots.
 *
 * A press becomes a drag after a few pixels; until then it is a click, which the browser reports itself. While a drag
 * goes on only what is dragged is drawn anew; the grid keeps the ratings of the moment in `grid.moving`.
 */
import { element } from "../shared/board.js";
import { clamp, isRated, rounded } from "../shared/scale.js";
import { set } from "../shared/marks.js";

/** @type {Record<string, number>} */
const SLACK = { mouse: 4, pen: 5, touch: 8 };

export class Pointer {
  /** @type {boolean} */ moved;
  /** @type {PointerEvent} */ latest;
  /** @type {any} */ frame;

  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    this.fingers = new Map();
    /** What was pressed and may become a drag. @type {any} */ this.press = null;
    /** The drag going on. @type {any} */ this.doing = null;
    this.ghost = element("div", { class: "ghost", hidden: true });
    const { root, listeners } = grid.board;
    root.append(this.ghost);
    /** @param {any} what @param {Act} act */
    const on = (what, act, options = {}) =>
      root.addEventListener(what, act, { signal: listeners.signal, ...options });
    on("pointerdown", (event) => this.onDown(event));
    on("pointermove", (event) => this.onMove(event));
    on("pointerup", (event) => this.onUp(event));
    on("pointercancel", (event) => this.onUp(event, true));
    on("pointerleave", () => { if (!this.doing) grid.hover(null); });
    on("click", (event) => this.onClick(event));
    grid.svg.addEventListener("wheel", (event) => this.onWheel(event), { passive: false, signal: listeners.signal });
  }

  /** Whether a drag is going on. */
  get busy() {
    return Boolean(this.doing);
  }

  /** Pixels inside the plot. @param {MouseEvent} event @returns {[number, number]} */
  at(event) {
    const { left, top } = this.grid.svg.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @param {Dot} node @param {PointerEvent} event */
  over(node, event) {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
  }

  /** @param {PointerEvent} event */
  reach(event) {
    return event.pointerType === "touch" ? 26 : 17;
  }

  // ---- events ---------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  onDown(event) {
    this.moved = false;
    if (event.button > 1) return;
    const path = event.composedPath();
    const chip = path.find((node) => node.classList?.contains("chip-main"))?.closest(".chip");
    const onPlane = path.includes(this.grid.svg);
    if (!chip && !onPlane) return;
    this.grid.flight.land();
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (onPlane && event.button === 1) event.preventDefault();
    if (this.fingers.size === 2 && onPlane && !["move", "chip"].includes(this.doing?.kind)) {
      this.cancel();
      this.capture(event);
      this.start("pinch", event);
      return;
    }
    if (this.fingers.size > 1) return;
    const [px, py] = this.at(event);
    const dot = onPlane && event.button === 0 ? this.grid.nearest(px, py, this.reach(event)) : null;
    this.press = { id: event.pointerId, x: event.clientX, y: event.clientY, chip: chip?.dataset.id, dot: dot?.id, event };
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.doing) {
      this.latest = event;
      this.frame ??= requestAnimationFrame(() => {
        this.frame = null;
        if (this.doing) this.go(this.latest);
      });
    } else if (this.press?.id === event.pointerId) {
      const far = Math.hypot(event.clientX - this.press.x, event.clientY - this.press.y);
      if (far > (SLACK[event.pointerType] ?? 5)) this.begin(event);
    } else if (event.pointerType !== "touch" && event.composedPath().includes(this.grid.svg)) {
      const near = this.grid.nearest(...this.at(event), 15)?.id ?? null;
      if (near !== this.grid.hovered) this.grid.hover(near);
    }
  }

  /** @param {PointerEvent} event */
  onUp(event, cancelled = false) {
    this.fingers.delete(event.pointerId);
    if (this.doing && (this.doing.pointer === event.pointerId || this.doing.kind === "pinch")) {
      if (cancelled) this.cancel();
      else this.finish(event);
    }
    if (this.press?.id === event.pointerId) this.press = null;
  }

  /** A click without a drag before it, also by Enter on a chip or by a screen reader. @param {PointerEvent} event */
  onClick(event) {
    const path = event.composedPath();
    if (this.moved || !path.includes(this.grid.svg)) return;
    const { grid } = this;
    const [px, py] = this.at(event);
    const spoken = event.detail === 0 && path.find((node) => node.classList?.contains("dot"));
    if (grid.picked && !spoken) {
      this.placePicked(px, py);
      return;
    }
    const id = spoken ? spoken.dataset.id : grid.nearest(px, py, this.reach(event))?.id;
    const several = event.shiftKey || event.ctrlKey || event.metaKey || grid.sides.several;
    if (!id) {
      if (!several && grid.selection.size) grid.select([]);
    } else {
      grid.nodes.get(id).dot.focus({ preventScroll: true, focusVisible: false });
      if (several) grid.toggle(id);
      else grid.select([id]);
    }
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : event.deltaMode ? 0.05 : 0.0016));
    if (this.grid.scale.zoom === 1 && factor < 1) return;
    event.preventDefault();
    if (!this.doing) this.grid.flight.zoom(factor, this.at(event));
  }

  /** @param {number} px @param {number} py */
  placePicked(px, py) {
    const { grid } = this;
    const [interest, power] = grid.scale.value(px, py);
    const id = grid.picked;
    if (id === null) return;
    grid.pick(null);
    grid.move([[id, rounded(power), rounded(interest), grid.seen(id)]]);
  }

  // ---- drags ----------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  begin(event) {
    const { press, grid } = this;
    this.press = null;
    this.moved = true;
    this.capture(event);
    if (press.chip || press.dot) {
      if (!grid.view.editable) {
        grid.move([[press.chip || press.dot, 0, 0, {}]]);
        return;
      }
      if (press.chip) this.startChip(press.chip, press);
      else this.startMove(press.dot, press);
    } else {
      const pans = press.event.button === 1 || (grid.scale.zoom > 1 && !press.event.shiftKey && !grid.sides.several);
      this.start(pans ? "pan" : "band", press.event);
    }
    this.go(event);
  }

  /** @param {PointerEvent} event */
  capture(event) {
    try {
      this.grid.board.root.setPointerCapture(event.pointerId);
    } catch {
      // The finger has left the glass already.
    }
  }

  /** @param {string} kind @param {PointerEvent} event */
  start(kind, event, more = {}) {
    this.grid.hover(null);
    this.grid.board.root.classList.add(`doing-${kind}`);
    this.doing = { kind, pointer: event.pointerId, from: this.at(event), last: this.at(event), ...more };
    if (kind === "pinch") this.doing.spread = this.pinch();
  }

  /** @param {string} id @param {any} press */
  startMove(id, press) {
    const { grid } = this;
    const ids = grid.selection.has(id) ? [...grid.selection].filter((one) => grid.nodes.has(one)) : [id];
    const rows = ids.map((one) => ({ ...grid.rows.get(one) }));
    for (const row of rows) {
      grid.moving.set(row.id, row);
      grid.nodes.get(row.id).dot.classList.add("moving");
    }
    this.start("move", press.event, { id, rows, value: grid.scale.value(...this.at(press.event)) });
  }

  /** @param {string} id @param {any} press */
  startChip(id, press) {
    const { grid } = this;
    grid.picked = null;
    const row = grid.rows.get(id);
    this.start("chip", press.event, { id, seen: grid.seen(id) });
    this.showGhost(row);
  }

  /** @param {Stakeholder} row */
  showGhost(row) {
    this.ghost.replaceChildren(this.grid.looks.picture(row.group, 24), element("span", {}, row.name), element("i"));
    this.ghost.hidden = false;
  }

  /** @param {PointerEvent} event */
  go(event) {
    const { doing, grid } = this;
    const [px, py] = this.at(event);
    if (doing.kind === "move") this.goMove(event, px, py);
    else if (doing.kind === "chip") this.goChip(event, px, py);
    else if (doing.kind === "pan") {
      grid.scale.panBy(px - doing.last[0], py - doing.last[1]);
      grid.paint();
    } else if (doing.kind === "pinch") this.goPinch();
    else this.goBand(px, py);
    doing.last = [px, py];
  }

  /** @param {PointerEvent} event @param {number} px @param {number} py */
  goMove(event, px, py) {
    const { doing, grid } = this;
    const [interest, power] = grid.scale.value(px, py);
    const [up, right] = grid.allowed(doing.rows, power - doing.value[1], interest - doing.value[0]);
    for (const row of doing.rows) {
      if (!grid.nodes.has(row.id)) continue;
      grid.moving.set(row.id, { power: rounded(row.power + up), interest: rounded(row.interest + right) });
      this.putFree(grid.nodes.get(row.id), row.power + up, row.interest + right);
    }
    doing.off = this.over(grid.sides.tray, event);
    grid.sides.tray.classList.toggle("over", doing.off);
    const words = doing.rows.length > 1 ? `and ${doing.rows.length - 1} more move together` : "";
    grid.hover(doing.off ? null : doing.id, words);
    if (doing.off && this.ghost.hidden) this.showGhost(doing.rows.find((/** @type {Stakeholder} */ row) => row.id === doing.id));
    if (!doing.off) this.ghost.hidden = true;
    if (doing.off) this.moveGhost(event, doing.rows.length > 1 ? `${doing.rows.length}: not rated` : "not rated");
  }

  /**
   * A dragged dot follows the hand, not the tenths.
   * @param {Dot} node @param {number} power @param {number} interest
   */
  putFree(node, power, interest) {
    const { scale, radius, aside } = this.grid;
    const [ox, oy] = aside.get(node.id) || [0, 0];
    const [x, y] = scale.place(interest, power);
    node.x = x + ox * radius;
    node.y = y + oy * radius;
    node.dot.style.transform = `translate(${node.x.toFixed(1)}px,${node.y.toFixed(1)}px)`;
    if (node.name) node.name.style.transform = node.dot.style.transform;
    this.grid.ghosts.follow(node);
  }

  /** @param {PointerEvent} event @param {number} px @param {number} py */
  goChip(event, px, py) {
    const { doing, grid } = this;
    doing.inside = grid.scale.holds(px, py, 24);
    const [interest, power] = grid.scale.value(px, py).map(rounded);
    doing.value = [interest, power];
    this.moveGhost(event, doing.inside ? `power ${power}, interest ${interest}` : "");
  }

  /** @param {PointerEvent} event @param {string} words */
  moveGhost(event, words) {
    const { left, top } = this.grid.board.root.getBoundingClientRect();
    /** @type {Node} */ (this.ghost.lastChild).textContent = words;
    const x = clamp(event.clientX - left, 0, this.grid.board.root.clientWidth - 60);
    this.ghost.style.transform = `translate(${x - 12}px, ${event.clientY - top - 12}px)`;
  }

  pinch() {
    const [a, b] = [...this.fingers.values()];
    const { left, top } = this.grid.svg.getBoundingClientRect();
    return {
      far: Math.max(12, Math.hypot(a[0] - b[0], a[1] - b[1])),
      x: (a[0] + b[0]) / 2 - left,
      y: (a[1] + b[1]) / 2 - top,
    };
  }

  goPinch() {
    if (this.fingers.size < 2) return;
    const now = this.pinch();
    const { spread } = this.doing;
    this.grid.scale.panBy(now.x - spread.x, now.y - spread.y);
    this.grid.flight.zoom(now.far / spread.far, [now.x, now.y]);
    this.doing.spread = now;
  }

  /** @param {number} px @param {number} py */
  goBand(px, py) {
    const [x, y] = this.doing.from;
    const box = { x: Math.min(x, px), y: Math.min(y, py), width: Math.abs(px - x), height: Math.abs(py - y) };
    this.doing.box = box;
    set(this.grid.band, { ...box, hidden: null });
  }

  // ---- ends -----------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  finish(event) {
    this.go(event);
    const { grid } = this;
    const doing = this.end();
    if (doing.kind === "move") this.drop(doing);
    else if (doing.kind === "chip") {
      if (doing.inside && grid.rows.has(doing.id)) {
        grid.move([[doing.id, doing.value[1], doing.value[0], doing.seen]]);
      } else grid.sides.render();
    } else if (doing.kind === "band" && doing.box) this.gather(doing.box, event);
    else grid.names.placeSoon(0);
  }

  /**
   * All that was dragged as one gesture; what its author saw is what was there when the drag began.
   * @param {any} doing
   */
  drop(doing) {
    const { grid } = this;
    /** @type {[string, number | null, number | null, Values][]} */ const moves = [];
    for (const { id, power, interest } of doing.rows) {
      if (!grid.rows.has(id)) continue;
      const to = doing.off ? { power: null, interest: null } : doing.to.get(id);
      if (to) moves.push([id, to.power, to.interest, { power, interest }]);
    }
    grid.move(moves);
    for (const { id } of doing.rows) if (grid.nodes.has(id)) grid.put(grid.nodes.get(id));
    grid.names.placeSoon(0);
  }

  /** @param {{x: number, y: number, width: number, height: number}} given @param {PointerEvent} event */
  gather({ x, y, width, height }, event) {
    const { grid } = this;
    const inside = [...grid.nodes.values()].filter(
      (node) => !node.away && node.x >= x && node.x <= x + width && node.y >= y && node.y <= y + height,
    );
    const adds = event.shiftKey || grid.sides.several;
    grid.select([...(adds ? grid.selection : []), ...inside.map((node) => node.id)]);
  }

  /** Stop what is going on as if it had not begun; whether there was anything to stop. */
  cancel() {
    this.press = null;
    if (!this.doing) return false;
    const { grid } = this;
    const { rows = [] } = this.end();
    for (const { id } of rows) {
      if (!grid.nodes.has(id)) continue;
      grid.glide(grid.nodes.get(id));
      grid.put(grid.nodes.get(id));
    }
    grid.names.placeSoon(0);
    return true;
  }

  /** Clear up; returns what was going on, with the places the dots had reached. */
  end() {
    const { grid, doing } = this;
    cancelAnimationFrame(this.frame);
    this.frame = null;
    this.doing = null;
    doing.to = new Map(grid.moving);
    grid.moving.clear();
    for (const { dot } of grid.nodes.values()) dot.classList.remove("moving");
    this.ghost.hidden = true;
    grid.sides.tray.classList.remove("over");
    grid.board.root.classList.remove(`doing-${doing.kind}`);
    set(grid.band, { hidden: "" });
    grid.hover(null);
    return doing;
  }

  /** New rows are here: a drag of what somebody else deleted or rated meanwhile ends. */
  forget() {
    const { doing, grid } = this;
    if (!doing) return;
    if (doing.kind === "move" && !grid.nodes.has(doing.id)) {
      this.cancel();
      grid.board.say("Somebody deleted this stakeholder or took its rating off while you were dragging it.");
    } else if (doing.kind === "chip" && (!grid.rows.has(doing.id) || isRated(grid.rows.get(doing.id)))) {
      this.cancel();
      grid.board.say("Somebody deleted or placed this stakeholder while you were dragging it.");
    }
  }
}
