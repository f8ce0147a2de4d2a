/**
 * Days on which people do not work, behind the lanes: public holidays with their names once a day is wide enough,
 * weekends when it is wider still. Only what is in view is in the page.
 */

import { element } from "../shared/board.js";
import { between, plus, toTime } from "../shared/days.js";
import { day as shown } from "../shared/words.js";

/** How wide a day has to be, in pixels, for holidays and for weekends to be drawn. */
const HOLIDAYS_FROM = 2.2;
const WEEKENDS_FROM = 4;

/** Monday is 0. @param {string} day */
const weekday = (day) => (new Date(toTime(day)).getUTCDay() + 6) % 7;

/**
 * Why nobody works on a day: the holiday's name, «weekend», or nothing.
 * @param {RoadmapView} view @param {string} day
 */
export function dayOff(view, day) {
  const off = view.days_off;
  if (!off || !day) return "";
  return off.holidays.find((/** @type {[any]} */ [on]) => on === day)?.[1] || (off.weekend.includes(weekday(day)) ? "weekend" : "");
}

export class Calendar {
  /** @param {any} picture the roadmap board's picture */
  constructor(picture) {
    this.picture = picture;
    this.layer = element("div", { class: "days-off", "aria-hidden": "true" });
    this.marks = element("div", { class: "holidays", role: "group", "aria-label": "Public holidays; arrow keys go through them" });
    this.tip = element("div", { class: "holiday-tip", "aria-hidden": "true", hidden: true });
    this.drawn = new Map();
    this.marks.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Put the holidays and weekends of the view where they are now. */
  place() {
    const { roadmap, view, main } = this.picture;
    const behind = roadmap.container.querySelector(".vis-panel.vis-background.vis-vertical");
    if (behind && this.layer.parentNode !== behind) behind.append(this.layer);
    const plot = roadmap.plot();
    const { from, until } = roadmap.window();
    const wide = plot.width / Math.max(1, between(from, until));
    const off = view.days_off;
    const wanted = new Map();
    if (off && wide >= WEEKENDS_FROM) {
      for (const [first, length] of weekends(off.weekend, from, until)) wanted.set(`weekend ${first}`, { first, length, look: "weekend" });
    }
    if (off && wide >= HOLIDAYS_FROM) {
      for (const [day, name] of off.holidays) {
        if (day >= from && day <= until) wanted.set(`holiday ${day}`, { first: day, length: 1, look: "holiday", name });
      }
    }
    for (const [key, made] of this.drawn) {
      if (wanted.has(key)) continue;
      made.band.remove();
      made.mark?.remove();
      this.drawn.delete(key);
    }
    const top = `${roadmap.container.querySelector(".vis-panel.vis-top")?.offsetHeight || 52}px`;
    const left = plot.left - main.getBoundingClientRect().left;
    Object.assign(this.marks.style, { top, left: `${left}px`, width: `${plot.width}px` });
    this.layer.style.top = top;
    for (const [key, one] of wanted) this.put(key, one, plot, wide);
    const marks = /** @type {HTMLElement[]} */ ([...this.marks.children]);
    if (marks.length && !marks.some((mark) => mark.tabIndex === 0)) marks[0].tabIndex = 0;
  }

  /**
   * @param {string} key @param {{first: string, length: number, look: string, name: string}} given @param {any} plot
   * @param {number} wide
   */
  put(key, { first, length, look, name }, plot, wide) {
    const { roadmap } = this.picture;
    if (!this.drawn.has(key)) {
      /** @type {{band: HTMLElement, mark?: any}} */ const made = { band: element("div", { class: look }) };
      this.layer.append(made.band);
      if (name) {
        made.mark = element("span", { class: "holiday-mark", role: "img", tabindex: -1, "aria-label": `${name}, ${shown(first)}` });
        for (const event of ["pointerenter", "focus"]) made.mark.addEventListener(event, () => this.tell(made.mark, `${name} · ${shown(first)}`));
        for (const event of ["pointerleave", "blur"]) made.mark.addEventListener(event, () => { this.tip.hidden = true; });
        const later = /** @type {HTMLElement[]} */ ([...this.marks.children]).find((mark) => String(mark.dataset.day) > first);
        made.mark.dataset.day = first;
        this.marks.insertBefore(made.mark, later || null);
      }
      this.drawn.set(key, made);
    }
    const { band, mark } = this.drawn.get(key);
    const x = roadmap.xOf(first) - plot.left;
    Object.assign(band.style, { left: `${x}px`, width: `${Math.max(1.5, wide * length)}px` });
    if (mark) mark.style.left = `${x + wide / 2}px`;
  }

  /** @param {any} mark @param {string} words */
  tell(mark, words) {
    this.tip.textContent = words;
    this.tip.hidden = false;
    const main = this.picture.main.getBoundingClientRect();
    const box = mark.getBoundingClientRect();
    const left = Math.max(0, Math.min(box.left - main.left - 8, main.width - this.tip.offsetWidth - 4));
    Object.assign(this.tip.style, { left: `${left}px`, top: `${box.bottom - main.top + 4}px` });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const marks = /** @type {HTMLElement[]} */ ([...this.marks.children]);
    const next = step && marks[marks.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/**
 * Runs of weekend days in view: the first day and how many.
 * @param {number[]} days @param {string} from @param {string} until
 */
function weekends(days, from, until) {
  /** @type {[string, number][]} */ const runs = [];
  for (let day = from; day <= until; day = plus(day, 1)) {
    if (!days.includes(weekday(day))) continue;
    const run = runs[runs.length - 1];
    if (run && plus(run[0], run[1]) === day) run[1] += 1;
    else runs.push([day, 1]);
  }
  return runs;
}
