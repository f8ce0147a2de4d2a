/** What is painted beside nodes and lines: rings, influence towers, a veil over what is far, new and gone ties. */

/**
 * A ring around each of these, and a cross over the one who leaves.
 * @param {CanvasRenderingContext2D} ctx @param {NetworkPicture} picture
 */
export function rings(ctx, picture) {
  const { marked, paper, accent } = picture;
  const scale = picture.network.getScale();
  /** @param {string} id @param {string} colour @param {number[]} dash */
  const around = (id, colour, dash = []) => {
    if (!picture.network.body.nodes[id]) return;
    const { x, y } = picture.at(id);
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, picture.radius(id) * 1.15 + 7 / scale, 0, 2 * Math.PI);
    ctx.fillStyle = paper;
    ctx.fill();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 3 / scale;
    ctx.setLineDash(dash.map((part) => part / scale));
    ctx.stroke();
    ctx.restore();
  };
  for (const id of marked.lost) around(id, "#c62828", [6, 4]);
  for (const id of new Set([...marked.selected, marked.from])) around(id, accent);
  if (marked.cursor && marked.cursor !== marked.from) around(marked.cursor, accent, [5, 4]);
}

/**
 * Halos under ties that are new since a version, and crossed-out lines for those that are gone.
 * @param {CanvasRenderingContext2D} ctx @param {NetworkPicture} picture
 */
export function since(ctx, picture) {
  const { compared } = picture.view;
  if (!compared) return;
  const scale = picture.network.getScale();
  ctx.save();
  ctx.lineCap = "round";
  ctx.lineWidth = 11 / scale;
  ctx.strokeStyle = picture.accent;
  ctx.globalAlpha = 0.35;
  for (const id of compared.new) {
    const line = picture.network.body.edges[id];
    if (!line?.connected) continue;
    ctx.beginPath();
    for (let i = 0; i <= 12; i += 1) {
      const at = line.edgeType.getPoint(i / 12);
      if (i) ctx.lineTo(at.x, at.y);
      else ctx.moveTo(at.x, at.y);
    }
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.lineWidth = 2.5 / scale;
  for (const id of compared.came) { // a plus beside whoever is new on the list
    if (!picture.network.body.nodes[id]) continue;
    const { x, y } = picture.at(id);
    const r = picture.radius(id);
    const [left, top, arm] = [x + r + 6 / scale, y - r - 2 / scale, 5 / scale];
    trace(ctx, [[left - arm, top], [left + arm, top]]);
    trace(ctx, [[left, top - arm], [left, top + arm]]);
  }
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = 1.6 / scale;
  ctx.strokeStyle = picture.ink;
  for (const tie of compared.gone) {
    if (!tie.drawn || !picture.network.body.nodes[tie.from_id] || !picture.network.body.nodes[tie.to_id]) continue;
    const [a, b] = [picture.at(tie.from_id), picture.at(tie.to_id)];
    const [x, y, r] = [(a.x + b.x) / 2, (a.y + b.y) / 2, 6 / scale];
    ctx.setLineDash([2 / scale, 5 / scale]);
    trace(ctx, [[a.x, a.y], [b.x, b.y]]);
    ctx.setLineDash([]);
    trace(ctx, [[x - r, y - r], [x + r, y + r]]);
    trace(ctx, [[x - r, y + r], [x + r, y - r]]);
  }
  ctx.restore();
}

/** @param {CanvasRenderingContext2D} ctx @param {any} points */
function trace(ctx, points) {
  ctx.beginPath();
  points.forEach((/** @type {[number, number]} */ [x, y], /** @type {number} */ i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.stroke();
}

/**
 * Influence towers as in a Net-Map session: a disc a point of power, at the right of each stakeholder.
 * @param {CanvasRenderingContext2D} ctx @param {NetworkPicture} picture
 */
export function towers(ctx, picture) {
  if (!picture.view.towers) return;
  for (const row of picture.view.stakeholders) {
    if (!picture.network.body.nodes[row.id]) continue;
    const { x, y } = picture.at(row.id);
    const r = picture.radius(row.id);
    const [wide, high] = [r * 0.55, r * 0.27];
    const left = x + r * 1.35 + wide;
    let top = y + r * 0.85;
    ctx.save();
    ctx.lineWidth = Math.max(1, high * 0.22);
    ctx.strokeStyle = picture.paper;
    ctx.fillStyle = picture.accent;
    const discs = row.power === null ? 0 : Math.round(row.power);
    for (let i = 0; i < discs; i += 1) {
      ctx.beginPath();
      ctx.roundRect(left - wide, top - high * 1.7, 2 * wide, high * 1.7, high * 0.8);
      ctx.fill();
      ctx.stroke();
      top -= high * 1.55;
    }
    if (!discs) {
      ctx.strokeStyle = picture.ink;
      ctx.globalAlpha = 0.5;
      ctx.setLineDash(row.power === null ? [3, 3] : []);
      ctx.beginPath();
      ctx.roundRect(left - wide, top - high * 1.7, 2 * wide, high * 1.7, high * 0.8);
      ctx.stroke();
    }
    ctx.restore();
  }
}

/**
 * Paper over everything, and the neighbourhood again on top of it: what the pointer rests on, without new rows.
 * @param {CanvasRenderingContext2D} ctx @param {NetworkPicture} picture @param {any} near
 */
export function veil(ctx, picture, near) {
  if (!near) return;
  const { clientWidth: width, clientHeight: height } = picture.place;
  const { x: left, y: top } = picture.network.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = picture.network.DOMtoCanvas({ x: width, y: height });
  ctx.save();
  ctx.globalAlpha = 0.82;
  ctx.fillStyle = picture.paper;
  ctx.fillRect(left, top, right - left, bottom - top);
  ctx.restore();
  const { nodes, edges } = picture.network.body;
  for (const id of near.edges) {
    if (!edges[id]?.connected) continue;
    edges[id].draw(ctx);
    edges[id].drawArrows(ctx);
  }
  for (const id of near.nodes) nodes[id]?.draw(ctx);
}

/** A leaf of a calendar: a meeting in the picture. @param {string} ink @param {string} paper */
export function leaf(ink, paper) {
  return (/** @type {{ctx: CanvasRenderingContext2D, x: number, y: number, style: {size: number}}} */ { ctx, x, y, style: { size } }) => ({
    drawNode() {
      ctx.save();
      ctx.lineWidth = size * 0.16;
      ctx.strokeStyle = ink;
      ctx.fillStyle = paper;
      ctx.beginPath();
      ctx.roundRect(x - size, y - size * 0.85, 2 * size, 1.8 * size, size * 0.25);
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = ink;
      ctx.fillRect(x - size, y - size * 0.85, 2 * size, size * 0.55);
      ctx.fillRect(x - size * 0.5, y + size * 0.05, size, size * 0.45);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * size, height: 1.8 * size },
  });
}
