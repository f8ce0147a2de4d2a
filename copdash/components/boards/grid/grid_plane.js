/**
 * The plane under the dots: four tinted quadrants with names and counts, the lines at 5, axes with arrows.
 * Names and counts keep to the outer edges: the middle is where people crowd.
 */
import { set, svg } from "../shared/marks.js";

const MIDDLE = 5;

export class Plane {
  constructor() {
    this.group = svg("g", { class: "ground" });
    this.quadrants = [0, 1, 2, 3].map((i) => ({
      area: svg("rect", { class: `quadrant q${i}` }),
      title: svg("text", { class: "title" }),
      count: svg("text", { class: "count", "text-anchor": "end" }),
    }));
    this.frame = svg("rect", { class: "frame" });
    this.across = svg("line", { class: "middle" });
    this.down = svg("line", { class: "middle" });
    this.ticks = svg("g", { class: "ticks" });
    this.axes = [svg("text", { class: "axis across" }), svg("text", { class: "axis up" })];
    this.group.append(
      ...this.quadrants.map(({ area }) => area), this.frame, this.across, this.down, this.ticks,
      ...this.quadrants.flatMap(({ title, count }) => [title, count]), ...this.axes,
    );
    /** Where titles and counts stand, so that no name covers them. */
    /** @type {any[]} */ this.titles = [];
  }

  /**
   * @param {import("../shared/scale.js").Scale} scale
   * @param {number} text size of names in pixels
   * @param {string[]} names of the quadrants from the top left
   * @param {string[]} counts beside the names
   * @param {{power: string, interest: string}} axes what they are called
   */
  paint(scale, text, names, counts, axes) {
    const { x, y, width, height } = scale.frame;
    const [mx, my] = scale.place(MIDDLE, MIDDLE);
    const cutX = Math.min(x + width, Math.max(x, mx));
    const cutY = Math.min(y + height, Math.max(y, my));
    set(this.frame, { x, y, width, height, rx: 4 });
    this.line(this.across, my > y && my < y + height, [x, my, x + width, my]);
    this.line(this.down, mx > x && mx < x + width, [mx, y, mx, y + height]);
    /** @type {any[]} */ this.titles = [];
    const size = Math.round(text * 1.1);
    this.quadrants.forEach(({ area, title, count }, i) => {
      const left = i % 2 ? cutX : x;
      const right = i % 2 ? x + width : cutX;
      const top = i < 2 ? y : cutY;
      const bottom = i < 2 ? cutY : y + height;
      set(area, { x: left, y: top, width: right - left, height: bottom - top });
      const tight = right - left < size * 13;
      const fits = right - left > size * 5 && bottom - top > size * 3;
      const base = i < 2 ? top + size * 1.45 : bottom - size * 0.75;
      for (const part of [title, count]) part.style.display = fits ? "" : "none";
      title.textContent = names[i];
      count.textContent = counts[i];
      const small = tight ? size * 0.8 : size;
      set(title, { x: left + 12, y: base, "font-size": small });
      set(count, { x: right - 12, y: base, "font-size": small });
      if (!fits) return;
      /** @param {string} words */
      const wide = (words) => String(words).length * small * 0.56;
      const box = { y: base - size * 1.1, height: size * 1.5 };
      this.titles.push({ x: left + 6, width: wide(names[i]) + 10, ...box });
      this.titles.push({ x: right - wide(counts[i]) - 18, width: wide(counts[i]) + 14, ...box });
    });
    const along = scale.ticks("x").map(([value, px]) => this.tick(value, px, y + height + text * 1.15, "middle"));
    const up = scale.ticks("y").map(([value, py]) => this.tick(value, x - 9, py + text * 0.34, "end"));
    this.ticks.replaceChildren(...along, ...up);
    const [toTheRight, upwards] = this.axes;
    const called = scale.turned ? [axes.power, axes.interest] : [axes.interest, axes.power];
    const words = called.map((name) => `${name} →`);
    words.forEach((word, i) => { if (this.axes[i].textContent !== word) this.axes[i].textContent = word; });
    const tight = width < 480;
    set(toTheRight, {
      x: tight ? x : x + width / 2, y: y + height + text * 1.6 + 22, "text-anchor": tight ? "start" : "middle",
    });
    set(upwards, { transform: `translate(${x - text * 2.1} ${y + height / 2}) rotate(-90)`, "text-anchor": "middle" });
  }

  /** @param {SVGElement} node @param {boolean} seen @param {[any, any, any, any]} given */
  line(node, seen, [x1, y1, x2, y2]) {
    node.style.display = seen ? "" : "none";
    set(node, { x1, y1, x2, y2 });
  }

  /** @param {number} value @param {number} x @param {number} y @param {any} anchor */
  tick(value, x, y, anchor) {
    return svg("text", { x, y, "text-anchor": anchor }, String(value));
  }
}

/** Where the selected one stood before: a faint dotted line with a small ring at each place. */
export class Trail {
  constructor() {
    this.line = svg("polyline", {});
    this.places = svg("g", {});
    this.group = svg("g", { class: "trail", "aria-hidden": "true" }, this.line, this.places);
  }

  /**
   * @param {import("../shared/scale.js").Scale} scale
   * @param {[number, number][]} places power and interest, oldest first
   * @param {{power: number, interest: number} | null} now where the line ends
   */
  paint(scale, places, now) {
    this.group.style.display = places.length && now ? "" : "none";
    if (!places.length || !now) return;
    const points = [...places, [now.power, now.interest]].map(([power, interest]) => scale.place(interest, power));
    set(this.line, { points: points.map((point) => point.map((n) => n.toFixed(1)).join(",")).join(" ") });
    const inside = points.slice(0, -1).filter(([x, y]) => scale.holds(x, y));
    this.places.replaceChildren(...inside.map(([x, y]) => svg("circle", { cx: x, cy: y, r: 4 })));
  }
}
