/** Cards in the panel: the stakeholder or the tie that is selected. */
import { element } from "../shared/board.js";
import { Choice, DIRECTIONS, STATUSES, strengthOptions, mark } from "./network_bar.js";
import { Select, field } from "./network_forms.js";
import { sync, tieRow } from "./network_lists.js";
import { partnersSaid, told, turnout, wantedOf } from "./network_ties.js";

/** @param {HTMLElement} heading @param {any} close */
function head(heading, close) {
  return element("div", { class: "net-head" }, heading,
    element("button", { type: "button", class: "net-close", "aria-label": "Close", title: "Close (Esc)", onclick: close }, "×"));
}

/** @param {any} value */
function said(value) {
  return value === null || value === "" ? "not rated" : String(Math.round(value * 10) / 10);
}

/** @param {string} label @param {any} control */
function labelled(label, control) {
  return element("label", { class: "net-field" }, element("span", {}, label), control);
}

export class StakeholderCard {
  /** @type {any} */ id;
  /** @type {any} */ row;
  /** @type {any} */ shown;
  /** @type {any} */ standingShown;

  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.heading = element("h2", { tabindex: -1 });
    this.facts = element("div", { class: "net-facts" });
    this.ties = element("div", { class: "net-list" });
    this.tiesCaption = element("h3", {});
    /** @param {string} text @param {string} title @param {Act} act */
    const button = (text, title, act) => element("button", { type: "button", class: "net-act", title, onclick: act }, text);
    this.acts = element("div", { class: "net-acts" },
      button("Add a tie", "Choose the other stakeholder in a form", () => desk.panel.openForm(this.id)),
      button("Move", "Click its new place, or use the arrow keys", () => desk.place(this.id)));
    this.membership = new Select("In the CoP", (/** @type {string} */ membership) => desk.join(this.row, membership));
    this.leaving = element("p", { class: "net-leaving" });
    this.leave = element("button", { type: "button", class: "net-act", "aria-pressed": "false", onclick: () => this.without() }, "If this one leaves");
    this.places = element("div", { class: "net-measures" });
    this.root = element("div", {}, head(this.heading, () => desk.panel.close()), this.facts, this.membership.root, this.acts,
      this.leaving, this.places, this.tiesCaption, this.ties);
    this.acts.append(this.leave);
  }

  /** Show the network without this one, or with it again. */
  without() {
    const { desk } = this;
    desk.leave(desk.picture.marked.gone === this.id ? null : this.id);
    desk.marked();
  }

  /** @param {any} at */
  render(at) {
    const { desk } = this;
    const ids = [...desk.selected];
    this.id = ids[ids.length - 1];
    const row = desk.view.stakeholders.find((/** @type {any} */ one) => one.id === this.id);
    this.row = row;
    if (!row) {
      this.renderMeeting();
      return;
    }
    const ties = at.get(this.id);
    const several = ids.length > 1;
    const title = several ? `${ids.length} stakeholders` : desk.names.get(this.id);
    if (this.heading.textContent !== title) this.heading.textContent = title;
    const broker = desk.view.brokers.find((/** @type {any} */ one) => one.id === this.id);
    const group = desk.view.groups.find((/** @type {any} */ one) => one.name === row.group) || desk.view.groups.find((/** @type {any} */ one) => one.name === "Not set");
    const lines = several ? [ids.map((id) => desk.names.get(id)).join(", "), "Drag one of them, or use the arrow keys: all move together."] : [
      row.organisation,
      `Power ${said(row.power)}, interest ${said(row.interest)}`,
      row.attitude && `Attitude: ${row.attitude}`,
      partnersSaid(ties, this.id) || "No tie yet. Ask who could bring them in.",
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
    this.membership.root.hidden = several;
    this.membership.options([["", "Not set"], ...desk.view.memberships.map((/** @type {string} */ word) => [word, word])]);
    this.membership.value = row.membership;
    this.membership.input.disabled = !desk.board.data.editable;
    this.renderStanding(several ? null : desk.view.standings[this.id]);
    const wanted = wantedOf(ties).length;
    this.tiesCaption.textContent = `Ties (${ties.length}${wanted ? `, ${wanted} of them wanted` : ""})`;
    this.tiesCaption.hidden = several || !ties.length;
    const rows = several ? [] : ties.map((/** @type {Tie} */ tie) => ({ ...tie, words: told(tie, desk.names, this.id) }))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => a.words.slice(1).localeCompare(b.words.slice(1)));
    sync(this.ties, rows, tieRow(desk, (/** @type {Tie} */ tie, /** @type {HTMLButtonElement} */ button) => desk.panel.chooseTie(tie.id, button)));
  }

  /** @param {any} standing */
  renderStanding(standing) {
    const { desk } = this;
    const isGone = desk.picture.marked.gone === this.id;
    this.leave.hidden = !standing;
    this.leave.setAttribute("aria-pressed", String(isGone));
    this.leaving.textContent = standing && isGone ? standing.leaving : "";
    this.leaving.hidden = !this.leaving.textContent;
    const shown = JSON.stringify(standing?.facts || []);
    if (shown === this.standingShown) return;
    this.standingShown = shown;
    this.places.replaceChildren(...(standing?.facts || []).map((/** @type {[string, string, string]} */ [key, title, sentence]) => element("section", { "data-fact": key },
      element("h3", {}, title), element("p", {}, sentence))));
  }

  /** A meeting that was chosen in the picture: when it is, and who is invited. */
  renderMeeting() {
    const { desk } = this;
    const meeting = (desk.view.gatherings || []).find((/** @type {any} */ one) => one.id === this.id);
    if (!meeting) return;
    if (this.heading.textContent !== meeting.title) this.heading.textContent = meeting.title;
    this.shown = "";
    this.facts.replaceChildren(...[`${meeting.kind}, ${meeting.certainty.toLowerCase()}`, meeting.when, turnout(meeting)]
      .map((line) => element("p", {}, line)));
    for (const one of [this.acts, this.membership.root, this.tiesCaption]) one.hidden = true;
    this.renderStanding(null);
    const rows = meeting.guests.map((/** @type {string} */ id) => ({ id, name: desk.names.get(id), came: meeting.came.includes(id) }));
    sync(this.ties, rows, {
      key: (/** @type {Stakeholder} */ row) => row.id, text: (/** @type {Stakeholder} */ row) => `${row.came} ${row.name}`,
      make: (/** @type {Stakeholder} */ row) => {
        const button = element("button", { type: "button", class: "net-row", onclick: () => desk.panel.choose(row.id, button) });
        return button;
      },
      fill: (/** @type {HTMLButtonElement} */ button, /** @type {Stakeholder} */ row) => button.replaceChildren(element("span", { class: "net-grow" }, row.name),
        element("span", { class: "net-quiet" }, row.came ? "came" : "")),
    });
  }
}

export class TieCard {
  /** @type {any} */ tie;

  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    /** What stood in the typed fields when they were last drawn: somebody else may change it while one types. */
    /** @type {Values} */ this.seen = {};
    this.heading = element("h2", { tabindex: -1 }, "Tie");
    /** @param {string} field */
    const end = (field) => element("button", { type: "button", class: "net-name", onclick: () => desk.panel.choose(this.tie[field], null) });
    this.from = end("from_id");
    this.to = end("to_id");
    this.arrow = element("span", { class: "net-arrow" });
    this.type = new Select("Type", (type) => desk.edit(this.tie, { type }));
    this.direction = new Choice("Direction", DIRECTIONS, (directed) => this.set({ directed }));
    this.strength = new Choice("Strength", strengthOptions(), (strength) => this.set({ strength }));
    this.status = new Choice("Status", STATUSES, (status) => this.set({ status }));
    this.evidence = element("textarea", { rows: 2, maxlength: 20000, placeholder: "How do we know?", onchange: () => this.set({ evidence: this.evidence.value.trim() }) });
    /** @param {string} name */
    const day = (name) => element("input", { type: "date", min: "1900-01-01", max: "2200-12-31",
      onchange: ({ target }) => {
        const { validity, value } = /** @type {HTMLInputElement} */ (target);
        if (validity.valid) this.set({ [name]: value || null });
      } });
    this.since = day("since");
    this.until = day("until");
    this.turn = element("button", { type: "button", class: "net-act", onclick: () => desk.turn(this.tie) }, "Turn round");
    this.cut = element("button", { type: "button", class: "net-act", onclick: () => this.remove() }, "Delete tie");
    this.root = element("div", { class: "net-form" }, head(this.heading, () => desk.panel.close()),
      element("div", { class: "net-ends" }, this.from, this.arrow, this.to),
      this.type.root,
      element("div", { class: "net-pair" }, field("Direction", this.direction.root), field("Strength", this.strength.root)),
      field("Status", this.status.root), labelled("Evidence", this.evidence),
      element("div", { class: "net-pair" }, labelled("Since", this.since), labelled("Until", this.until)),
      element("div", { class: "net-acts" }, this.turn, this.cut));
  }

  /** @param {Values} values */
  set(values) {
    const [[name, value]] = Object.entries(values);
    if ((this.tie[name] ?? "") === (value ?? "")) return;
    this.desk.edit(this.tie, values, this.seen);
    if (name in this.seen) this.seen[name] = value;
  }

  remove() {
    this.desk.cut(this.tie.id);
    this.desk.panel.tabs.get(this.desk.panel.tab)?.focus();
  }

  render() {
    const { desk } = this;
    const before = this.tie?.id;
    this.tie = desk.view.ties.find((row) => row.id === desk.selectedTie);
    for (const name of ["evidence", "since", "until"]) { // what is being typed stays
      const input = /** @type {any} */ (this)[name];
      const now = this.tie[name] || "";
      if (before !== this.tie.id || input.getRootNode().activeElement !== input) {
        this.seen[name] = this.tie[name];
        if (input.value !== now) input.value = now;
      }
      input.disabled = !desk.board.data.editable;
    }
    this.status.value = this.tie.status;
    this.from.textContent = desk.names.get(this.tie.from_id);
    this.to.textContent = desk.names.get(this.tie.to_id);
    this.arrow.textContent = this.tie.directed ? "→" : "↔";
    this.type.options(Object.keys(desk.view.pens).map((type) => [type, type]));
    this.type.value = this.tie.type;
    this.direction.value = this.tie.directed;
    this.strength.value = this.tie.strength;
    this.turn.hidden = !this.tie.directed;
  }
}
