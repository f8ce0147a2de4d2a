/** What a pointer hits on the picture: stakeholders, and the lines of ties as they are drawn. */

/**
 * How far a point is from a tie's line as it is drawn, taken as 24 straight pieces; in units of the picture.
 * @param {any} line @param {number} x @param {number} y
 */
function awayFrom(line, x, y) {
  let least = Infinity;
  let a = line.getPoint(0);
  for (let i = 1; i <= 24; i += 1) {
    const b = line.getPoint(i / 24);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(a.x + along * dx - x, a.y + along * dy - y));
    a = b;
  }
  return least;
}

/**
 * The node at a point of the stage: its shape, a little around it, or its name.
 * @param {NetworkPicture} picture @param {Point} point @param {number} reach
 */
export function nodeAt(picture, point, reach) {
  const scale = picture.network.getScale();
  let best = null;
  let least = 1;
  for (const id of picture.known.keys()) {
    const at = picture.onStage(id);
    const share = Math.hypot(at.x - point.x, at.y - point.y) / Math.max(picture.radius(id) * scale + 5, reach);
    if (share < least) [best, least] = [id, share];
  }
  if (best) return best;
  const { x, y } = picture.network.DOMtoCanvas(point);
  return picture.labels.find((box) => x > box.left && x < box.right && y > box.top && y < box.bottom)?.id || null;
}

/**
 * The tie whose line passes a point of the stage within `reach` px.
 * @param {NetworkPicture} picture @param {Point} point @param {number} reach
 */
export function tieAt(picture, point, reach) {
  const { x, y } = picture.network.DOMtoCanvas(point);
  let least = reach / picture.network.getScale();
  let best = null;
  for (const edge of Object.values(picture.network.body.edges)) {
    if (!edge.connected) continue;
    const far = awayFrom(edge.edgeType, x, y);
    if (far < least) [best, least] = [edge.id, far];
  }
  return best;
}
