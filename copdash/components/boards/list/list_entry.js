/**
 * The one place to type: a field that lies over the focused cell, unseen until somebody types or opens the cell.
 *
 * It stands outside the table's rows, so that a half-typed text, the caret and the focus survive whatever happens to
 * them. A value that breaks a rule keeps it open with the sentence that says why.
 */
import { element } from "../shared/board.js";
import { Menu } from "./list_menu.js";
import { brief, clean, Refused, shown } from "./list_rules.js";

export class Entry {
  /** @type {any} */ seen;
  /** @type {any} */ owner;
  /** @type {any} */ warned;
  /** @type {boolean} */ isWaking;
  /** @type {boolean} */ isGone;
  /** @type {{left: number, top: number, width: number, height: number}} */ rect;
  /** @type {boolean} */ isAway;

  /** @param {ListBoard} list @param {HTMLElement} layer */
  constructor(list, layer) {
    this.list = list;
    /** idle: nothing typed; type: opened by typing, arrows leave; edit: opened on purpose, arrows move the caret */
    this.mode = "idle";
    /** The cell that is open. @type {any} */ this.at = null;
    this.text = this.field();
    this.box = element("div", { class: "list-entry idle" }, this.text);
    this.menu = new Menu(this);
    this.sentence = element("span", {});
    this.ways = element("span", { class: "list-offers" });
    this.note = element("div", { class: "list-note", role: "alert", hidden: true }, this.sentence, this.ways);
    layer.append(this.box, this.menu.list, this.note);
  }

  field() {
    const text = element("textarea", {
      rows: 1, spellcheck: "false", autocomplete: "off", autocapitalize: "off", inputmode: "none", class: "list-field",
      "aria-label": "Cell of the list. Escape, then Tab, leaves the table.",
    });
    text.addEventListener("keydown", (event) => this.onKey(event));
    text.addEventListener("input", () => this.onInput());
    text.addEventListener("blur", () => this.onBlur());
    text.addEventListener("focus", () => this.list.onFocus());
    return text;
  }

  get isOpen() { return this.mode !== "idle"; }
  get column() { return this.at && this.list.byName[this.at.field]; }
  /** The words that the open cell offers; null where it takes any text and has none to offer. */
  get offers() {
    const words = this.column && this.list.offersOf(this.column);
    return words?.length ? words : null;
  }
  get hasFocus() { return this.text.getRootNode().activeElement === this.text; }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  // ---- opening, keeping, closing ------------------------------------------------------------------------------------

  /** Open the focused cell. @param {"type"|"edit"} mode */
  begin(mode) {
    const place = this.list.grid.cursor;
    const row = place && this.list.rowOf(place.id);
    if (this.isOpen || !row || !this.list.mayEdit()) {
      if (!this.isOpen) this.text.value = "";
      return;
    }
    this.at = { ...place };
    this.mode = mode;
    this.seen = row[place.field] ?? (this.column.shape === "rating" ? null : "");
    this.owner = row.name;
    this.warned = undefined;
    this.list.table.reveal(place.id, place.field);
    if (mode === "edit") {
      this.text.value = shown(this.seen);
      if (this.offers) this.text.select();
      else this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    }
    this.text.inputMode = this.column.shape === "rating" ? "decimal" : "text";
    if (this.list.table.isCoarse && this.hasFocus) this.wake();
    this.text.setAttribute("aria-label", `${this.column.label}, ${row.name || "new row"}`);
    this.box.classList.remove("idle");
    this.box.classList.toggle("noting", this.column.shape === "note");
    if (this.offers) this.menu.open(this.column, this.offers, mode === "edit" ? "" : this.text.value, this.seen);
    this.place();
  }

  /** On a tablet the keyboard comes up only at a new focus. */
  wake() {
    this.isWaking = true;
    this.text.blur();
    this.text.focus({ preventScroll: true });
    this.isWaking = false;
  }

  /**
   * Save what was typed. True where the field is closed afterwards; false where it stays open and says why.
   * @param {{isSure?: boolean}} options with `isSure` a half-typed word takes the marked choice
   */
  commit({ isSure = true } = {}) {
    if (!this.isOpen) return true;
    const row = this.list.rowOf(this.at.id);
    if (!row) {
      this.tellGone();
      return false;
    }
    let value;
    try {
      const given = this.menu.isOpen ? this.menu.chosen(this.text.value, isSure) : this.text.value;
      value = clean(this.column, given);
    } catch (wrong) {
      if (!(wrong instanceof Refused)) throw wrong;
      this.tell(wrong.message);
      return false;
    }
    const now = row[this.at.field] ?? this.seen;
    if (now !== this.seen && value !== now && value !== this.seen && this.warned !== now) {
      this.warned = now;
      this.tell(`${this.column.label} was changed meanwhile to «${brief(now) || "empty"}». Enter puts yours there, Escape leaves theirs.`, true);
      return false;
    }
    const { at, warned, seen } = this;
    const isUnchanged = value === seen;
    this.close();
    if (!isUnchanged) this.list.save(at, value, warned === undefined ? seen : warned);
    return true;
  }

  cancel() {
    this.close();
    this.list.repaint();
  }

  close() {
    const had = this.hasFocus;
    this.mode = "idle";
    /** The cell that is open. @type {any} */ this.at = null;
    this.isGone = false;
    this.menu.close();
    this.note.hidden = true;
    this.box.classList.add("idle");
    this.box.classList.remove("noting", "gone", "wrong");
    const fresh = this.field(); // a new field has no old typing to undo
    this.isWaking = true;
    this.text.replaceWith(fresh);
    this.text = fresh;
    if (had) this.focus();
    this.isWaking = false;
  }

  // ---- what others do meanwhile -------------------------------------------------------------------------------------

  /** New rows came: say so where the open cell was changed or its row deleted. */
  review() {
    if (!this.isOpen) return;
    const row = this.list.rowOf(this.at.id);
    if (!row) {
      this.tellGone();
      return;
    }
    if (this.isGone) {
      this.isGone = false;
      this.box.classList.remove("gone");
      this.note.hidden = true;
    }
    const now = row[this.at.field];
    if (now !== undefined && now !== this.seen && this.warned !== now) {
      this.warned = now;
      this.tell(`${this.column.label} was changed meanwhile to «${brief(now) || "empty"}». Enter puts yours there, Escape leaves theirs.`, true);
    }
  }

  tellGone() {
    if (this.isGone) return;
    this.isGone = true;
    this.box.classList.add("gone");
    const copy = element("button", { type: "button", onclick: () => this.list.blocks.write(this.text.value) }, "Copy the text");
    const drop = element("button", { type: "button", onclick: () => { this.cancel(); this.focus(); } }, "Discard it");
    this.tell(
      `«${brief(this.owner)}» was deleted meanwhile. What you typed is still here; «Undo» under «Recent changes» brings the row back.`,
      false, [copy, drop],
    );
  }

  /** A sentence at the open cell. @param {string} sentence @param {any} [offers] */
  tell(sentence, isMild = false, offers = []) {
    this.sentence.textContent = sentence;
    this.ways.replaceChildren(...offers);
    this.note.hidden = false;
    this.note.classList.toggle("mild", isMild);
    this.box.classList.toggle("wrong", !isMild);
    this.place();
  }

  // ---- typing -------------------------------------------------------------------------------------------------------

  onInput() {
    if (!this.isOpen) {
      this.begin("type");
      if (!this.isOpen) return;
    } else if (this.menu.isOpen) {
      this.menu.filter(this.text.value);
    }
    if (!this.isGone && !this.note.classList.contains("mild")) {
      this.note.hidden = true;
      this.box.classList.remove("wrong");
    }
    this.grow();
  }

  onBlur() {
    if (!this.isWaking && this.isOpen && document.hasFocus()) this.commit({ isSure: false });
    this.list.onBlur();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (!this.isOpen) {
      this.list.grid.onKey(event);
      return;
    }
    const isCommand = event.ctrlKey || event.metaKey;
    const { grid } = this.list;
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && (event.altKey || (event.shiftKey && this.column.shape === "note"))) this.insert("\n");
    else if (event.key === "Enter") {
      if (this.commit()) grid.enter(event.shiftKey);
    } else if (event.key === "Tab") {
      if (this.commit()) grid.tab(event.shiftKey);
    } else if (this.menu.isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      this.menu.step(event.key === "ArrowDown" ? 1 : -1);
    } else if (this.mode === "type" && event.key.startsWith("Arrow") && !isCommand && !event.shiftKey) {
      if (this.commit({ isSure: false })) grid.onKey(event);
    } else return;
    event.preventDefault();
  }

  /** @param {any} sign */
  insert(sign) {
    const isDone = document.execCommand("insertText", false, sign);
    if (!isDone) this.text.setRangeText(sign, this.text.selectionStart, this.text.selectionEnd, "end");
    this.grow();
  }

  // ---- placing ------------------------------------------------------------------------------------------------------

  /** Lie over the cell; where the cell is not drawn, stay unseen but keep text and focus. */
  place() {
    const place = this.at || this.list.grid.cursor;
    const cell = place && this.list.table.cell(place.id, place.field);
    const origin = this.list.layer.getBoundingClientRect();
    if (cell) {
      const rect = cell.getBoundingClientRect();
      const inner = this.list.table.holder.getBoundingClientRect();
      this.rect = { left: rect.left - origin.left, top: rect.top - origin.top, width: rect.width, height: rect.height };
      const frozen = place.field === "name" ? 0 : this.list.table.frozenWidth();
      this.isAway = rect.bottom <= inner.top + 4 || rect.top >= inner.bottom - 4 || rect.right <= inner.left + frozen + 8 || rect.left >= inner.right - 8;
    } else if (!this.isGone) this.isAway = true;
    if (!this.rect) return;
    Object.assign(this.box.style, {
      left: `${this.rect.left}px`, top: `${this.rect.top}px`,
      minWidth: `${this.rect.width}px`, height: this.isOpen ? "auto" : `${this.rect.height}px`, minHeight: `${this.rect.height}px`,
    });
    this.box.classList.toggle("away", Boolean(this.isAway) && !this.isGone);
    if (this.isOpen) this.grow();
    const below = this.rect.top + this.box.offsetHeight + 2;
    this.menu.place(this.rect, below, origin);
    this.note.hidden = this.note.hidden || !this.isOpen;
    if (!this.note.hidden) {
      const under = below + (this.menu.isOpen && !this.menu.isAbove ? this.menu.list.offsetHeight + 4 : 0);
      const fits = under + this.note.offsetHeight < origin.height;
      this.note.style.top = `${fits ? under : Math.max(4, this.rect.top - this.note.offsetHeight - 4)}px`;
      this.note.style.left = `${Math.max(4, Math.min(this.rect.left, origin.width - this.note.offsetWidth - 8))}px`;
    }
  }

  /** As wide and high as the text needs, within reason. */
  grow() {
    if (!this.isOpen || !this.rect) return;
    const { text } = this;
    const room = this.list.layer.clientWidth - this.rect.left - 8;
    const least = this.column.shape === "note" ? Math.max(this.rect.width, 340) : this.rect.width;
    text.style.height = "0";
    text.style.width = `${Math.max(this.rect.width, Math.min(room, least))}px`;
    text.style.height = `${Math.max(this.rect.height, Math.min(text.scrollHeight + 2, 220))}px`;
  }
}
