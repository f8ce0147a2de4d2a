/** What stands around the table: the groups with their counts, search and filters, the columns, and the selection. */
import { element } from "../shared/board.js";
import { everything, hides, isRated, NOT_SET } from "./list_order.js";
import { clean, Refused } from "./list_rules.js";
import { mark } from "./list_marks.js";
import { counted } from "../shared/words.js";

/** What a choice holds before a word is chosen; no column has such a word. */
const UNCHOSEN = "\u0000";

/** The counts of all groups that a case study should have, zeros too; each is a filter. */
export class Groups {
  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    this.missing = element("span", { class: "list-missing" });
    this.chips = new Map();
    this.root = element("div", { class: "list-groups", role: "group", "aria-label": "Stakeholders in each group" });
    const { group: column } = list.byName;
    this.root.hidden = !column;
    for (const group of column ? [...column.choices ?? [], NOT_SET] : []) {
      const count = element("span", { class: "list-count" });
      const chip = element(
        "button",
        { type: "button", class: "list-group", "aria-pressed": "false", "data-group": group, onclick: () => list.toggleGroup(group) },
        mark(list.legend, group), element("span", {}, group), count,
      );
      this.chips.set(group, { chip, count });
      this.root.append(chip);
    }
    this.root.append(this.missing);
  }

  render() {
    if (this.root.hidden) return;
    const counts = new Map();
    for (const row of this.list.view) counts.set(row.group || NOT_SET, (counts.get(row.group || NOT_SET) || 0) + 1);
    let missing = 0;
    for (const [group, { chip, count }] of this.chips) {
      const found = counts.get(group) || 0;
      const isMissing = !found && group !== NOT_SET;
      missing += Number(isMissing);
      write(count, String(found));
      chip.classList.toggle("none", isMissing);
      chip.hidden = group === NOT_SET && !found && !this.list.question.groups.has(group);
      chip.setAttribute("aria-pressed", String(this.list.question.groups.has(group)));
      chip.setAttribute("aria-label", isMissing ? `${group}: nobody yet` : `${group}: ${found}`);
    }
    write(this.missing, missing ? `${missing} of ${this.chips.size - 1} groups missing` : "No group is missing");
    this.missing.classList.toggle("all", !missing);
    this.root.classList.toggle("blank", !this.list.view.length);
  }
}

/** Add, search, filter, choose columns; and how many rows are in sight. */
export class Bar {
  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    this.add = element("button", { type: "button", class: "list-add", onclick: () => list.startRow() }, "Add stakeholder");
    this.search = element("input", { type: "search", class: "list-search", placeholder: "Search", "aria-label": "Search the list", oninput: () => list.ask({ search: this.search.value }) });
    this.membership = picker("Membership", [["", "Any membership"], ...(list.byName.membership?.choices || []).map((word) => [word, word]), [NOT_SET, "Membership not set"]], (value) => list.ask({ membership: value }));
    this.membership.hidden = !list.byName.membership;
    this.rated = picker("Rating", [["", "Rated or not"], ["rated", "Rated"], ["unrated", "Not yet rated"]], (value) => list.ask({ rated: value }));
    this.columns = new Chooser(list);
    const { folds } = list;
    this.fold = picker("Fold the list", [["", "Not folded"], ...folds.fields.map((name) => [name, `By ${list.byName[name].label.toLowerCase()}`])], (value) => folds.foldBy(value));
    this.fold.hidden = !folds.fields.length;
    this.foldAll = element("button", { type: "button", class: "list-button", onclick: () => folds.toggleAll() });
    this.count = element("span", { class: "list-shown", role: "status" });
    this.reset = element("button", { type: "button", class: "list-quiet", hidden: true, onclick: () => list.ask({ ...everything(), sort: list.question.sort }) }, "Show all");
    this.root = element("div", { class: "list-bar" }, this.add, this.search, this.membership, this.rated, this.fold, this.foldAll, this.columns.root, element("span", { class: "list-space" }), this.count, this.reset);
  }

  render() {
    const { view, question, folds, found: shown } = this.list;
    const rated = view.filter(isRated).length;
    write(this.count, hides(question) ? `${shown} of ${view.length} shown` : `${counted(view.length, "stakeholder")}, ${rated} rated`);
    this.reset.hidden = !hides(question);
    this.fold.value = folds.by;
    this.fold.classList.toggle("active", Boolean(folds.by));
    this.foldAll.hidden = !folds.by;
    write(this.foldAll, folds.isAllShut ? "Unfold all" : "Fold all");
    this.add.hidden = !this.list.board.data.editable;
    if (this.search.value !== question.search && this.search.getRootNode().activeElement !== this.search) this.search.value = question.search;
    for (const [select, value] of /** @type {[HTMLSelectElement, string][]} */ ([[this.membership, question.membership], [this.rated, question.rated]])) {
      select.value = value;
      select.classList.toggle("active", Boolean(value));
    }
  }

  clear() {
    this.search.value = "";
  }
}

/** Which columns are shown; this browser remembers. */
class Chooser {
  /** @param {ListBoard} list */
  constructor(list) {
    this.button = element("button", { type: "button", class: "list-button", "aria-expanded": "false", onclick: () => this.toggle() }, "Columns");
    this.boxes = element("div", { class: "list-columns", role: "group", "aria-label": "Columns that are shown", hidden: true });
    this.root = element("span", { class: "list-chooser" }, this.button, this.boxes);
    for (const column of list.columns) {
      const box = element("input", { type: "checkbox", checked: list.isShown(column), disabled: column.name === "name", onchange: () => list.showColumn(column, box.checked) });
      this.boxes.append(element("label", {}, box, element("span", {}, column.label)));
    }
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.boxes.hidden) {
        this.toggle(false);
        this.button.focus();
      }
    });
    list.board.root.addEventListener("pointerdown", (event) => {
      if (!this.boxes.hidden && !event.composedPath().includes(this.root)) this.toggle(false);
    }, { signal: list.board.listeners.signal });
  }

  toggle(isOpen = this.boxes.hidden) {
    this.boxes.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
  }
}

/** What can be done with the selected rows at once. */
export class Selection {
  /** @type {HTMLInputElement | HTMLSelectElement} */ value;

  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    this.count = element("strong", {});
    const fields = list.columns.filter((column) => column.name !== "name").map((column) => [column.name, column.label]);
    this.field = picker("Field to change", fields, () => this.offer());
    this.field.value = list.byName.group ? "group" : fields[0][0];
    this.slot = element("span", { class: "list-slot" });
    this.apply = element("button", { type: "button", class: "list-add", onclick: () => this.change() }, "Apply");
    this.remove = element("button", { type: "button", class: "list-button list-danger", onclick: () => list.remove() }, "Delete");
    this.none = element("button", { type: "button", class: "list-quiet", onclick: () => list.tickNone() }, "Clear selection");
    this.wrong = element("span", { class: "list-wrong", role: "alert" });
    this.root = element(
      "div", { class: "list-selection", role: "group", "aria-label": "Change the selected rows", hidden: true },
      this.count, element("span", {}, "Set"), this.field, element("span", {}, "to"), this.slot, this.apply, this.wrong,
      element("span", { class: "list-space" }), this.remove, this.none,
    );
    this.offer();
  }

  offer() {
    const column = this.list.byName[this.field.value];
    this.value = column.choices
      ? picker("New value", [[UNCHOSEN, "Choose"], ...column.choices.map((word) => [word, word]), ["", "(empty)"]], () => {})
      : element("input", { type: "text", "aria-label": "New value", inputmode: column.shape === "rating" ? "decimal" : "text", placeholder: column.shape === "rating" ? "0 to 10" : "Empty" });
    this.value.addEventListener("keydown", (/** @type {any} */ event) => { if (event.key === "Enter") this.change(); });
    this.slot.replaceChildren(this.value);
    write(this.wrong, "");
  }

  change() {
    const column = this.list.byName[this.field.value];
    if (this.value.value === UNCHOSEN) {
      write(this.wrong, "Choose the new value first.");
      return;
    }
    try {
      this.list.setAll(column, clean(column, this.value.value));
      write(this.wrong, "");
    } catch (wrong) {
      if (!(wrong instanceof Refused)) throw wrong;
      write(this.wrong, wrong.message);
      this.value.focus();
    }
  }

  render() {
    const found = this.list.ticked.size;
    this.root.hidden = !found || !this.list.board.data.editable;
    write(this.count, `${found} selected`);
  }
}

/** @param {string} label @param {string[][]} options @param {(value: string) => void} onPick */
function picker(label, options, onPick) {
  const select = element("select", { class: "list-picker", "aria-label": label, onchange: () => onPick(select.value) }, ...options.map(([value, text]) => element("option", { value }, text)));
  return select;
}

/** @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
