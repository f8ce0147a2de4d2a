/**
 * The panel beside the picture: what it says in words, who is on it, and which ties there are.
 * It is the picture's text alternative, and the way to do everything by keys or clicks alone.
 */
import { element } from "../shared/board.js";
import { counted, seeker, verb } from "../shared/words.js";
import { mark } from "./network_bar.js";
import { Filters } from "./network_filter.js";
import { TieForm } from "./network_forms.js";
import { StakeholderCard, TieCard } from "./network_cards.js";
import { sync, tieRow } from "./network_lists.js";
import { partners, partnersSaid, tiesAt, told, wantedOf } from "./network_ties.js";

/** The measures that are told first: who connects us, who is left out. */
const FIRST = ["ties", "brokers", "isolates"];
/** How many new and how many gone ties are named. */
const NAMED = 12;
const TABS = { measures: "Measures", people: "Stakeholders", ties: "Ties", show: "Show" };

export class Panel {
  /** @type {Map<string, Tie[]>} */ at;
  /** @type {any} */ measuresShown;
  /** @type {any} */ opener;

  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.tab = "measures";
    this.tabs = new Map(Object.entries(TABS).map(([name, label]) => [name, element("button", {
      type: "button", role: "tab", id: `net-tab-${name}`, onclick: () => this.open(name), onkeydown: (event) => this.onTabKey(event),
    }, label)]));
    this.measures = element("div", { class: "net-measures" });
    this.search = element("input", { type: "search", placeholder: "Find a stakeholder", "aria-label": "Find a stakeholder", oninput: () => this.renderPeople() });
    this.people = element("div", { class: "net-list" });
    this.aloneCaption = element("h3", {});
    this.alone = element("div", { class: "net-list" });
    this.peopleCaption = element("h3", {});
    this.form = new TieForm(desk);
    this.tiesList = element("div", { class: "net-list" });
    this.tiesCaption = element("p", { class: "net-quiet" });
    this.noTies = element("p", { class: "net-quiet" }, "No ties yet.");
    this.filters = new Filters(desk);
    /** @type {Record<string, HTMLElement>} */
    this.panes = {
      measures: this.pane("measures", this.measures),
      people: this.pane("people", this.search, this.aloneCaption, this.alone, this.peopleCaption, this.people),
      ties: this.pane("ties", this.form.root, this.tiesCaption, this.noTies, this.tiesList),
      show: this.pane("show", this.filters.root),
    };
    this.person = new StakeholderCard(desk);
    this.tie = new TieCard(desk);
    this.card = element("div", { class: "net-card", role: "region", "aria-label": "Selected", hidden: true });
    this.root = element("div", { class: "net-panel" },
      element("div", { class: "net-tabs", role: "tablist", "aria-label": "Beside the picture" }, ...this.tabs.values()),
      this.card, ...Object.values(this.panes));
    this.show();
  }

  /** @param {string} name @returns {HTMLElement} */
  tabOf(name) {
    return /** @type {HTMLElement} */ (this.tabs.get(name));
  }

  /** @param {string} name @param {...any} children */
  pane(name, ...children) {
    return element("div", { class: "net-pane", role: "tabpanel", "aria-labelledby": `net-tab-${name}` }, ...children);
  }

  /** @param {KeyboardEvent} event */
  onTabKey(event) {
    const names = Object.keys(TABS);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.open(names[(names.indexOf(this.tab) + step + names.length) % names.length]);
    this.tabs.get(this.tab)?.focus();
  }

  /** Show a tab; what is selected is let go, because its card stands in the same place. @param {string} name */
  open(name) {
    this.tab = name;
    if (this.desk.selected.size || this.desk.selectedTie) this.desk.select(null);
    else this.render();
  }

  /** The form for a tie that starts at this stakeholder. @param {string} from */
  openForm(from) {
    this.open("ties");
    this.form.begin(from);
  }

  /** Close the card and go back to where it was opened. */
  close() {
    const { opener } = this;
    this.desk.select(null);
    if (opener?.isConnected) opener.focus();
    else this.tabs.get(this.tab)?.focus();
  }

  show() {
    const { selected, selectedTie } = this.desk;
    const isCard = Boolean(selected.size || selectedTie);
    for (const [name, tab] of this.tabs) {
      const isOpen = name === this.tab && !isCard;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = name === this.tab ? 0 : -1;
      this.panes[name].hidden = !isOpen;
    }
    this.card.hidden = !isCard;
  }

  render() {
    const { desk } = this;
    if (!desk.view) return;
    const { view, selected, selectedTie } = desk;
    this.at = tiesAt(view);
    this.tabOf("people").textContent = `${TABS.people} ${view.stakeholders.length}`;
    this.tabOf("ties").textContent = `${TABS.ties} ${view.ties.length}`;
    this.show();
    const card = selectedTie ? this.tie : selected.size ? this.person : null;
    if (card) {
      if (this.card.firstChild !== card.root) this.card.replaceChildren(card.root);
      card.render(this.at);
    } else if (this.tab === "measures") this.renderMeasures();
    else if (this.tab === "people") this.renderPeople();
    else if (this.tab === "show") this.filters.render();
    else this.renderTies();
    this.form.render();
  }

  renderPen() {
    this.form.render();
  }

  // ---- measures ---------------------------------------------------------------------------------------------------

  renderMeasures() {
    const { measures, brokers, introductions, nobody_to_introduce: nobody, counted: measured, allTies, compared } = this.desk.view;
    const wanted = wantedOf(this.desk.view.ties).length;
    const shown = JSON.stringify([compared, measures, brokers, introductions, nobody, measured, allTies.length, wanted, [...this.desk.names]]);
    if (shown === this.measuresShown) return;
    this.measuresShown = shown;
    const first = measures.filter((/** @type {any} */ measure) => FIRST.includes(measure.key))
      .sort((/** @type {any} */ a, /** @type {any} */ b) => FIRST.indexOf(a.key) - FIRST.indexOf(b.key));
    const blocks = [...first, ...measures.filter((/** @type {any} */ measure) => !FIRST.includes(measure.key))].map((measure) => {
      const isBrokers = measure.key === "brokers" && brokers.length;
      return element("section", { "data-measure": measure.key },
        element("div", { class: "net-number" }, element("h3", {}, measure.title), isBrokers ? null : element("span", {}, element("b", {}, measure.value), this.then(measure.key))),
        ...(isBrokers ? brokers.map((/** @type {any} */ broker) => this.broker(broker)) : [element("p", {}, measure.key === "ties" && wanted
          ? `${measure.sentence} ${wanted} more ${verb(wanted, "is")} wanted and not counted.` : measure.sentence)]));
    });
    const blind = measures.filter((/** @type {any} */ measure) => measure.ignores_direction).map((/** @type {any} */ measure) => measure.title);
    const meet = element("section", { "data-measure": "introductions" }, element("h3", {}, "Introduce"),
      ...introductions.map((/** @type {any} */ pair) => this.introduction(pair)), nobody ? element("p", {}, nobody) : "");
    const left = allTies.length - measured;
    this.measures.replaceChildren(...(compared ? [this.since(compared)] : []), ...blocks.slice(0, FIRST.length), meet, ...blocks.slice(FIRST.length),
      element("p", { class: "net-quiet net-note" },
        (left ? `${counted(left, "tie")} ${verb(left, "is")} in no measure: wanted ones, and those that are hidden. ` : "")
        + `${blind.join(", ")}: the direction of ties is not counted, and several ties between two count as one.`));
  }

  /** What a measure was in the version that is compared with. @param {string} key */
  then(key) {
    const was = this.desk.view.compared?.then[key];
    return was === undefined ? "" : element("span", { class: "net-quiet net-then" }, ` (was ${was})`);
  }

  /**
   * Which ties are new and which are gone since a version, by name.
   * @param {{title: string, new: any, gone: any}} given
   */
  since({ title, new: fresh, gone }) {
    const { allTies } = this.desk.view;
    const names = this.desk.names;
    const here = allTies.filter((tie) => fresh.includes(tie.id)).map((tie) => `New: ${told(tie, names)} (${tie.type})`);
    const left = gone.map((/** @type {any} */ tie) => `Gone: ${tie.from} ${tie.directed ? "→" : "↔"} ${tie.to} (${tie.type})`);
    const lines = [...here.slice(0, NAMED), ...(here.length > NAMED ? [`and ${here.length - NAMED} more new ones`] : []),
      ...left.slice(0, NAMED), ...(left.length > NAMED ? [`and ${left.length - NAMED} more gone ones`] : [])];
    return element("section", { "data-measure": "since" }, element("h3", {}, `Since «${title}»`),
      ...(lines.length ? lines : ["The ties are the same."]).map((line) => element("p", {}, line)));
  }

  /** @param {{one: any, other: any, sentence: string}} given */
  introduction({ one, other, sentence }) {
    const { desk } = this;
    /** @param {string} id */
    const name = (id) => {
      const button = element("button", { type: "button", class: "net-name", onclick: () => this.choose(id, button) }, desk.names.get(id));
      return button;
    };
    const wish = element("button", { type: "button", class: "net-act",
      onclick: () => desk.tie(one, other, { type: "Information", directed: false, strength: 1, status: "Wanted" }) }, "Make it a wanted tie");
    return element("div", { class: "net-pairing", "data-pair": `${one} ${other}` },
      element("div", { class: "net-two" }, name(one), element("span", { "aria-hidden": "true" }, "↔"), name(other)),
      element("p", {}, sentence), wish);
  }

  /** @param {any} broker */
  broker(broker) {
    const name = element("button", { type: "button", class: "net-name", onclick: () => this.choose(broker.id, name) }, this.desk.names.get(broker.id));
    return element("div", { class: "net-broker", "data-id": broker.id },
      element("div", { class: "net-number" }, name, element("b", {}, broker.value)), element("p", {}, broker.sentence));
  }

  /** @param {string} id @param {any} opener */
  choose(id, opener) {
    if (this.desk.mode.drawing) { // by keys and clicks in the list as by clicks in the picture
      this.desk.pick(id);
      return;
    }
    this.opener = opener;
    this.desk.select(id, { reveal: true });
    this.person.heading.focus({ preventScroll: true });
  }

  /** Show in the picture whom a row of the list is about. @param {string | null} id */
  point(id) {
    if (!this.desk.hands.busy) this.desk.picture.hover(id);
  }

  // ---- lists ------------------------------------------------------------------------------------------------------

  renderPeople() {
    const { desk } = this;
    const groups = new Map(desk.view.groups.map((/** @type {any} */ group) => [group.name, group]));
    const asks = seeker(this.search.value);
    const rows = desk.view.stakeholders
      .filter((row) => asks(row.name, row.organisation))
      .map((row) => ({ ...row, partners: partners(this.at.get(row.id) ?? [], row.id), said: partnersSaid(this.at.get(row.id) ?? [], row.id), look: groups.get(row.group) || groups.get("Not set") }));
    const [alone, tied] = [rows.filter((row) => !row.partners), rows.filter((row) => row.partners)];
    const how = {
      key: (/** @type {Stakeholder} */ row) => row.id,
      text: (/** @type {Stakeholder} */ row) => JSON.stringify([row.name, row.said, row.look, desk.picture.paper]),
      make: (/** @type {Stakeholder} */ row) => {
        const button = element("button", { type: "button", class: "net-row", onclick: () => this.choose(row.id, button),
          onmouseenter: () => this.point(row.id), onmouseleave: () => this.point(null),
          onfocus: () => this.point(row.id), onblur: () => this.point(null) });
        return button;
      },
      fill: (/** @type {HTMLButtonElement} */ button, /** @type {Stakeholder} */ row) => button.replaceChildren(
        mark(row.look, desk.picture), element("span", { class: "net-grow" }, desk.names.get(row.id)),
        element("span", { class: "net-quiet", title: row.said }, row.partners ? row.said.replace(/ partners?/, "").replace(/^No yet, /, "0, ").replace(" more wanted", " wanted") : "")),
    };
    sync(this.alone, alone, how);
    sync(this.people, tied.sort((a, b) => b.partners - a.partners), how);
    this.aloneCaption.textContent = `Without ties (${alone.length})`;
    this.aloneCaption.hidden = !alone.length;
    this.peopleCaption.textContent = "Most partners first";
    this.peopleCaption.hidden = !tied.length;
  }

  renderTies() {
    const { desk } = this;
    const wanted = wantedOf(desk.view.ties).length;
    this.tiesCaption.textContent = wanted ? `${desk.view.ties.length} ties, ${wanted} of them wanted` : "";
    this.tiesCaption.hidden = !wanted;
    this.noTies.hidden = desk.view.ties.length > 0;
    this.noTies.textContent = desk.view.allTies.length ? "No tie is shown; see «Show»." : "No ties yet.";
    const rows = desk.view.ties
      .map((tie) => ({ ...tie, words: told(tie, desk.names) }))
      .sort((a, b) => a.words.localeCompare(b.words) || (a.id < b.id ? -1 : 1));
    sync(this.tiesList, rows, tieRow(desk, (tie, button) => this.chooseTie(tie.id, button)));
  }

  /** @param {string} id @param {any} opener */
  chooseTie(id, opener) {
    this.opener = opener;
    this.desk.selectTie(id);
    this.tie.heading.focus({ preventScroll: true });
  }
}
