/** What hands do: drag a row or a template to a day, stretch a meeting, and the ghost that shows where it would land. */

import { element } from "../shared/board.js";
import { dayOff } from "./roadmap_calendar.js";
import { between, plus } from "../shared/days.js";
import { counted, span } from "../shared/words.js";
import { follow } from "./roadmap_drag.js";
import { describe } from "./roadmap_palette.js";

export class Hands {
  /** @param {any} picture the roadmap board's picture */
  constructor(picture) {
    this.picture = picture;
    this.ghost = element("div", { class: "roadmap-ghost", hidden: true });
    this.guide = element("div", { class: "roadmap-guide", hidden: true });
  }

  /**
   * Drag a row (of the timeline or the palette), or a template of the palette.
   * @param {PointerEvent} event @param {{row?: any, template?: any, grip?: number}} given
   */
  drag(event, { row, template, grip = 8 }) {
    const { picture } = this;
    const length = row?.starts_on ? between(row.starts_on, row.ends_on || row.starts_on) : 0;
    const look = row || template;
    const fixed = row?.fixed || !picture.view.editable;
    const scheduled = Boolean(row?.starts_on);
    /** @type {any} */ let target = null;
    follow(event, {
      begin: () => {
        if (fixed) return picture.refuseFixed(row || {});
        picture.editor.close(true);
        picture.board.root.classList.add("dragging");
        picture.palette.root.classList.toggle("takes", scheduled && !row.milestone);
        if (scheduled) picture.roadmap.handle(row.key)?.classList.add("lifted");
        describe(this.ghost, look);
        this.ghost.hidden = false;
      },
      move: (x, y) => {
        if (fixed) return;
        target = null;
        if (picture.roadmap.covers(x, y)) {
          const first = scheduled ? picture.roadmap.dayNear(x - grip) : picture.roadmap.dayAt(x);
          target = { first, last: plus(first, length) };
        } else if (scheduled && picture.palette.covers(x, y)) target = { first: null, last: null };
        this.showGhost(target, x - grip, y, target && !target.first ? "Not scheduled" : "");
      },
      drop: () => {
        if (fixed || !target) return;
        if (template) picture.plan(template, target.first);
        else if (picture.row(row.key) || picture.palette.has(row.id)) picture.place(row, target.first, target.last);
        else picture.board.say(`«${row.title}» has been deleted meanwhile.`);
      },
      end: () => this.letGo(row),
    });
  }

  /**
   * Drag the first or the last day of a meeting.
   * @param {PointerEvent} event @param {Meeting} row @param {string} edge
   */
  stretch(event, row, edge) {
    const { picture } = this;
    if (row.fixed) return;
    const began = event.clientX;
    const edgeDay = edge === "first" ? row.starts_on : plus(row.ends_on || row.starts_on, 1);
    /** @type {any} */ let target = null;
    follow(event, {
      begin: () => {
        picture.editor.close(true);
        picture.board.root.classList.add("dragging");
        picture.roadmap.handle(row.key)?.classList.add("lifted");
        describe(this.ghost, row);
        this.ghost.hidden = false;
      },
      move: (x) => {
        const day = picture.roadmap.dayNear(picture.roadmap.xOf(edgeDay) + x - began);
        const last = row.ends_on || row.starts_on;
        target = edge === "first"
          ? { first: day < last ? day : last, last }
          : { first: row.starts_on, last: plus(day, -1) > row.starts_on ? plus(day, -1) : row.starts_on };
        const box = picture.roadmap.handle(row.key)?.getBoundingClientRect();
        this.showGhost(target, x, box ? box.top + box.height / 2 : event.clientY, "");
      },
      drop: () => { if (target && picture.row(row.key)) picture.place(row, target.first, target.last); },
      end: () => this.letGo(row),
    });
  }

  /**
   * Where the row would land; the ghost stands on its first day, or under the pointer where there is none.
   * @param {{first: string, last: string} | null} target @param {number} x @param {number} y @param {string} words
   */
  showGhost(target, x, y, words) {
    const { picture } = this;
    const origin = picture.board.root.getBoundingClientRect();
    const onDay = target?.first ? target : null;
    const left = onDay ? picture.roadmap.xOf(onDay.first) : x;
    const wide = onDay ? picture.roadmap.xOf(plus(onDay.last, 1)) - left : 0;
    this.ghost.style.setProperty("--wide", `${wide}px`);
    this.ghost.style.transform = `translate(${left - origin.left}px, ${y - origin.top - 15}px)`;
    const days = onDay ? between(onDay.first, onDay.last) + 1 : 0;
    /** @type {Node} */ (this.ghost.lastChild).textContent = onDay
      ? [span(onDay.first, onDay.last), days > 1 && counted(days, "day"), dayOff(picture.view, onDay.first)].filter(Boolean).join(" · ")
      : words;
    this.ghost.classList.toggle("nowhere", !target);
    this.ghost.classList.toggle("at-end", left > origin.right - 220);
    this.ghost.dataset.day = target?.first || "";
    this.guide.hidden = !onDay;
    if (onDay) this.guide.style.left = `${left - picture.main.getBoundingClientRect().left}px`;
  }

  /** @param {Meeting} row */
  letGo(row) {
    const { picture } = this;
    this.ghost.hidden = true;
    this.guide.hidden = true;
    picture.board.root.classList.remove("dragging");
    picture.palette.root.classList.remove("takes");
    if (row) picture.roadmap.handle(row.key)?.classList.remove("lifted");
  }
}
