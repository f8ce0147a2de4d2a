/**
 * Where everybody stood in an earlier version: a hollow, dashed mark at the old place and an arrow to the new one, a plus
 * at newcomers, a cross over who is gone. Nothing of it can be dragged or clicked.
 */
import { forms } from "../shared/labels.js";
import { set, svg } from "../shared/marks.js";

let boards = 0;

/** With more ghosts than this each is drawn faintly, and names need not keep clear of them. */
const MANY = 30;

export class Ghosts {
  /** @type {any} */ version;

  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    /** @type {Map<string, any>} id -> what is drawn of an earlier place */
    this.nodes = new Map();
    this.new = new Set();
    const clip = `ghosts-${(boards += 1)}`;
    this.window = svg("rect", {});
    this.marks = svg("g", { "clip-path": `url(#${clip})` });
    this.names = svg("g", {});
    this.group = svg(
      "g", { class: "ghosts", "aria-hidden": "true" },
      svg("clipPath", { id: clip }, this.window), this.marks, this.names,
    );
  }

  /** New rows; `restyled`: colours have changed. @param {any} ghosts @param {boolean} restyled */
  render(ghosts, restyled) {
    const stood = new Map((ghosts?.stood || []).map((/** @type {Stakeholder} */ row) => [row.id, row]));
    this.version = ghosts?.version || "";
    this.new = new Set(ghosts?.new || []);
    for (const [id, node] of this.nodes) {
      if (!stood.has(id)) {
        node.mark.remove();
        node.name.remove();
        this.nodes.delete(id);
      }
    }
    for (const row of stood.values()) {
      const node = this.nodes.get(row.id) || this.make(row);
      if (restyled || node.row.group !== row.group) node.radius = 0;
      if (node.row.name !== row.name) node.measured = null;
      node.row = row;
    }
    for (const node of this.grid.nodes.values()) {
      this.badge(node);
      set(node.dot, { "aria-description": this.about(node.id).join(". ") || null });
    }
  }

  /** @param {Stakeholder} row */
  make(row) {
    const shape = svg("path", { class: "was" });
    const cross = svg("path", { class: "cross" });
    const line = svg("path", { class: "way" });
    const head = svg("path", { class: "head" });
    const at = svg("g", {}, shape, cross);
    const mark = svg("g", { class: "ghost-mark", "data-ghost": row.id }, line, head, at);
    const text = svg("text");
    const leader = svg("line", { class: "leader" });
    const name = svg("g", { class: "name gone" }, leader, text);
    this.marks.append(mark);
    this.names.append(name);
    const node = { id: row.id, row, mark, shape, cross, line, head, at, name, text, leader, radius: 0, measured: null };
    this.nodes.set(row.id, node);
    return node;
  }

  /** A plus beside the dot of a newcomer; it moves with the dot. @param {Dot} node */
  badge(node) {
    if (!this.new.has(node.id)) {
      node.badge?.remove();
      node.badge = null;
      return;
    }
    if (!node.badge) {
      node.badge = svg("g", { class: "newcomer" }, svg("circle", {}), svg("path", {}));
      node.dot.append(node.badge);
    }
    const r = Math.max(6, this.grid.radius * 0.62);
    const [circle, plus] = node.badge.children;
    set(circle, { r });
    set(plus, { d: `M${-r * 0.55} 0H${r * 0.55}M0 ${-r * 0.55}V${r * 0.55}` });
    set(node.badge, { transform: `translate(${(this.grid.radius * 1.3).toFixed(1)} ${(-this.grid.radius * 1.3).toFixed(1)})` });
  }

  /** Whether its stakeholder is on the grid now, so that an arrow leads there. @param {Dot} node */
  leads(node) {
    return this.grid.nodes.get(node.id) || null;
  }

  /** Everything where it belongs now. */
  paint() {
    const { frame, frame: { x, y, width, height } } = this.grid.scale;
    set(this.window, { x, y, width, height });
    for (const node of this.nodes.values()) {
      [node.x, node.y] = this.grid.scale.place(node.row.interest, node.row.power);
      const goal = this.leads(node);
      const row = goal?.row || node.row;
      const seen = this.grid.passes({ membership: "", ...row });
      node.away = !seen || node.x < frame.x || node.y < frame.y || node.x > frame.x + width || node.y > frame.y + height;
      node.mark.style.display = seen ? "" : "none";
      node.name.style.display = node.away || goal || !node.written ? "none" : "";
      if (node.written) set(node.name, { transform: `translate(${node.x - node.written[0]} ${node.y - node.written[1]})` });
      set(node.at, { transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})` });
      if (node.radius !== this.grid.radius) this.style(node);
      set(node.cross, { display: goal ? "none" : null });
      this.point(node, goal);
    }
    for (const node of this.grid.nodes.values()) if (node.badge) this.badge(node);
    this.light();
  }

  /** The way of whoever is selected or pointed at stands out among many. */
  light() {
    const { selection, hovered, sides } = this.grid;
    this.group.classList.toggle("many", this.nodes.size > MANY);
    for (const { id, row, mark } of this.nodes.values()) {
      mark.classList.toggle("lit", selection.has(id) || id === hovered);
      mark.classList.toggle("dim", Boolean(sides.searched) && !sides.finds(row));
    }
  }

  /** @param {Dot} node */
  style(node) {
    node.radius = this.grid.radius;
    const { d, stroke } = this.grid.looks.mark(node.row.group, node.radius);
    set(node.shape, { d, stroke });
    set(node.line, { stroke });
    set(node.head, { fill: stroke });
    const r = node.radius * 0.9;
    set(node.cross, { d: `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}` });
  }

  /** The arrow from the old place to where the dot is drawn at this moment. @param {Dot} node @param {any} goal */
  point(node, goal) {
    const dx = goal ? goal.x - node.x : 0;
    const dy = goal ? goal.y - node.y : 0;
    const far = Math.hypot(dx, dy);
    const from = node.radius * 1.15;
    const to = far - node.radius * (goal?.row.attitude ? 2 : 1.45);
    if (!goal || to - from < 4) {
      set(node.line, { d: null });
      set(node.head, { d: null });
      return;
    }
    const [ux, uy] = [dx / far, dy / far];
    const size = Math.min(9, Math.max(5, node.radius * 0.8), to - from);
    /** @param {number} along @param {number} aside */
    const at = (along, aside) =>
      `${(node.x + ux * along - uy * aside).toFixed(1)} ${(node.y + uy * along + ux * aside).toFixed(1)}`;
    set(node.line, { d: `M${at(from, 0)}L${at(to - size, 0)}` });
    set(node.head, { d: `M${at(to, 0)}L${at(to - size, size * 0.55)}L${at(to - size, -size * 0.55)}Z` });
  }

  /** A dot is being dragged: its arrow follows. @param {Dot} dot */
  follow(dot) {
    const node = this.nodes.get(dot.id);
    if (node && dot.x !== undefined) this.point(node, dot);
  }

  // ---- names -----------------------------------------------------------------------------------------------------

  /**
   * What the names keep clear of, and the names of those who are gone, as labels.js takes them.
   * @param {CanvasRenderingContext2D} pen @param {string} family
   */
  items(pen, family) {
    const found = [];
    for (const node of this.nodes.values()) {
      if (node.away || (this.nodes.size > MANY && this.leads(node))) continue;
      const { x, y, radius } = node;
      const item = { id: `ghost ${node.id}`, ghost: node, x, y, core: radius * 0.8, radius, weight: 37, forms: [] };
      if (!this.leads(node)) {
        if (!node.measured || node.size !== this.grid.text) {
          pen.font = `italic 500 ${this.grid.text}px ${family}`;
          const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("Ay");
          const words = `${node.row.name} (${node.row.what === "Gone" ? "gone" : "not rated now"})`;
          node.measured = forms(words, (text) => pen.measureText(text).width, up + down, this.grid.text * 17);
          node.up = up;
          node.size = this.grid.text;
        }
        item.forms = node.measured;
      }
      found.push(item);
    }
    return found;
  }

  /** Write the names of those who are gone where there is room. @param {any} spots */
  write(spots) {
    this.light();
    for (const node of this.nodes.values()) {
      const spot = node.away || this.leads(node) ? null : spots.get(`ghost ${node.id}`);
      node.name.style.display = spot ? "" : "none";
      node.written = spot ? [node.x, node.y] : null;
      if (!spot) continue;
      set(node.name, { transform: null });
      const x = /** @type {Record<string, number>} */ ({ start: spot.x + 1, middle: spot.x + spot.width / 2, end: spot.x + spot.width - 1 })[spot.align].toFixed(1);
      const step = spot.height / spot.form.lines.length;
      set(node.text, { "text-anchor": spot.align });
      node.text.replaceChildren(
        ...spot.form.lines.map((/** @type {any} */ line, /** @type {number} */ i) => svg("tspan", { x, y: (spot.y + node.up + i * step).toFixed(1) }, line)),
      );
      const [x1, y1, x2, y2] = spot.line || [];
      set(node.leader, { x1, y1, x2, y2 });
    }
  }

  /** What the tip says of a dot beside where it stands now. @param {string} id */
  about(id) {
    if (this.new.has(id)) return [`New on the grid since ${this.version}`];
    const node = this.nodes.get(id);
    if (!node) return [];
    const { power, interest, note } = node.row;
    return [`Was at power ${power}, interest ${interest}`, note].filter(Boolean);
  }
}
