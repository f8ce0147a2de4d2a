/**
 * The power-interest grid. Dots at their ratings, a tray for those without one, a legend that filters.
 *
 * `view` holds the rows as they will be once the outbox is done. A redraw changes nodes in place: focus, selection,
 * zoom and a drag in progress stay. Drags live in grid_pointer.js, what stands around the plane in grid_sides.js.
 */
import { element, isDark, mount } from "../shared/board.js";
import { Flight } from "./grid_flight.js";
import { Keys } from "./grid_keys.js";
import { Ghosts } from "./grid_ghosts.js";
import { Names } from "./grid_names.js";
import { Plane, Trail } from "./grid_plane.js";
import { Pointer } from "./grid_pointer.js";
import { clamp, isRated, rounded, Scale, shown } from "../shared/scale.js";
import { Sides } from "./grid_sides.js";
import { Tip } from "./grid_tip.js";
import { Looks, set, svg } from "../shared/marks.js";
import { moved } from "../shared/gestures.js";
import { counted } from "../shared/words.js";

export class Grid {
  /** @type {View} */ view;
  /** @type {Looks} */ looks;
  /** @type {Map<any, any>} */ aside;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.scale = new Scale();
    /** @type {Map<string, any>} id -> what is drawn of a rated stakeholder */
    this.nodes = new Map();
    this.rows = new Map();
    this.selection = new Set();
    this.told = null;
    this.turn = 0;
    this.picked = null;
    this.moving = new Map();
    /** @type {string | null} */ this.hovered = null;
    this.text = 15;
    this.radius = 9;
    this.plane = new Plane();
    this.trail = new Trail();
    this.ghosts = new Ghosts(this);
    this.dots = svg("g", { class: "dots" });
    this.names = new Names(this);
    this.band = svg("rect", { class: "band", hidden: "" });
    this.svg = svg("svg", { class: "plane", role: "group", "aria-label": "Power-interest grid" });
    this.svg.append(this.plane.group, this.trail.group, this.ghosts.group, this.dots, this.names.group, this.band);
    this.tip = new Tip(this);
    this.aloud = element("div", { class: "aloud", role: "status" });
    this.sides = new Sides(this);
    this.plot = element("div", { class: "plot" }, this.svg, this.tip.box, this.sides.hint, this.sides.tools);
    board.root.prepend(this.sides.left, this.plot, this.sides.legend, this.aloud);
    this.flight = new Flight(this);
    this.pointer = new Pointer(this);
    this.keys = new Keys(this);
    this.size = new ResizeObserver(() => this.layout());
    this.size.observe(this.plot);
    document.fonts.ready.then(() => {
      this.names.measureAgain();
      if (this.view) this.names.place();
    });
  }

  destroy() {
    this.size.disconnect();
    this.flight.land();
    this.names.stop();
  }

  // ---- rows in --------------------------------------------------------------------------------------------------

  /** @param {View} view */
  render(view) {
    const first = !this.view;
    this.view = view;
    this.rows = new Map(view.stakeholders.map((row) => [row.id, row]));
    const looks = new Looks(view.legend, isDark(this.board.root));
    const restyled = this.looks?.key !== looks.key;
    this.looks = looks;
    this.scale.turn(Boolean(view.turned));
    this.obey(view);
    this.forget();
    this.spread(view.stakeholders);
    for (const row of view.stakeholders) if (isRated(row)) this.draw(row, restyled);
    this.ghosts.render(view.ghosts, restyled);
    this.sides.render(restyled);
    this.board.root.classList.toggle("looking-on", !view.editable);
    if (first) this.layout();
    else {
      this.paint();
      this.names.placeSoon();
    }
  }

  /**
   * Who is selected, as Python says; an answer that is older than our last word is not listened to.
   * @param {View} view
   */
  obey(view) {
    if (view.selected_turn < this.turn) return;
    this.turn = view.selected_turn;
    if (view.selected !== this.told) {
      this.told = view.selected;
      this.selection = new Set(view.selected ? [view.selected] : []);
    }
  }

  /** Let go of what is no longer there. */
  forget() {
    for (const [id, node] of this.nodes) {
      if (!this.rows.has(id) || !isRated(this.rows.get(id))) {
        node.dot.remove();
        node.name?.remove();
        this.nodes.delete(id);
      }
    }
    for (const id of [...this.selection]) if (!this.rows.has(id)) this.selection.delete(id);
    if (this.picked && (!this.rows.has(this.picked) || isRated(this.rows.get(this.picked)))) this.picked = null;
    if (!this.nodes.has(this.hovered ?? "")) this.hover(null);
    this.pointer.forget();
  }

  /**
   * Stakeholders with the very same rating stand side by side instead of on top of each other.
   * @param {Stakeholder[]} rows
   */
  spread(rows) {
    const together = new Map();
    for (const row of rows) {
      if (!isRated(row)) continue;
      const key = `${row.power}/${row.interest}`;
      if (!together.has(key)) together.set(key, []);
      together.get(key).push(row.id);
    }
    this.aside = new Map();
    for (const ids of together.values()) {
      if (ids.length < 2) continue;
      ids.forEach((/** @type {string} */ id, /** @type {number} */ i) => {
        const far = ids.length === 2 ? 1.3 : 1.5 * Math.sqrt(i + 0.4);
        const angle = ids.length === 2 ? Math.PI * (1 - i) : i * 2.4;
        this.aside.set(id, [far * Math.cos(angle), far * Math.sin(angle)]);
      });
    }
  }

  /** @param {Stakeholder} row @param {boolean} restyled */
  draw(row, restyled) {
    let node = this.nodes.get(row.id);
    const fresh = !node;
    if (fresh) {
      const mark = svg("path", { class: "mark" });
      const ring = svg("circle", { class: "ring" });
      const halo = svg("circle", { class: "halo" });
      const dot = svg("g", { class: "dot", "data-id": row.id, tabindex: 0, role: "button" });
      dot.append(svg("circle", { class: "reach", r: 16 }), halo, ring, mark);
      node = { id: row.id, dot, mark, ring, halo, row: {} };
      this.nodes.set(row.id, node);
      this.dots.append(dot);
    }
    const was = node.row;
    node.row = row;
    if (fresh || restyled || was.group !== row.group || was.attitude !== row.attitude) this.style(node);
    if (was.name !== row.name) this.names.measureAgain(row.id);
    const about = `power ${shown(row.power)}, interest ${shown(row.interest)}`;
    set(node.dot, {
      "aria-label": [row.name, about, row.group || "Group not set", row.attitude].filter(Boolean).join(", "),
      "data-power": row.power,
      "data-interest": row.interest,
    });
    if (this.moving.has(row.id)) return;
    const moved = !fresh && (was.power !== row.power || was.interest !== row.interest);
    if (moved) this.glide(node);
  }

  /** Colours and sizes of one dot. @param {Dot} node */
  style(node) {
    set(node.mark, this.looks.mark(node.row.group, this.radius));
    set(node.ring, this.looks.ring(node.row.attitude, this.radius));
    set(node.halo, { r: this.radius * 2.15 });
  }

  /** The next change of place of this node is seen as a movement. @param {Dot} node */
  glide(node) {
    for (const part of [node.dot, node.name]) part?.classList.add("gliding");
    clearTimeout(node.still);
    node.still = setTimeout(() => {
      for (const part of [node.dot, node.name]) part?.classList.remove("gliding");
    }, 350);
  }

  // ---- picture --------------------------------------------------------------------------------------------------

  /** Marks are all of one size; where many crowd into the view they are smaller, zoomed in they grow again. */
  resizeMarks() {
    const { frame } = this.scale;
    const inView = [...this.nodes.values()].filter(
      ({ row }) => this.passes(row) && this.scale.holds(...this.scale.place(row.interest, row.power), 1),
    ).length;
    const room = (frame.width * frame.height) / ((this.text * 5.6) ** 2);
    const radius = Math.round(this.text * clamp(0.6 * Math.sqrt(room / Math.max(1, inView)), 0.38, 0.6) * 4) / 4;
    if (radius === this.radius) return;
    this.radius = radius;
    for (const node of this.nodes.values()) this.style(node);
  }

  /** Everything again at the size there is now. */
  layout() {
    if (!this.view) return;
    const root = this.board.root;
    const narrow = root.clientWidth < 640;
    root.classList.toggle("narrow", narrow);
    const tall = this.board.height || 770;
    const text = this.view.presenting ? clamp((21 * tall) / 1000, 17, 40) : clamp((15 * tall) / 770, 15, 24);
    this.text = root.clientWidth > 860 ? Math.round(text * 2) / 2 : 15;
    root.style.setProperty("--text", `${this.text}px`);
    this.names.measureAgain();
    const { clientWidth: width, clientHeight: height } = this.plot;
    set(this.svg, { width, height });
    const left = this.text * (narrow ? 3 : 3.4);
    const top = this.text;
    const right = this.text * 1.1;
    const bottom = this.text * 1.6 + 40;
    this.scale.resize({
      x: left,
      y: top,
      width: Math.max(80, width - left - right),
      height: Math.max(80, height - top - bottom),
    });
    this.radius = 0;
    this.paint();
    this.names.place();
  }

  /** @param {Stakeholder} row */
  passes(row) {
    return this.sides.passes(row);
  }

  /** Plane and dots where they belong now. */
  paint() {
    if (!this.moving.size) this.resizeMarks();
    this.plane.paint(this.scale, this.text, this.view.quadrants, this.counts(), this.view.axes);
    const traced = this.selection.has(this.view.selected) && this.nodes.get(this.view.selected);
    this.trail.paint(this.scale, this.view.trail, traced ? traced.row : null);
    for (const node of this.nodes.values()) this.put(node);
    this.ghosts.paint();
    this.sides.tellZoom();
  }

  counts() {
    const counts = [0, 0, 0, 0];
    const all = [0, 0, 0, 0];
    for (const { row } of this.nodes.values()) {
      const [across, up] = this.scale.turned ? [row.power, row.interest] : [row.interest, row.power];
      const at = (up >= 5 ? 0 : 2) + (across >= 5 ? 1 : 0);
      all[at] += 1;
      if (this.passes(row)) counts[at] += 1;
    }
    return counts.map((count, i) => (count === all[i] ? String(count) : `${count} of ${all[i]}`));
  }

  /** One dot and its name at its place, or at the place it is being dragged to. @param {Dot} node */
  put(node) {
    const { row, dot } = node;
    const at = this.moving.get(row.id) || row;
    const [ox, oy] = this.aside.get(row.id) || [0, 0];
    let [x, y] = this.scale.place(at.interest, at.power);
    const { frame } = this.scale;
    const away = !this.scale.holds(x, y, 1);
    const hidden = !this.passes(row);
    node.away = away || hidden;
    x = clamp(x + ox * this.radius, frame.x - this.radius, frame.x + frame.width + this.radius);
    y = clamp(y + oy * this.radius, frame.y - this.radius, frame.y + frame.height + this.radius);
    if (node.x !== x || node.y !== y) {
      node.x = x;
      node.y = y;
      dot.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
      if (node.name) node.name.style.transform = dot.style.transform;
    }
    dot.classList.toggle("away", away);
    dot.classList.toggle("filtered", hidden);
    dot.classList.toggle("selected", this.selection.has(row.id));
    dot.classList.toggle("dim", this.sides.searched && !this.sides.finds(row));
    if (node.away && node.name) this.names.remove(node);
    set(dot, { "aria-pressed": String(this.selection.has(row.id)) });
  }

  // ---- what a person does ----------------------------------------------------------------------------------------

  /** The dot nearest to a pixel, at most so far away. @param {number} px @param {number} py @param {number} most */
  nearest(px, py, most) {
    let best = null;
    let least = most;
    for (const node of this.nodes.values()) {
      if (node.away) continue;
      const far = Math.hypot(node.x - px, node.y - py);
      if (far < least) [best, least] = [node, far];
    }
    return best;
  }

  /** Select these; exactly one has its card beside the board. @param {string[]} ids */
  select(ids) {
    this.selection = new Set(ids);
    const one = this.selection.size === 1 ? [...this.selection][0] : null;
    if (one !== this.told) {
      this.told = one;
      this.turn += 1;
      this.board.set("selected", { id: one, turn: this.turn });
    }
    for (const node of this.nodes.values()) this.put(node);
    this.sides.render();
    this.names.placeSoon(0);
  }

  /** @param {string} id */
  toggle(id) {
    const ids = new Set(this.selection);
    if (!ids.delete(id)) ids.add(id);
    this.select([...ids]);
  }

  /** Take a waiting chip in hand: the next click on the plane is its place. @param {string | null} id */
  pick(id) {
    this.picked = id;
    this.sides.render();
  }

  /**
   * Move to new ratings, as one gesture: [[id, power, interest, what was seen]]; None takes a rating off.
   * @param {[string, number | null, number | null, Values][]} moves
   */
  move(moves) {
    const real = moves.filter(([, power, interest, seen]) => power !== seen.power || interest !== seen.interest);
    if (!real.length) return;
    this.picked = null;
    this.board.send(moved({ moves: real.map(([id, power, interest, seen]) => ({ id, power, interest, seen })) }));
    const [id, power, interest] = real[0];
    const who = real.length === 1 ? this.rows.get(id)?.name : counted(real.length, "stakeholder");
    const where = real.length > 1 ? "moved" : power === null ? "not rated" : `power ${power}, interest ${interest}`;
    this.aloud.textContent = this.view.editable ? `${who}: ${where}` : "";
  }

  /** @param {string | null} id */
  seen(id) {
    const { power, interest } = this.rows.get(id);
    return { power, interest };
  }

  /**
   * Move these together by so much, no further than the edge lets the group.
   * @param {string[]} ids @param {number} power @param {number} interest
   */
  shift(ids, power, interest) {
    const rows = ids.map((id) => this.rows.get(id)).filter((row) => row && isRated(row));
    const [up, right] = this.allowed(rows, power, interest);
    this.move(rows.map((row) => [row.id, rounded(row.power + up), rounded(row.interest + right), this.seen(row.id)]));
  }

  /** How far these can go together. @param {Stakeholder[]} rows @param {number} power @param {number} interest */
  allowed(rows, power, interest) {
    /** @param {string} field @param {any} by */
    const room = (field, by) => {
      const values = rows.map((row) => row[field]);
      return clamp(by, -Math.min(...values), 10 - Math.max(...values));
    };
    return [room("power", power), room("interest", interest)];
  }

  /** @param {string[]} ids */
  unrate(ids) {
    const rated = ids.filter((id) => isRated(this.rows.get(id)));
    this.move(rated.map((id) => [id, null, null, this.seen(id)]));
  }

  /** Whether the Escape key has something to let go of. */
  busy() {
    return Boolean(this.picked || this.selection.size || this.pointer.busy);
  }

  /** Say who a dot is, beside it; null for nobody. @param {string | null} id @param {string} [words] */
  hover(id, words) {
    const node = this.nodes.get(id ?? "");
    this.hovered = node ? id : null;
    this.tip.show(node, node && (this.moving.get(id) || node.row), words);
  }
}

export default (/** @type {Component} */ component) => mount(component, (board) => new Grid(board));
