/** Who is left and who is done: in the order of the list, or group by group. Whoever was skipped comes last. */
import { bring, element } from "../shared/board.js";
import { isRated, shown } from "../shared/scale.js";

const KEY = "copdash.rating.order";

export class Queue {
  /** @type {string | null} */ shown;

  /** @param {RatingBoard} rating */
  constructor(rating) {
    this.rating = rating;
    /** @type {string[]} */ this.skipped = [];
    this.items = new Map();
    this.heads = new Map();
    this.order = element("select", { class: "rate-select", "aria-label": "Order", onchange: () => this.reorder() });
    for (const [value, words] of [["list", "Order of the list"], ["group", "Group by group"]]) this.order.append(element("option", { value }, words));
    this.order.value = localStorage.getItem(KEY) === "group" ? "group" : "list";
    this.left = element("h3", {});
    this.leftList = element("ul", { class: "rate-list" });
    this.doneHead = element("summary", {});
    this.doneList = element("ul", { class: "rate-list" });
    this.rated = element("details", { class: "rate-rated" }, this.doneHead, this.doneList);
    this.box = element("aside", { class: "rate-side", "aria-label": "Who is left" }, this.order, this.left, this.leftList, this.rated);
  }

  reorder() {
    localStorage.setItem(KEY, this.order.value);
    this.skipped = [];
    const next = this.waiting()[0];
    if (next && !this.rating.drafts.has(this.rating.on)) this.rating.show(next.id);
    else this.rating.draw();
  }

  /** The unrated in their order. */
  waiting() {
    return this.sorted(this.rating.view.stakeholders.filter((row) => !isRated(row)));
  }

  /** @param {Stakeholder[]} rows */
  sorted(rows) {
    const place = new Map(this.rating.view.legend.groups.map((/** @type {{name: string}} */ { name }, /** @type {number} */ i) => [name, i]));
    const late = new Map(this.skipped.map((id, i) => [id, i + 1]));
    const by = this.order.value === "group";
    return rows
      .map((row, i) => [late.get(row.id) || 0, by ? place.get(row.group) ?? place.size : 0, i, row])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
      .map((entry) => entry[3]);
  }

  /** Whose turn comes after this one; null when nobody else waits. @param {string | null} id */
  next(id) {
    return this.waiting().find((row) => row.id !== id)?.id ?? null;
  }

  /** @param {string} id */
  later(id) {
    this.skipped = [...this.skipped.filter((one) => one !== id), id];
  }

  /** @param {boolean} restyled */
  draw(restyled) {
    const waiting = this.waiting();
    const done = this.rating.view.stakeholders.filter(isRated);
    this.left.textContent = waiting.length ? `Still to rate · ${waiting.length}` : "Nobody is left";
    this.doneHead.textContent = `Rated · ${done.length}`;
    this.rated.hidden = !done.length;
    const moved = this.shown !== this.rating.on;
    this.shown = this.rating.on;
    const keep = new Set();
    this.fill(this.leftList, waiting, restyled, keep, this.order.value === "group");
    this.fill(this.doneList, done, restyled, keep, false);
    for (const [id, { item }] of this.items) {
      if (keep.has(id)) continue;
      item.remove();
      this.items.delete(id);
    }
    if (moved) this.scrollTo(this.items.get(this.rating.on)?.item);
  }

  /** Keep who is on the stage in sight; only this list is scrolled, never the page. @param {any} item */
  scrollTo(item) {
    if (!item || this.box.scrollHeight <= this.box.clientHeight) return;
    const { top, bottom } = this.box.getBoundingClientRect();
    const at = item.getBoundingClientRect();
    if (at.top < top || at.bottom > bottom) this.box.scrollTop += at.top - top - 60;
  }

  /**
   * @param {any} list @param {Stakeholder[]} rows @param {boolean} restyled @param {any} keep @param {boolean} headed
   */
  fill(list, rows, restyled, keep, headed) {
    const wanted = [];
    let group = null;
    for (const row of rows) {
      const late = this.skipped.includes(row.id) ? "Skipped" : row.group || "Group not set";
      if (headed && late !== group) {
        group = late;
        if (!this.heads.has(group)) this.heads.set(group, element("li", { class: "rate-head-item" }, group));
        wanted.push(this.heads.get(group));
      }
      keep.add(row.id);
      wanted.push(this.item(row, restyled));
    }
    const focused = /** @type {HTMLElement | null} */ (this.box.getRootNode().activeElement);
    if (wanted.length !== list.children.length || wanted.some((item, i) => list.children[i] !== item)) {
      bring(list, wanted);
      if (focused && list.contains(focused)) focused.focus({ preventScroll: true });
    }
  }

  /** @param {Stakeholder} row @param {boolean} restyled */
  item(row, restyled) {
    const { rating } = this;
    let one = this.items.get(row.id);
    if (!one) {
      const mark = element("span", { class: "rate-item-mark", "aria-hidden": "true" });
      const name = element("span", { class: "rate-item-name" });
      const value = element("span", { class: "rate-item-value" });
      const button = element("button", { type: "button", class: "rate-item", onclick: () => this.go(row.id) }, mark, name, value);
      one = { item: element("li", { "data-id": row.id }, button), mark, name, value, button, group: null };
      this.items.set(row.id, one);
    }
    if (restyled || one.group !== row.group) {
      one.group = row.group;
      one.mark.replaceChildren(rating.looks.picture(row.group, 16));
    }
    if (one.name.textContent !== row.name) one.name.textContent = one.name.title = row.name;
    const rated = isRated(row);
    const words = rated ? `${shown(row.power)} / ${shown(row.interest)}` : this.skipped.includes(row.id) ? "skipped" : "";
    if (one.value.textContent !== words) one.value.textContent = words;
    one.value.title = rated ? `${rating.view.axes.power} / ${rating.view.axes.interest}` : "";
    if (rating.on === row.id) one.button.setAttribute("aria-current", "true");
    else one.button.removeAttribute("aria-current");
    return one.item;
  }

  /** @param {string} id */
  go(id) {
    const { rating } = this;
    if (rating.on && rating.on !== id) rating.trail.push(rating.on);
    rating.show(id);
  }
}
