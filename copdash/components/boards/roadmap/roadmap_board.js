/**
 * The roadmap: meetings dragged from a palette onto a timeline, moved, stretched, named, and dragged back.
 * Days are plain dates throughout (days.js); vis-timeline only draws (roadmap_timeline.js).
 */

import { element, isDark, mount, newId } from "../shared/board.js";
import { MILESTONE } from "../shared/effects.js";
import { focused } from "../shared/focus.js";
import { keep, recall } from "../shared/memory.js";
import { plus } from "../shared/days.js";
import { day as shown, span } from "../shared/words.js";
import { Calendar } from "./roadmap_calendar.js";
import { endsDrag } from "./roadmap_drag.js";
import { TitleEditor } from "./roadmap_editor.js";
import { Hands } from "./roadmap_hands.js";
import { makePalette } from "./roadmap_palette.js";
import { pasted } from "./roadmap_paste.js";
import { bands, lanes, lines, rows, unpacked, whole } from "./roadmap_rows.js";
import { Roadmap, described } from "./roadmap_timeline.js";
import { GESTURE, meetings_removed, milestone_edited, milestone_set, milestones_removed, planned, rescheduled } from "../shared/gestures.js";

const windows = new Map();
/** Whether this browser hides cancelled meetings; on every roadmap alike. */
const HIDES = "copdash.roadmap.hides_cancelled";

export default (/** @type {Component} */ component) => mount(component, (board) => new Picture(board));

export class Picture {
  /** @type {Roadmap} */ roadmap;
  /** @type {string} */ wholeSeen;
  /** @type {number} */ wideAt;
  /** @type {ResizeObserver} */ sizes;
  /** @type {HTMLButtonElement} */ cancelled;
  /** @type {any} */ told;
  /** @type {any[]} */ shownRows;
  /** @type {any} */ stop;
  /** @type {any} */ turn;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.hides = recall(localStorage, HIDES) === true;
    this.view = unpacked({ ...structuredClone(board.data), hides_cancelled: this.hides });
    this.selected = board.data.selected || null;
    this.area = element("div", { class: "roadmap-timeline" });
    this.empty = element("div", { class: "roadmap-empty", hidden: true });
    this.hands = new Hands(this);
    this.editor = new TitleEditor(this);
    this.calendar = new Calendar(this);
    this.heard = element("div", { class: "roadmap-heard", "aria-live": "polite" });
    this.palette = makePalette(this);
    const foot = element("div", { class: "roadmap-foot" }, this.legend(), this.zoomButtons());
    this.main = element("div", { class: "roadmap-main" }, this.area, this.calendar.marks, foot, this.empty, this.hands.guide, this.calendar.tip);
    board.root.classList.add("roadmap");
    board.root.append(this.palette.root, this.main, this.hands.ghost, this.heard);
    board.style("vendor/vis-timeline-graph2d.min.css");
    board.style("roadmap/roadmap_board.css");
    const { signal } = board.listeners;
    this.area.addEventListener("pointerdown", (event) => { this.down = event; }, { signal, capture: true });
    this.area.addEventListener("click", (event) => this.onClick(event), { signal });
    this.area.addEventListener("keydown", (event) => this.onItemKey(event), { signal });
    document.addEventListener("keydown", (event) => this.onLostKey(event), { signal });
    // Both: from one element of the board to another the focus goes unheard outside, as both are in one shadow.
    for (const where of [document, board.root]) {
      where.addEventListener("focusin", (event) => this.onFocus(event.composedPath()[0]), { signal });
    }
    document.addEventListener("pointerdown", () => { this.held = null; }, { signal, capture: true });
    document.addEventListener("paste", (event) => pasted(event, board, this.view), { signal });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.palette.disarm(); }, { signal });
    // vis-timeline measures its letters when it is made: not before the style sheets are there.
    board.styled().then(() => this.begin());
  }

  begin() {
    if (this.board.listeners.signal.aborted) return;
    this.roadmap = new Roadmap(this.area, {
      pressed: (event, handle, edge) => this.pressed(event, handle, edge),
      moved: () => this.onView(),
    }, (this.view.palette && windows.get(this.view.case_study_id)) || whole(this.view, this.plotWidth()));
    this.wholeSeen = JSON.stringify(whole(this.view, this.plotWidth()));
    this.wideAt = this.plotWidth();
    this.sizes = new ResizeObserver(() => {
      const wider = this.plotWidth() !== this.wideAt;
      if (wider && JSON.stringify(this.roadmap.window()) === this.wholeSeen) this.lookAtAll();
      this.roadmap.fit();
    });
    this.sizes.observe(this.area);
    this.board.draw();
    this.roadmap.fit();
  }

  legend() {
    /** @param {string} certainty @param {any} says */
    const mark = (certainty, says) => element(
      "span", { class: "legend" },
      element("span", { class: "handle", "data-certainty": certainty, "data-kind": "CoP meeting" },
        element("span", { class: "bar" }, element("span", { class: "mark" }, { Held: "✓", Cancelled: "×" }[certainty] || ""))),
      element("span", { class: certainty === "Cancelled" ? "struck" : "" }, says),
    );
    return element(
      "div", { class: "roadmap-legend", "aria-label": "How sure a meeting is" },
      mark("Tentative", "tentative"), mark("Planned", "planned"), mark("Confirmed", "confirmed"),
      mark("Held", "held"), mark("Cancelled", "cancelled"),
    );
  }

  zoomButtons() {
    /** @param {string} text @param {string} label @param {Act} act */
    const button = (text, label, act) => element("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    this.cancelled = button("", "", () => this.turnCancelled());
    return element(
      "div", { class: "roadmap-zoom" },
      this.cancelled,
      button("−", "Show a longer time", () => this.roadmap.zoom(false)),
      button("+", "Show a shorter time", () => this.roadmap.zoom(true)),
      button("Whole project", "Show the whole project", () => this.lookAtAll()),
      button("Around today", "Show three months before and after today", () => this.lookAround(this.view.today)),
    );
  }

  /** Cancelled meetings: there, or away. This browser remembers it. */
  turnCancelled() {
    this.hides = !this.hides;
    keep(localStorage, HIDES, this.hides);
    this.board.draw();
    this.hear(this.hides ? "Cancelled meetings are hidden." : "Cancelled meetings are shown.");
  }

  /** @param {RoadmapView} view */
  sayCancelled(view) {
    const all = [...view.meetings, ...view.others.flatMap((other) => other.meetings)];
    const count = all.filter((row) => row.certainty === "Cancelled").length;
    this.cancelled.hidden = !count;
    this.cancelled.textContent = `Cancelled · ${count}`;
    this.cancelled.title = this.hides ? "Show cancelled meetings" : "Hide cancelled meetings";
    this.cancelled.setAttribute("aria-label", `Cancelled meetings, ${count}`);
    this.cancelled.setAttribute("aria-pressed", String(!this.hides));
  }

  // ---- the view ----

  lookAtAll() {
    const { from, until } = whole(this.view, this.plotWidth());
    this.roadmap.look(from, until);
    this.wholeSeen = JSON.stringify(this.roadmap.window());
    this.wideAt = this.plotWidth();
  }

  /** Whoever looks at the whole sees what others add at its ends too; of all roadmaps, what a filter leaves. */
  keepAllInView() {
    const seen = this.roadmap.window();
    const { from, until } = whole(this.view, this.plotWidth());
    const filtered = this.view.lanes === "case" && (from !== seen.from || until !== seen.until);
    if (JSON.stringify(seen) === this.wholeSeen && (filtered || from < seen.from || until > seen.until)) this.lookAtAll();
  }

  /** The width of the plot, without the names of the lanes. */
  plotWidth() {
    return Math.max(200, this.area.clientWidth - 146);
  }

  /** @param {string} day */
  lookAround(day) {
    this.roadmap.look(plus(day, -92), plus(day, 92));
  }

  onView() {
    if (!this.roadmap) return;
    const shownNow = this.roadmap.window();
    if (this.view.palette) windows.set(this.view.case_study_id, shownNow);
    Object.assign(this.board.root.dataset, shownNow);
    this.editor.place();
    this.calendar.place();
    this.keepFocus();
  }

  // ---- rows ----

  /** @param {RoadmapView} view @param {Board} board */
  render(view, board) {
    if (!view.palette) view.days_off = null; // a timeline among other things
    this.view = view;
    unpacked(view);
    view.hides_cancelled = this.hides;
    this.sayCancelled(view);
    if (board.data.selected !== this.told) {
      this.told = board.data.selected;
      this.selected = board.data.selected;
    }
    board.root.dataset.dark = String(isDark(board.root));
    board.root.dataset.lanes = view.lanes;
    board.root.dataset.palette = String(view.palette);
    board.root.dataset.editable = String(view.editable);
    this.shownRows = rows(view);
    this.palette.render(view);
    this.teach();
    if (!this.roadmap) return;
    this.roadmap.setLanes(lanes(view));
    this.roadmap.setRows(this.shownRows, bands(view));
    this.roadmap.setLines(lines(view));
    if (!view.palette) this.keepAllInView();
    this.mark();
    this.editor.place();
    this.calendar.place();
  }

  teach() {
    const { view } = this;
    const none = view.lanes !== "case" && !view.meetings.length && !view.milestones.length;
    this.empty.hidden = !none;
    const words = !view.palette ? ["Nothing is planned here yet. Plan it under Meetings."] : view.editable
      ? [
        "Drag a theme from the palette onto a day. It is saved as you let go; type its title, or leave it.",
        "Or take a series of meetings, or those of another case study, by «Plan from» above.",
        "Or paste lines from a mail or a spreadsheet: 2021-11-03, CoP 2: barriers",
      ]
      : ["Nothing is planned here yet."];
    this.empty.replaceChildren(
      element("strong", {}, "A roadmap says which meetings lead the community where, and when."),
      ...words.map((line, at) => element("span", { class: at ? "quiet" : "" }, line)),
    );
  }

  /** Which bar is selected, and which one the Tab key comes to. */
  mark() {
    const keys = this.shownRows.map((row) => row.key);
    if (!keys.includes(this.stop)) {
      const next = this.shownRows.find((row) => row.starts_on >= this.view.today) || this.shownRows[0];
      this.stop = keys.includes(this.selected) ? this.selected : next?.key;
    }
    for (const row of this.shownRows) {
      const handle = this.roadmap.handle(row.key);
      if (!handle) continue;
      handle.tabIndex = row.key === this.stop ? 0 : -1;
      handle.classList.toggle("selected", row.key === this.selected);
      handle.toggleAttribute("aria-current", row.key === this.selected);
    }
    this.palette.mark(this.selected);
  }

  /** @param {string | undefined} key */
  row(key) {
    return this.shownRows.find((row) => row.key === key);
  }

  // ---- gestures ----

  /** The page asks why a confirmed meeting moved, and whether the rest of a series moves along. @param {Gesture} gesture */
  asks(gesture) {
    const row = this.view.meetings.find(({ id }) => id === gesture.meeting_id);
    return gesture.name === GESTURE.rescheduled && Boolean(gesture.starts_on && row && (row.certainty === "Confirmed" || row.series_id));
  }

  /**
   * Put a row on other days; without a first day a meeting goes back to the palette.
   * @param {Meeting} row @param {string | null} first @param {string | null} last
   */
  place(row, first, last, seen = row) {
    if (row.milestone) {
      if (!first) {
        this.board.say("A milestone keeps a date. Press Delete on it, or open it, to take it away.");
        return null;
      }
      if (first === row.starts_on) return null;
      return this.board.send(milestone_edited({
        milestone_id: row.id, values: { due_on: first }, seen: { due_on: seen.starts_on },
      }));
    }
    if ((row.starts_on || null) === first && (row.ends_on || null) === last) return null;
    return this.board.send(rescheduled({
      meeting_id: row.id, starts_on: first, ends_on: last, seen: { starts_on: seen.starts_on, ends_on: seen.ends_on },
    }));
  }

  /**
   * Make what a chip of the palette stands for, on a day; then its title can be typed.
   * @param {any} template @param {string} day
   */
  plan(template, day) {
    const id = newId();
    const sent = template.milestone
      ? this.board.send(milestone_set({ milestone_id: id, values: { title: "Milestone", kind: MILESTONE.kind, due_on: day } }))
      : this.board.send(planned({
        meeting_id: id,
        values: { title: template.title, kind: template.kind, theme: template.theme, starts_on: day, ends_on: day },
      }));
    if (!sent) return;
    this.stop = id;
    this.mark();
    this.roadmap.reveal(day);
    this.hear(`${template.title} planned on ${shown(day)}`);
    this.editor.edit(id);
  }

  /** @param {Meeting} row */
  unschedule(row) {
    if (row.milestone) {
      if (this.board.send(milestones_removed({ milestone_ids: [row.id] }))) {
        this.board.say(`Deleted the milestone «${row.title}». Undo brings it back (Ctrl+Z).`);
      }
    } else if (this.place(row, null, null)) {
      this.board.say(`«${row.title}» is no longer scheduled; it waits in the palette. Undo with Ctrl+Z.`);
    }
  }

  /** @param {Meeting} row */
  remove(row) {
    if (this.board.send(meetings_removed({ meeting_ids: [row.id] }))) {
      this.board.say(`Deleted «${row.title}». Undo brings it back (Ctrl+Z).`);
    }
  }

  /**
   * Where all case studies are beside each other, opening a meeting leads into its own roadmap.
   * @param {Meeting} row
   */
  open(row) {
    if (row.of && this.view.lanes !== "case") this.refuseFixed(row);
    else this.select(row.opens || row.id);
  }

  /** @param {string | null} id */
  select(id) {
    this.selected = id;
    this.turn = (this.turn || Date.now()) + 1;
    this.board.set("selected", { id, turn: this.turn });
    this.mark();
  }

  /** @param {string} sentence */
  hear(sentence) {
    this.heard.textContent = sentence;
  }

  /** @param {Meeting} row */
  refuseFixed(row) {
    if (row.of) this.board.say(`This meeting belongs to ${row.of}. Choose that case study in the menu to change it.`);
    else if (row.task) this.board.say("A task is changed in the card of its meeting. Press Enter, or click it, to open that.");
    else if (!this.view.editable) this.board.mayEdit();
  }

  // ---- pointer ----

  /** @param {PointerEvent} event @param {HTMLElement} handle @param {string} edge */
  pressed(event, handle, edge) {
    const row = this.row(handle.dataset.key);
    if (!row) return;
    if (edge) this.hands.stretch(event, row, edge);
    else this.hands.drag(event, { row, grip: event.clientX - handle.getBoundingClientRect().left });
  }

  /** @param {PointerEvent} event */
  onClick(event) {
    if (this.palette.armed) return this.placeArmed(event);
    const handle = event.target.closest?.(".handle[data-key]");
    if (!handle || endsDrag()) return;
    const row = this.row(handle.dataset.key);
    if (!row) return;
    this.stop = row.key;
    this.open(row);
    this.mark();
  }

  /**
   * The chip that was clicked before goes where this click is, unless it ends a sideways pull of the timeline.
   * @param {{clientX: number, clientY: number, detail: any}} given
   */
  placeArmed({ clientX, clientY, detail }) {
    const pulled = this.down && Math.hypot(clientX - this.down.clientX, clientY - this.down.clientY) > 6;
    if (!detail || pulled || !this.roadmap.covers(clientX, clientY)) return;
    const template = this.palette.armed;
    this.palette.disarm();
    this.plan(template, this.roadmap.dayAt(clientX));
  }

  // ---- keys ----

  /** @param {KeyboardEvent} event */
  onItemKey(event, target = event.target) {
    const key = target.closest?.(".handle[data-key]")?.dataset.key;
    const row = key && this.row(key);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 7 : 1;
    /** @type {Record<string, () => void>} */
    const acts = {
      ArrowLeft: () => this.shift(row, -step),
      ArrowRight: () => this.shift(row, step),
      ArrowUp: () => this.goTo(row, -1),
      ArrowDown: () => this.goTo(row, 1),
      Home: () => this.goTo(row, -Infinity),
      End: () => this.goTo(row, Infinity),
      Enter: () => this.open(row),
      " ": () => this.open(row),
      F2: () => (row.fixed ? this.refuseFixed(row) : this.editor.edit(row.key)),
      Escape: () => { if (this.selected) this.select(null); },
      Delete: () => this.deleteKey(row),
      Backspace: () => this.deleteKey(row),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** @param {Meeting} row @param {number} days */
  shift(row, days) {
    if (row.fixed) return this.refuseFixed(row);
    const first = plus(row.starts_on, days);
    const last = plus(row.ends_on || row.starts_on, days);
    if (this.place(row, first, last)) {
      this.roadmap.reveal(first);
      this.focus(row.key);
      this.hear(span(first, last));
    }
  }

  /** @param {Meeting} row @param {any} by */
  goTo(row, by) {
    const at = this.shownRows.findIndex((other) => other.key === row.key);
    const next = this.shownRows[Math.max(0, Math.min(this.shownRows.length - 1, at + by))];
    if (!next) return;
    this.roadmap.reveal(next.starts_on);
    this.focus(next.key);
    this.hear(described(next));
  }

  /** @param {Meeting} row */
  deleteKey(row) {
    if (row.fixed) return this.refuseFixed(row);
    const at = this.shownRows.findIndex((other) => other.key === row.key);
    const next = this.shownRows[at + 1] || this.shownRows[at - 1];
    this.unschedule(row);
    if (next) this.focus(next.key);
  }

  /**
   * Give a row the focus, at once or, where it is not on the page now, as soon as it is. Whatever else has the focus
   * gives it up: a key pressed meanwhile is this row's.
   * @param {string} key
   */
  focus(key) {
    this.stop = this.held = key;
    this.mark();
    const handle = this.roadmap.handle(key);
    handle?.focus({ preventScroll: true });
    if (focused() !== handle) focused()?.blur();
  }

  /**
   * What has the focus now is held until something else has it; a handle that is only being drawn anew stays held.
   * @param {HTMLElement} target
   */
  onFocus(target) {
    const key = this.area.contains(target) && target.closest(".handle[data-key]")?.dataset.key;
    this.held = key || null;
    if (!key || key === this.stop) return;
    this.stop = key;
    this.mark();
  }

  /** vis-timeline takes an element out of the page and puts it back when it draws, which loses the focus. */
  keepFocus() {
    if (this.held && !focused()) this.roadmap.handle(this.held)?.focus({ preventScroll: true });
  }

  /** A key pressed while the held row is just being drawn anew is that row's. @param {KeyboardEvent} event */
  onLostKey(event) {
    if (!this.held || focused()) return;
    const handle = this.roadmap?.handle(this.held);
    if (handle) this.onItemKey(event, handle);
  }

  /** Whether the Escape key has something to let go of. */
  busy() {
    return Boolean(this.palette.armed || this.board.root.classList.contains("dragging"));
  }

  destroy() {
    this.sizes?.disconnect();
    this.roadmap?.destroy();
  }
}
