/**
 * Names beside dots so that no two names overlap and no dot is covered. A name that finds no room is left out.
 *
 * Names of greater weight choose first. Each tries places close to its dot, then farther ones with a line to it, on one
 * line or two. One that finds nothing may push a single other name to another of its places. Among `CROWD` dots and more
 * a name of weight `HEAVY` that finds nothing even then may lie over one or two dots, but never over a name.
 *
 * @typedef {{lines: string[], width: number, height: number}} Form a name set on one line or two
 * @typedef {{id: string, x: number, y: number, core: number, radius: number, weight: number, forms: Form[]}} Item
 *   `core` is the radius of its mark, `radius` that of all that is drawn of it
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 * @typedef {[number, number, number, number]} Line from one end to the other
 * @typedef {Box & {key: string, cost: number, form: Form, align: string, line: Line | null}} Spot
 */
const HEAVY = 30;
const CROWD = 150;
const TOUCHED = 3;
const COVERED = 2;
const TRIES = 8;
const CELL = 72;
const GAP = 4;
const FAR = [16, 34, 56];
const AIR = 2;

/**
 * [key, x direction, y direction, cost]: where a name may stand around its dot; the first is the habit.
 * @type {[string, number, number, number][]}
 */
const AROUND = [
  ["e", 1, 0, 0], ["w", -1, 0, 1], ["n", 0, -1, 2], ["s", 0, 1, 2],
  ["se", 0.75, 0.7, 2.5], ["ne", 0.75, -0.7, 2.5], ["sw", -0.75, 0.7, 3], ["nw", -0.75, -0.7, 3],
  ["ese", 0.95, 0.35, 1], ["ene", 0.95, -0.35, 1], ["wsw", -0.95, 0.35, 1.5], ["wnw", -0.95, -0.35, 1.5],
];

/** Boxes by the cells they touch, so that only neighbours are compared. */
class Cells {
  constructor() {
    this.cells = new Map();
    this.look = 0;
  }

  /**
   * Visit the cells of a box until `act` returns true; whether it did.
   * @param {any} box @param {(key: number) => boolean | void} act
   */
  visit(box, act) {
    const right = Math.floor((box.x + box.width) / CELL);
    const bottom = Math.floor((box.y + box.height) / CELL);
    for (let i = Math.floor(box.x / CELL); i <= right; i += 1) {
      for (let j = Math.floor(box.y / CELL); j <= bottom; j += 1) if (act(i * 4096 + j)) return true;
    }
    return false;
  }

  /** @param {any} box */
  add(box) {
    box.look = 0;
    this.visit(box, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    });
  }

  /** @param {any} box */
  remove(box) {
    this.visit(box, (key) => {
      const cell = this.cells.get(key);
      cell.splice(cell.indexOf(box), 1);
    });
  }

  /**
   * Ask `test` of every box that may touch this one, once each, until it says true; whether it did.
   * @param {any} box @param {(other: any) => boolean} test
   */
  some(box, test) {
    this.look += 1;
    return this.visit(box, (key) => {
      const cell = this.cells.get(key);
      if (!cell) return false;
      for (const other of cell) {
        if (other.look === this.look) continue;
        other.look = this.look;
        if (test(other)) return true;
      }
      return false;
    });
  }
}

/** @param {any} a @param {any} b */
const overlap = (a, b, air = 0) =>
  a.x < b.x + b.width + air && b.x < a.x + a.width + air && a.y < b.y + b.height + air && b.y < a.y + a.height + air;

/** Whether a line from (x1, y1) to (x2, y2) goes through a box. @param {Line} given @param {any} box */
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

/** The box around a line, for the cells. @param {Line} given */
const around = ([x1, y1, x2, y2]) => ({
  x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1),
});

/**
 * The places a name with so many forms tries, the cheapest first.
 * @typedef {{key: string, dx: number, dy: number, extra: number, form: number, cost: number}} Place
 */
const PLACES = [1, 2].map((many) => {
  /** @type {Place[]} */ const all = [];
  for (const [ring, extra] of [0, ...FAR].entries()) {
    for (const [name, dx, dy, cost] of AROUND) {
      for (let form = 0; form < many; form += 1) {
        all.push({ key: `${name}${ring}${form}`, dx, dy, extra, form, cost: cost + ring * 6 + form * 1.8 });
      }
    }
  }
  return all.sort((a, b) => a.cost - b.cost);
});

/**
 * @returns {Spot | null} null where it would stick out of the frame
 * @param {Item} item @param {{key: string, dx: number, dy: number, extra: number, form: any, cost: number}} given
 * @param {Box} frame
 */
function spotAt(item, { key, dx, dy, extra, form: n, cost }, frame) {
  const form = item.forms[n];
  const reach = item.radius + GAP + extra;
  const ax = item.x + dx * reach;
  const ay = item.y + dy * reach;
  const { width, height } = form;
  const x = dx > 0.1 ? ax : dx < -0.1 ? ax - width : ax - width / 2;
  const y = Math.abs(dy) < 0.5 ? ay - height / 2 : dy > 0 ? ay : ay - height;
  if (x < frame.x || y < frame.y || x + width > frame.x + frame.width || y + height > frame.y + frame.height) return null;
  const align = dx > 0.1 ? "start" : dx < -0.1 ? "end" : "middle";
  /** @type {Line | null} */
  const line = extra ? [item.x + dx * item.radius, item.y + dy * item.radius, ax - dx * 2, ay - dy * 2] : null;
  return { x, y, width, height, key, cost, form, align, line };
}

/**
 * All places of a name, the one of the last time first, then the cheapest. @returns {Generator<Spot>}
 * @param {Item} item @param {Box} frame @param {string | undefined} habit
 */
function* spots(item, frame, habit) {
  const places = PLACES[item.forms.length - 1];
  const kept = habit && places.find(({ key }) => key === habit);
  const first = kept && spotAt(item, { ...kept, cost: kept.cost - 5 }, frame);
  if (first) yield first;
  for (const at of places) {
    if (at === kept) continue;
    const spot = spotAt(item, at, frame);
    if (spot) yield spot;
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
  const rings = new Cells();
  const names = new Cells();
  const lines = new Cells();
  const placed = new Map();
  /** @param {string} id @param {number} x @param {number} y @param {number} r */
  const square = (id, x, y, r) => ({ id, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  for (const { id, x, y, core, radius } of items) {
    dots.add(square(id, x, y, core * 0.9));
    rings.add(square(id, x, y, radius * 0.85));
  }
  for (const box of obstacles) dots.add({ ...box, id: "" });

  /**
   * The names in the way of a spot and the dots it touches; null where it cannot be, as a dot or a line is there.
   * @param {Item} item @param {Spot} spot
   */
  function inTheWay(item, spot, covers = 0) {
    let left = covers;
    const blocked = dots.some(spot, (dot) => dot.id !== item.id && overlap(dot, spot) && (!dot.id || --left < 0));
    if (blocked || lines.some(spot, (other) => other.id !== item.id && crosses(other.points, spot))) return null;
    const hindering = new Set();
    names.some(spot, (name) => {
      if (name.id !== item.id && overlap(name, spot, AIR)) hindering.add(name.id);
      return hindering.size > 1;
    });
    const { line } = spot;
    if (line) {
      const box = around(line);
      if (dots.some(box, (dot) => dot.id !== item.id && crosses(line, dot))) return null;
      names.some(box, (name) => {
        if (name.id !== item.id && crosses(line, name)) hindering.add(name.id);
        return hindering.size > 1;
      });
    }
    let touched = 2 * (covers - left);
    if (!hindering.size) {
      rings.some(spot, (ring) => {
        touched += ring.id !== item.id && overlap(ring, spot) ? 1 : 0;
        return false;
      });
    }
    return { hindering, touched };
  }

  /** @param {Item} item @param {Spot} spot */
  function put(item, spot) {
    const name = { id: item.id, x: spot.x, y: spot.y, width: spot.width, height: spot.height };
    const line = spot.line && { id: item.id, points: spot.line, ...around(spot.line) };
    names.add(name);
    if (line) lines.add(line);
    placed.set(item.id, { spot, name, line });
  }

  /** @param {string} id */
  function take(id) {
    const { name, line } = placed.get(id);
    names.remove(name);
    if (line) lines.remove(line);
    placed.delete(id);
  }

  const byId = new Map(items.map((item) => [item.id, item]));

  /** The best spot that is free; one that touches rings only where it is much nearer. @param {Item} item */
  function free(item, { not = "", covers = 0 } = {}) {
    let best = null;
    let least = Infinity;
    for (const spot of spots(item, frame, before.get(item.id)?.key)) {
      if (spot.cost >= least) break;
      const found = spot.key === not ? null : inTheWay(item, spot, covers);
      if (!found || found.hindering.size) continue;
      const total = spot.cost + found.touched * TOUCHED;
      if (total < least) [best, least] = [spot, total];
    }
    return best;
  }

  /** Put a name where one other name is, if that has another place to go to. @param {Item} item */
  function push(item) {
    let tries = 0;
    for (const spot of spots(item, frame, "")) {
      const found = inTheWay(item, spot);
      if (found?.hindering.size !== 1) continue;
      tries += 1;
      if (tries > TRIES) return false;
      const [other] = found.hindering;
      const was = placed.get(other).spot;
      take(other);
      put(item, spot);
      const moved = /** @type {Item} */ (byId.get(other));
      const elsewhere = free(moved, { not: was.key });
      if (elsewhere) {
        put(moved, elsewhere);
        return true;
      }
      take(item.id);
      put(moved, was);
    }
    return false;
  }

  for (const item of items.filter((one) => one.forms.length).sort((a, b) => b.weight - a.weight)) {
    const spot = free(item);
    if (spot) put(item, spot);
    else if (!push(item) && item.weight >= HEAVY && items.length >= CROWD) {
      const over = free(item, { covers: COVERED });
      if (over) put(item, over);
    }
  }
  return new Map([...placed].map(([id, { spot }]) => [id, spot]));
}

/**
 * A name on one line and, where it is long, on two. @returns {Form[]}
 * @param {(text: string) => number} measure pixels of a text
 * @param {number} line pixels from one line to the next
 * @param {number} longest pixels after which a line is cut off
 * @param {string} name
 */
export function forms(name, measure, line, longest) {
  const one = fitting(name, measure, longest);
  const found = [{ lines: [one.text], width: one.width + 2, height: line }];
  if (name.length > 8 && name.includes(" ")) {
    const words = name.split(" ");
    /** @type {{pair: string[], width: number}} */
    let best = { pair: [], width: Infinity };
    for (let i = 1; i < words.length; i += 1) {
      const pair = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
      const width = Math.max(measure(pair[0]), measure(pair[1]));
      if (width < best.width) best = { pair, width };
    }
    const lines = best.pair.map((text) => fitting(text, measure, longest));
    const width = Math.max(...lines.map(({ width: pixels }) => pixels)) + 2;
    found.push({ lines: lines.map(({ text }) => text), width, height: 2 * line });
    if (one.text !== name) found.shift();
  }
  return found;
}

/** @param {string} text @param {(text: string) => number} measure @param {number} longest */
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
