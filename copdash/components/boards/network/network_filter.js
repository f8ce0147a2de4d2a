/** What of the network is shown: types, strength, status, a day; ties or meetings. Python gets it as `shown`. */
import { element } from "../shared/board.js";
import { Choice, stroke } from "./network_bar.js";
import { field } from "./network_forms.js";
import { STRENGTHS } from "./network_ties.js";

/** @typedef {{types: string[] | null, strength: number, status: string, day: string, meetings?: boolean}} Shown */

/** @type {Shown} */
export const EVERYTHING = { types: null, strength: 1, status: "", day: "" };
/** @type {Shown} */
export const DEFAULTS = { ...EVERYTHING, meetings: false };

/** Whether a tie is shown. The rule is the one of analysis/filters.py. @param {Shown} shown @param {Tie} tie */
export function shows(shown, tie) {
  return (!shown.types || shown.types.includes(tie.type)) && tie.strength >= shown.strength
    && (!shown.status || tie.status === shown.status)
    && (!shown.day || ((!tie.since || tie.since <= shown.day) && (!tie.until || tie.until >= shown.day)));
}

/** Whether anything is left out. @param {any} shown */
export function isNarrow(shown) {
  return Boolean(shown.types || shown.strength > 1 || shown.status || shown.day);
}

/** The panel's tab that chooses it. */
export class Filters {
  /** @type {any} */ paper;

  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.boxes = new Map();
    this.lines = new Choice("Lines", [
      { value: false, text: "Ties", title: "Ties between stakeholders" },
      { value: true, text: "Meetings", title: "Who is invited to which meeting, and who came" },
    ], (meetings) => desk.show({ meetings }));
    this.types = element("div", { class: "net-checks", role: "group", "aria-label": "Types of tie" });
    this.strength = new Choice("Strength", STRENGTHS.map((word, i) => (
      { value: i + 1, text: ["All", "Medium up", "Strong"][i], title: i ? `${word} and stronger` : "All strengths" })),
    (strength) => desk.show({ strength }));
    this.status = new Choice("Status", [
      { value: "", text: "Both" }, { value: "Existing", text: "Existing" }, { value: "Wanted", text: "Wanted" },
    ], (status) => desk.show({ status }));
    this.day = element("input", { type: "date", "aria-label": "On the day", min: "1900-01-01", max: "2200-12-31",
      onchange: () => { if (this.day.validity.valid) desk.show({ day: this.day.value }); } });
    this.told = element("div", { class: "net-told", role: "status" });
    this.all = element("button", { type: "button", class: "net-act", onclick: () => desk.show({ ...EVERYTHING }) }, "Show all ties");
    this.root = element("div", { class: "net-form" }, field("Lines", this.lines.root),
      field("Types of tie", this.types), field("Strength", this.strength.root), field("Existing or wanted", this.status.root),
      field("Network of a day", this.day), this.told, element("div", { class: "net-acts" }, this.all));
  }

  render() {
    const { desk } = this;
    const { view, shown, picture } = desk;
    const counts = new Map();
    for (const tie of view.allTies) counts.set(tie.type, (counts.get(tie.type) || 0) + 1);
    if (this.paper !== picture.paper || this.boxes.size !== Object.keys(view.pens).length) {
      this.paper = picture.paper;
      this.boxes = new Map(Object.entries(view.pens).map(([type, [, second]]) => {
        const box = element("input", { type: "checkbox", onchange: () => this.choose() });
        const count = element("span", { class: "net-quiet" });
        const row = element("label", { class: "net-check" }, box, stroke(second, picture), element("span", { class: "net-grow" }, type), count);
        return [type, { box, count, row }];
      }));
      this.types.replaceChildren(...[...this.boxes.values()].map((one) => one.row));
    }
    for (const [type, { box, count }] of this.boxes) {
      box.checked = !shown.types || shown.types.includes(type);
      count.textContent = String(counts.get(type) || 0);
    }
    this.lines.value = shown.meetings;
    this.strength.value = shown.strength;
    this.status.value = shown.status;
    if (this.day.value !== shown.day && this.day.getRootNode().activeElement !== this.day) this.day.value = shown.day;
    this.all.hidden = !isNarrow(shown);
    this.tell();
  }

  /** What is shown, in words. */
  tell() {
    const { view } = this.desk;
    const wanted = view.allTies.filter((tie) => tie.status === "Wanted").length;
    const text = `${view.ties.length} of ${view.allTies.length} ties are shown. Measures count those shown${
      wanted ? `, without the ${wanted} wanted` : ""}.`;
    if (this.told.textContent !== text) this.told.textContent = text;
  }

  choose() {
    const types = [...this.boxes].filter(([, one]) => one.box.checked).map(([type]) => type);
    this.desk.show({ types: types.length === this.boxes.size ? null : types });
  }
}
