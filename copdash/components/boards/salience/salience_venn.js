/**
 * Three overlapping circles, drawn from the widest to the narrowest: a circle, then what two share, then what all share,
 * so that what lies on top is also what a click hits. Those with no attribute, or not known, stand outside.
 */
import { set, svg } from "../shared/marks.js";
import { shortened } from "../shared/words.js";

const CIRCLES = { power: [268, 232], legitimacy: [492, 232], urgency: [380, 424] };
const RADIUS = 206;
/** Attributes -> where the words stand, how many names fit and how long they may be. @type {Record<string, [number, number, number, number]>} */
const PLACES = {
  "power": [172, 170, 4, 19],
  "legitimacy": [588, 170, 4, 19],
  "urgency": [380, 520, 3, 26],
  "power,legitimacy": [380, 132, 2, 17],
  "power,urgency": [246, 340, 2, 15],
  "legitimacy,urgency": [514, 340, 2, 15],
  "power,legitimacy,urgency": [380, 268, 3, 18],
};
const OUTSIDE = { none: [98, 596, "start"], unknown: [662, 596, "end"] };
/** @type {Record<string, [number, number, string]>} */
const TITLES = { power: [150, 18, "Power"], legitimacy: [610, 18, "Legitimacy"], urgency: [380, 652, "Urgency"] };

export class Venn {
  /** @param {(name: string) => void} chosen a class was clicked */
  constructor(chosen) {
    this.chosen = chosen;
    this.regions = new Map();
    const id = `venn${Math.random().toString(36).slice(2, 8)}`;
    const clips = Object.entries(CIRCLES).map(([name, [cx, cy]]) =>
      svg("clipPath", { id: `${id}-${name}` }, svg("circle", { cx, cy, r: RADIUS })));
    this.id = id;
    this.areas = svg("g", {});
    this.words = svg("g", {});
    this.svg = svg(
      "svg", { class: "venn", viewBox: "0 0 760 664", role: "group", "aria-label": "Power, legitimacy and urgency as three circles" },
      svg("defs", {}, ...clips), this.areas,
      svg("g", { class: "venn-rings" }, ...Object.values(CIRCLES).map(([cx, cy]) => svg("circle", { cx, cy, r: RADIUS }))),
      this.words,
      ...Object.values(TITLES).map(([x, y, words]) => svg("text", { class: "venn-title", x, y, "text-anchor": "middle" }, words)),
    );
  }

  /**
   * @param {{name: string, attributes: string[], names: string[]}[]} classes the last one is «not known»
   * @param {any} chosen
   */
  draw(classes, chosen) {
    const last = classes.at(-1);
    for (const one of [...classes].sort((a, b) => a.attributes.length - b.attributes.length)) {
      const region = this.regions.get(one.name) ?? this.make(one, one === last);
      region.area?.classList.toggle("chosen", one.name === chosen);
      region.label.classList.toggle("chosen", one.name === chosen);
      region.label.classList.toggle("nobody", !one.names.length);
      region.count.textContent = String(one.names.length);
      set(region.label, { "aria-label": `${one.name}: ${one.names.length}`, "aria-pressed": String(one.name === chosen) });
      this.write(region, one.names);
    }
  }

  /** @param {{name: string, attributes: string[]}} one @param {boolean} isUnknown */
  make(one, isUnknown) {
    const inside = PLACES[one.attributes.join()];
    const [x, y, anchor] = inside ? [...inside.slice(0, 2), "middle"] : OUTSIDE[isUnknown ? "unknown" : "none"];
    const act = () => this.chosen(one.name);
    let area = null;
    if (inside) {
      area = svg("rect", { class: `venn-area n${one.attributes.length}`, width: 760, height: 664 });
      const clipped = one.attributes.reduce((/** @type {SVGElement} */ inner, /** @type {string} */ name) => svg("g", { "clip-path": `url(#${this.id}-${name})` }, inner), area);
      area.addEventListener("click", act);
      this.areas.append(clipped);
    }
    const count = svg("text", { class: "venn-count", y: 0 });
    const name = svg("text", { class: "venn-name", y: 20 }, one.name);
    const names = svg("text", { class: "venn-names" });
    const label = svg("g", { class: `venn-label${inside ? "" : " outside"}`, role: "button", tabindex: 0, "text-anchor": anchor, transform: `translate(${x} ${y})`, "data-class": one.name }, count, name, names);
    if (!inside) label.prepend(svg("rect", { class: "venn-reach", x: isUnknown ? -164 : -6, y: -34, width: 170, height: 64 }));
    label.addEventListener("click", act);
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    this.words.append(label);
    const region = { area, label, count, names, room: inside ? inside.slice(2) : [0, 0] };
    this.regions.set(one.name, region);
    return region;
  }

  /** As many names as there is room for, and how many more there are. @param {any} region @param {any} all */
  write(region, all) {
    const [most, longest] = region.room;
    const shown = all.slice(0, all.length > most ? Math.max(0, most - 1) : most);
    const lines = shown.map((/** @type {string} */ name) => shortened(name, longest));
    if (most && all.length > shown.length) lines.push(`and ${all.length - shown.length} more`);
    if (region.lines === lines.join("\n")) return;
    region.lines = lines.join("\n");
    region.names.replaceChildren(...lines.map((/** @type {any} */ line, /** @type {number} */ i) => svg("tspan", { x: 0, y: 40 + i * 17 }, line)));
  }
}
