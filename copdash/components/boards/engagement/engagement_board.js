/**
 * The engagement matrix. A row each, five attitudes across, C where it is now and D where it is wanted.
 *
 * C or D stays chosen, and a click on a cell puts it there; a mark can also be dragged along its row, and the arrows,
 * C, D and Delete do the same from the keyboard. Every choice is one gesture of the list, `edited`.
 */
import { element, isDark, isTyping, mount } from "../shared/board.js";
import { Hand } from "./engagement_hand.js";
import { shown } from "../shared/scale.js";
import { Looks } from "../shared/marks.js";
import { edited } from "../shared/gestures.js";
import { counted } from "../shared/words.js";

/** @type {Record<string, {letter: string, words: string}>} */
export const MARKS = {
  attitude: { letter: "C", words: "now" },
  attitude_wanted: { letter: "D", words: "wanted" },
};
const ALL = "Every quadrant";
const UNRATED = "Not rated";

export class Matrix {
  /** @type {View} */ view;
  /** @type {Looks} */ looks;
  /** @type {any} */ steps;
  /** @type {string} */ filters;
  /** @type {any} */ gapped;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    /** id -> what is drawn of a stakeholder. */
    this.lines = new Map();
    this.field = "attitude";
    this.focused = null;
    this.choices = Object.entries(MARKS).map(([field, { letter, words }]) =>
      element("button", { type: "button", class: "eng-choice", "data-field": field, onclick: () => this.choose(field) },
        element("span", { class: `eng-mark ${words}`, "aria-hidden": "true" }, letter), `Set ${words}`));
    this.quadrant = element("select", { class: "eng-select", "aria-label": "Filter by quadrant", onchange: () => this.narrow() });
    this.only = element("input", { type: "checkbox", onchange: () => this.narrow() });
    this.summary = element("p", { class: "eng-summary", role: "status" });
    this.body = element("tbody", {});
    this.head = element("tr", {});
    this.table = element("table", { class: "eng-table" }, element("thead", {}, this.head), this.body);
    this.count = element("h3", {});
    this.list = element("ol", { class: "eng-gaps" });
    this.none = element("p", { class: "eng-none" });
    this.aloud = element("div", { class: "aloud", role: "status" });
    const bar = element(
      "div", { class: "eng-bar" },
      element("span", { class: "eng-choices", role: "group", "aria-label": "What a click sets" }, ...this.choices),
      this.quadrant, element("label", { class: "eng-only" }, this.only, "Only with a gap"), this.summary,
    );
    board.root.classList.add("engagement");
    board.root.prepend(
      bar, element("div", { class: "eng-scroll" }, this.table),
      element("aside", { class: "eng-side", "aria-label": "Gaps to close" }, this.count, this.none, this.list), this.aloud,
    );
    const { signal } = board.listeners;
    this.table.addEventListener("click", (event) => this.onClick(event), { signal });
    this.table.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.hand = new Hand(this);
  }

  // ---- rows in --------------------------------------------------------------------------------------------------

  /** @param {View} view */
  render(view) {
    this.view = view;
    const looks = new Looks(view.legend, isDark(this.board.root));
    const restyled = this.looks?.key !== looks.key;
    this.looks = looks;
    this.steps = view.legend.attitudes.map((/** @type {{name: string}} */ { name }) => name);
    if (restyled) this.drawHead();
    this.drawFilter();
    this.board.root.classList.toggle("looking-on", !view.editable);
    const ids = new Set(view.stakeholders.map((row) => row.id));
    for (const [id, line] of this.lines) {
      if (ids.has(id)) continue;
      line.node.remove();
      this.lines.delete(id);
    }
    let last = null;
    for (const row of view.stakeholders) {
      const line = this.line(row, restyled);
      const place = last ? last.nextSibling : this.body.firstChild;
      if (line.node !== place) this.body.insertBefore(line.node, place);
      last = line.node;
    }
    this.choose(this.field);
    this.narrow();
    this.drawGaps();
  }

  drawHead() {
    const name = element("th", { scope: "col", class: "eng-who" }, "Stakeholder");
    const columns = this.steps.map((/** @type {string} */ step) =>
      element("th", { scope: "col" }, this.looks.ringPicture(step, 22), element("span", {}, step)));
    this.head.replaceChildren(name, ...columns);
  }

  drawFilter() {
    const wanted = [ALL, ...this.view.quadrants, UNRATED];
    if (wanted.join() === this.filters) return;
    this.filters = wanted.join();
    const kept = this.quadrant.value;
    this.quadrant.replaceChildren(...wanted.map((word) => element("option", { value: word }, word)));
    if (wanted.includes(kept)) this.quadrant.value = kept;
  }

  /** @param {Stakeholder} row @param {boolean} restyled */
  line(row, restyled) {
    let line = this.lines.get(row.id);
    if (!line) {
      const mark = element("span", { class: "eng-group", "aria-hidden": "true" });
      const name = element("span", { class: "eng-name" });
      const power = element("span", { class: "eng-power" });
      const cells = this.steps.map((/** @type {string} */ step, /** @type {number} */ i) => element("td", { "data-step": i, tabindex: -1 }));
      const node = element("tr", { "data-id": row.id }, element("th", { scope: "row", class: "eng-who" }, element("span", { class: "eng-one" }, mark, name, power)), ...cells);
      line = { node, mark, name, power, cells };
      this.lines.set(row.id, line);
    }
    if (restyled || line.group !== row.group) {
      line.group = row.group;
      line.mark.replaceChildren(this.looks.picture(row.group, 18));
    }
    if (line.name.textContent !== row.name) line.name.textContent = row.name;
    const power = row.power === null ? "" : `power ${shown(row.power)}`;
    if (line.power.textContent !== power) line.power.textContent = power;
    line.row = row;
    this.drawMarks(line);
    return line;
  }

  /** C, D and the arrow between them. @param {any} line */
  drawMarks(line, at = line.row) {
    const now = this.steps.indexOf(at.attitude);
    const wanted = this.steps.indexOf(at.attitude_wanted);
    const key = `${now}/${wanted}`;
    if (line.key === key) return;
    line.key = key;
    const [low, high] = [Math.min(now, wanted), Math.max(now, wanted)];
    const arrow = low >= 0 && low !== high ? (wanted > now ? "forth" : "back") : "";
    line.cells.forEach((/** @type {HTMLElement} */ cell, /** @type {number} */ i) => {
      const marks = Object.entries(MARKS)
        .filter(([field]) => at[field] === this.steps[i])
        .map(([field, { letter, words }]) => element("span", { class: `eng-mark ${words}`, "data-field": field }, letter));
      cell.replaceChildren(...marks);
      cell.className = arrow && i >= low && i <= high ? `${arrow} ${i === low ? "low" : i === high ? "high" : "between"}` : "";
      const said = Object.entries(MARKS).filter(([field]) => at[field] === this.steps[i]).map(([, { words }]) => words);
      cell.setAttribute("aria-label", [`${line.row.name}, ${this.steps[i]}`, ...said].join(", "));
    });
  }

  drawGaps() {
    const { gaps, summary } = this.view;
    if (this.summary.textContent !== summary) this.summary.textContent = summary;
    this.count.textContent = `Gaps to close · ${gaps.length}`;
    const placed = this.view.stakeholders.some((row) => row.attitude && row.attitude_wanted);
    this.none.textContent = gaps.length ? "" : placed ? "Everybody placed is where the CoP wants them." : "Set for somebody where the attitude is now and where it is wanted; the gap appears here.";
    const key = JSON.stringify(gaps.map((gap) => [gap, this.lines.get(gap.id)?.row.name]));
    if (this.gapped === key) return;
    this.gapped = key;
    this.list.replaceChildren(...gaps.filter(({ id }) => this.lines.has(id)).map(({ id, now, wanted, steps }) => {
      const { row } = this.lines.get(id);
      return element("li", { "data-id": id }, element(
        "button", { type: "button", class: "eng-gap", onclick: () => this.goTo(id) },
        element("strong", {}, row.name),
        element("span", {}, `${now} → ${wanted}`),
        element("span", { class: "eng-steps" }, counted(steps, "step")),
      ));
    }));
  }

  // ---- who is shown ----------------------------------------------------------------------------------------------

  narrow() {
    const gap = new Set(this.view.gaps.map(({ id }) => id));
    const wanted = this.quadrant.value || ALL;
    let first = null;
    let some = false;
    for (const [id, { node }] of this.lines) {
      const place = this.view.quadrant_of[id] || UNRATED;
      node.hidden = (wanted !== ALL && place !== wanted) || (this.only.checked && !gap.has(id));
      some ||= !node.hidden;
    }
    for (const node of /** @type {HTMLCollectionOf<HTMLElement>} */ (this.body.children)) if (!node.hidden) { first = node; break; }
    this.table.classList.toggle("nobody", !some);
    if (!this.focused || !this.lines.has(this.focused[0]) || this.lines.get(this.focused[0]).node.hidden) {
      this.tabStop(first ? [first.dataset.id, 0] : null);
    }
  }

  // ---- what a person does ----------------------------------------------------------------------------------------

  /** C or D: what the next click sets. @param {string} field */
  choose(field) {
    this.field = field;
    for (const button of this.choices) button.setAttribute("aria-pressed", String(button.dataset.field === field));
    this.board.root.dataset.sets = MARKS[field].words;
  }

  /**
   * Put a mark of a stakeholder on a step; null takes it away.
   * @param {string} id @param {string} field @param {number | null} step @param {any} [was]
   */
  put(id, field, step, was) {
    const line = this.lines.get(id);
    if (!line) return;
    const value = step === null ? "" : this.steps[step];
    if (line.row[field] === value) {
      this.drawMarks(line);
      return;
    }
    const seen = { [field]: was ?? line.row[field] };
    this.aloud.textContent = this.view.editable ? `${line.row.name}, ${MARKS[field].words}: ${value || "not set"}` : "";
    this.board.send(edited({ edits: [{ id, values: { [field]: value }, seen }], additions: [] }));
  }

  /** The cell around an element. @param {Element} node @returns {[string, number, HTMLElement] | null} */
  where(node) {
    /** @type {any} */ const cell = node.closest?.("td[data-step]");
    return cell ? [cell.parentNode.dataset.id, Number(cell.dataset.step), cell] : null;
  }

  /** @param {PointerEvent} event */
  onClick(event) {
    if (this.hand.moved) return;
    const at = this.where(event.target);
    if (!at) return;
    this.tabStop([at[0], at[1]]);
    at[2].focus({ preventScroll: true });
    this.put(at[0], this.field, at[1]);
  }

  /** @param {any} at */
  tabStop(at) {
    if (this.focused) this.cell(this.focused)?.setAttribute("tabindex", "-1");
    this.focused = at;
    if (at) this.cell(at)?.setAttribute("tabindex", "0");
  }

  /** @param {[string, number]} given */
  cell([id, step]) {
    return this.lines.get(id)?.cells[step];
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const at = this.where(event.target);
    if (!at || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const [id, step] = at;
    const key = event.key.toLowerCase();
    const beside = { arrowleft: -1, arrowright: 1 }[key];
    const below = { arrowup: "previousElementSibling", arrowdown: "nextElementSibling" }[key];
    if (beside) this.goToCell(id, step + beside);
    else if (below) {
      let node = this.lines.get(id).node[below];
      while (node?.hidden) node = node[below];
      if (node) this.goToCell(node.dataset.id, step);
    } else if (key === "enter" || key === " ") this.put(id, this.field, step);
    else if (key === "c") this.put(id, "attitude", step);
    else if (key === "d") this.put(id, "attitude_wanted", step);
    else if (key === "delete" || key === "backspace") {
      const here = Object.keys(MARKS).filter((field) => this.lines.get(id).row[field] === this.steps[step]);
      if (here.length) this.put(id, here.includes(this.field) ? this.field : here[0], null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} id @param {number} step */
  goToCell(id, step) {
    if (step < 0 || step >= this.steps.length) return;
    this.tabStop([id, step]);
    this.cell([id, step]).focus();
  }

  /** Show the row of a gap. @param {string} id */
  goTo(id) {
    const { node, row } = this.lines.get(id);
    if (node.hidden) {
      this.quadrant.value = ALL;
      this.narrow();
    }
    node.scrollIntoView({ block: "center" });
    this.goToCell(id, Math.max(0, this.steps.indexOf(row.attitude)));
  }
}

export default (/** @type {Component} */ component) => mount(component, (board) => new Matrix(board));
