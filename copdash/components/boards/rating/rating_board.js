/**
 * Group by group through the unrated: one stakeholder large on the wall, power and interest as two big scales.
 *
 * What is chosen stays here until Enter; then it is the grid's own gesture, `moved`. Others may rate at the same time:
 * whoever they rated leaves the queue, but the one on the stage stays until the group goes on.
 */
import { element, historyKey, isDark, isTyping, mount } from "../shared/board.js";
import { isRated, shown } from "../shared/scale.js";
import { Looks } from "../shared/marks.js";
import { Clock } from "./rating_clock.js";
import { Corner } from "./rating_corner.js";
import { Queue } from "./rating_queue.js";
import { RatingScale } from "./rating_scale.js";
import { moved } from "../shared/gestures.js";

const SCALES = [
  { field: "power", asks: "How much can they change the outcome?", low: "not at all", high: "they decide" },
  { field: "interest", asks: "How much does the outcome matter to them?", low: "not at all", high: "more than anything" },
];

export class Rating {
  /** @type {View} */ view;
  /** @type {boolean} */ restyled;
  /** @type {Looks} */ looks;
  /** @type {any} */ sent;
  /** @type {boolean} */ finished;
  /** @type {{power: any, interest: any} | null} */ found;
  /** @type {any} */ drawn;
  /** @type {any} */ grouped;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.rows = new Map();
    this.drafts = new Map();
    /** Whom the run has left behind, for «Back». */
    /** @type {string[]} */ this.trail = [];
    /** Who is on the stage. @type {string | null} */ this.on = null;
    this.active = "power";
    this.scales = SCALES.map((about) => new RatingScale(about, (field, value) => this.chosen(field, value)));
    this.clock = new Clock();
    this.queue = new Queue(this);
    this.corner = new Corner();
    this.mark = element("span", { class: "rate-mark", "aria-hidden": "true" });
    this.group = element("span", {});
    this.name = element("h2", { class: "rate-name" });
    this.who = element("p", { class: "rate-who" });
    this.why = element("p", { class: "rate-why" });
    this.meanwhile = element("p", { class: "rate-meanwhile", role: "status", hidden: true });
    this.progress = element("progress", { class: "rate-progress", "aria-label": "How many are rated" });
    this.told = element("span", { class: "rate-told", role: "status" });
    /** @param {string} words @param {Act} act */
    const button = (words, act, attributes = {}) => element("button", { type: "button", class: "rate-go", onclick: act, ...attributes }, words);
    this.back = button("Back", () => this.goBack(), { title: "To the one before (Page up)" });
    this.skip = button("Skip", () => this.goOn(), { title: "Later; nothing is saved (Page down)" });
    this.save = button("", () => this.keep(), { class: "rate-go main" });
    this.top = element("div", { class: "rate-top" }, this.told, this.progress, this.clock.box);
    this.stage = element(
      "div", { class: "rate-stage" },
      element("p", { class: "rate-group" }, this.mark, this.group), this.name, this.who, this.why, this.meanwhile,
      element("div", { class: "rate-scales" }, ...this.scales.map((scale) => scale.box)),
      element("div", { class: "rate-below" }, this.corner.box, element("div", { class: "rate-buttons" }, this.back, this.skip, this.save)),
    );
    this.done = element("div", { class: "rate-done", hidden: true });
    this.aloud = element("div", { class: "aloud", role: "status" });
    board.root.classList.add("rating");
    board.root.prepend(element("div", { class: "rate-main" }, this.top, this.stage, this.done), this.queue.box, this.aloud);
    const { signal } = board.listeners;
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
  }

  destroy() {
    this.clock.stop();
  }

  // ---- rows in --------------------------------------------------------------------------------------------------

  /** @param {View} view */
  render(view) {
    const first = !this.view;
    this.view = view;
    this.rows = new Map(view.stakeholders.map((row) => [row.id, row]));
    const dark = isDark(this.board.root);
    const looks = new Looks(view.legend, dark);
    this.board.root.classList.toggle("dark", dark);
    this.restyled = this.looks?.key !== looks.key;
    this.looks = looks;
    for (const scale of this.scales) scale.call(view.axes[scale.field]);
    this.trail = this.trail.filter((id) => this.rows.has(id));
    const taken = this.sent && this.rows.has(this.sent) && !isRated(this.rows.get(this.sent)) ? this.sent : null;
    if (taken) {
      // It was taken back or refused: the group decides again, with what it had chosen.
      this.sent = null;
      this.trail = this.trail.filter((id) => id !== taken);
      this.stageOn(taken);
    } else if (!this.rows.has(this.on)) {
      /** Who is on the stage. @type {string | null} */ this.on = null;
      if (first || !this.finished) this.stageOn(this.queue.next(null));
    }
    if (this.finished && this.queue.waiting().length && !this.on) this.stageOn(this.queue.next(null));
    this.draw();
  }

  /** Put a stakeholder on the stage; null when nobody is left. @param {string} id */
  stageOn(id) {
    this.finished = id === null;
    this.on = id;
    // A draft is for whoever waits; the rated are shown as they stand now.
    if (id && isRated(this.rows.get(id))) this.drafts.delete(id);
    this.found = id ? this.values(id) : null;
    this.active = "power";
    for (const scale of this.scales) scale.typed = "";
    this.clock.restart();
  }

  /** @param {string} id */
  values(id) {
    const { power, interest } = this.rows.get(id);
    return { power, interest };
  }

  draft() {
    const row = this.rows.get(this.on);
    return { power: row.power, interest: row.interest, ...this.drafts.get(this.on) };
  }

  draw() {
    const all = this.view.stakeholders.length;
    const waiting = this.queue.waiting().length;
    this.progress.max = Math.max(1, all);
    this.progress.value = all - waiting;
    this.told.textContent = waiting ? `${waiting} of ${all} still to rate` : `All ${all} are rated`;
    this.queue.draw(this.restyled);
    this.stage.hidden = !this.on;
    this.done.hidden = Boolean(this.on);
    this.clock.box.hidden = !this.on;
    if (!this.on) {
      this.done.replaceChildren(
        element("h2", {}, "Everybody stands on the grid"),
        element("p", {}, "Choose a name in the list to rate it again, or go on to the grid."),
      );
      return;
    }
    const row = this.rows.get(this.on);
    if (this.drawn !== row.id || this.grouped !== row.group || this.restyled) this.mark.replaceChildren(this.looks.picture(row.group, 26));
    this.drawn = row.id;
    this.grouped = row.group;
    /** @param {any} node @param {string} words */
    const say = (node, words) => { if (node.textContent !== words) node.textContent = words; };
    say(this.group, row.group || "Group not set");
    say(this.name, row.name);
    this.name.title = row.name;
    this.name.classList.toggle("long", row.name.length > 42);
    say(this.who, [row.role, row.organisation].filter(Boolean).join(", "));
    say(this.why, row.rationale || row.stake || "");
    const draft = this.draft();
    for (const scale of this.scales) {
      scale.show(draft[scale.field]);
      scale.box.classList.toggle("active", scale.field === this.active);
      for (const button of scale.buttons) button.disabled = !this.view.editable;
    }
    this.tellMeanwhile(row);
    this.corner.draw(this.view, this.looks, draft, row);
    const ready = typeof draft.power === "number" && typeof draft.interest === "number";
    this.save.disabled = !ready || !this.view.editable;
    say(this.save, waiting > 1 || isRated(row) ? "Save, next ⏎" : "Save ⏎");
    this.back.disabled = !this.trail.length;
    this.skip.disabled = this.queue.next(this.on) === null;
  }

  /** Somebody else rated the one on the stage while the group talked. @param {Stakeholder} row */
  tellMeanwhile(row) {
    const isNew = this.found?.power !== row.power || this.found?.interest !== row.interest;
    this.meanwhile.hidden = !isNew || !this.drafts.has(row.id);
    const words = `Rated elsewhere meanwhile: power ${shown(row.power)}, interest ${shown(row.interest)}. Saving puts yours in its place.`;
    if (!this.meanwhile.hidden && this.meanwhile.textContent !== words) this.meanwhile.textContent = words;
  }

  // ---- what the group does ----------------------------------------------------------------------------------------

  /** @param {string} field @param {any} value */
  chosen(field, value) {
    if (!this.on) return;
    this.active = field;
    this.drafts.set(this.on, { ...this.drafts.get(this.on), [field]: value });
    this.draw();
  }

  /** Enter: first the scale that is still empty, then save and on to the next. */
  enter() {
    const draft = this.draft();
    const empty = this.scales.find((scale) => draft[scale.field] === null);
    if (!empty) this.keep();
    else if (empty.field !== this.active) this.activate(empty.field);
  }

  keep() {
    const row = this.rows.get(this.on);
    const { power, interest } = this.draft();
    if (power === null || interest === null) return;
    const id = row.id;
    const seen = this.values(id);
    this.aloud.textContent = `${row.name}: power ${power}, interest ${interest}`;
    this.trail.push(id);
    this.stageOn(this.queue.next(id));
    this.sent = null;
    if (power !== seen.power || interest !== seen.interest) {
      this.board.send(moved({ moves: [{ id, power, interest, seen }] }));
      this.sent = id;
    } else this.draw();
    this.settle();
  }

  goOn() {
    const id = this.on;
    const next = this.queue.next(id);
    if (id === null || next === null) return;
    this.queue.later(id);
    this.trail.push(id);
    this.show(next);
  }

  goBack() {
    const id = this.trail.pop();
    if (id) this.show(id);
  }

  /** Bring somebody onto the stage, from the list or by «Back». @param {string} id */
  show(id) {
    if (!this.rows.has(id)) return;
    this.sent = null;
    this.stageOn(id);
    this.draw();
    this.settle();
  }

  /** @param {string} field */
  activate(field) {
    this.active = field;
    this.draw();
    this.settle();
  }

  /** The scale that takes digits and arrows. */
  scale() {
    return this.scales[this.active === "interest" ? 1 : 0];
  }

  /** The focus belongs to the scale, so that digits and Enter go on working after a click elsewhere. */
  settle() {
    if (this.on) this.scale().focus();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const target = event.composedPath()[0];
    const inside = event.composedPath().includes(this.board.root);
    if (isTyping(event) || historyKey(event) || event.ctrlKey || event.metaKey || event.altKey || !this.on) return;
    // A digit does nothing to a link of the menu that was just clicked; Enter and arrows are that element's own.
    const isDigit = /^[\d.,]$/.test(event.key);
    if (!isDigit && !inside && target !== document.body && target.closest?.("button, a, summary, [role=dialog], [role=option], [tabindex]:not([tabindex='-1'])")) return;
    const isScale = target.classList?.contains("rate-number");
    const scale = this.scale();
    const other = scale.field === "power" ? "interest" : "power";
    const act = {
      Enter: () => (isScale || !inside) && this.enter(),
      PageDown: () => this.goOn(),
      PageUp: () => this.goBack(),
      ArrowRight: () => this.canRate() && scale.step(event.shiftKey ? 0.1 : 1),
      ArrowLeft: () => this.canRate() && scale.step(event.shiftKey ? -0.1 : -1),
      ArrowUp: () => this.activate(other),
      ArrowDown: () => this.activate(other),
    }[event.key];
    if (event.key === "Enter" && !isScale && inside) return;
    if (act) act();
    else if (isDigit && this.canRate()) {
      if (isScale) this.active = target.closest(".rate-scale").dataset.field;
      const typed = this.scale();
      typed.type(event.key);
      typed.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  canRate() {
    if (this.view.editable) return true;
    this.board.say("You are looking on as a viewer. To change things, open «You» in the menu and choose another role.");
    return false;
  }
}

export default (/** @type {Component} */ component) => mount(component, (board) => new Rating(board));
