/**
 * The list folded by organisation, group or helix: each row under its heading, headings with counts, open or shut.
 *
 * A heading is a line of the table like a row, equally high, and no cell: the cursor, ranges and pastes pass it by.
 * This tab remembers what it folds by and what is shut. While somebody works in the table no row changes its heading.
 */
import { element } from "../shared/board.js";
import { mark } from "./list_marks.js";
import { keep, recall } from "../shared/memory.js";
import { counted, folded } from "../shared/words.js";

const FIELDS = ["organisation", "group", "helix"];
const NONE = "";
const ALONE = "\u0000alone";
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export class Folds {
  /** @type {any} */ stop;

  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    this.fields = FIELDS.filter((name) => list.byName[name]);
    const kept = this.recall();
    this.by = this.fields.includes(kept.by) ? kept.by : "";
    this.shut = new Set(kept.shut);
    /** The heading each row stood under last. @type {Map<string, string>} */ this.at = new Map();
    /** @type {{id: string, fold: string, label: string, count: number}[]} */ this.heads = [];
    this.lines = new Map();
  }

  // ---- which rows stand where ---------------------------------------------------------------------------------------

  /**
   * Lines of the table, headings among them, and the ids of the rows in sight. @param {any[]} rows in their order
   * @param {string} last @param {boolean} isWorking
   */
  lay(rows, last, isWorking) {
    if (!this.by) {
      this.heads = [];
      const ids = rows.map((row) => row.id);
      return { order: [...ids, last], lines: [...ids, last] };
    }
    const homes = this.homes();
    const sections = new Map();
    const at = new Map();
    for (const row of rows) {
      const key = (isWorking ? this.at.get(row.id) : undefined) ?? this.keyOf(row, homes);
      at.set(row.id, key);
      if (!sections.has(key)) sections.set(key, []);
      sections.get(key).push(row);
    }
    this.at = at;
    const keys = [...sections.keys()].sort((a, b) => this.compare(a, b, homes));
    this.heads = keys.map((fold) => ({ id: `fold:${this.by}:${fold}`, fold, label: this.labelOf(fold, homes), count: sections.get(fold).length }));
    const order = [];
    const lines = [];
    for (const head of this.heads) {
      lines.push(head.id);
      if (!this.isOpen(head.fold)) continue;
      const ids = this.withHomeFirst(head.fold, sections.get(head.fold)).map((row) => row.id);
      order.push(...ids);
      lines.push(...ids);
    }
    return { order: [...order, last], lines: [...lines, last] };
  }

  /** A search opens all headings: what was found is in sight. @param {string} fold */
  isOpen(fold) {
    return !this.shut.has(fold) || Boolean(this.list.question.search.trim());
  }

  /** Organisations to which somebody belongs: name as compared -> name as shown. */
  homes() {
    const homes = new Map();
    if (this.by !== "organisation") return homes;
    const named = new Map(this.list.view.filter((row) => row.kind === "Organisation").map((row) => [folded(row.name), row.name]));
    for (const { organisation } of this.list.view) {
      if (organisation) homes.set(folded(organisation), named.get(folded(organisation)) || homes.get(folded(organisation)) || organisation);
    }
    return homes;
  }

  /** @param {Stakeholder} row */
  keyOf(row, homes = this.homes()) {
    if (this.by !== "organisation") return row[this.by] || NONE;
    if (row.kind !== "Person" && homes.has(folded(row.name))) return folded(row.name);
    if (row.organisation) return folded(row.organisation);
    return row.kind === "Organisation" ? ALONE : NONE;
  }

  /** @param {string} fold @param {any} homes */
  labelOf(fold, homes) {
    if (fold === ALONE) return "Organisations with no people listed";
    if (fold === NONE) return this.by === "organisation" ? "No organisation" : "Not set";
    return homes.get(fold) || fold;
  }

  /** @param {any} a @param {any} b @param {any} homes */
  compare(a, b, homes) {
    /** @param {string} key */
    const late = (key) => (key === NONE ? 2 : key === ALONE ? 1 : 0);
    if (late(a) || late(b)) return late(a) - late(b);
    const { choices } = this.list.byName[this.by];
    return choices ? choices.indexOf(a) - choices.indexOf(b) : collator.compare(homes.get(a) || a, homes.get(b) || b);
  }

  /** @param {string} fold @param {Stakeholder[]} rows */
  withHomeFirst(fold, rows) {
    if (this.by !== "organisation") return rows;
    /** @param {Stakeholder} row */
    const isHome = (row) => row.kind !== "Person" && folded(row.name) === fold;
    return [...rows.filter(isHome), ...rows.filter((row) => !isHome(row))];
  }

  /** What a row that is added under a heading begins with. @param {any} given */
  presetOf({ fold, label }) {
    if (fold === NONE) return {};
    if (fold === ALONE) return this.known({ kind: "Organisation" });
    return this.by === "organisation" ? this.known({ organisation: label, kind: "Person" }) : { [this.by]: fold };
  }

  /** @param {Values} values */
  known(values) {
    return Object.fromEntries(Object.entries(values).filter(([name]) => this.list.byName[name]));
  }

  // ---- folding ------------------------------------------------------------------------------------------------------

  /** @param {any} by */
  foldBy(by) {
    this.by = by;
    this.shut.clear();
    this.at.clear();
    this.lines.clear();
    this.keep();
    this.list.preset = {};
    this.list.arrange({ isNew: true });
  }

  /** @param {string} fold */
  toggle(fold, isOpen = this.shut.has(fold)) {
    this.shut[isOpen ? "delete" : "add"](fold);
    this.keep();
    this.list.arrange({ isNew: true });
    this.list.tellCursor(`${this.heads.find((head) => head.fold === fold)?.label || ""}: ${isOpen ? "open" : "folded"}`);
  }

  get isAllShut() { return this.heads.length > 0 && this.heads.every((head) => this.shut.has(head.fold)); }

  toggleAll() {
    this.shut = new Set(this.isAllShut ? [] : this.heads.map((head) => head.fold));
    this.keep();
    this.list.arrange({ isNew: true });
  }

  /** Rows that are added here are in sight. @param {Values[]} rows */
  openFor(rows) {
    if (!this.by) return;
    const homes = this.homes();
    for (const row of rows) this.shut.delete(this.keyOf({ kind: "", organisation: "", ...(/** @type {any} */ (row)) }, homes));
    this.keep();
  }

  // ---- the headings on screen ---------------------------------------------------------------------------------------

  /** The element of a heading; it stays the same, so that focus stays. @param {{fold: string}} given */
  line({ fold }) {
    const found = this.lines.get(fold);
    if (found) return found.root;
    const head = () => this.heads.find((one) => one.fold === fold);
    const name = element("span", { class: "list-text" });
    const count = element("span", { class: "list-count" });
    const arrow = element("span", { class: "list-fold-arrow", "aria-hidden": "true" });
    const button = element(
      "button",
      { type: "button", class: "list-fold-name", tabindex: -1, onclick: () => this.toggle(fold), onkeydown: (event) => this.onKey(event, fold) },
      arrow, this.by === "group" ? mark(this.list.legend, fold) : null, name, count,
    );
    const add = element("button", { type: "button", class: "list-fold-add", tabindex: -1, onclick: () => this.list.startRow(this.presetOf(head())) }, "+");
    const root = element("div", { class: "list-fold-line", role: "gridcell" }, button, add);
    this.lines.set(fold, { root, button, name, count, arrow, add });
    return root;
  }

  paint() {
    const stop = this.heads.some((head) => head.fold === this.stop) ? this.stop : this.heads[0]?.fold;
    for (const { fold, label, count } of this.heads) {
      this.line({ fold });
      const parts = this.lines.get(fold);
      const isOpen = this.isOpen(fold);
      write(parts.name, label);
      write(parts.count, String(count));
      write(parts.arrow, isOpen ? "▾" : "▸");
      parts.button.setAttribute("aria-expanded", String(isOpen));
      parts.button.setAttribute("aria-label", `${label}, ${counted(count, "stakeholder")}`);
      parts.button.tabIndex = fold === stop ? 0 : -1;
      parts.add.hidden = !this.list.board.data.editable;
      parts.add.title = fold ? `Add to ${label}` : "Add a stakeholder";
      parts.add.setAttribute("aria-label", parts.add.title);
      parts.add.tabIndex = fold === stop ? 0 : -1;
    }
  }

  /**
   * All headings are one stop of the Tab key: up and down go from one to the next, left shuts, right opens.
   * @param {KeyboardEvent} event @param {string} fold
   */
  onKey(event, fold) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.toggle(fold, event.key === "ArrowRight");
    else if (step) this.focus(this.heads[this.heads.findIndex((head) => head.fold === fold) + step]);
    else return;
    event.preventDefault();
  }

  /** @param {any} head */
  focus(head) {
    if (!head) return;
    this.stop = head.fold;
    this.list.table.revealLine(head.id);
    this.paint();
    this.lines.get(head.fold).button.focus({ preventScroll: true });
  }

  // ---- what this tab remembers --------------------------------------------------------------------------------------

  get place() { return `copdash.list.folds.${this.list.board.data.case_study_id}`; }

  keep() {
    keep(sessionStorage, this.place, { by: this.by, shut: [...this.shut] });
  }

  recall() {
    const kept = recall(sessionStorage, this.place);
    return { by: String(kept?.by ?? ""), shut: Array.isArray(kept?.shut) ? kept.shut : [] };
  }
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
