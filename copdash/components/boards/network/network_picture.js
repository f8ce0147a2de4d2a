/**
 * The network on vis-network's canvas: rows applied by difference, nothing moves by itself.
 * Physics is off; zoom and pan are vis-network's own, hits and names are ours.
 */
import { DataSet, Network } from "../vendor/vis-network.min.esm.js";
import { isDark, theme } from "../shared/board.js";
import { edgesOf } from "./network_ties.js";
import { drawNames } from "./network_names.js";
import { Flight } from "./network_flight.js";
import { leaf, rings, since, towers, veil } from "./network_overlay.js";

const FAR = 0.16;
/** From so many ties on their lines wait while the picture is panned or zoomed. */
const LARGE = 1500;
/** Room that names need around the outermost nodes, in px of the screen. */
const MARGIN = { x: 64, y: 44 };

export class NetworkPicture {
  /** @type {Network} */ network;
  /** What the names were placed for, see network_names.js. @type {number} */ px;
  /** @type {number} */ scale;
  /** @type {number} */ namedAt;
  /** @type {any} */ naming;
  /** @type {ResizeObserver} */ sizes;
  /** @type {View} */ view;
  /** @type {any} */ twins;
  /** @type {string} */ paper;
  /** @type {string} */ ink;
  /** @type {string} */ accent;
  /** @type {string} */ family;
  /** @type {boolean} */ labelsAreStale;
  /** @type {string | null} */ rested;
  /** @type {number} */ resting;

  /** @param {HTMLElement} place an element that has a size @param {Board} board */
  constructor(place, board) {
    this.place = place;
    this.board = board;
    this.nodes = new DataSet();
    this.edges = new DataSet();
    this.signs = { nodes: new Map(), edges: new Map() };
    this.known = new Map();
    /** @type {any} */
    this.marked = { selected: new Set(), tie: null, hovered: null, drawing: false, from: null, cursor: null, gone: null, lost: new Set() };
    this.boost = 1;
    /** @type {any[]} */ this.labels = [];
    /** @type {any[]} */ this.types = [];
    this.untouched = true;
    this.isFitted = false;
    this.flight = new Flight((id, at) => { if (this.network.body.nodes[id]) this.moveTo(id, at); });
  }

  /** @param {View} given */
  begin({ options, edges }) {
    const isLarge = edges.length > LARGE;
    this.network = new Network(this.place, { nodes: this.nodes, edges: this.edges }, {
      ...options,
      interaction: {
        dragNodes: false, dragView: true, zoomView: true, zoomSpeed: 0.6, hover: false, selectable: false,
        keyboard: false, tooltipDelay: 1e9, hideEdgesOnDrag: isLarge, hideEdgesOnZoom: isLarge,
      },
    });
    /** @type {HTMLElement} */ (this.place.firstElementChild).tabIndex = -1; // the stage around it is the one that takes keys
    this.network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
      since(ctx, this);
      rings(ctx, this);
      towers(ctx, this);
    });
    this.network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
      veil(ctx, this, this.pointed());
      drawNames(this, ctx);
    });
    for (const change of ["zoom", "dragStart"]) this.network.on(change, () => { this.untouched = false; });
    this.sizes = new ResizeObserver(() => this.onResize());
    this.sizes.observe(this.place);
  }

  onResize() {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (!this.network || !width || !height) return;
    this.network.setSize(`${width}px`, `${height}px`);
    if (this.untouched) this.fit();
    this.network.redraw();
  }

  /** Apply rows: only what differs from the last time is touched. @param {View} view */
  render(view) {
    if (!this.network) this.begin(view);
    this.view = view;
    this.twins = isDark(this.board.root) ? view.twins : null;
    this.paper = theme(this.board.root, "--st-background-color", "#fff");
    this.ink = theme(this.board.root, "--st-text-color", "#111");
    this.accent = theme(this.board.root, "--st-primary-color", "#0b6e75");
    this.family = theme(this.board.root, "--st-font", "sans-serif");
    const before = this.known;
    this.known = new Map(view.nodes.map((/** @type {any} */ node) => [node.id, node]));
    if (!this.isFitted && this.place.clientWidth) this.fit();
    else if (this.isElsewhere(before)) this.fly(before);
    else {
      if (this.flight.isOn && [...this.known.values()].some(({ id, x, y }) => before.get(id)?.x !== x || before.get(id)?.y !== y)) this.land();
      this.update();
    }
  }

  /** Let everybody go to a new place in sight of whoever looks on. @param {Map<string, any>} before */
  fly(before) {
    const moving = [...this.known.values()].filter((node) => before.has(node.id) && this.network.body.nodes[node.id])
      .map((node) => ({ id: node.id, from: this.at(node.id), to: { x: node.x, y: node.y } }));
    this.fit();
    this.flight.begin(moving);
  }

  /** Stop a flight where it leads to, so that what is taken in hand stands still. */
  land() {
    if (this.flight.end()) for (const { id, x, y } of this.known.values()) this.moveTo(id, { x, y });
  }

  /**
   * Whether most stakeholders stand elsewhere than before, or a new one out of sight of somebody who did not zoom.
   * @param {Map<string, any>} before
   */
  isElsewhere(before) {
    let moved = 0;
    let isHidden = false;
    for (const [id, node] of this.known) {
      const was = before.get(id);
      if (!was) isHidden ||= this.untouched && before.size > 0 && !this.isInSight(node);
      else if (was.x !== node.x || was.y !== node.y) moved += 1;
    }
    return isHidden || (moved > 3 && moved > before.size / 2);
  }

  /** @param {{x: number, y: number}} given */
  isInSight({ x, y }) {
    const at = this.network.canvasToDOM({ x, y });
    return at.x > 0 && at.y > 0 && at.x < this.place.clientWidth && at.y < this.place.clientHeight;
  }

  /** Bring the data sets in line with the rows and with what is marked. */
  update() {
    const near = this.near();
    const { gone } = this.marked;
    const nodes = this.view.nodes.map((/** @type {any} */ node) => this.dressNode(node, gone ? node.id === gone : near && !near.nodes.has(node.id)));
    const edges = edgesOf(this.view).map((edge) => this.dressEdge(
      edge, gone ? edge.from === gone || edge.to === gone : near && !near.edges.has(edge.id)));
    this.put("nodes", nodes, () => this.put("edges", edges));
    this.labelsAreStale = true;
    this.redraw();
  }

  /** @param {"nodes" | "edges"} kind @param {any} items */
  put(kind, items, between = () => {}) {
    const signs = this.signs[kind];
    const changed = [];
    const here = new Set();
    for (const item of items) {
      const sign = JSON.stringify(item);
      here.add(item.id);
      if (signs.get(item.id) !== sign) {
        signs.set(item.id, sign);
        changed.push(item);
      }
    }
    if (changed.length) this[kind].update(changed);
    between();
    const gone = [...signs.keys()].filter((id) => !here.has(id));
    for (const id of gone) signs.delete(id);
    if (gone.length) this[kind].remove(gone);
  }

  /** Forget where these were drawn, so that the next rows put them back. @param {string[]} ids */
  forget(ids) {
    for (const id of ids) this.signs.nodes.delete(id);
  }

  /** @param {string} colour */
  tone(colour) {
    if (colour === "#ffffff") return this.paper;
    return (this.twins && this.twins[colour]) || colour;
  }

  /** @param {any} node @param {boolean | null} isFar */
  dressNode(node, isFar) {
    const colour = { background: this.tone(node.color.background), border: this.tone(node.color.border) };
    return {
      id: node.id,
      x: node.x,
      y: node.y,
      shape: node.shape,
      size: node.size * this.boost,
      color: { ...colour, hover: colour, highlight: colour },
      borderWidth: node.borderWidth * Math.min(this.boost, 1.4),
      shapeProperties: node.shapeProperties,
      ...(node.meeting ? { ctxRenderer: leaf(this.ink, this.paper) } : {}),
      opacity: isFar ? FAR : 1,
    };
  }

  /** @param {any} edge @param {boolean | null} isFar */
  dressEdge(edge, isFar) {
    const chosen = edge.id === this.marked.tie;
    return {
      id: edge.id,
      from: edge.from,
      to: edge.to,
      width: (edge.width + (chosen ? 2 : 0)) * this.boost,
      color: { color: this.tone(edge.colour), opacity: isFar ? FAR / 1.6 : Math.max(edge.opacity, chosen ? 1 : 0), inherit: false },
      dashes: edge.dashes ? edge.dashes.map((/** @type {any} */ part) => part * this.boost) : false,
      arrows: { to: { enabled: edge.arrow, type: edge.open ? "vee" : "arrow", scaleFactor: 0.62 * this.boost } },
      smooth: edge.smooth,
    };
  }

  /** The neighbourhood of what the pointer or the focus rests on, while nothing is selected. */
  pointed() {
    const { hovered, selected, tie, drawing, gone } = this.marked;
    return hovered && hovered === this.rested && !selected.size && !tie && !drawing && !gone ? this.around(new Set([hovered]), null) : null;
  }

  /** The neighbourhood of what is selected; null when nothing is. */
  near() {
    const { selected, tie } = this.marked;
    return selected.size || tie ? this.around(selected, tie) : null;
  }

  /** @param {Set<string>} selected @param {string | null} tie */
  around(selected, tie) {
    const near = { nodes: new Set(selected), edges: new Set() };
    for (const row of this.view.ties) {
      if (row.id === tie || selected.has(row.from_id) || selected.has(row.to_id)) {
        near.edges.add(row.id);
        near.nodes.add(row.from_id).add(row.to_id);
      }
    }
    return near;
  }

  /** @param {any} marked */
  mark(marked) {
    Object.assign(this.marked, marked);
    this.update();
  }

  /** @param {string | null} id */
  hover(id) {
    if (this.marked.hovered === id || this.flight.isOn) return;
    this.marked.hovered = id;
    this.rested = null;
    clearTimeout(this.resting);
    if (id) {
      this.resting = setTimeout(() => { // a pointer that only passes leaves the picture calm
        this.rested = id;
        this.labelsAreStale = true;
        this.redraw();
      }, 110);
    }
    this.labelsAreStale = true;
    this.redraw();
  }

  redraw() {
    this.network?.body.emitter.emit("_requestRedraw");
  }

  // ---- places -----------------------------------------------------------------------------------------------------

  /** Where a node stands now, in the picture. @param {string} id */
  at(id) {
    const node = this.network.body.nodes[id];
    return { x: node.x, y: node.y };
  }

  /** Where a node stands now, in px inside the board's stage. @param {string} id */
  onStage(id) {
    return this.network.canvasToDOM(this.at(id));
  }

  /** @param {string} id */
  radius(id) {
    return (this.known.get(id)?.size || 0) * this.boost;
  }

  /** The middle of a tie's line, in the picture. @param {string} tieId */
  middle(tieId) {
    return this.network.body.edges[tieId].edgeType.getPoint(0.5);
  }

  /** @param {string} id @param {{x: number, y: number}} given */
  moveTo(id, { x, y }) {
    const node = this.network.body.nodes[id];
    node.x = x;
    node.y = y;
    this.labelsAreStale = true;
    this.redraw();
  }

  // ---- view -------------------------------------------------------------------------------------------------------

  /** Show all of it. Nodes are drawn larger where the whole picture would make them too small to see. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.place;
    if (!width || !height || !this.known.size) return;
    const all = [...this.known.values()];
    const [left, right] = [Math.min(...all.map((n) => n.x)), Math.max(...all.map((n) => n.x))];
    const [top, bottom] = [Math.min(...all.map((n) => n.y)), Math.max(...all.map((n) => n.y))];
    const scale = Math.min(
      1.25, (width - 2 * MARGIN.x) / Math.max(right - left, 1), (height - 2 * MARGIN.y) / Math.max(bottom - top, 1),
    );
    this.boost = Math.min(2.4, Math.max(1, 0.58 / scale));
    this.isFitted = true;
    this.untouched = true;
    this.update();
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale }, scale: Math.max(scale, 0.02), animation: false,
    });
  }

  /** @param {any} by */
  zoom(by) {
    this.untouched = false;
    this.network.moveTo({ scale: Math.min(5, Math.max(0.05, this.network.getScale() * by)), animation: false });
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.untouched = false;
    const { x, y } = this.network.getViewPosition();
    const scale = this.network.getScale();
    this.network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
  }

  /** Bring a node into sight if it is not. @param {string} id */
  reveal(id) {
    const at = this.onStage(id);
    const { clientWidth: width, clientHeight: height } = this.place;
    if (at.x > 40 && at.y > 40 && at.x < width - 40 && at.y < height - 40) return;
    this.untouched = false;
    this.network.moveTo({ position: this.at(id), animation: false });
  }

  /** The part of the picture that is on the stage, a little inside its border. */
  sight() {
    const { clientWidth: width, clientHeight: height } = this.place;
    const { x: left, y: top } = this.network.DOMtoCanvas({ x: 4, y: 4 });
    const { x: right, y: bottom } = this.network.DOMtoCanvas({ x: width - 4, y: height - 4 });
    return { left, top, right, bottom };
  }

  destroy() {
    this.flight.end();
    clearTimeout(this.resting);
    clearTimeout(this.naming);
    this.sizes?.disconnect();
    this.network?.destroy();
  }
}
