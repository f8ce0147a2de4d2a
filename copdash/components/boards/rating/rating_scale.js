/** One scale of 0-10 as big buttons: by a click, by a finger, by arrows, by typed digits such as «7», «10» or «6.5». */
import { element } from "../shared/board.js";

const NUMBERS = [...Array(11).keys()];

export class RatingScale {
  /**
   * @param {{field: string, asks: string, low: string, high: string}} about
   * @param {(field: string, value: number | null) => void} chosen
   */
  constructor(about, chosen) {
    this.field = about.field;
    this.chosen = chosen;
    this.value = null;
    this.typed = "";
    this.said = element("output", { class: "rate-value" });
    this.buttons = NUMBERS.map((number) =>
      element("button", {
        type: "button", role: "radio", class: "rate-number", "data-value": number, onclick: () => this.choose(number),
      }, String(number)),
    );
    this.name = element("h3", { id: `rate-${about.field}` });
    this.group = element("div", { class: "rate-numbers", role: "radiogroup", "aria-labelledby": `rate-${about.field}` }, ...this.buttons);
    this.box = element(
      "section", { class: "rate-scale", "data-field": about.field },
      element("div", { class: "rate-head" }, this.name, element("span", { class: "rate-asks" }, about.asks), this.said),
      this.group,
      element("div", { class: "rate-ends", "aria-hidden": "true" }, element("span", {}, about.low), element("span", {}, about.high)),
    );
  }

  /** What the case study calls it. @param {string} name */
  call(name) {
    if (this.name.textContent !== name) this.name.textContent = name;
  }

  /** @param {any} value */
  choose(value) {
    this.typed = "";
    this.show(value);
    this.chosen(this.field, value);
  }

  /** Draw a value; null is «not yet», never 0. @param {any} value */
  show(value) {
    this.value = value;
    this.said.textContent = value === null ? "" : String(value);
    const near = value === null ? null : Math.round(value);
    this.buttons.forEach((button, number) => {
      button.setAttribute("aria-checked", String(value === number));
      button.classList.toggle("near", near === number && value !== number);
      button.classList.toggle("below", value !== null && number < value);
      button.tabIndex = number === (near ?? 0) ? 0 : -1;
    });
  }

  focus() {
    this.buttons[this.value === null ? 0 : Math.round(this.value)].focus({ preventScroll: true });
  }

  /** @param {any} by */
  step(by) {
    this.choose(this.value === null ? 5 : Math.min(10, Math.max(0, Math.round((this.value + by) * 10) / 10)));
    this.focus();
  }

  /** A typed digit, point or comma; whether it could be read as a rating. @param {string} key */
  type(key) {
    for (const text of [this.typed + key, key]) {
      const read = text.replace(",", ".");
      if (!/^\d{1,2}(\.\d?)?$/.test(read) || Number(read) > 10) continue;
      this.choose(Number(read));
      this.typed = text;
      return true;
    }
    return false;
  }
}
