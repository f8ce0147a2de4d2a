/**
 * Salience: three circles with counts and names, and beside them every class with its people.
 *
 * The classes come from the server; a rating that was just given changes its number at once, and its class with the
 * answer. Whoever is chosen stays chosen, whichever class it moves to.
 */
import { bring, element, isDark, mount } from "../shared/board.js";
import { shown } from "../shared/scale.js";
import { Looks } from "../shared/marks.js";
import { Venn } from "./salience_venn.js";
import { edited } from "../shared/gestures.js";

/** @type {Record<string, [string, string]>} */
const ASKS = {
  power: ["Power", "can change the outcome"],
  legitimacy: ["Legitimacy", "its claim is seen as proper"],
  urgency: ["Urgency", "its claim cannot wait"],
};

export class Salience {
  /** @type {Record<string, any>} */ inputs;
  /** @type {{field: string, id: any, seen: any} | null} */ held;
  /** @type {View} */ view;
  /** @type {Looks} */ looks;
  /** @type {Map<any, any>} */ rows;
  /** @type {Map<any, any>} */ byName;

  /** @param {Board} board */
  constructor(board) {
    this.board = board;
    this.chosen = null;
    /** @type {string | null} */ this.person = null;
    this.entries = new Map();
    this.people = new Map();
    this.venn = new Venn((name) => this.choose(name));
    this.side = element("aside", { class: "sal-side", "aria-label": "Classes and who is in them" });
    this.editor = this.makeEditor();
    this.aloud = element("div", { class: "aloud", role: "status" });
    board.root.classList.add("salience");
    board.root.prepend(element("div", { class: "sal-picture" }, this.venn.svg), this.side, this.aloud);
  }

  makeEditor() {
    this.inputs = {};
    const lines = Object.entries(ASKS).map(([field, [label, about]]) => {
      const value = element("output", {});
      const input = element("input", {
        type: "range", min: 0, max: 10, step: 0.5, "aria-label": label,
        oninput: () => { value.textContent = shown(Number(input.value)); input.classList.remove("empty"); },
        onchange: () => this.rate(field, Number(input.value)),
        // A range that stands at the value somebody wants says nothing when it is clicked.
        onpointerup: () => {
          if (input.classList.contains("empty")) this.rate(field, Number(input.value));
          setTimeout(() => this.letGo()); // the change comes after this
        },
        onpointerdown: () => {
          this.held = { field, id: this.person, seen: this.rows.get(this.person)?.[field] ?? null };
        },
        onpointercancel: () => this.letGo(),
      });
      const off = element("button", { type: "button", title: `Take ${label.toLowerCase()} off`, "aria-label": `Take ${label.toLowerCase()} off`, onclick: () => this.rate(field, null) }, "×");
      this.inputs[field] = { input, value, off };
      return element("div", { class: "sal-line" }, element("span", { class: "sal-label" }, element("b", {}, label), ` ${about}`), input, value, off);
    });
    return element("div", { class: "sal-editor" }, ...lines);
  }

  // ---- rows in --------------------------------------------------------------------------------------------------

  /** @param {View} view */
  render(view) {
    this.view = view;
    const looks = new Looks(view.legend, isDark(this.board.root));
    const restyled = this.looks?.key !== looks.key;
    this.looks = looks;
    this.rows = new Map(view.stakeholders.map((row) => [row.id, row]));
    this.byName = new Map(view.classes.map((/** @type {any} */ one) => [one.name, one]));
    if (this.person && !this.rows.has(this.person)) this.person = null;
    const { person } = this;
    if (person) this.chosen = view.classes.find((/** @type {{ids: string[]}} */ { ids }) => ids.includes(person))?.name ?? this.chosen;
    this.chosen ??= (view.classes.find((/** @type {{ids: string[]}} */ { ids }) => ids.length) ?? view.classes[0]).name;
    for (const [id, { item }] of this.people) {
      if (this.rows.has(id)) continue;
      item.remove();
      this.people.delete(id);
    }
    this.draw(restyled);
  }

  draw(restyled = false) {
    /** @param {View["classes"][number]} one */
    const names = (one) => one.ids.map((/** @type {string} */ id) => this.rows.get(id)?.name).filter(Boolean);
    this.venn.draw(this.view.classes.map((/** @type {any} */ one) => ({ ...one, names: names(one) })), this.chosen);
    for (const one of this.view.classes) this.drawClass(one, restyled);
    this.drawEditor();
  }

  /** @param {View["classes"][number]} one @param {boolean} restyled */
  drawClass(one, restyled) {
    let entry = this.entries.get(one.name);
    if (!entry) {
      const count = element("b", {});
      const head = element("button", { type: "button", class: "sal-class", "aria-expanded": "false", onclick: () => this.choose(one.name) },
        element("span", { class: "sal-letters", "aria-hidden": "true" }, ...Object.keys(ASKS).map((field) =>
          element("i", { class: one.attributes.includes(field) ? "has" : "" }, field[0].toUpperCase()))),
        element("span", { class: "sal-name" }, one.name), count);
      const means = element("p", {}, one.means);
      const list = element("ul", {});
      const body = element("div", { class: "sal-body" }, means, list);
      entry = { box: element("section", { "data-class": one.name }, head, body), head, count, list, body };
      this.entries.set(one.name, entry);
      this.side.append(entry.box);
    }
    const open = this.chosen === one.name;
    entry.count.textContent = String(one.ids.length);
    entry.box.classList.toggle("open", open);
    entry.box.classList.toggle("nobody", !one.ids.length);
    entry.head.setAttribute("aria-expanded", String(open));
    entry.body.hidden = !open;
    if (!open) return;
    const focused = /** @type {HTMLElement | null} */ (this.board.root.getRootNode().activeElement);
    /** @type {HTMLElement[]} */
    const wanted = one.ids.filter((/** @type {string} */ id) => this.rows.has(id)).map((/** @type {string} */ id) => this.item(id, restyled));
    if (wanted.length !== entry.list.children.length || wanted.some((item, i) => entry.list.children[i] !== item)) {
      bring(entry.list, wanted);
      if (focused && entry.list.contains(focused)) focused.focus({ preventScroll: true });
    }
  }

  /** @param {string} id @param {boolean} restyled */
  item(id, restyled) {
    const row = this.rows.get(id);
    let one = this.people.get(id);
    if (!one) {
      const mark = element("span", { class: "sal-mark", "aria-hidden": "true" });
      const name = element("span", {});
      const numbers = element("small", {});
      const button = element("button", { type: "button", class: "sal-person", "aria-expanded": "false", onclick: () => this.take(id) }, mark, name, numbers);
      one = { item: element("li", { "data-id": id }, button), mark, name, numbers, button };
      this.people.set(id, one);
    }
    if (restyled || one.group !== row.group) {
      one.group = row.group;
      one.mark.replaceChildren(this.looks.picture(row.group, 18));
    }
    if (one.name.textContent !== row.name) one.name.textContent = row.name;
    const words = Object.keys(ASKS).map((field) => `${field[0].toUpperCase()} ${row[field] === null ? "–" : shown(row[field])}`).join("  ");
    if (one.numbers.textContent !== words) one.numbers.textContent = words;
    one.button.setAttribute("aria-expanded", String(this.person === id));
    return one.item;
  }

  /** The sliders under the chosen person; what is being dragged is left alone. */
  drawEditor() {
    const row = this.rows.get(this.person);
    const home = row && this.people.get(this.person)?.item;
    if (!home) {
      this.editor.remove();
      return;
    }
    if (this.editor.parentNode !== home) home.append(this.editor);
    for (const [field, { input, value, off }] of Object.entries(this.inputs)) {
      const empty = row[field] === null;
      input.disabled = !this.view.editable;
      off.style.visibility = empty || !this.view.editable ? "hidden" : "";
      if (this.held?.field === field && this.held.id === this.person) continue;
      const key = `${this.person}/${field}/${row[field]}`;
      if (input.dataset.shown === key) continue;
      input.dataset.shown = key;
      input.value = String(empty ? 5 : row[field]);
      input.classList.toggle("empty", empty);
      input.setAttribute("aria-valuetext", empty ? "not rated" : shown(row[field]));
      value.textContent = empty ? "not rated" : shown(row[field]);
    }
  }

  letGo() {
    this.held = null;
    this.drawEditor();
  }

  // ---- what a person does ----------------------------------------------------------------------------------------

  /** @param {string} name */
  choose(name) {
    this.person = null;
    this.chosen = name;
    this.draw();
    this.entries.get(name)?.box.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id */
  take(id) {
    this.person = this.person === id ? null : id;
    for (const { input } of Object.values(this.inputs)) delete input.dataset.shown;
    this.draw();
  }

  /** @param {string} field @param {any} value */
  rate(field, value) {
    const row = this.rows.get(this.person);
    if (!row || row[field] === value) return;
    this.aloud.textContent = `${row.name}, ${ASKS[field][0]}: ${value === null ? "not rated" : value}`;
    const seen = this.held?.field === field && this.held.id === row.id ? this.held.seen : row[field];
    this.board.send(edited({ edits: [{ id: row.id, values: { [field]: value }, seen: { [field]: seen } }], additions: [] }));
  }
}

export default (/** @type {Component} */ component) => mount(component, (board) => new Salience(board));
