/**
 * The network: stakeholders as nodes, their ties as lines, and beside it what the picture says.
 * Rows in, gestures out: arranged, tied, tie_edited, tie_turned, cut, and edited for a place in the CoP.
 * Tells Python what is `shown`, so that the measures are those of the picture.
 */
import { mount, element, newId, theme } from "../shared/board.js";
import { NetworkPicture } from "./network_picture.js";
import { Hands } from "./network_hands.js";
import { Panel } from "./network_panel.js";
import { Bar, mark, sign, stroke } from "./network_bar.js";
import { DEFAULTS, EVERYTHING, isNarrow, shows } from "./network_filter.js";
import { CAME, INVITED, asMeetings, factsOf, penOf, told } from "./network_ties.js";
import { arranged, cut, edited, tie_edited, tie_turned, tied } from "../shared/gestures.js";

/** Everything on the board and what can be done with it; bar, panel and hands act on it. */
export class Desk {
  /** @type {View} */ view;
  /** @type {boolean} */ isLate;
  /** @type {any} */ legendShown;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    /** @type {{drawing: boolean, from: string | null, placing: string | null}} */
    this.mode = { drawing: false, from: null, placing: null };
    this.pen = { type: "Information", directed: true, strength: 1, status: "Existing", ...this.kept() };
    this.shown = { ...DEFAULTS };
    this.selected = new Set();
    this.selectedTie = null;
    this.names = new Map();
    this.signal = board.listeners.signal;

    this.canvas = element("div", { class: "net-canvas" });
    this.line = sign("line", { class: "net-rubber" });
    this.goal = sign("circle", { class: "net-goal" });
    const over = sign("svg", { class: "net-over", "aria-hidden": "true" }, this.line, this.goal);
    this.hint = element("div", { class: "net-hint", role: "status" });
    this.tooltip = element("div", { class: "net-tip", role: "tooltip", hidden: true });
    this.stage = element("div", {
      class: "net-stage", tabindex: 0, role: "application",
      "aria-label": "Network picture. Choose a stakeholder in the panel beside it; arrow keys then move it, plus, minus "
        + "and 0 zoom. The panel says the same in words.",
    }, this.canvas, over, this.hint, this.tooltip, this.zoomButtons());
    this.legend = element("div", { class: "net-legend" });
    this.picture = new NetworkPicture(this.canvas, board);
    this.bar = new Bar(this);
    this.panel = new Panel(this);
    board.root.prepend(element("div", { class: "net" },
      this.bar.root, element("div", { class: "net-left" }, this.stage, this.legend), this.panel.root));
    this.hands = new Hands(this, this.signal);
    this.handle();
  }

  zoomButtons() {
    /** @param {string} label @param {string} text @param {Act} act */
    const button = (label, text, act) =>
      element("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return element("div", { class: "net-zoom" },
      button("Zoom in", "+", () => this.picture.zoom(1.3)),
      button("Zoom out", "−", () => this.picture.zoom(1 / 1.3)),
      button("Show all", "⤢", () => this.picture.fit()));
  }

  // ---- rows -------------------------------------------------------------------------------------------------------

  /** @param {View} view */
  render(view) {
    view.allTies = view.ties;
    view.ties = view.ties.filter((tie) => shows(this.shown, tie));
    this.view = view;
    this.names = new Map(view.stakeholders.map((row) => [row.id, row.name || "(no name)"]));
    for (const meeting of view.gatherings || []) this.names.set(meeting.id, meeting.title);
    for (const id of this.selected) if (!this.names.has(id)) this.selected.delete(id);
    if (this.selectedTie && !view.ties.some((tie) => tie.id === this.selectedTie)) this.selectedTie = null;
    if (this.mode.from && !this.names.has(this.mode.from)) this.startFrom(null);
    if (this.mode.placing && !this.names.has(this.mode.placing)) this.mode.placing = null;
    if (!this.names.has(this.picture.marked.cursor)) this.picture.marked.cursor = null;
    if (this.mode.drawing && view.gatherings) this.draw(null);
    const { presenting, editable } = this.board.data;
    this.bar.root.hidden = Boolean(view.gatherings || (presenting && !editable));
    this.bar.root.parentElement?.classList.toggle("is-without-bar", this.bar.root.hidden);
    this.leave(this.picture.marked.gone);
    Object.assign(this.picture.marked, { selected: this.selected, tie: this.selectedTie });
    if (this.hands.busy) this.isLate = true;
    else this.picture.render(this.pictured());
    this.bar.render();
    this.panel.render();
    this.renderLegend();
    this.renderHint();
  }

  /** What the picture draws: ties, or meetings in their place. */
  pictured() {
    return this.view.gatherings ? asMeetings(this.view, theme(this.board.root, "--st-text-color", "#111")) : this.view;
  }

  /** Choose what is shown; Python hears of it, because measures are those of the ties shown. @param {Values} values */
  show(values) {
    Object.assign(this.shown, values);
    this.board.set("shown", { ...this.shown });
    this.board.draw();
  }

  /** See the network without this one, or with everybody again. @param {string | null} id */
  leave(id) {
    const standing = id && this.view.standings[id];
    Object.assign(this.picture.marked, { gone: standing ? id : null, lost: new Set(standing ? standing.lost : []) });
  }

  /** After something was in hand: show what came meanwhile. */
  caughtUp() {
    if (!this.isLate || this.hands.busy) return;
    this.isLate = false;
    this.board.draw();
  }

  renderLegend() {
    const { groups, gatherings, towers } = this.view;
    const hasWanted = !gatherings && this.view.ties.some((tie) => tie.status === "Wanted");
    // Where the bar is away, which else tells the types.
    const types = this.bar.root.hidden && !gatherings
      ? Object.keys(this.view.pens).filter((type) => this.view.ties.some((tie) => tie.type === type)) : [];
    const shown = JSON.stringify([groups, this.picture.paper, types, hasWanted, towers, Boolean(gatherings), isNarrow(this.shown)]);
    if (shown === this.legendShown) return;
    this.legendShown = shown;
    this.legend.replaceChildren(
      ...groups.map((/** @type {any} */ group) => element("span", { class: "net-entry" }, mark(group, this.picture), group.name)),
      ...types.map((type) => element("span", { class: "net-entry" },
        stroke(penOf(this.view, { type, strength: 2 }), this.picture), type)),
      ...(hasWanted ? [element("span", { class: "net-entry" },
        stroke(penOf(this.view, { type: "Information", strength: 2, status: "Wanted" }), this.picture), "Wanted tie")] : []),
      ...(towers ? [element("span", { class: "net-entry" }, "A disc for each point of power")] : []),
      ...(gatherings ? [element("span", { class: "net-entry" }, "A calendar leaf: a meeting"),
        ...[{ pen: INVITED, word: "Invited" }, { pen: CAME, word: "Came" }].map(({ pen, word }) => element("span", { class: "net-entry" },
          stroke(penOf(this.view, pen), this.picture), word))] : []),
      ...(isNarrow(this.shown) ? [element("button", { type: "button", class: "net-name", onclick: () => this.show({ ...EVERYTHING }) },
        "Some ties are hidden. Show all")] : []));
  }

  renderHint() {
    const { drawing, from, placing } = this.mode;
    let text = "";
    if (placing) text = `Click where ${this.names.get(placing)} should stand, or use the arrow keys. Esc ends.`;
    else if (drawing && from) {
      text = `Click who each tie from ${this.names.get(from)} goes to. Empty paper: start elsewhere. Esc ends.`;
    } else if (drawing) text = "Click who the ties start from, or drag from one to another. Esc ends.";
    else if (this.picture.marked.gone) text = `Without ${this.names.get(this.picture.marked.gone)}. Esc brings them back.`;
    else if (this.view.gatherings && !this.view.gatherings.length) text = "Nobody is invited to a meeting yet. Invite them on the roadmap.";
    else if (!this.view.allTies.length && this.view.stakeholders.length > 1) {
      text = "No ties yet. Choose above what flows, then drag from one stakeholder to another.";
    } else if (this.view.stakeholders.length === 1) text = "One stakeholder alone. Add more to the list to draw ties.";
    if (this.hint.textContent !== text) this.hint.textContent = text;
    this.hint.hidden = !text;
    this.stage.classList.toggle("is-drawing", drawing);
  }

  // ---- what is selected -------------------------------------------------------------------------------------------

  /** @param {string | null} id */
  select(id, { extend = false, reveal = false } = {}) {
    if (!extend) this.selected.clear();
    if (id && extend && this.selected.has(id)) this.selected.delete(id);
    else if (id) this.selected.add(id);
    this.selectedTie = null;
    if (this.picture.marked.gone) this.leave(null);
    this.marked();
    if (id && reveal) this.picture.reveal(id);
  }

  /** @param {string} id */
  selectTie(id) {
    this.selected.clear();
    this.selectedTie = id;
    this.marked();
  }

  marked() {
    this.picture.mark({ selected: this.selected, tie: this.selectedTie });
    this.panel.render();
    this.renderHint();
  }

  // ---- modes ------------------------------------------------------------------------------------------------------

  /** Begin to draw ties of a type, or end with null. @param {string | null} type */
  draw(type) {
    this.mode.drawing = type !== null;
    this.picture.marked.drawing = this.mode.drawing; // whom to click next must stay readable: nothing fades
    this.mode.placing = null;
    if (type !== null) {
      this.setPen({ type });
      if (this.selected.size || this.selectedTie) this.select(null);
    } else this.startFrom(null);
    this.bar.render();
    this.renderHint();
  }

  /** @param {string | null} id */
  startFrom(id) {
    this.mode.from = id;
    this.picture.marked.cursor = null;
    this.rubber(null);
    this.picture.marked.from = id;
    this.picture.redraw();
    this.renderHint();
  }

  /**
   * What a click on a stakeholder does while ties are drawn: the first is where they start, each other one gets a tie.
   * @param {string} id
   */
  pick(id) {
    const { from } = this.mode;
    if (this.view.gatherings || !this.view.stakeholders.some((row) => row.id === id)) return;
    if (id === from) this.startFrom(null);
    else if (from) this.tie(from, id);
    else this.startFrom(id);
  }

  /** @param {Values} values */
  setPen(values) {
    Object.assign(this.pen, values);
    sessionStorage.setItem("copdash.network.pen", JSON.stringify(this.pen));
    this.bar.render();
    this.panel.renderPen();
    this.renderHint();
  }

  kept() {
    const kept = sessionStorage.getItem("copdash.network.pen");
    return kept ? JSON.parse(kept) : {};
  }

  /** Put a stakeholder by a click or by keys instead of a drag. @param {string} id */
  place(id) {
    this.draw(null);
    this.select(id, { reveal: true });
    this.mode.placing = id;
    this.renderHint();
    this.stage.focus({ preventScroll: true });
  }

  escape() {
    if (this.mode.placing) this.mode.placing = null;
    else if (this.mode.drawing) this.draw(null);
    else if (this.picture.marked.gone) {
      this.leave(null);
      this.marked();
    } else this.select(null);
    this.renderHint();
  }

  // ---- gestures ---------------------------------------------------------------------------------------------------

  /** @param {string} from @param {any} to */
  tie(from, to, pen = this.pen) {
    const { type, directed, strength, status } = pen;
    const double = this.view.allTies.find((row) => row.from_id === from && row.to_id === to && row.type === type);
    if (double && this.board.data.editable) {
      this.board.say(`${this.names.get(from)} and ${this.names.get(to)} have that tie (${type}) already.`);
      return null;
    }
    const { shown } = this;
    if (!shows({ ...shown, day: "" }, pen)) { // what is drawn is seen
      const types = shown.types && [...new Set([...shown.types, type])];
      this.show({ types, strength: Math.min(shown.strength, strength), status: shown.status === status ? status : "" });
    }
    return this.board.send(tied({ relation_id: newId(), from_id: from, to_id: to, type, directed, strength, status }));
  }

  /** Save where these stand now. @param {string[]} ids */
  arrange(ids) {
    const places = ids.map((id) => ({ id, ...rounded(this.picture.at(id)), seen: this.seenAt(id) }));
    this.picture.forget(ids);
    this.hands.seen.clear();
    this.board.send(arranged({ places }));
  }

  /** @param {string} id @param {any} spot */
  put(id, spot) {
    this.mode.placing = null;
    this.picture.forget([id]);
    this.board.send(arranged({ places: [{ id, ...rounded(spot), seen: this.seenAt(id) }] }));
    this.renderHint();
  }

  /** Where a stakeholder stood before it was taken in hand. @param {string} id */
  seenAt(id) {
    const { x, y } = this.hands.seen.get(id) || this.picture.known.get(id);
    return { x, y };
  }

  /** Change the place of a stakeholder in the CoP. @param {Stakeholder} row @param {string} membership */
  join(row, membership) {
    this.board.send(edited({ edits: [{ id: row.id, values: { membership }, seen: { membership: row.membership } }], additions: [] }));
  }

  /** @param {Tie} tie @param {Values} values @param {Values} known what the author saw, where that differs */
  edit(tie, values, known = {}) {
    /** @type {Values} */ const row = tie;
    const seen = Object.fromEntries(Object.keys(values).map((name) => [name, name in known ? known[name] : row[name]]));
    this.board.send(tie_edited({ relation_id: tie.id, values, seen }));
  }

  /** @param {Tie} tie */
  turn(tie) {
    this.board.send(tie_turned({ relation_id: tie.id, seen: { from_id: tie.from_id, to_id: tie.to_id } }));
  }

  cut(id = this.selectedTie) {
    if (id) this.board.send(cut({ relation_ids: [id] }));
  }

  // ---- over the picture -------------------------------------------------------------------------------------------

  /**
   * The line that follows the pointer while a tie is drawn.
   * @param {string | null} from @param {string | Point | null} to
   */
  rubber(from, to = null) {
    const isShown = Boolean(from && to);
    this.line.style.display = isShown ? "" : "none";
    this.goal.style.display = isShown && typeof to === "string" ? "" : "none";
    if (!from || !isShown) return;
    const start = this.picture.onStage(from);
    const end = typeof to === "string" ? this.picture.onStage(to) : to;
    const pen = penOf(this.view, this.pen);
    const ends = { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
    for (const [name, value] of Object.entries(ends)) this.line.setAttribute(name, value);
    this.line.setAttribute("stroke", this.picture.tone(pen.color.color));
    this.line.setAttribute("stroke-width", pen.width + 1);
    this.line.setAttribute("stroke-dasharray", (pen.dashes || []).join(" "));
    if (typeof to !== "string") return;
    this.goal.setAttribute("cx", end.x);
    this.goal.setAttribute("cy", end.y);
    this.goal.setAttribute("r", String(this.picture.radius(to) * this.picture.network.getScale() + 8));
  }

  /** Words beside the pointer about a node or a tie. @param {any} about */
  tip(about) {
    this.tooltip.hidden = !about;
    if (!about) return;
    const tie = about.tie && this.view.ties.find((row) => row.id === about.tie);
    const lines = tie
      ? [told(tie, this.names), ...factsOf(tie)]
      : (this.picture.known.get(about.node)?.tooltip || "").split("\n");
    this.tooltip.replaceChildren(...lines.map((/** @type {any} */ line) => element("div", {}, line)));
    const { clientWidth: width, clientHeight: height } = this.stage;
    const left = Math.min(about.x + 16, width - this.tooltip.offsetWidth - 8);
    const top = about.y + 20 + this.tooltip.offsetHeight > height ? about.y - this.tooltip.offsetHeight - 12 : about.y + 20;
    this.tooltip.style.left = `${Math.max(8, left)}px`;
    this.tooltip.style.top = `${Math.max(8, top)}px`;
  }

  /** For tests and for whoever wants to know where things are: places in the picture and on the page. */
  handle() {
    /** @param {any} at */
    const onPage = (at) => {
      const box = this.canvas.getBoundingClientRect();
      const { x, y } = this.picture.network.canvasToDOM(at);
      return { x: box.left + x, y: box.top + y };
    };
    /** @type {any} */ (this.board.root).copdashNetwork = {
      positions: () => Object.fromEntries([...this.picture.known.keys()].map((id) => [id, this.picture.at(id)])),
      domPosition: (/** @type {string} */ id) => onPage(this.picture.at(id)),
      tieDomPosition: (/** @type {string} */ id) => onPage(this.picture.middle(id)),
      nodes: () => this.picture.nodes.get(),
      edges: () => this.picture.edges.get(),
      labels: () => this.picture.labels.map((box) => ({ id: box.id, lines: box.lines })),
      hovered: () => this.picture.rested,
      faded: () => Boolean(this.picture.near() || this.picture.pointed()),
      view: () => ({ scale: this.picture.network.getScale(), position: this.picture.network.getViewPosition() }),
    };
  }

  destroy() {
    this.hands.destroy();
    this.picture.destroy();
  }
}

/** vis-network keeps whole numbers only. @param {{x: number, y: number}} given */
function rounded({ x, y }) {
  return { x: Math.round(x), y: Math.round(y) };
}

export default (/** @type {Component} */ component) => mount(component, (board) => {
  const desk = new Desk(board);
  const busy = () => Boolean(desk.mode.placing || desk.mode.drawing || desk.selected.size || desk.selectedTie || desk.hands.busy);
  return { busy, render: (view) => desk.render(view), destroy: () => desk.destroy() };
});
