/** Forms for ties: two stakeholders chosen, and what flows between them. */
import { element } from "../shared/board.js";
import { Choice, DIRECTIONS, STATUSES, strengthOptions } from "./network_bar.js";

/** A labelled choice list that keeps its choice when its options change. */
export class Select {
  /** @type {any} */ shown;

  /** @param {string} label @param {Act} act */
  constructor(label, act) {
    this.input = element("select", { onchange: () => act(this.input.value) });
    this.root = element("label", { class: "net-field" }, element("span", {}, label), this.input);
  }

  /** @param {[string, string][]} options value and text */
  options(options) {
    const shown = JSON.stringify(options);
    if (shown === this.shown) return;
    this.shown = shown;
    const chosen = this.input.value;
    this.input.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
    this.input.value = options.some(([value]) => value === chosen) ? chosen : "";
  }

  get value() {
    return this.input.value;
  }

  set value(value) {
    if (this.input.value !== value) this.input.value = value;
  }
}

/** A line of the form whose control is a row of buttons. @param {string} label @param {any} control */
export function field(label, control) {
  return element("div", { class: "net-field" }, element("span", {}, label), control);
}

export class TieForm {
  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.from = new Select("From", () => this.check());
    this.type = new Select("Type", (type) => desk.setPen({ type }));
    this.to = new Select("To", () => this.check());
    this.direction = new Choice("Direction", DIRECTIONS, (directed) => desk.setPen({ directed }));
    this.strength = new Choice("Strength", strengthOptions(), (strength) => desk.setPen({ strength }));
    this.status = new Choice("Status", STATUSES, (status) => desk.setPen({ status }));
    this.button = element("button", { type: "submit", class: "net-do" }, "Add tie");
    this.root = element("form", { class: "net-form", "aria-label": "New tie", onsubmit: (event) => this.submit(event) },
      this.from.root, this.type.root, this.to.root,
      element("div", { class: "net-pair" }, field("Direction", this.direction.root), field("Strength", this.strength.root)),
      field("Status", this.status.root), this.button);
  }

  render() {
    const { view, pen, names } = this.desk;
    /** @type {[string, string][]} */
    const everybody = view.stakeholders.map((row) => [row.id, names.get(row.id)]);
    /** @type {[string, string][]} */
    const people = [["", "Choose"], ...everybody.sort((a, b) => a[1].localeCompare(b[1]))];
    this.from.options(people);
    this.to.options(people);
    this.type.options(Object.keys(view.pens).map((type) => [type, type]));
    this.type.value = pen.type;
    this.direction.value = pen.directed;
    this.strength.value = pen.strength;
    this.status.value = pen.status;
    this.check();
  }

  /** @param {string} from */
  begin(from) {
    this.from.value = from;
    this.to.value = "";
    this.check();
    this.to.input.focus();
  }

  check() {
    this.button.disabled = !this.from.value || !this.to.value || this.from.value === this.to.value;
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    this.check();
    if (this.button.disabled) return;
    if (this.desk.tie(this.from.value, this.to.value)) {
      this.to.value = "";
      this.to.input.focus();
      this.check();
    }
  }
}
