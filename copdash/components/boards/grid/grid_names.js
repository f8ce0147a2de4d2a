/** The names on the grid: measured, placed by labels.js, written beside their dots and moved with them. */
import { forms, place } from "../shared/labels.js";
import { set, svg } from "../shared/marks.js";

/** CoP members come first where there is not room for all. */
/** @type {Record<string, number>} */
const WEIGHTS = { Core: 40, Active: 38, Peripheral: 36, Invited: 20 };

export class Names {
  /** @type {CanvasRenderingContext2D} */ pen;
  /** @type {number} */ timer;

  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    this.group = svg("g", { class: "names", "aria-hidden": "true" });
    this.widths = new Map();
    this.spots = new Map();
  }

  /** Forget the measured width of one name, or of all. @param {string} [id] */
  measureAgain(id) {
    if (id === undefined) this.widths.clear();
    else for (const bold of [true, false]) this.widths.delete(`${id}${bold}`);
  }

  placeSoon(wait = 60) {
    this.stop();
    this.timer = setTimeout(() => this.place(), wait);
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** @param {Stakeholder} row */
  weight(row) {
    const { selection, sides } = this.grid;
    if (selection.has(row.id)) return 1000;
    if (sides.searched) return sides.finds(row) ? 300 : 0;
    return (WEIGHTS[row.membership] || 0) + (row.power + row.interest) / 20;
  }

  /** Give every dot its name where there is room for it. */
  place() {
    this.stop();
    const { grid } = this;
    if (!grid.view || grid.moving.size || !grid.plot.isConnected) return;
    const pen = (this.pen ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d")));
    const family = getComputedStyle(grid.board.root).fontFamily;
    const items = [];
    for (const node of grid.nodes.values()) {
      if (node.away) continue;
      const bold = grid.selection.has(node.id);
      const key = `${node.id}${bold}`;
      if (!this.widths.has(key)) {
        pen.font = `${bold ? 700 : 500} ${grid.text}px ${family}`;
        const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("Ay");
        const measured = forms(node.row.name, (text) => pen.measureText(text).width, up + down, grid.text * 17);
        this.widths.set(key, { measured, up });
      }
      const { measured, up } = this.widths.get(key);
      const radius = node.row.attitude ? grid.radius * 1.75 : grid.radius * 1.2;
      const { id, x, y, row } = node;
      items.push({ id, x, y, core: grid.radius, radius, weight: this.weight(row), forms: measured, up });
    }
    const ghosts = grid.ghosts.items(pen, family);
    const { frame } = grid.scale;
    const room = { x: frame.x + 2, y: frame.y + 2, width: frame.width - 4, height: frame.height - 4 };
    this.spots = place([...items, ...ghosts], room, grid.plane.titles, this.spots);
    let without = 0;
    for (const { id, up } of items) {
      const node = grid.nodes.get(id);
      const spot = this.spots.get(id);
      if (spot) this.write(node, spot, up);
      else {
        without += 1;
        this.remove(node);
      }
    }
    grid.ghosts.write(this.spots);
    grid.sides.tellNames(without);
  }

  /** Write a node's name at its spot. @param {Dot} node @param {any} spot @param {number} up */
  write(node, spot, up) {
    if (!node.name) {
      node.name = svg("g", { class: "name", "data-id": node.id });
      node.text = svg("text");
      node.line = svg("line", { class: "leader" });
      node.name.append(node.line, node.text);
      node.name.style.transform = node.dot.style.transform;
      this.group.append(node.name);
    }
    const { selection, sides } = this.grid;
    node.name.classList.toggle("selected", selection.has(node.id));
    node.name.classList.toggle("dim", sides.searched && !sides.finds(node.row));
    const left = spot.x - node.x;
    const x = /** @type {Record<string, number>} */ ({ start: left + 1, middle: left + spot.width / 2, end: left + spot.width - 1 })[spot.align].toFixed(1);
    const step = spot.height / spot.form.lines.length;
    const lines = spot.form.lines.map((/** @type {any} */ line, /** @type {number} */ i) => [line, (spot.y - node.y + up + i * step).toFixed(1)]);
    const written = JSON.stringify([lines, x, spot.align]);
    if (node.written !== written) {
      node.written = written;
      set(node.text, { "text-anchor": spot.align });
      node.text.replaceChildren(...lines.map((/** @type {[any, number]} */ [line, y]) => svg("tspan", { x, y }, line)));
    }
    const [x1, y1, x2, y2] = spot.line ? spot.line.map((/** @type {number} */ n, /** @type {number} */ i) => (n - (i % 2 ? node.y : node.x)).toFixed(1)) : [];
    set(node.line, { x1, y1, x2, y2 });
  }

  /** @param {Dot} node */
  remove(node) {
    node.name?.remove();
    node.name = null;
    node.written = null;
  }
}
