/** Cards in the panel: the stakeholder or the tie that is selected. */
import { element } from "./board.js";
import { Choice, DIRECTIONS, strengthOptions, mark } from "./network_bar.js";
import { Select, field } from "./network_forms.js";
import { sync, tieRow } from "./network_lists.js";
import { partners, told } from "./network_ties.js";

function head(heading, close) {
  return element("div", { class: "net-head" }, heading,
    element("button", { type: "button", class: "net-close", "aria-label": "Close", title: "Close (Esc)", onclick: close }, "×"));
}

function said(value) {
  return value === null || value === "" ? "not rated" : String(Math.round(value * 10) / 10);
}

export class StakeholderCard {
  constructor(desk) {
    this.desk = desk;
    this.heading = element("h2", { tabindex: -1 });
    this.facts = element("div", { class: "net-facts" });
    this.ties = element("div", { class: "net-list" });
    this.tiesCaption = element("h3", {});
    const button = (text, title, act) => element("button", { type: "button", class: "net-act", title, onclick: act }, text);
    this.acts = element("div", { class: "net-acts" },
      button("Add a tie", "Choose the other stakeholder in a form", () => desk.panel.openForm(this.id)),
      button("Move", "Click its new place, or use the arrow keys", () => desk.place(this.id)));
    this.root = element("div", {}, head(this.heading, () => desk.panel.close()), this.facts, this.acts, this.tiesCaption, this.ties);
  }

  render(at) {
    const { desk } = this;
    const ids = [...desk.selected];
    this.id = ids[ids.length - 1];
    const row = desk.view.stakeholders.find((one) => one.id === this.id);
    const ties = at.get(this.id);
    const several = ids.length > 1;
    const title = several ? `${ids.length} stakeholders` : desk.names.get(this.id);
    if (this.heading.textContent !== title) this.heading.textContent = title;
    const broker = desk.view.brokers.find((one) => one.id === this.id);
    const group = desk.view.groups.find((one) => one.name === row.group) || desk.view.groups.find((one) => one.name === "Not set");
    const count = partners(ties, this.id);
    const lines = several ? [ids.map((id) => desk.names.get(id)).join(", "), "Drag one of them, or use the arrow keys: all move together."] : [
      row.organisation,
      `Power ${said(row.power)}, interest ${said(row.interest)}`,
      row.attitude && `Attitude: ${row.attitude}`,
      row.membership && `In the CoP: ${row.membership}`,
      count ? `${count} ${count === 1 ? "partner" : "partners"}` : "No tie yet. Ask who could bring them in.",
      broker && `Main broker. ${broker.sentence}`,
    ];
    const shown = JSON.stringify([lines, group, several, desk.picture.paper]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.facts.replaceChildren(
        ...(several ? [] : [element("p", { class: "net-entry" }, mark(group, desk.picture), group.name)]),
        ...lines.filter(Boolean).map((line) => element("p", {}, line)));
    }
    this.acts.hidden = several;
    this.tiesCaption.textContent = `Ties (${ties.length})`;
    this.tiesCaption.hidden = several || !ties.length;
    const rows = several ? [] : ties.map((tie) => ({ ...tie, words: told(tie, desk.names, this.id) }))
      .sort((a, b) => a.words.slice(1).localeCompare(b.words.slice(1)));
    sync(this.ties, rows, tieRow(desk, (tie, button) => desk.panel.chooseTie(tie.id, button)));
  }
}

export class TieCard {
  constructor(desk) {
    this.desk = desk;
    this.heading = element("h2", { tabindex: -1 }, "Tie");
    const end = () => element("button", { type: "button", class: "net-name" });
    this.from = end();
    this.to = end();
    this.arrow = element("span", { class: "net-arrow" });
    this.type = new Select("Type", (type) => desk.edit(this.tie, { type }));
    this.direction = new Choice("Direction", DIRECTIONS, (directed) => this.set({ directed }));
    this.strength = new Choice("Strength", strengthOptions(), (strength) => this.set({ strength }));
    this.turn = element("button", { type: "button", class: "net-act", onclick: () => desk.turn(this.tie) }, "Turn round");
    this.cut = element("button", { type: "button", class: "net-act", onclick: () => this.remove() }, "Delete tie");
    this.root = element("div", { class: "net-form" }, head(this.heading, () => desk.panel.close()),
      element("div", { class: "net-ends" }, this.from, this.arrow, this.to),
      this.type.root,
      element("div", { class: "net-pair" }, field("Direction", this.direction.root), field("Strength", this.strength.root)),
      element("div", { class: "net-acts" }, this.turn, this.cut));
  }

  set(values) {
    const [[name, value]] = Object.entries(values);
    if (this.tie[name] !== value) this.desk.edit(this.tie, values);
  }

  remove() {
    this.desk.cut(this.tie.id);
    this.desk.panel.tabs.get(this.desk.panel.tab).focus();
  }

  render() {
    const { desk } = this;
    this.tie = desk.view.ties.find((row) => row.id === desk.selectedTie);
    for (const [button, id] of [[this.from, this.tie.from_id], [this.to, this.tie.to_id]]) {
      button.textContent = desk.names.get(id);
      button.onclick = () => desk.panel.choose(id, null);
    }
    this.arrow.textContent = this.tie.directed ? "→" : "↔";
    this.type.options(Object.keys(desk.view.pens).map((type) => [type, type]));
    this.type.value = this.tie.type;
    this.direction.value = this.tie.directed;
    this.strength.value = this.tie.strength;
    this.turn.hidden = !this.tie.directed;
  }
}
