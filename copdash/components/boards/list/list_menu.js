/** The words to choose from, below the cell that is open. Typing narrows them; a word that is not there is refused. */
import { element, newId } from "../shared/board.js";
import { folded, seeker, spellings } from "../shared/words.js";
import { Refused, brief } from "./list_rules.js";
import { mark } from "./list_marks.js";

const NOTHING = "(empty)";

export class Menu {
  /** @type {Column} */ column;
  /** @type {string[]} */ all;
  /** @type {boolean} */ isFree;
  /** @type {string[]} */ words;
  /** @type {any} */ active;
  /** @type {boolean} */ isAbove;

  /** @param {import("./list_entry.js").Entry} entry */
  constructor(entry) {
    this.entry = entry;
    this.id = `list-menu-${newId()}`;
    this.list = element("div", { class: "list-menu", role: "listbox", id: this.id, hidden: true });
    this.isOpen = false;
  }

  /** Offer a column's words. @param {Column} column @param {string[]} words @param {string} typed @param {any} current */
  open(column, words, typed, current) {
    this.column = column;
    this.all = words;
    /** Any other text is as good: the words only suggest. */ this.isFree = !column.choices;
    this.isOpen = true;
    this.list.hidden = false;
    this.list.setAttribute("aria-label", column.label);
    this.filter(typed, current);
    const { text } = this.entry;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": this.id })) text.setAttribute(name, value);
  }

  close() {
    this.isOpen = false;
    this.list.hidden = true;
    this.list.replaceChildren();
  }

  /** Show the words that hold what was typed; those that begin with it first. @param {string} typed */
  filter(typed, current = null) {
    const wanted = folded(typed).trim();
    const all = this.isFree ? this.all : ["", ...this.all];
    const asks = seeker(typed);
    const starts = all.filter((word) => wanted && spellings(word).some((spelling) => spelling.startsWith(wanted)));
    const holds = all.filter((word) => wanted && word && !starts.includes(word) && asks(word));
    this.words = wanted ? [...starts, ...holds] : all;
    this.active = current !== null && this.words.includes(current) ? this.words.indexOf(current) : wanted && this.words.length && !this.isFree ? 0 : -1;
    this.list.replaceChildren(...this.words.map((word, at) => this.option(word, at)));
    this.list.hidden = this.isFree && !this.words.length;
    if (!this.words.length) this.list.replaceChildren(element("div", { class: "list-none" }, "No such word in the list"));
    this.paint();
    this.entry.place();
  }

  /** @param {string} word @param {number} at */
  option(word, at) {
    const look = this.column.name === "group" && word ? mark(this.entry.list.legend, word) : null;
    const item = element("div", { class: "list-option", role: "option", id: `${this.id}-${at}` }, look, element("span", {}, word || NOTHING));
    item.classList.toggle("empty", !word);
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => this.pick(at));
    return item;
  }

  /** @param {number} at */
  pick(at) {
    this.entry.text.value = this.words[at];
    this.active = at;
    if (this.entry.commit()) this.entry.list.repaint();
    this.entry.focus();
  }

  /** @param {any} by */
  step(by) {
    if (!this.words.length) return;
    this.active = (this.active + by + this.words.length) % this.words.length;
    this.entry.text.value = this.words[this.active];
    this.entry.text.select();
    this.paint();
  }

  paint() {
    [...this.list.children].forEach((item, at) => {
      item.classList.toggle("active", at === this.active);
      if (item.getAttribute("role") === "option") item.setAttribute("aria-selected", String(at === this.active));
    });
    const active = this.active < 0 ? null : /** @type {HTMLElement} */ (this.list.children[this.active]);
    if (active) {
      this.entry.text.setAttribute("aria-activedescendant", active.id);
      const { list } = this;
      if (active.offsetTop < list.scrollTop) list.scrollTop = active.offsetTop - 4;
      const excess = active.offsetTop + active.offsetHeight + 4 - list.scrollTop - list.clientHeight;
      if (excess > 0) list.scrollTop += excess;
    } else this.entry.text.removeAttribute("aria-activedescendant");
  }

  /**
   * The word that was meant. `isSure`: the person pressed Enter with a word marked; else only a word that is the only
   * one to fit is taken. @throws {Refused}
   * @param {string} typed @param {boolean} isSure
   */
  chosen(typed, isSure) {
    const text = typed.trim();
    if (!text || this.isFree) return text;
    const exact = this.all.find((word) => folded(word) === folded(text));
    if (exact) return exact;
    const fitting = this.words.filter(Boolean);
    if (fitting.length === 1 || (isSure && fitting.length && this.active >= 0)) return this.words[this.active] || fitting[0];
    throw new Refused(
      fitting.length
        ? `${this.column.label}: «${brief(text)}» could be several; choose one of the list.`
        : `${this.column.label}: «${brief(text)}» is not in the list. Choose a word from it, or leave the cell empty.`,
    );
  }

  /** @param {any} rect @param {number} below @param {DOMRect} origin */
  place(rect, below, origin) {
    if (!this.isOpen) return;
    const height = Math.min(this.list.scrollHeight + 2, 420);
    const under = origin.height - below - 6;
    this.isAbove = under < Math.min(height, 180) && rect.top > under;
    this.list.style.maxHeight = `${Math.max(120, Math.min(420, this.isAbove ? rect.top - 6 : under))}px`;
    this.list.style.left = `${Math.max(4, Math.min(rect.left, origin.width - this.list.offsetWidth - 8))}px`;
    this.list.style.top = this.isAbove ? `${Math.max(2, rect.top - this.list.offsetHeight - 2)}px` : `${below}px`;
    this.list.style.minWidth = `${Math.max(rect.width, 200)}px`;
  }
}
