/**
 * What hands do on the picture, by mouse, touch, pen and keys: select, move, draw ties.
 * Pointers that go down on empty paper are left to vis-network, which pans and pinches.
 */
import { isTyping } from "../shared/board.js";
import { nodeAt, tieAt } from "./network_hits.js";

/** How far, in px, a pointer hits. @type {Record<string, {node: number, tie: number}>} */
const REACH = { mouse: { node: 13, tie: 7 }, pen: { node: 16, tie: 9 }, touch: { node: 26, tie: 15 } };
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Hands {
  /** @type {number} */ resting;
  /** @type {number} */ nudging;

  /** @param {NetworkDesk} desk @param {AbortSignal} signal */
  constructor(desk, signal) {
    this.desk = desk;
    /** What is in hand. @type {any} */ this.hold = null;
    this.nudged = new Map();
    /** Where those in hand stood when they were taken. */
    this.seen = new Map();
    const { stage } = desk;
    /** @param {any} target @param {string} name @param {Act} act */
    const on = (target, name, act, options = {}) => target.addEventListener(name, act, { signal, ...options });
    on(stage, "pointerdown", (event) => this.onDown(event), { capture: true });
    on(stage, "pointermove", (event) => this.onMove(event));
    on(window, "pointerup", (event) => this.onUp(event));
    on(window, "pointercancel", () => this.drop());
    on(stage, "pointerleave", () => { if (!this.hold) this.point(null); });
    on(stage, "keydown", (event) => this.onKey(event));
    on(stage, "blur", () => this.settle());
    on(document, "keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) this.onEscape(event); });
  }

  /** Whether something is in hand, so that the picture must not be redrawn under it. */
  get busy() {
    return Boolean(this.hold?.moving) || this.nudged.size > 0;
  }

  /** @param {PointerEvent} event */
  pointOf(event) {
    const box = this.desk.stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** @param {PointerEvent | null} [event] */
  reach(event) {
    return REACH[event?.pointerType ?? "mouse"] || REACH.mouse;
  }

  // ---- pointers ---------------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  onDown(event) {
    if (event.button !== 0 || !event.isPrimary || event.target.closest("button, select, input")) return;
    const { picture, stage, mode } = this.desk;
    this.settle();
    picture.land();
    const start = this.pointOf(event);
    const node = nodeAt(picture, start, this.reach(event).node);
    this.hold = { pointer: event.pointerId, start, node, moving: false, extend: event.shiftKey || event.ctrlKey || event.metaKey };
    clearTimeout(this.resting);
    this.desk.tip(null);
    if (!node || mode.placing) return;
    event.stopPropagation();
    event.preventDefault();
    stage.focus({ preventScroll: true });
    stage.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const { picture, mode } = this.desk;
    const point = this.pointOf(event);
    const hold = this.hold;
    if (!hold || hold.pointer !== event.pointerId) {
      if (event.pointerType !== "touch" && !event.buttons) this.point(point, event);
      return;
    }
    const far = Math.hypot(point.x - hold.start.x, point.y - hold.start.y);
    if (!hold.moving && far > (event.pointerType === "touch" ? 9 : 4)) this.lift(hold);
    if (!this.hold.moving || !this.hold.node) return;
    if (mode.drawing) {
      const target = nodeAt(picture, point, this.reach(event).node + 6);
      this.desk.rubber(hold.node, target === hold.node ? point : target || point);
    } else if (hold.places) {
      const scale = picture.network.getScale();
      for (const [id, at] of hold.places) {
        picture.moveTo(id, { x: at.x + (point.x - hold.start.x) / scale, y: at.y + (point.y - hold.start.y) / scale });
      }
    }
  }

  /** A press becomes a drag. @param {any} hold */
  lift(hold) {
    const { picture, mode, board, selected } = this.desk;
    hold.moving = true;
    if (!hold.node) return;
    if (!board.data.editable) {
      board.mayEdit();
      this.hold = { ...hold, node: null, moving: true };
    } else if (!mode.drawing) {
      const ids = (selected.has(hold.node) ? [...selected] : [hold.node]).filter((id) => this.isOurs(id));
      this.take(ids);
      hold.places = new Map(ids.map((id) => [id, picture.at(id)]));
      this.desk.stage.classList.add("is-holding");
    } else {
      this.desk.startFrom(null);
    }
  }

  /** @param {PointerEvent} event */
  onUp(event) {
    const hold = this.hold;
    if (!hold || hold.pointer !== event.pointerId) return;
    const { picture, mode } = this.desk;
    const point = this.pointOf(event);
    this.hold = null;
    this.desk.stage.classList.remove("is-holding");
    if (hold.moving && hold.places) {
      if (hold.places.size) this.desk.arrange([...hold.places.keys()]);
    } else if (hold.moving && hold.node && mode.drawing) {
      this.desk.rubber(null);
      const target = nodeAt(picture, point, this.reach(event).node + 6);
      if (target && target !== hold.node) this.desk.tie(hold.node, target);
    } else if (!hold.moving) this.click(hold, event);
    this.desk.caughtUp();
  }

  /** Let go of everything where it was. */
  drop() {
    const hold = this.hold;
    this.hold = null;
    this.desk.stage.classList.remove("is-holding");
    this.desk.rubber(null);
    for (const [id, at] of hold?.places || []) this.desk.picture.moveTo(id, at);
    this.seen.clear();
    this.desk.caughtUp();
  }

  /** @param {any} hold @param {PointerEvent} event */
  click(hold, event) {
    const { picture, mode } = this.desk;
    if (mode.placing) {
      const { x, y } = picture.network.DOMtoCanvas(hold.start);
      this.desk.put(mode.placing, { x, y });
    } else if (mode.drawing) {
      if (hold.node) this.desk.pick(hold.node);
      else this.desk.startFrom(null);
    } else if (hold.node) this.desk.select(hold.node, { extend: hold.extend });
    else {
      const tie = tieAt(picture, hold.start, this.reach(event).tie);
      if (tie) this.desk.selectTie(tie);
      else if (!hold.extend) this.desk.select(null);
    }
  }

  /** What the pointer rests on, without a press. @param {Point | null} point @param {PointerEvent | null} event */
  point(point, event = null) {
    const { picture, stage, mode } = this.desk;
    const node = point && nodeAt(picture, point, this.reach(event).node);
    picture.hover(node);
    if (mode.drawing && mode.from) this.desk.rubber(mode.from, node && node !== mode.from ? node : point);
    clearTimeout(this.resting);
    this.desk.tip(null);
    stage.style.cursor = mode.placing ? "crosshair" : node ? (mode.drawing ? "crosshair" : "grab") : "";
    if (!point) return;
    this.resting = setTimeout(() => {
      const tie = node ? null : tieAt(picture, point, this.reach(event).tie);
      if (tie && !mode.drawing && !mode.placing) stage.style.cursor = "pointer";
      if ((node || tie) && !mode.drawing) this.desk.tip({ node, tie, ...point });
    }, 130);
  }

  // ---- keys -------------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("button")) return;
    const { picture, selected } = this.desk;
    if (event.key in ARROWS && this.desk.mode.drawing) this.hop(...ARROWS[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && this.desk.mode.drawing) {
      if (picture.marked.cursor) this.desk.pick(picture.marked.cursor);
    } else if (event.key in ARROWS) {
      const step = event.shiftKey ? 60 : 12;
      const [dx, dy] = ARROWS[event.key].map((sign) => sign * step);
      if (selected.size) this.nudge(dx, dy);
      else picture.pan(dx * 4, dy * 4);
    } else if (event.key === "+" || event.key === "=") picture.zoom(1.25);
    else if (event.key === "-") picture.zoom(0.8);
    else if (event.key === "0") picture.fit();
    else if (event.key === "Enter" && this.nudged.size) this.settle();
    else if (event.key === "Delete" || event.key === "Backspace") this.desk.cut();
    else return;
    event.preventDefault();
  }

  /**
   * While ties are drawn, arrow keys go from one stakeholder to the next in that direction; Enter picks it.
   * @param {number} dx @param {number} dy
   */
  hop(dx, dy) {
    const { picture, mode } = this.desk;
    const here = picture.marked.cursor || mode.from;
    const from = here ? picture.at(here) : picture.network.getViewPosition();
    let best = null;
    let least = Infinity;
    for (const { id } of this.desk.view.stakeholders) {
      if (id === here) continue;
      const at = picture.at(id);
      const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
      const aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
      const cost = along + 2 * aside;
      if ((along > 0 || !here) && cost < least) [best, least] = [id, cost];
    }
    if (!best) return;
    picture.marked.cursor = best;
    picture.reveal(best);
    if (mode.from && best !== mode.from) this.desk.rubber(mode.from, best);
    picture.hover(best);
    const hint = this.desk.hint;
    hint.hidden = false;
    hint.textContent = mode.from ? `${this.desk.names.get(mode.from)} → ${this.desk.names.get(best)}? Enter ties them.`
      : `${this.desk.names.get(best)}? Enter starts here.`;
    picture.redraw();
  }

  /** Whether it is a stakeholder; meetings stand where their guests are. @param {string} id */
  isOurs(id) {
    return this.desk.view.stakeholders.some((row) => row.id === id);
  }

  /** @param {string[]} ids */
  take(ids) {
    this.seen = new Map(ids.map((id) => [id, { ...this.desk.picture.known.get(id) }]));
  }

  /** Move what is selected by keys; saved as one gesture when the keys rest. @param {number} dx @param {number} dy */
  nudge(dx, dy) {
    const { picture, selected, board } = this.desk;
    if (!board.data.editable) {
      board.mayEdit();
      return;
    }
    const scale = picture.network.getScale();
    const ids = [...selected].filter((id) => this.isOurs(id));
    if (!this.nudged.size) this.take(ids);
    for (const id of ids) {
      const at = picture.at(id);
      const spot = { x: at.x + dx / scale, y: at.y + dy / scale };
      picture.moveTo(id, spot);
      this.nudged.set(id, spot);
    }
    clearTimeout(this.nudging);
    this.nudging = setTimeout(() => this.settle(), 600);
  }

  settle() {
    clearTimeout(this.nudging);
    if (!this.nudged.size) return;
    const ids = [...this.nudged.keys()];
    this.nudged.clear();
    this.desk.arrange(ids);
    this.desk.caughtUp();
  }

  /** @param {KeyboardEvent} event */
  onEscape(event) {
    const target = event.composedPath()[0];
    const isOurs = this.desk.board.root.contains(target) || target === document.body || target.contains?.(this.desk.board.host);
    if (!isOurs && !this.desk.mode.drawing) return;
    if (document.querySelector('[role="dialog"], [data-baseweb="popover"]')) return;
    if (this.hold?.moving) this.drop();
    else this.desk.escape();
  }

  destroy() {
    clearTimeout(this.resting);
    this.settle();
  }
}
