/** A few words beside a dot: who it is and where it stands, also while it is dragged. */
import { element } from "../shared/board.js";
import { shown } from "../shared/scale.js";

/** A name within a sentence: «Interest» becomes «interest», «NGO ties» stays. @param {string} name */
const lower = (name) => (/^\p{Lu}\p{Ll}/u.test(name) ? name[0].toLowerCase() + name.slice(1) : name);

export class Tip {
  /** @param {GridBoard} grid */
  constructor(grid) {
    this.grid = grid;
    this.box = element("div", { class: "tip", hidden: true });
  }

  /**
   * @param {any} node nobody hides it; @param {{power: number, interest: number}} at its place of the moment
   * @param {string | undefined} words
   */
  show(node, at, words) {
    this.box.hidden = !node;
    this.grid.ghosts.light();
    if (!node) return;
    const { row, x, y } = node;
    const { power, interest } = this.grid.view.axes;
    const about = words ?? [row.group || "Group not set", row.attitude, row.membership].filter(Boolean).join(", ");
    this.box.replaceChildren(
      element("strong", {}, row.name),
      element("span", {}, `${power} ${shown(at.power)}, ${lower(interest)} ${shown(at.interest)}`),
      about ? element("span", {}, about) : "",
      ...this.grid.ghosts.about(row.id).map((line) => element("span", { class: "before" }, line)),
    );
    const right = x > this.grid.plot.clientWidth * 0.62;
    const low = y < 110;
    this.box.style.transform =
      `translate(${x + (right ? -14 : 14)}px, ${y + (low ? 16 : -16)}px) ` +
      `translate(${right ? "-100%" : "0"}, ${low ? "0" : "-100%"})`;
  }
}
