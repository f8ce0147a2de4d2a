/**
 * Where names go on the canvas: each beside its node at a size that can be read, none over another.
 * What finds no room is left out until the picture is zoomed or the node is pointed at.
 */

/** Which places are taken, in cells, so that a box is compared with its neighbours only. */
class Room {
  /** @param {any} cell */
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  /** @param {any} box */
  * around(box) {
    const n = this.cell;
    for (let i = Math.floor(box.left / n); i <= Math.floor(box.right / n); i += 1) {
      for (let j = Math.floor(box.top / n); j <= Math.floor(box.bottom / n); j += 1) yield `${i},${j}`;
    }
  }

  /** @param {any} box */
  take(box) {
    for (const at of this.around(box)) {
      if (!this.cells.has(at)) this.cells.set(at, []);
      this.cells.get(at).push(box);
    }
  }

  /** @param {any} box */
  isFree(box) {
    for (const at of this.around(box)) {
      for (const other of this.cells.get(at) || []) {
        if (other.id !== box.id && other.right > box.left && other.left < box.right
          && other.bottom > box.top && other.top < box.bottom) return false;
      }
    }
    return true;
  }
}

/** Height of a line, and size of a type, both as a share of the size of a name. */
const STEP = 1.18;
export const TYPE = 0.88;

/** Made when the first name is measured. @type {CanvasRenderingContext2D | null} */
let pen = null;
const widths = new Map();

/** @param {string} text @param {string} font */
function widthOf(text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    pen ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Boxes for names, and for types along lines where they have room, in the units of the picture.
 * @param {{id: string, lines: string[], x: number, y: number, radius: number, must: boolean}[]} nodes first come first
 * @param {{id: string, text: string, spots: {x: number, y: number}[], isFirst: boolean}[]} types
 * @param {{px: number, family: string, scale: number, sight: any}} type size on screen, zoom, and what is in sight
 */
export function placed(nodes, types, { px, family, scale, sight }) {
  const font = `${px}px ${family}`;
  const room = new Room(160 / scale);
  for (const { id, x, y, radius } of nodes) {
    const half = radius * 0.9;
    room.take({ id, left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  /** @type {{names: any[], types: any[]}} */ const found = { names: [], types: [] };
  const small = `${px * TYPE}px ${family}`;
  /** @param {{id: string, text: string, spots: any}} given */
  const putType = ({ id, text, spots }) => {
    const width = widthOf(text, small) / scale;
    const height = (px * TYPE * STEP) / scale;
    const boxes = spots.map((/** @type {{x: number, y: number}} */ { x, y }) => ({
      id, lines: [text], align: "center", anchor: x, left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
    }));
    const box = boxes.find((/** @type {any} */ offer) => room.isFree(offer));
    if (box) {
      room.take(box);
      found.types.push(box);
    }
  };
  types.filter((type) => type.isFirst).forEach(putType);
  for (const node of nodes) {
    const offers = offersFor(node, font, px, scale);
    const box = offers.find((offer) => isInside(offer, sight) && room.isFree(offer)) || (node.must ? offers[0] : null);
    if (box) {
      room.take(box);
      found.names.push(box);
    }
  }
  types.filter((type) => !type.isFirst).forEach(putType);
  return found;
}

/** @param {any} box @param {any} sight */
function isInside(box, sight) {
  return !sight || (box.left > sight.left && box.right < sight.right && box.top > sight.top && box.bottom < sight.bottom);
}

/**
 * Places for a name, the best first: below, beside, above, at the corners; then cut to one line; last over its node.
 * @param {{lines: any, x: number, y: number, radius: number, id: string}} given @param {string} font @param {number} px
 * @param {number} scale
 */
function offersFor({ lines, x, y, radius, id }, font, px, scale) {
  const gap = 3 / scale;
  const offers = [];
  const cut = lines.length > 1 ? [lines, [`${lines[0].replace(/…$/, "")}…`]] : [lines];
  for (const text of cut) {
    const width = Math.max(...text.map((/** @type {any} */ line) => widthOf(line, font))) / scale;
    const height = (text.length * px * STEP) / scale;
    const near = radius * 0.72 + gap;
    const far = radius + gap;
    /** @type {["center" | "left" | "right", number, number][]} */
    const spots = [
      ["center", x, y + far], ["left", x + far + gap, y - height / 2], ["right", x - far - gap, y - height / 2],
      ["center", x, y - far - height], ["left", x + near, y + near], ["right", x - near, y + near],
      ["left", x + near, y - near - height], ["right", x - near, y - near - height],
    ];
    if (text === cut.at(-1) && height < radius * 1.25) spots.push(["center", x, y - height / 2]);
    for (const [align, anchor, top] of spots) {
      const left = { center: anchor - width / 2, left: anchor, right: anchor - width }[align];
      offers.push({ id, lines: text, align, anchor, left, right: left + width, top, bottom: top + height });
    }
  }
  return offers;
}

/**
 * Write one name.
 * @param {CanvasRenderingContext2D} ctx @param {any} box
 * @param {{px: number, family: string, scale: number, ink: string, paper: string, weight?: any, alpha?: number}} given
 */
export function write(ctx, box, { px, family, scale, ink, paper, weight = 400, alpha = 1 }) {
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.font = `${weight} ${px / scale}px ${family}`;
  ctx.textAlign = box.align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4.5 / scale;
  ctx.strokeStyle = paper;
  ctx.fillStyle = ink;
  const step = (px * STEP) / scale;
  box.lines.forEach((/** @type {any} */ line, /** @type {number} */ i) => ctx.strokeText(line, box.anchor, box.top + step * (i + 0.5)));
  box.lines.forEach((/** @type {any} */ line, /** @type {number} */ i) => ctx.fillText(line, box.anchor, box.top + step * (i + 0.5)));
  ctx.restore();
}
