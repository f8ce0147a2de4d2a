/** The marks of groups as SVG elements, in a colour for light and one for dark paper (the class `dark` chooses). */

const SVG = "http://www.w3.org/2000/svg";

/** One group's mark. @param {{light: any, dark: any}} legend @param {string} group empty for «Not set» */
export function mark(legend, group, size = 16) {
  const name = group in legend.light ? group : "Not set";
  const look = legend.light[name];
  const svg = document.createElementNS(SVG, "svg");
  set(svg, { width: size, height: size, viewBox: "-10 -10 20 20", "aria-hidden": "true", class: "list-mark" });
  svg.style.setProperty("--on-light", look.colour);
  svg.style.setProperty("--on-dark", legend.dark[name].colour);
  if (!look.filled) svg.classList.add("outlined");
  const shape = document.createElementNS(SVG, look.points.length ? "polygon" : "circle");
  if (look.points.length) set(shape, { points: look.points.map((/** @type {[number, number]} */ [x, y]) => `${x * 6.6},${y * 6.6}`).join(" "), "stroke-linejoin": "round" });
  else set(shape, { cx: 0, cy: 0, r: 6.6 });
  svg.append(shape);
  return svg;
}

/** @param {Element} node @param {Attributes} attributes */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}
