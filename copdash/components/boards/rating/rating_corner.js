/** A small grid that shows where the rating would put the stakeholder, among those who stand there already. */
import { element } from "../shared/board.js";
import { isRated } from "../shared/scale.js";
import { set, svg } from "../shared/marks.js";

const SIZE = 132;

export class Corner {
  /** @type {any} */ key;

  constructor() {
    this.words = element("p", { class: "rate-quadrant", "aria-live": "polite" });
    this.areas = [0, 1, 2, 3].map((i) => svg("rect", { class: `corner q${i}`, x: (i % 2) * 66, y: i < 2 ? 0 : 66, width: 66, height: 66 }));
    this.dots = svg("g", { class: "corner-dots" });
    this.mark = svg("path", {});
    this.picture = svg(
      "svg", { class: "rate-corner", viewBox: `-6 -6 ${SIZE + 12} ${SIZE + 12}`, "aria-hidden": "true" },
      ...this.areas, svg("path", { class: "corner-lines", d: `M66 0V${SIZE}M0 66H${SIZE}` }), this.dots, this.mark,
    );
    this.box = element("div", { class: "rate-where" }, this.picture, this.words);
  }

  /** @param {View} view @param {Looks} looks @param {any} draft @param {Stakeholder} row */
  draw(view, looks, draft, row) {
    /** @param {{power: number, interest: number}} given */
    const at = ({ power, interest }) => {
      const [across, up] = view.turned ? [power, interest] : [interest, power];
      return [(across / 10) * SIZE, SIZE - (up / 10) * SIZE];
    };
    const others = view.stakeholders.filter((one) => isRated(one) && one.id !== row.id);
    const key = JSON.stringify(others.map((one) => [one.power, one.interest]));
    if (this.key !== key) {
      this.key = key;
      this.dots.replaceChildren(...others.map((one) => svg("circle", { cx: at(one)[0], cy: at(one)[1], r: 2.4 })));
    }
    const rated = isRated(draft);
    this.mark.style.display = rated ? "" : "none";
    let here = -1;
    if (rated) {
      const [x, y] = at(draft);
      set(this.mark, { ...looks.mark(row.group, 8), transform: `translate(${x} ${y})` });
      const [across, up] = view.turned ? [draft.power, draft.interest] : [draft.interest, draft.power];
      here = (up >= 5 ? 0 : 2) + (across >= 5 ? 1 : 0);
    }
    this.areas.forEach((area, i) => area.classList.toggle("here", i === here));
    const words = rated ? view.quadrants[here] : "";
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}
