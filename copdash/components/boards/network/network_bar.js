/** The bar above the picture: what kind of tie is drawn, which way, how strong. It is the legend of the lines too. */
import { element } from "../shared/board.js";
import { STRENGTHS } from "./network_ties.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} attributes @param {...any} children @returns {SVGElementTagNameMap[Tag]}
 */
export function sign(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A group's shape. @param {any} group @param {NetworkPicture} picture */
export function mark(group, picture, size = 18) {
  const half = size / 2;
  const r = half * 0.68;
  const shape = group.points.length
    ? sign("polygon", { points: group.points.map((/** @type {[number, number]} */ [x, y]) => `${half + x * r},${half + y * r}`).join(" ") })
    : sign("circle", { cx: half, cy: half, r });
  const colour = picture.tone(group.colour);
  shape.setAttribute("stroke", colour);
  shape.setAttribute("stroke-width", "2");
  shape.setAttribute("stroke-linejoin", "round");
  shape.setAttribute("fill", group.filled ? colour : "none");
  return sign("svg", { width: size, height: size, "aria-hidden": "true" }, shape);
}

/** A short line as a tie of that pen is drawn. @param {any} pen @param {NetworkPicture} picture */
export function stroke(pen, picture, width = 30) {
  return sign("svg", { width, height: 12, "aria-hidden": "true", class: "net-stroke" }, sign("line", {
    x1: 0, y1: 6, x2: width, y2: 6, stroke: picture.tone(pen.color.color), "stroke-width": pen.width + 0.7,
    "stroke-dasharray": (pen.dashes || []).join(" "), "stroke-opacity": Math.min(1, pen.color.opacity + 0.1),
  }));
}

/** Buttons of which one is pressed. */
export class Choice {
  /** @param {string} label @param {any} options @param {Act} act */
  constructor(label, options, act) {
    this.buttons = new Map(options.map((/** @type {{value: any, text: string, title: string}} */ { value, text, title }) => [
      value, element("button", { type: "button", title, "aria-label": /\w{2}/.test(text) ? null : title, "aria-pressed": "false", onclick: () => act(value) }, text),
    ]));
    this.root = element("div", { class: "net-choice", role: "group", "aria-label": label }, ...this.buttons.values());
  }

  /** @param {any} chosen */
  set value(chosen) {
    for (const [value, button] of this.buttons) button.setAttribute("aria-pressed", String(value === chosen));
  }
}

export const DIRECTIONS = [
  { value: true, text: "→", title: "One way" },
  { value: false, text: "↔", title: "Both ways" },
];

export const STATUSES = [
  { value: "Existing", text: "Existing", title: "The tie is there" },
  { value: "Wanted", text: "Wanted", title: "The tie is wished for: dotted and lighter, and in no measure" },
];

/** Strengths as buttons; each shows how thick its line is. */
export function strengthOptions() {
  return STRENGTHS.map((title, i) => ({
    value: i + 1, title: `${title} (${i + 1} of 3)`,
    text: sign("svg", { width: 20, height: 14, "aria-hidden": "true" }, sign("line", {
      x1: 0, y1: 7, x2: 20, y2: 7, stroke: "currentColor", "stroke-width": 1.5 + 2 * i,
    })),
  }));
}

export class Bar {
  /** @type {any} */ paper;

  /** @param {NetworkDesk} desk */
  constructor(desk) {
    this.desk = desk;
    this.chips = new Map();
    this.types = element("div", { class: "net-types", role: "group", "aria-label": "Draw ties" });
    this.direction = new Choice("Direction", DIRECTIONS, (directed) => desk.setPen({ directed }));
    this.strength = new Choice("Strength", strengthOptions(), (strength) => desk.setPen({ strength }));
    this.wanted = element("button", {
      type: "button", class: "net-act", title: STATUSES[1].title,
      onclick: () => desk.setPen({ status: desk.pen.status === "Wanted" ? "Existing" : "Wanted" }),
    }, "Wanted");
    this.root = element("div", { class: "net-bar" },
      element("span", { class: "net-caption" }, "Draw"), this.types, this.direction.root, this.strength.root, this.wanted);
  }

  render() {
    const { desk } = this;
    const { view, pen, mode, picture } = desk;
    if (this.paper !== picture.paper || this.chips.size !== Object.keys(view.pens).length) {
      this.paper = picture.paper;
      this.chips = new Map(Object.entries(view.pens).map(([type, [, second]]) => [type, element("button", {
        type: "button", class: "net-chip", title: `Draw ties: ${type.toLowerCase()}`,
        onclick: () => desk.draw(desk.mode.drawing && desk.pen.type === type ? null : type),
      }, stroke(second, picture), type)]));
      this.types.replaceChildren(...this.chips.values());
    }
    for (const [type, chip] of this.chips) chip.setAttribute("aria-pressed", String(mode.drawing && pen.type === type));
    this.direction.value = pen.directed;
    this.strength.value = pen.strength;
    this.wanted.setAttribute("aria-pressed", String(pen.status === "Wanted"));
  }
}
