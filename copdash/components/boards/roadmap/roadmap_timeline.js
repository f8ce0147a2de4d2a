/**
 * vis-timeline as the roadmap uses it: lanes, bars with their titles, bands and lines behind them.
 * It draws and scrolls; what a person does to a bar is the board's. Rows are applied by what differs, so that the view,
 * the focus and a drag in progress stay. User text gets in as text nodes of our own elements only.
 */

import { element } from "../shared/board.js";
import { between, plus, toDay, toTime } from "../shared/days.js";
import { counted, span } from "../shared/words.js";
import { STRIP } from "./roadmap_rows.js";
import { DataSet, Timeline, moment } from "../vendor/vis-timeline-graph2d.min.esm.js";

const DAY = 86400000;
const STRIP_HEIGHT = 43;
/** @type {Record<string, string>} */
const MARKS = { Held: "✓", Cancelled: "×" };

/** What a screen reader and a tooltip say about a row. @param {Meeting} row */
export function described(row) {
  const when = row.starts_on ? span(row.starts_on, row.ends_on) : "not yet scheduled";
  const sure = row.task ? (row.certainty === "Held" ? "done" : "to do") : row.milestone ? "" : row.certainty;
  const slip = slipped(row);
  return [
    row.title, row.kind, when, sure, row.place,
    row.again && `${row.again.number} of ${row.again.count} in a series`,
    slip && `${counted(Math.abs(slip), "day")} ${slip > 0 ? "later" : "earlier"} than ${row.agreed.title}`,
    row.marks?.news,
    row.marks?.threads && `${counted(row.marks.threads, "open comment")}`,
    row.marks?.hints.length && counted(row.marks.hints.length, "hint"),
  ].filter(Boolean).join(" · ");
}

/**
 * By how many days a row begins later than it was agreed; 0 where it does not, or nothing was agreed.
 * @param {Meeting} row
 */
function slipped(row) {
  return row.agreed && row.starts_on ? between(row.agreed.first, row.starts_on) : 0;
}

export class Roadmap {
  /**
   * @param {HTMLElement} container
   * @param {{pressed: (event: PointerEvent, handle: HTMLElement, edge: string) => void, moved: () => void}} on
   * @param {{from: string, until: string}} view the days it opens with
   */
  constructor(container, on, { from, until }) {
    this.container = container;
    this.on = on;
    this.items = new DataSet();
    this.groups = new DataSet();
    this.nodes = new Map();
    this.drawn = new Map();
    this.lines = new Map();
    this.timeline = new Timeline(container, this.items, this.groups, {
      moment: (/** @type {number} */ date) => moment(date).utc(),
      locale: "en",
      height: "100%",
      orientation: { axis: "top", item: "top" },
      start: new Date(toTime(from)),
      end: new Date(toTime(until)),
      maxMinorChars: 2,
      showCurrentTime: false,
      selectable: false,
      editable: false,
      zoomKey: "ctrlKey",
      verticalScroll: true,
      horizontalScroll: true,
      zoomMin: 28 * DAY,
      zoomMax: 40 * 365 * DAY,
      min: toTime("1900-01-01"),
      max: toTime("2200-12-31"),
      align: "left",
      margin: { item: { horizontal: 4, vertical: 6 }, axis: 8 },
      groupOrder: "order",
      order: (/** @type {any} */ a, /** @type {any} */ b) => a.start - b.start || (a.id < b.id ? -1 : 1),
      xss: { disabled: false, filterOptions: { whiteList: {} } },
      format: { minorLabels: { weekday: "D", day: "D", week: "w" }, majorLabels: { weekday: "MMMM YYYY" } },
      template: (/** @type {any} */ item) => this.nodes.get(item.id) || element("span"),
      groupTemplate: (/** @type {{id: string}} */ group) => this.nodes.get(`lane ${group?.id}`) || element("span"),
    });
    this.timeline.on("changed", () => {
      this.fit();
      this.keepNames();
      this.placeToday();
      this.on.moved();
    });
  }

  // ---- what is drawn ----

  /** @param {{id: string, title: string, look?: string}[]} lanes from top to bottom */
  setLanes(lanes) {
    this.apply(this.groups, "lane ", lanes.map((lane, order) => [
      lane.id,
      JSON.stringify([lane, order]),
      () => {
        const label = this.node(`lane ${lane.id}`, () => element("div", { class: "lane-label" }, element("span")));
        label.firstChild.textContent = lane.title;
        label.title = lane.title;
        return { id: lane.id, order, content: "", className: lane.look || "" };
      },
    ]));
  }

  /**
   * @param {Meeting[]} rows meetings and milestones that have a day, each with the id of its `lane`
   * @param {any} bands
   */
  setRows(rows, bands) {
    const bars = rows.map((row) => [row.key, JSON.stringify(row), () => this.bar(row)]);
    const behind = bands.map((/** @type {any} */ band) => [band.id, JSON.stringify(band), () => {
      const label = this.node(band.id, () => element("div", { class: "band-label" }));
      label.textContent = band.title;
      return {
        id: band.id, type: "background", className: band.look, content: "",
        start: new Date(toTime(band.from)), end: new Date(toTime(plus(band.until, 1))),
      };
    }]);
    this.apply(this.items, "", [...behind, ...bars]);
  }

  /** Vertical lines with a label at their foot. @param {{id: string, day: string, title: string}[]} lines */
  setLines(lines) {
    const wanted = new Map(lines.map((line) => [line.id, `${line.day} ${line.title}`]));
    for (const [id, was] of this.lines) {
      if (wanted.get(id) === was) continue;
      this.timeline.removeCustomTime(id);
      this.lines.delete(id);
    }
    for (const line of lines) {
      if (this.lines.has(line.id)) continue;
      this.timeline.addCustomTime(new Date(toTime(line.day)), line.id);
      this.timeline.setCustomTimeTitle("", line.id);
      const { bar } = this.timeline.customTimes.find((/** @type {any} */ made) => made.options.id === line.id);
      bar.append(element("div", { class: "line-label" }, line.title));
      this.lines.set(line.id, wanted.get(line.id));
    }
  }

  /** The words at the line of today take another line of text where they would lie on those of the project's dates. */
  placeToday() {
    const label = this.container.querySelector(".line-today .line-label");
    if (!label) return;
    label.classList.remove("up", "down");
    /** @param {any} on */
    const lies = (on) => {
      const mine = label.getBoundingClientRect();
      return [...this.container.querySelectorAll(on)].some((other) => {
        const { left, right, top, bottom, width } = other.getBoundingClientRect();
        return width && mine.left < right + 6 && left < mine.right + 6 && mine.top < bottom && top < mine.bottom;
      });
    };
    if (!lies(":is(.line-start, .line-end) .line-label")) return;
    label.classList.add("up");
    if (lies(".band-label")) label.classList.replace("up", "down");
  }

  /** @param {string} key @param {any} make */
  node(key, make) {
    if (!this.nodes.has(key)) this.nodes.set(key, make());
    return this.nodes.get(key);
  }

  /** @param {any} set @param {string} prefix @param {any} wanted */
  apply(set, prefix, wanted) {
    const now = new Set(wanted.map((/** @type {[string]} */ [id]) => prefix + id));
    const gone = [...this.drawn.keys()].filter((key) => this.drawn.get(key).set === set && !now.has(key));
    for (const key of gone) {
      this.drawn.delete(key);
      this.nodes.delete(key);
    }
    if (gone.length) set.remove(gone.map((key) => key.slice(prefix.length)));
    const changed = wanted.filter((/** @type {[string, string]} */ [id, signature]) => this.drawn.get(prefix + id)?.signature !== signature);
    for (const [id, signature] of changed) this.drawn.set(prefix + id, { set, signature });
    if (changed.length) set.update(changed.map((/** @type {[any, any, any]} */ [, , make]) => make()));
  }

  /** @param {Meeting} row */
  bar(row) {
    const node = this.node(row.key, () => this.newBar(row));
    const [handle] = node.children;
    const [bar, title, notes] = handle.children;
    const slip = slipped(row);
    const said = [slip ? `${slip > 0 ? "+" : "−"}${Math.abs(slip)} d` : row.marks?.news || "", row.marks?.threads ? `❝ ${row.marks.threads}` : ""];
    node.dataset.title = [row.label, ...said].filter(Boolean).join("  ");
    notes.textContent = said.filter(Boolean).join("  ");
    handle.classList.toggle("news", Boolean(row.marks?.news));
    bar.classList.toggle("hinted", Boolean(row.marks?.hints.length));
    this.ghost(node, row);
    node.classList.add("bar-box", row.milestone ? "milestone" : "meeting");
    node.classList.toggle("again", Boolean(row.again));
    handle.dataset.kind = row.kind;
    handle.dataset.certainty = row.certainty || "";
    handle.dataset.id = row.id;
    handle.classList.toggle("fixed", Boolean(row.fixed));
    handle.title = [described(row), ...(row.marks?.hints || [])].join("\n");
    handle.setAttribute("aria-label", described(row));
    bar.firstChild.textContent = MARKS[row.certainty] || "";
    title.textContent = row.label;
    return {
      id: row.key, group: row.lane, content: "", type: "range",
      start: new Date(toTime(row.starts_on)), end: new Date(toTime(plus(row.ends_on || row.starts_on, 1))),
    };
  }

  /** @param {Meeting} row */
  newBar(row) {
    const edges = row.milestone ? [] : ["first", "last"];
    const bar = element(
      "span", { class: "bar" }, element("span", { class: "mark" }),
      ...edges.map((edge) => element("span", { class: `edge ${edge}`, "data-edge": edge })),
    );
    const handle = element(
      "div", { class: "handle", role: "button", tabindex: -1, "data-key": row.key },
      bar, element("span", { class: "title" }), element("span", { class: "notes" }),
    );
    handle.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      this.on.pressed(event, handle, event.target.dataset?.edge || "");
    });
    return element("div", {}, handle);
  }

  /**
   * Where a row stood when it was agreed, behind where it stands now.
   * @param {any} node @param {Meeting} row
   */
  ghost(node, row) {
    const moved = row.agreed && (row.agreed.first !== row.starts_on || row.agreed.last !== (row.ends_on || row.starts_on));
    node.ghost?.remove();
    node.ghost = null;
    if (!moved) return;
    node.ghost = element("div", { class: "agreed", "aria-hidden": "true" });
    Object.assign(node.ghost, { first: row.agreed.first, last: row.agreed.last, now: row.starts_on });
    node.append(node.ghost);
    this.placeGhost(node.ghost);
  }

  /** @param {any} ghost */
  placeGhost(ghost) {
    const from = this.xOf(ghost.first);
    const width = this.xOf(plus(ghost.last, 1)) - from;
    ghost.style.left = `${from - this.xOf(ghost.now)}px`;
    ghost.style.width = `${Math.max(26, width)}px`;
  }

  /** The element of a row that takes clicks and the focus. @param {string} key */
  handle(key) {
    return this.nodes.get(key)?.firstChild || null;
  }

  // ---- days and pixels ----

  /** The plot without labels and axis, in the coordinates of the window. */
  plot() {
    return /** @type {HTMLElement} */ (this.container.querySelector(".vis-panel.vis-center")).getBoundingClientRect();
  }

  /** Whether a point is over the plot or the axis above it. @param {number} x @param {number} y */
  covers(x, y) {
    const plot = this.plot();
    return x >= plot.left && x < plot.right && y >= this.container.getBoundingClientRect().top && y < plot.bottom;
  }

  /** @param {number} x */
  timeAt(x) {
    const plot = this.plot();
    const { start, end } = this.timeline.getWindow();
    return +start + ((x - plot.left) / plot.width) * (end - start);
  }

  /** The day under a point of the window. @param {number} x */
  dayAt(x) {
    return toDay(this.timeAt(x));
  }

  /** The day whose beginning is nearest to a point of the window. @param {number} x */
  dayNear(x) {
    return toDay(this.timeAt(x) + DAY / 2);
  }

  /** Where a day begins, in the coordinates of the window. @param {string} day */
  xOf(day) {
    const plot = this.plot();
    const { start, end } = this.timeline.getWindow();
    return plot.left + ((toTime(day) - start) / (end - start)) * plot.width;
  }

  /** A band that begins before the view has its name in view; a bar before the view takes its title along. */
  keepNames() {
    for (const item of Object.values(this.timeline.itemSet.items)) {
      const node = this.nodes.get(item.id);
      if (!node || !item.displayed) continue;
      if (item.data.type === "background") node.style.marginLeft = `${Math.max(0, -item.left)}px`;
      else if (node.ghost) this.placeGhost(node.ghost);
      if (item.data.type !== "background") node.classList.toggle("past", item.left + Math.max(26, parseFloat(item.dom.box.style.width)) < 0);
    }
  }

  // ---- the view ----

  window() {
    const { start, end } = this.timeline.getWindow();
    return { from: toDay(+start), until: toDay(+end) };
  }

  /** @param {string} from @param {string} until */
  look(from, until, animation = false) {
    this.timeline.setWindow(new Date(toTime(from)), new Date(toTime(until)), { animation });
  }

  /** @param {any} closer */
  zoom(closer) {
    if (closer) this.timeline.zoomIn(0.5, { animation: false });
    else this.timeline.zoomOut(0.8, { animation: false });
  }

  /** Bring a day into view if it is not. @param {string} day */
  reveal(day) {
    const { from, until } = this.window();
    if (day <= from || plus(day, Math.ceil(between(from, until) / 12)) >= until) {
      this.timeline.moveTo(new Date(toTime(day)), { animation: false });
    }
  }

  /** Lanes share the height of the board: each has what its rows need, and what is left is given to the lowest. */
  fit() {
    const axis = this.container.querySelector(".vis-panel.vis-top")?.offsetHeight || 52;
    this.container.style.setProperty("--axis", `${axis}px`);
    const lanes = Object.entries(this.timeline.itemSet.groups)
      .filter(([id]) => id !== STRIP && this.groups.get(id));
    const needs = lanes.map(([, lane]) => Math.max(
      44, ...lane.visibleItems.map((/** @type {any} */ item) => (item.top || 0) + (item.height || 0) + 7),
    )).sort((a, b) => a - b);
    const strip = this.container.querySelector(".vis-label.strip")?.offsetHeight || STRIP_HEIGHT;
    let room = this.container.clientHeight - axis - strip - 4;
    let low = 44;
    for (let count = needs.length; count > 0; count -= 1) {
      low = room / count;
      if (low >= needs[count - 1]) break;
      room -= needs[count - 1];
    }
    const height = `${Math.max(44, Math.min(150, Math.floor(low) - 1))}px`;
    if (this.container.style.getPropertyValue("--lane") === height) return;
    this.container.style.setProperty("--lane", height);
    this.timeline.redraw();
  }

  destroy() {
    this.timeline.destroy();
  }
}
