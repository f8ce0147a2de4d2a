/** What stands around the plane: search and filter, the tray of those not yet rated, zoom buttons, the legend. */
import { element } from "../shared/board.js";
import { isRated, rounded, shown } from "../shared/scale.js";
import { counted, seeker, verb } from "../shared/words.js";

const MEMBERS = ["Core", "Active", "Peripheral"];
const NOT_SET = "Not set";

export class Sides {
  /** @type {HTMLButtonElement} */ severally;
  /** @type {HTMLButtonElement} */ out;
  /** @type {HTMLButtonElement} */ all;
  /** @type {HTMLSpanElement} */ without;
  /** @type {HTMLDivElement} */ tools;
  /** @type {Map<any, any>} */ entries;
  /** @type {HTMLButtonElement} */ everyone;
  /** @type {any} */ hinted;

  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    this.chips = new Map();
    this.groups = new Set();
    this.membership = "";
    this.searched = "";
    this.asks = seeker("");
    this.several = false;
    this.found = -1;
    this.search = element("input", {
      type: "search", class: "search", placeholder: "Search", "aria-label": "Search a stakeholder",
      oninput: () => this.look(), onkeydown: (event) => { if (event.key === "Enter") this.next(event); },
    });
    this.hits = element("button", { type: "button", class: "hits", title: "Fly to the next (Enter)", hidden: true, onclick: (event) => this.next(event) });
    this.members = element("select", { class: "members", "aria-label": "Filter by membership", onchange: () => this.narrow() });
    for (const [value, words] of [
      ["", "Everyone"], ["members", "CoP members"],
      ...[...MEMBERS, "Invited", "Not invited", "Declined", NOT_SET].map((word) => [word, word]),
    ]) {
      this.members.append(element("option", { value }, words));
    }
    this.heading = element("h3", {});
    this.list = element("ul", { class: "chips" });
    this.about = element("p", { class: "about" });
    this.tray = element("section", { class: "tray", "aria-label": "Not yet rated" }, this.heading, this.about, this.list);
    const finding = element("div", { class: "finding" }, this.search, this.hits);
    this.left = element("div", { class: "left" }, finding, this.members, this.tray);
    this.hint = element("div", { class: "hint", hidden: true });
    this.legend = element("div", { class: "legend", role: "group", "aria-label": "Groups: click to show only some" });
    this.makeTools();
  }

  makeTools() {
    /** @param {string} name @param {string} words @param {Act} act */
    const tool = (name, words, act) => element("button", { type: "button", title: name, "aria-label": name, onclick: act }, words);
    this.severally = element(
      "button",
      {
        type: "button", class: "wide", "aria-pressed": "false", title: "Draw a band around dots, or click them one by one",
        onclick: () => this.setSeveral(!this.several),
      },
      "Select several",
    );
    this.out = tool("Zoom out", "−", () => this.grid.flight.zoom(1 / 1.5));
    this.all = tool("Show all", "Fit", () => this.grid.flight.fly((/** @type {import("../shared/scale.js").Scale} */ scale) => scale.fit()));
    this.all.className = "wide";
    this.without = element("span", { class: "without", role: "status" });
    this.tools = element(
      "div",
      { class: "tools" },
      this.without,
      element("span", { class: "buttons" }, this.severally, this.out, tool("Zoom in", "+", () => this.grid.flight.zoom(1.5)), this.all),
    );
  }

  // ---- who is shown ----------------------------------------------------------------------------------------------

  /** @param {Stakeholder} row */
  groupOf(row) {
    return this.grid.looks.byGroup.has(row.group) ? row.group : NOT_SET;
  }

  /** @param {Stakeholder} row */
  passes(row) {
    if (this.groups.size && !this.groups.has(this.groupOf(row))) return false;
    if (!this.membership) return true;
    if (this.membership === "members") return MEMBERS.includes(row.membership);
    return (row.membership || NOT_SET) === this.membership;
  }

  /** @param {Stakeholder} row */
  finds(row) {
    return this.asks(row.name);
  }

  narrow() {
    this.membership = this.members.value;
    this.redraw();
  }

  redraw() {
    this.grid.paint();
    this.render();
    this.grid.names.placeSoon(0);
  }

  look() {
    this.searched = this.search.value.trim();
    this.asks = seeker(this.searched);
    this.found = -1;
    this.redraw();
  }

  /** Fly to the next that the search found. @param {Event} event */
  next(event) {
    event.preventDefault();
    const { grid } = this;
    if (!this.searched) return;
    const hits = [...grid.nodes.values()].filter(({ row }) => this.passes(row) && this.finds(row));
    if (!hits.length) return;
    this.found = (this.found + 1) % hits.length;
    grid.flight.goTo(hits[this.found].id, grid.nodes.size > 60 ? 4 : 1.8);
  }

  /** @param {Event} event */
  clearSearch(event) {
    if (event.composedPath()[0] !== this.search) return;
    this.search.value = "";
    this.look();
  }

  /** @param {any} on */
  setSeveral(on) {
    this.several = on;
    this.severally.setAttribute("aria-pressed", String(on));
  }

  // ---- drawn anew ------------------------------------------------------------------------------------------------

  render(restyled = false) {
    if (!this.grid.view) return;
    this.renderTray(restyled);
    this.renderLegend(restyled);
    this.renderHint();
    const rows = this.grid.view.stakeholders;
    const hits = this.searched ? rows.filter((row) => this.finds(row)).length : 0;
    this.hits.hidden = !this.searched;
    this.hits.disabled = !hits;
    this.hits.textContent = hits ? `${hits} →` : "0";
    this.hits.setAttribute("aria-label", `${hits} found: fly to the next`);
  }

  /** @param {boolean} restyled */
  renderTray(restyled) {
    const { grid } = this;
    const waiting = grid.view.stakeholders.filter((row) => !isRated(row));
    const visible = waiting.filter((row) => this.passes(row) && (!this.searched || this.finds(row)));
    this.heading.textContent = `Not yet rated · ${waiting.length}`;
    this.about.textContent = !waiting.length
      ? "Everyone is on the grid. Drag a dot here to take its rating off."
      : visible.length < waiting.length ? `${visible.length} shown` : "";
    const ids = new Set(visible.map((row) => row.id));
    for (const [id, chip] of this.chips) {
      if (!ids.has(id)) {
        chip.item.remove();
        this.chips.delete(id);
      }
    }
    let last = null;
    for (const row of visible) {
      const item = this.chip(row, restyled).item;
      const place = last ? last.nextSibling : this.list.firstChild;
      if (item !== place) this.list.insertBefore(item, place);
      last = item;
    }
  }

  /** @param {Stakeholder} row @param {boolean} restyled */
  chip(row, restyled) {
    const { grid } = this;
    let chip = this.chips.get(row.id);
    if (!chip) {
      const mark = element("span", { class: "chip-mark" });
      const name = element("span", { class: "chip-name" });
      const lacks = element("small", {});
      const main = element(
        "button",
        { type: "button", class: "chip-main", onclick: (event) => this.clicked(row.id, event) },
        mark, element("span", { class: "chip-words" }, name, lacks),
      );
      const open = element("button", { type: "button", class: "chip-open", title: "Open its card", onclick: () => this.open(row.id) }, "›");
      const item = element("li", { class: "chip", "data-id": row.id }, main, open);
      chip = { item, mark, name, lacks, main, open, group: null };
      this.chips.set(row.id, chip);
    }
    if (restyled || chip.group !== row.group) {
      chip.group = row.group;
      chip.mark.replaceChildren(grid.looks.picture(row.group, 18));
    }
    if (chip.name.textContent !== row.name) {
      chip.name.textContent = row.name;
      chip.main.title = row.name;
      chip.open.setAttribute("aria-label", `Open the card of ${row.name}`);
    }
    const half = row.power !== null || row.interest !== null;
    chip.lacks.textContent = half ? `power ${shown(row.power)}, interest ${shown(row.interest)}` : "";
    chip.main.setAttribute("aria-pressed", String(grid.picked === row.id));
    chip.item.classList.toggle("picked", grid.picked === row.id);
    chip.item.classList.toggle("selected", grid.selection.has(row.id));
    return chip;
  }

  /**
   * By mouse a chip is taken in hand; by keyboard it goes to the middle, and the arrows take it from there.
   * @param {string} id @param {PointerEvent} event
   */
  clicked(id, event) {
    const { grid } = this;
    if (grid.pointer.moved && event.detail !== 0) return;
    const row = grid.rows.get(id);
    if (event.detail !== 0 && grid.view.editable) {
      grid.pick(grid.picked === id ? null : id);
      return;
    }
    grid.move([[id, rounded(row.power ?? 5), rounded(row.interest ?? 5), grid.seen(id)]]);
    grid.nodes.get(id)?.dot.focus();
  }

  /** @param {string} id */
  open(id) {
    this.grid.select(this.grid.selection.has(id) && this.grid.selection.size === 1 ? [] : [id]);
  }

  /** Put the focus on a chip. @param {string} id */
  focus(id) {
    this.chips.get(id)?.main.focus();
  }

  /** @param {boolean} restyled */
  renderLegend(restyled) {
    const { grid } = this;
    const counts = new Map();
    for (const row of grid.view.stakeholders) {
      const group = this.groupOf(row);
      counts.set(group, (counts.get(group) || 0) + 1);
    }
    if (!this.entries || restyled) this.makeLegend();
    for (const [group, { button, count }] of this.entries) {
      const many = counts.get(group) || 0;
      count.textContent = String(many);
      button.hidden = group === NOT_SET && !many;
      button.classList.toggle("missing", !many);
      button.classList.toggle("off", this.groups.size > 0 && !this.groups.has(group));
      button.setAttribute("aria-pressed", String(this.groups.has(group)));
      button.title = many ? `Show only ${group}` : `Nobody from «${group}» yet`;
    }
    this.everyone.hidden = !this.groups.size;
  }

  makeLegend() {
    const { looks, view } = this.grid;
    this.entries = new Map();
    for (const { name } of view.legend.groups) {
      const count = element("b", {});
      const button = element(
        "button",
        { type: "button", class: "entry", onclick: () => this.choose(name) },
        looks.picture(name, 20), element("span", {}, name), count,
      );
      this.entries.set(name, { button, count });
    }
    this.everyone = element("button", { type: "button", class: "entry all", onclick: () => this.choose(null) }, "Show all groups");
    const rings = view.legend.attitudes.map((/** @type {{name: string}} */ { name }) =>
      element("span", { class: "ring-entry" }, looks.ringPicture(name, 26), element("span", {}, name)),
    );
    this.legend.replaceChildren(
      ...[...this.entries.values()].map(({ button }) => button), this.everyone,
      element("span", { class: "rings", hidden: !rings.length }, element("span", { class: "caption" }, "Ring: attitude now"), ...rings),
    );
  }

  /** @param {string | null} group */
  choose(group) {
    if (group === null) this.groups.clear();
    else if (!this.groups.delete(group)) this.groups.add(group);
    this.redraw();
  }

  /** What a click does next, or how many are selected. */
  renderHint() {
    const { grid } = this;
    const picked = grid.picked && grid.rows.get(grid.picked);
    const many = grid.selection.size;
    const words = [];
    if (picked) {
      const cancel = element("button", { type: "button", onclick: () => grid.pick(null) }, "Cancel");
      words.push(element("span", {}, "Click the place of ", element("strong", {}, picked.name)), cancel);
    } else if (many > 1) {
      const clear = element("button", { type: "button", onclick: () => grid.select([]) }, "Clear");
      words.push(element("span", {}, `${many} selected. Drag one and they move together.`), clear);
    } else if (!grid.nodes.size) {
      words.push(element("span", {}, "Drag a name onto the grid, or click it and then its place."));
    }
    const key = picked ? `p${picked.id}${picked.name}` : `${many > 1 ? many : ""}${grid.nodes.size ? "" : "none"}`;
    if (this.hinted !== key) {
      this.hinted = key;
      this.hint.replaceChildren(...words);
    }
    this.hint.hidden = !words.length;
    grid.board.root.classList.toggle("picking", Boolean(picked));
  }

  tellZoom() {
    const fitted = this.grid.scale.zoom === 1;
    this.out.disabled = fitted;
    this.all.disabled = fitted;
    this.grid.board.root.classList.toggle("zoomed", !fitted);
  }

  /** @param {any} without */
  tellNames(without) {
    const words = without ? `${counted(without, "name")} ${verb(without, "does")} not fit: zoom in` : "";
    if (this.without.textContent !== words) this.without.textContent = words;
  }
}
