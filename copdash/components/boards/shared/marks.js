/** SVG of groups and attitudes: a mark of the group's shape and colour, a ring for the attitude. Text is text nodes. */
const SVG = "http://www.w3.org/2000/svg";

/**
 * An SVG element with attributes and children.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} attributes @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Set attributes, only where they differ; null takes one away. @param {Element} node @param {Attributes} attributes */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
}

/** The outline of a group's shape around (0, 0). @param {any} look @param {number} radius */
export function outline(look, radius) {
  if (!look.points.length) {
    return `M${-radius} 0A${radius} ${radius} 0 1 0 ${radius} 0A${radius} ${radius} 0 1 0 ${-radius} 0Z`;
  }
  return `M${look.points.map((/** @type {[number, number]} */ [x, y]) => `${(x * radius).toFixed(2)} ${(y * radius).toFixed(2)}`).join("L")}Z`;
}

/** How groups and attitudes look now, by name. */
export class Looks {
  /** @param {Legend} legend @param {boolean} dark */
  constructor(legend, dark) {
    this.key = `${dark} ${legend.attitudes.length}`;
    this.tone = dark ? "dark" : "light";
    this.legend = legend;
    this.byGroup = new Map(legend.groups.map((/** @type {any} */ look) => [look.name, look]));
    this.byAttitude = new Map(legend.attitudes.map((/** @type {any} */ ring) => [ring.name, ring]));
    this.notSet = legend.groups.at(-1);
  }

  /** @param {string} name */
  group(name) {
    return this.byGroup.get(name) || this.notSet;
  }

  /** Attributes of a group's mark. @param {string} name @param {number} radius */
  mark(name, radius) {
    const look = this.group(name);
    return {
      d: outline(look, radius),
      stroke: look[this.tone],
      fill: look.filled ? look[this.tone] : "var(--st-background-color)",
      "stroke-width": Math.max(1.6, radius * 0.24),
      "stroke-linejoin": "round",
    };
  }

  /**
   * Attributes of an attitude's ring; no width where no attitude is set.
   * @param {string} name @param {number} radius
   */
  ring(name, radius) {
    const ring = this.byAttitude.get(name);
    if (!ring) return { r: 0, stroke: "none" };
    const unit = radius / 9;
    return {
      r: radius * 1.58,
      fill: "none",
      stroke: ring[this.tone],
      "stroke-width": (0.9 + ring.width * 0.42) * unit,
      "stroke-dasharray": ring.dash.length ? ring.dash.map((/** @type {number} */ length) => length * unit * 0.95).join(" ") : null,
    };
  }

  /** A small picture of a group for chips and the legend. @param {string} name @param {number} size */
  picture(name, size) {
    const half = size / 2;
    return svg(
      "svg",
      { width: size, height: size, viewBox: `${-half} ${-half} ${size} ${size}`, "aria-hidden": "true" },
      svg("path", this.mark(name, half * 0.62)),
    );
  }

  /** A small picture of an attitude's ring. @param {string} name @param {number} size */
  ringPicture(name, size) {
    const half = size / 2;
    return svg(
      "svg",
      { width: size, height: size, viewBox: `${-half} ${-half} ${size} ${size}`, "aria-hidden": "true" },
      svg("circle", this.ring(name, half * 0.5)),
    );
  }
}
