/**
 * The roadmap: meetings dragged from a palette onto a timeline, moved, stretched, named, and dragged back.
 * Days are plain dates throughout (roadmap_days.js); vis-timeline only draws (roadmap_timeline.js).
 */

import { element, isDark, isTyping, mount, newId } from "./board.js";
import { between, plus, readLines, shown, span } from "./roadmap_days.js";
import { endsDrag, follow } from "./roadmap_drag.js";
import { describe, makePalette } from "./roadmap_palette.js";
import { Roadmap, STRIP, described } from "./roadmap_timeline.js";

const MEETING = { title: "", kind: "CoP meeting", theme: "", starts_on: null, ends_on: null, certainty: "Tentative" };
const MILESTONE = { title: "", kind: "Technical milestone", due_on: null };
const windows = new Map();

export default (component) => mount(component, (board) => new Picture(board));

class Picture {
  constructor(board) {
    this.board = board;
    this.view = board.data;
    this.selected = board.data.selected || null;
    this.area = element("div", { class: "roadmap-timeline" });
    this.empty = element("div", { class: "roadmap-empty", hidden: true });
    this.ghost = element("div", { class: "roadmap-ghost", hidden: true });
    this.guide = element("div", { class: "roadmap-guide", hidden: true });
    this.heard = element("div", { class: "roadmap-heard", "aria-live": "polite" });
    this.palette = makePalette(this);
    const foot = element("div", { class: "roadmap-foot" }, this.legend(), this.zoomButtons());
    this.main = element("div", { class: "roadmap-main" }, this.area, foot, this.empty, this.guide);
    board.root.classList.add("roadmap");
    board.root.append(this.palette.root, this.main, this.ghost, this.heard);
    board.style("vendor/vis-timeline-graph2d.min.css");
    board.style("roadmap_board.css");
    const { signal } = board.listeners;
    this.area.addEventListener("pointerdown", (event) => { this.down = event; }, { signal, capture: true });
    this.area.addEventListener("click", (event) => this.onClick(event), { signal });
    this.area.addEventListener("keydown", (event) => this.onItemKey(event), { signal });
    document.addEventListener("paste", (event) => this.onPaste(event), { signal });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.palette.disarm(); }, { signal });
    // vis-timeline measures its letters when it is made: not before the style sheets are there.
    board.styled().then(() => this.begin());
  }

  begin() {
    if (this.board.listeners.signal.aborted) return;
    this.roadmap = new Roadmap(this.area, {
      pressed: (event, handle, edge) => this.pressed(event, handle, edge),
      moved: () => this.onView(),
    }, windows.get(this.view.case_study_id) || this.whole());
    this.sizes = new ResizeObserver(() => this.roadmap.fit());
    this.sizes.observe(this.area);
    this.board.draw();
    this.roadmap.fit();
  }

  legend() {
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
    const button = (text, label, act) => element("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return element(
      "div", { class: "roadmap-zoom" },
      button("−", "Show a longer time", () => this.roadmap.zoom(false)),
      button("+", "Show a shorter time", () => this.roadmap.zoom(true)),
      button("Whole project", "Show the whole project", () => this.lookAtAll()),
      button("Around today", "Show three months before and after today", () => this.lookAround(this.view.today)),
    );
  }

  // ---- the view ----

  /** From the first day to the last, with room for the titles at the end. */
  whole() {
    const { starts_on, ends_on, launch_from, launch_until, today } = this.view;
    const days = this.rows().filter((row) => !row.of).flatMap((row) => [row.starts_on, row.ends_on]);
    if (starts_on || ends_on) days.push(starts_on, ends_on);
    else if (!days.length) days.push(launch_from, launch_until, plus(today, -90), plus(today, 275));
    const known = days.filter(Boolean).sort();
    const [from, until] = [known[0], known[known.length - 1]];
    const length = Math.max(60, between(from, until));
    return { from: plus(from, -Math.ceil(length * 0.03)), until: plus(until, Math.ceil(length * 0.1)) };
  }

  lookAtAll() {
    const { from, until } = this.whole();
    this.roadmap.look(from, until);
  }

  lookAround(day) {
    this.roadmap.look(plus(day, -92), plus(day, 92));
  }

  onView() {
    if (!this.roadmap) return;
    const shownNow = this.roadmap.window();
    windows.set(this.view.case_study_id, shownNow);
    Object.assign(this.board.root.dataset, shownNow);
    this.placeEditor();
  }

  // ---- rows ----

  apply(view, gesture) {
    const of = (rows, id) => rows.find((row) => row.id === id);
    switch (gesture.name) {
      case "planned":
        if (!of(view.meetings, gesture.meeting_id)) {
          view.meetings.push({ id: gesture.meeting_id, ...MEETING, ...gesture.values });
        }
        break;
      case "rescheduled": {
        const row = of(view.meetings, gesture.meeting_id);
        if (row) Object.assign(row, { starts_on: gesture.starts_on, ends_on: gesture.starts_on && (gesture.ends_on || gesture.starts_on) });
        break;
      }
      case "meeting_edited":
        Object.assign(of(view.meetings, gesture.meeting_id) || {}, gesture.values);
        break;
      case "meetings_removed":
        view.meetings = view.meetings.filter((row) => !gesture.meeting_ids.includes(row.id));
        break;
      case "milestone_set":
        if (!of(view.milestones, gesture.milestone_id)) {
          view.milestones.push({ id: gesture.milestone_id, ...MILESTONE, ...gesture.values });
        }
        break;
      case "milestone_edited":
        Object.assign(of(view.milestones, gesture.milestone_id) || {}, gesture.values);
        break;
      case "milestones_removed":
        view.milestones = view.milestones.filter((row) => !gesture.milestone_ids.includes(row.id));
        break;
    }
  }

  /** Everything with a day, own rows first by day, as the timeline takes it. */
  rows() {
    const { view } = this;
    const byCase = view.lanes === "case";
    const fixed = byCase || !view.editable;
    const own = [
      ...view.meetings.filter((row) => row.starts_on).map((row) => ({
        ...row, key: row.id, lane: byCase ? "case" : row.kind, fixed, label: byCase ? this.withKind(row) : row.title,
      })),
      ...view.milestones.filter((row) => row.due_on).map((row) => ({
        ...row, key: row.id, lane: byCase ? "case" : "Milestones", milestone: true, fixed, label: row.title,
        starts_on: row.due_on, ends_on: row.due_on,
      })),
    ];
    const others = view.others.flatMap((other) => other.meetings.filter((row) => row.starts_on).map((row) => ({
      ...row, key: `other ${row.id}`, lane: `case ${other.id}`, fixed: true, of: other.title, label: this.withKind(row),
    })));
    const byDay = (a, b) => (a.starts_on < b.starts_on ? -1 : a.starts_on > b.starts_on ? 1 : a.key < b.key ? -1 : 1);
    return [...own.sort(byDay), ...others.sort(byDay)];
  }

  withKind(row) {
    return row.kind === "CoP meeting" ? row.title : `${row.title} · ${row.kind}`;
  }

  lanes() {
    const { view } = this;
    const own = view.lanes === "case"
      ? [{ id: "case", title: view.title }]
      : [...view.kinds.map(({ name, lane }) => ({ id: name, title: lane })), { id: "Milestones", title: "Milestones" }];
    return [{ id: STRIP, title: "", look: "strip" }, ...own, ...view.others.map((other) => ({ id: `case ${other.id}`, title: other.title, look: "other" }))];
  }

  bands() {
    const { starts_on, ends_on, launch_from, launch_until } = this.view;
    const bands = [];
    if (launch_from || launch_until) {
      const from = launch_from || starts_on || launch_until;
      const until = launch_until || ends_on || launch_from;
      if (from <= until) bands.push({ id: "band launch", look: "launch", title: "Launch window", from, until });
    }
    if (starts_on) bands.push({ id: "band before", look: "outside", title: "", from: "1900-01-01", until: plus(starts_on, -1) });
    if (ends_on) bands.push({ id: "band after", look: "outside", title: "", from: plus(ends_on, 1), until: "2200-12-31" });
    return bands;
  }

  lines() {
    const { starts_on, ends_on, today, today_label } = this.view;
    return [
      starts_on && { id: "line-start", day: starts_on, title: `project starts ${shown(starts_on)}` },
      ends_on && { id: "line-end", day: plus(ends_on, 1), title: `project ends ${shown(ends_on)}` },
      { id: "line-today", day: today, title: today_label },
    ].filter(Boolean);
  }

  render(view, board) {
    this.view = view;
    if (board.data.selected !== this.told) {
      this.told = board.data.selected;
      this.selected = board.data.selected;
    }
    board.root.dataset.dark = String(isDark(board.root));
    board.root.dataset.lanes = view.lanes;
    board.root.dataset.editable = String(view.editable);
    this.shownRows = this.rows();
    this.palette.render(view);
    this.teach();
    if (!this.roadmap) return;
    this.roadmap.setLanes(this.lanes());
    this.roadmap.setRows(this.shownRows, this.bands());
    this.roadmap.setLines(this.lines());
    this.mark();
    this.placeEditor();
  }

  teach() {
    const { view } = this;
    const none = view.lanes !== "case" && !view.meetings.length && !view.milestones.length;
    this.empty.hidden = !none;
    const words = view.editable
      ? [
        "Drag a theme from the palette onto a day. It is saved as you let go; type its title, or leave it.",
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

  row(key) {
    return this.shownRows.find((row) => row.key === key);
  }

  // ---- gestures ----

  /** Put a row on other days; without a first day a meeting goes back to the palette. */
  place(row, first, last, seen = row) {
    if (row.milestone) {
      if (!first) {
        this.board.say("A milestone keeps a date. Press Delete on it, or open it, to take it away.");
        return null;
      }
      if (first === row.starts_on) return null;
      return this.board.send("milestone_edited", {
        milestone_id: row.id, values: { due_on: first }, seen: { due_on: seen.starts_on },
      });
    }
    if ((row.starts_on || null) === first && (row.ends_on || null) === last) return null;
    return this.board.send("rescheduled", {
      meeting_id: row.id, starts_on: first, ends_on: last, seen: { starts_on: seen.starts_on, ends_on: seen.ends_on },
    });
  }

  /** Make what a chip of the palette stands for, on a day; then its title can be typed. */
  plan(template, day) {
    const id = newId();
    const sent = template.milestone
      ? this.board.send("milestone_set", { milestone_id: id, values: { title: "Milestone", kind: MILESTONE.kind, due_on: day } })
      : this.board.send("planned", {
        meeting_id: id,
        values: { title: template.title, kind: template.kind, theme: template.theme, starts_on: day, ends_on: day },
      });
    if (!sent) return;
    this.stop = id;
    this.mark();
    this.roadmap.reveal(day);
    this.hear(`${template.title} planned on ${shown(day)}`);
    this.edit(id);
  }

  unschedule(row) {
    if (row.milestone) {
      if (this.board.send("milestones_removed", { milestone_ids: [row.id] })) {
        this.board.say(`Deleted the milestone «${row.title}». Undo brings it back (Ctrl+Z).`);
      }
    } else if (this.place(row, null, null)) {
      this.board.say(`«${row.title}» is no longer scheduled; it waits in the palette. Undo with Ctrl+Z.`);
    }
  }

  remove(row) {
    if (this.board.send("meetings_removed", { meeting_ids: [row.id] })) {
      this.board.say(`Deleted «${row.title}». Undo brings it back (Ctrl+Z).`);
    }
  }

  select(id) {
    this.selected = id;
    this.turn = (this.turn || Date.now()) + 1;
    this.board.set("selected", { id, turn: this.turn });
    this.mark();
  }

  hear(sentence) {
    this.heard.textContent = sentence;
  }

  refuseFixed(row) {
    if (row.of) this.board.say(`This meeting belongs to ${row.of}. Choose that case study in the menu to change it.`);
    else if (!this.view.editable) this.board.send("rescheduled");
  }

  // ---- pointer ----

  pressed(event, handle, edge) {
    const row = this.row(handle.dataset.key);
    if (!row) return;
    if (edge) this.stretch(event, row, edge);
    else this.drag(event, { row, grip: event.clientX - handle.getBoundingClientRect().left });
  }

  /** Drag a row (of the timeline or the palette), or a template of the palette. */
  drag(event, { row, template, grip = 8 }) {
    const length = row?.starts_on ? between(row.starts_on, row.ends_on || row.starts_on) : 0;
    const look = row || template;
    const fixed = row?.fixed || !this.view.editable;
    const scheduled = Boolean(row?.starts_on);
    let target = null;
    follow(event, {
      begin: () => {
        if (fixed) return this.refuseFixed(row || {});
        this.dragging = row?.key || "template";
        this.closeEditor(true);
        this.board.root.classList.add("dragging");
        this.palette.root.classList.toggle("takes", scheduled && !row.milestone);
        if (scheduled) this.roadmap.handle(row.key)?.classList.add("lifted");
        describe(this.ghost, look);
        this.ghost.hidden = false;
      },
      move: (x, y) => {
        if (fixed) return;
        target = null;
        if (this.roadmap.covers(x, y)) {
          const first = scheduled ? this.roadmap.dayNear(x - grip) : this.roadmap.dayAt(x);
          target = { first, last: plus(first, length) };
        } else if (scheduled && this.palette.covers(x, y)) target = { first: null, last: null };
        this.showGhost(target, x - grip, y, target && !target.first ? "Not scheduled" : "");
      },
      drop: () => {
        if (fixed || !target) return;
        if (template) this.plan(template, target.first);
        else if (this.row(row.key) || this.palette.has(row.id)) this.place(row, target.first, target.last);
        else this.board.say(`«${row.title}» has been deleted meanwhile.`);
      },
      end: () => this.letGo(row),
    });
  }

  /** Drag the first or the last day of a meeting. */
  stretch(event, row, edge) {
    if (row.fixed) return;
    const began = event.clientX;
    const edgeDay = edge === "first" ? row.starts_on : plus(row.ends_on || row.starts_on, 1);
    let target = null;
    follow(event, {
      begin: () => {
        this.dragging = row.key;
        this.closeEditor(true);
        this.board.root.classList.add("dragging");
        this.roadmap.handle(row.key)?.classList.add("lifted");
        describe(this.ghost, row);
        this.ghost.hidden = false;
      },
      move: (x) => {
        const day = this.roadmap.dayNear(this.roadmap.xOf(edgeDay) + x - began);
        const last = row.ends_on || row.starts_on;
        target = edge === "first"
          ? { first: day < last ? day : last, last }
          : { first: row.starts_on, last: plus(day, -1) > row.starts_on ? plus(day, -1) : row.starts_on };
        const box = this.roadmap.handle(row.key)?.getBoundingClientRect();
        this.showGhost(target, x, box ? box.top + box.height / 2 : event.clientY, "");
      },
      drop: () => { if (target && this.row(row.key)) this.place(row, target.first, target.last); },
      end: () => this.letGo(row),
    });
  }

  /** Where the row would land; the ghost stands on its first day, or under the pointer where there is none. */
  showGhost(target, x, y, words) {
    const origin = this.board.root.getBoundingClientRect();
    const onDay = Boolean(target?.first);
    const left = onDay ? this.roadmap.xOf(target.first) : x;
    const wide = onDay ? this.roadmap.xOf(plus(target.last, 1)) - left : 0;
    this.ghost.style.setProperty("--wide", `${wide}px`);
    this.ghost.style.transform = `translate(${left - origin.left}px, ${y - origin.top - 15}px)`;
    const days = onDay ? between(target.first, target.last) + 1 : 0;
    this.ghost.lastChild.textContent = onDay
      ? span(target.first, target.last) + (days > 1 ? ` · ${days} days` : "") : words;
    this.ghost.classList.toggle("nowhere", !target);
    this.ghost.dataset.day = target?.first || "";
    this.guide.hidden = !onDay;
    if (onDay) this.guide.style.left = `${left - this.main.getBoundingClientRect().left}px`;
  }

  letGo(row) {
    this.dragging = null;
    this.ghost.hidden = true;
    this.guide.hidden = true;
    this.board.root.classList.remove("dragging");
    this.palette.root.classList.remove("takes");
    if (row) this.roadmap.handle(row.key)?.classList.remove("lifted");
  }

  onClick(event) {
    if (this.palette.armed) return this.placeArmed(event);
    const handle = event.target.closest?.(".handle[data-key]");
    if (!handle || endsDrag()) return;
    const row = this.row(handle.dataset.key);
    if (!row) return;
    this.stop = row.key;
    if (row.of) this.refuseFixed(row);
    else if (this.view.lanes !== "case") this.select(row.id);
    this.mark();
  }

  /** The chip that was clicked before goes where this click is, unless it ends a sideways pull of the timeline. */
  placeArmed({ clientX, clientY, detail }) {
    const pulled = this.down && Math.hypot(clientX - this.down.clientX, clientY - this.down.clientY) > 6;
    if (!detail || pulled || !this.roadmap.covers(clientX, clientY)) return;
    const template = this.palette.armed;
    this.palette.disarm();
    this.plan(template, this.roadmap.dayAt(clientX));
  }

  // ---- keys ----

  onItemKey(event) {
    const key = event.target.closest?.(".handle[data-key]")?.dataset.key;
    const row = key && this.row(key);
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 7 : 1;
    const acts = {
      ArrowLeft: () => this.shift(row, -step),
      ArrowRight: () => this.shift(row, step),
      ArrowUp: () => this.goTo(row, -1),
      ArrowDown: () => this.goTo(row, 1),
      Home: () => this.goTo(row, -Infinity),
      End: () => this.goTo(row, Infinity),
      Enter: () => (row.of ? this.refuseFixed(row) : this.select(row.id)),
      " ": () => (row.of ? this.refuseFixed(row) : this.select(row.id)),
      F2: () => this.edit(row.key),
      Escape: () => { if (this.selected) this.select(null); },
      Delete: () => this.deleteKey(row),
      Backspace: () => this.deleteKey(row),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

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

  goTo(row, by) {
    const at = this.shownRows.findIndex((other) => other.key === row.key);
    const next = this.shownRows[Math.max(0, Math.min(this.shownRows.length - 1, at + by))];
    if (!next) return;
    this.roadmap.reveal(next.starts_on);
    this.focus(next.key);
    this.hear(described(next));
  }

  deleteKey(row) {
    if (row.fixed) return this.refuseFixed(row);
    const at = this.shownRows.findIndex((other) => other.key === row.key);
    const next = this.shownRows[at + 1] || this.shownRows[at - 1];
    this.unschedule(row);
    if (next) this.focus(next.key);
  }

  focus(key) {
    this.stop = key;
    this.mark();
    requestAnimationFrame(() => this.roadmap.handle(key)?.focus({ preventScroll: true }));
  }

  onPaste(event) {
    if (isTyping(event) || this.view.lanes === "case") return;
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!text.trim()) return;
    const { found, unread } = readLines(text);
    if (!found.length && !/\d/.test(text)) return;
    event.preventDefault();
    for (const { day, title } of found.slice(0, 200)) {
      const values = { title, kind: MEETING.kind, theme: "", starts_on: day, ends_on: day, certainty: "Planned" };
      if (!this.board.send("planned", { meeting_id: newId(), values })) return;
    }
    const said = [];
    if (found.length) said.push(found.length === 1 ? "1 meeting was pasted onto the timeline." : `${Math.min(200, found.length)} meetings were pasted onto the timeline.`);
    if (found.length > 200) said.push(`The ${found.length - 200} lines after them were left out; paste 200 at a time.`);
    if (unread.length) {
      const first = unread.slice(0, 2).map((line) => `«${line.slice(0, 60)}»`).join(", ");
      const which = unread.length === 1 ? `This line was not understood: ${first}.` : `${unread.length} lines were not understood: ${first}${unread.length > 2 ? " and more" : ""}.`;
      said.push(`${which} Write a date and a title, such as 2021-11-03, CoP 2: barriers.`);
    }
    this.board.say(said.join(" "));
  }

  // ---- typing a title on the board ----

  edit(key) {
    const row = this.row(key);
    if (!row || row.fixed) return;
    this.closeEditor(true);
    const input = element("input", { class: "roadmap-editor", "aria-label": `Title of ${row.title}`, maxlength: 300 });
    input.value = row.title;
    this.editor = { input, id: row.id, milestone: row.milestone, was: row.title };
    input.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter") this.closeEditor(true, true);
      if (event.key === "Escape") this.closeEditor(false, true);
    };
    input.onblur = () => this.closeEditor(true);
    this.main.append(input);
    this.placeEditor();
    input.focus({ preventScroll: true });
    input.select();
  }

  placeEditor() {
    const handle = this.editor && this.roadmap.handle(this.editor.id);
    if (!handle?.isConnected) return;
    const main = this.main.getBoundingClientRect();
    const box = handle.getBoundingClientRect();
    const { input } = this.editor;
    const bar = handle.firstChild.getBoundingClientRect();
    const left = Math.min(bar.right + 4 - main.left, main.width - 268);
    input.style.left = `${Math.max(0, left)}px`;
    input.style.top = `${box.top - main.top + box.height / 2 - 18}px`;
  }

  closeEditor(save, backToBar = false) {
    if (!this.editor) return;
    const { input, id, milestone, was } = this.editor;
    this.editor = null;
    input.onblur = null;
    input.remove();
    const title = input.value.trim();
    if (save && title && title !== was) {
      const change = { values: { title }, seen: { title: was } };
      if (milestone) this.board.send("milestone_edited", { milestone_id: id, ...change });
      else this.board.send("meeting_edited", { meeting_id: id, ...change });
    }
    if (backToBar) this.focus(id);
  }

  destroy() {
    this.sizes?.disconnect();
    this.roadmap?.destroy();
  }
}
