/**
 * Names beside dots so that no two names overlap and no dot is covered. A name that finds no room is left out.
 *
 * Names of greater weight choose first. Each tries places close to its dot, then farther ones with a line to it, on one
 * line or two. One that finds nothing may push a single lighter name to another of its places.
 *
 * @typedef {{lines: string[], width: number, height: number}} Form a name set on one line or two
 * @typedef {{id: string, x: number, y: number, radius: number, weight: number, forms: Form[]}} Item
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {Box & {key: string, form: Form, align: "start" | "middle" | "end", line: number[] | null}} Spot
 */
const CELL = 72;
const GAP = 4;
const FAR = [16, 34, 56];
const AIR = 2;

/** [key, x direction, y direction, cost]: where a name may stand around its dot; the first is the habit. */
const AROUND = [
  ["e", 1, 0, 0], ["w", -1, 0, 1], ["n", 0, -1, 2], ["s", 0, 1, 2],
  ["se", 0.75, 0.7, 2.5], ["ne", 0.75, -0.7, 2.5], ["sw", -0.75, 0.7, 3], ["nw", -0.75, -0.7, 3],
  ["ese", 0.95, 0.35, 1], ["ene", 0.95, -0.35, 1], ["wsw", -0.95, 0.35, 1.5], ["wnw", -0.95, -0.35, 1.5],
];

/** Boxes by the cells they touch, so that only neighbours are compared. */
class Cells {
  constructor() {
    this.cells = new Map();
  }

  *keys(box) {
    const right = Math.floor((box.x + box.width) / CELL);
    const bottom = Math.floor((box.y + box.height) / CELL);
    for (let i = Math.floor(box.x / CELL); i <= right; i += 1) {
      for (let j = Math.floor(box.y / CELL); j <= bottom; j += 1) yield i * 4096 + j;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, new Set());
      this.cells.get(key).add(box);
    }
  }

  remove(box) {
    for (const key of this.keys(box)) this.cells.get(key)?.delete(box);
  }

  /** All boxes that may touch this one. */
  near(box) {
    const found = new Set();
    for (const key of this.keys(box)) for (const other of this.cells.get(key) || []) found.add(other);
    return found;
  }
}

const overlap = (a, b, air = 0) =>
  a.x < b.x + b.width + air && b.x < a.x + a.width + air && a.y < b.y + b.height + air && b.y < a.y + a.height + air;

/** Whether a line from (x1, y1) to (x2, y2) goes through a box. */
function crosses([x1, y1, x2, y2], box) {
  let from = 0;
  let to = 1;
  for (const [start, delta, low, high] of [
    [x1, x2 - x1, box.x, box.x + box.width],
    [y1, y2 - y1, box.y, box.y + box.height],
  ]) {
    if (Math.abs(delta) < 1e-9) {
      if (start < low || start > high) return false;
    } else {
      const a = (low - start) / delta;
      const b = (high - start) / delta;
      from = Math.max(from, Math.min(a, b));
      to = Math.min(to, Math.max(a, b));
      if (from > to) return false;
    }
  }
  return true;
}

/** The box around a line, for the cells. */
const around = ([x1, y1, x2, y2]) => ({
  x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1),
});

/** All places of a name, the cheapest first. @returns {Spot[]} */
function* spots(item, frame, habit) {
  const all = [];
  for (const [ring, extra] of [0, ...FAR].entries()) {
    for (const [name, dx, dy, cost] of AROUND) {
      for (const [f, form] of item.forms.entries()) {
        const key = `${name}${ring}${f}`;
        all.push({ key, name, dx, dy, extra, form, cost: cost + ring * 6 + f * 1.8 - (key === habit ? 5 : 0) });
      }
    }
  }
  all.sort((a, b) => a.cost - b.cost);
  for (const { key, dx, dy, extra, form } of all) {
    const reach = item.radius + GAP + extra;
    const ax = item.x + dx * reach;
    const ay = item.y + dy * reach;
    const x = dx > 0.1 ? ax : dx < -0.1 ? ax - form.width : ax - form.width / 2;
    const y = Math.abs(dy) < 0.5 ? ay - form.height / 2 : dy > 0 ? ay : ay - form.height;
    const box = { x, y, width: form.width, height: form.height };
    if (x < frame.x || y < frame.y || x + box.width > frame.x + frame.width || y + box.height > frame.y + frame.height) {
      continue;
    }
    const line = extra ? [item.x + dx * item.radius, item.y + dy * item.radius, ax - dx * 2, ay - dy * 2] : null;
    yield { ...box, key, form, align: dx > 0.1 ? "start" : dx < -0.1 ? "end" : "middle", line };
  }
}

/**
 * @param {Item[]} items everything that is drawn; without forms a dot is only an obstacle
 * @param {Box} frame names stay inside
 * @param {Box[]} obstacles such as titles
 * @param {Map<string, Spot>} before the places of the last time, kept where possible
 * @returns {Map<string, Spot>}
 */
export function place(items, frame, obstacles = [], before = new Map()) {
  const dots = new Cells();
  const names = new Cells();
  const lines = new Cells();
  const placed = new Map();
  for (const { id, x, y, radius } of items) {
    const r = radius * 0.85;
    dots.add({ id, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  }
  for (const box of obstacles) dots.add({ ...box, id: "" });

  /** The names in the way of a spot; null where a dot, a title or a line is. */
  function inTheWay(item, spot) {
    for (const dot of dots.near(spot)) if (dot.id !== item.id && overlap(dot, spot)) return null;
    for (const line of lines.near(spot)) if (line.id !== item.id && crosses(line.points, spot)) return null;
    const hindering = new Set();
    for (const name of names.near(spot)) if (name.id !== item.id && overlap(name, spot, AIR)) hindering.add(name.id);
    if (spot.line) {
      const box = around(spot.line);
      for (const dot of dots.near(box)) if (dot.id !== item.id && crosses(spot.line, dot)) return null;
      for (const name of names.near(box)) if (name.id !== item.id && crosses(spot.line, name)) hindering.add(name.id);
    }
    return hindering;
  }

  function put(item, spot) {
    const name = { id: item.id, x: spot.x, y: spot.y, width: spot.width, height: spot.height };
    const line = spot.line && { id: item.id, points: spot.line, ...around(spot.line) };
    names.add(name);
    if (line) lines.add(line);
    placed.set(item.id, { spot, name, line });
  }

  function take(id) {
    const { name, line } = placed.get(id);
    names.remove(name);
    if (line) lines.remove(line);
    placed.delete(id);
  }

  const byId = new Map(items.map((item) => [item.id, item]));
  const free = (item, not = "") => {
    for (const spot of spots(item, frame, before.get(item.id)?.key)) {
      if (spot.key !== not && inTheWay(item, spot)?.size === 0) return spot;
    }
    return null;
  };
  const left = [];
  for (const item of items.filter((one) => one.forms.length).sort((a, b) => b.weight - a.weight)) {
    const spot = free(item);
    if (spot) put(item, spot);
    else left.push(item);
  }
  for (const item of left) {
    for (const spot of spots(item, frame, "")) {
      const hindering = inTheWay(item, spot);
      if (!hindering || hindering.size > 1) continue;
      const [other] = hindering;
      if (other === undefined) {
        put(item, spot);
        break;
      }
      const was = placed.get(other).spot;
      take(other);
      put(item, spot);
      const elsewhere = free(byId.get(other), was.key);
      if (elsewhere) {
        put(byId.get(other), elsewhere);
        break;
      }
      take(item.id);
      put(byId.get(other), was);
    }
  }
  return new Map([...placed].map(([id, { spot }]) => [id, spot]));
}

/**
 * A name on one line and, where it is long, on two. @returns {Form[]}
 * @param {(text: string) => number} measure pixels of a text
 * @param {number} line pixels from one line to the next
 * @param {number} longest pixels after which a line is cut off
 */
export function forms(name, measure, line, longest) {
  const one = fitting(name, measure, longest);
  const found = [{ lines: [one.text], width: one.width + 2, height: line }];
  if (name.length > 13 && name.includes(" ")) {
    const words = name.split(" ");
    let best = null;
    for (let i = 1; i < words.length; i += 1) {
      const pair = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
      const width = Math.max(measure(pair[0]), measure(pair[1]));
      if (!best || width < best.width) best = { pair, width };
    }
    const lines = best.pair.map((text) => fitting(text, measure, longest));
    const width = Math.max(...lines.map(({ width: pixels }) => pixels)) + 2;
    found.push({ lines: lines.map(({ text }) => text), width, height: 2 * line });
  }
  return found;
}

function fitting(text, measure, longest) {
  let width = measure(text);
  if (width <= longest) return { text, width };
  const letters = [...text];
  let keep = Math.max(1, Math.floor((letters.length * longest) / width));
  let short = "";
  do {
    short = `${letters.slice(0, keep).join("").trimEnd()}…`;
    width = measure(short);
    keep -= 1;
  } while (width > longest && keep > 0);
  return { text: short, width };
}
