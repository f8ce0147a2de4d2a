/**
 * Where names go on the canvas: each beside its node at a size that can be read, none over another.
 * What finds no room is left out until the picture is zoomed or the node is pointed at.
 */

/** Which places are taken, in cells, so that a box is compared with its neighbours only. */
class Room {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  * around(box) {
    const n = this.cell;
    for (let i = Math.floor(box.left / n); i <= Math.floor(box.right / n); i += 1) {
      for (let j = Math.floor(box.top / n); j <= Math.floor(box.bottom / n); j += 1) yield `${i},${j}`;
    }
  }

  take(box) {
    for (const at of this.around(box)) {
      if (!this.cells.has(at)) this.cells.set(at, []);
      this.cells.get(at).push(box);
    }
  }

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

const pen = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Boxes for names, in the units of the picture.
 * @param {{id: string, lines: string[], x: number, y: number, radius: number, must: boolean}[]} nodes first come first
 * @param {{px: number, family: string, scale: number}} type size on screen, and the zoom
 */
export function placed(nodes, { px, family, scale }) {
  const font = `${px}px ${family}`;
  const room = new Room(160 / scale);
  for (const { id, x, y, radius } of nodes) {
    const half = radius * 0.9;
    room.take({ id, left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  const found = [];
  for (const node of nodes) {
    const [first] = node.lines;
    const short = node.lines.length > 1 ? [`${first.replace(/…$/, "")}…`] : null;
    const offers = [
      ...["below", "right", "left", "above"].map((side) => boxOf(node, node.lines, side, font, px, scale)),
      ...(short ? ["below", "above", "right"].map((side) => boxOf(node, short, side, font, px, scale)) : []),
    ];
    const box = offers.find((offer) => room.isFree(offer)) || (node.must ? offers[0] : null);
    if (box) {
      room.take(box);
      found.push(box);
    }
  }
  return found;
}

function boxOf(node, lines, side, font, px, scale) {
  const width = Math.max(...lines.map((line) => widthOf(line, font))) / scale;
  const height = (lines.length * px * 1.18) / scale;
  const gap = 3 / scale;
  const { x, y, radius, id } = node;
  if (side === "right" || side === "left") {
    const left = side === "right" ? x + radius + 2 * gap : x - radius - 2 * gap - width;
    return {
      id, lines, left, right: left + width, top: y - height / 2, bottom: y + height / 2,
      align: side === "right" ? "left" : "right", anchor: side === "right" ? left : left + width,
    };
  }
  const top = side === "below" ? y + radius + gap : y - radius - gap - height;
  return { id, lines, left: x - width / 2, right: x + width / 2, top, bottom: top + height, align: "center", anchor: x };
}

/** Write one name. */
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
  const step = (px * 1.18) / scale;
  box.lines.forEach((line, i) => ctx.strokeText(line, box.anchor, box.top + step * (i + 0.5)));
  box.lines.forEach((line, i) => ctx.fillText(line, box.anchor, box.top + step * (i + 0.5)));
  ctx.restore();
}
