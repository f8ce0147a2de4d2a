/** Which names the picture shows and how: the chosen ones first, then brokers, then the largest, as far as there is room. */
import { TYPE, placed, write } from "./network_labels.js";

/** Among so many the names are placed anew only so often, in ms, while one zooms; between they grow with the picture. */
const MANY = 300;
const REST = 90;

/**
 * Write the names, and along the ties in view what flows; placed anew only when something has moved.
 * @param {NetworkPicture} picture @param {CanvasRenderingContext2D} ctx
 */
export function drawNames(picture, ctx) {
  let scale = picture.network.getScale();
  const { clientWidth: width } = picture.place;
  const px = picture.view.presenting
    ? Math.min(40, Math.max(17, width / 87))
    : Math.min(19, Math.max(13, 13 + (width - 640) / 110));
  const now = performance.now();
  if (!picture.labelsAreStale && picture.px === px && picture.scale !== scale && picture.known.size > MANY
    && now - picture.namedAt < REST) {
    clearTimeout(picture.naming);
    picture.naming = setTimeout(() => picture.redraw(), REST);
    scale = picture.scale;
  }
  const type = { px, family: picture.family, scale };
  const near = picture.marked.gone ? null : picture.near() || picture.pointed();
  if (picture.labelsAreStale || picture.scale !== scale || picture.px !== px) {
    const sight = picture.untouched ? picture.sight() : null;
    const found = placed(ranked(picture, near), typesNear(picture, near), { ...type, sight });
    picture.labels = found.names;
    picture.types = found.types;
    Object.assign(picture, { labelsAreStale: false, scale, px, namedAt: now });
  }
  const look = { ...type, ink: picture.ink, paper: picture.paper };
  for (const box of picture.labels) {
    const isFar = near && !near.nodes.has(box.id) && box.id !== picture.marked.hovered;
    const weight = picture.marked.selected.has(box.id) ? 700 : 400;
    write(ctx, box, { ...look, weight, alpha: isFar ? 0.28 : 1 });
  }
  for (const box of picture.types) write(ctx, box, { ...look, px: px * TYPE });
}

/**
 * What flows along the ties in view, to be written on their lines.
 * @param {NetworkPicture} picture @param {any} near
 */
function typesNear(picture, near) {
  if (!near || near.edges.size > 14 || picture.view.gatherings) return [];
  return picture.view.ties.filter((tie) => near.edges.has(tie.id) && picture.network.body.edges[tie.id]?.connected)
    .map((tie) => ({
      id: tie.id, text: tie.type, isFirst: tie.id === picture.marked.tie,
      spots: [0.5, 0.4, 0.6, 0.3, 0.7].map((share) => picture.network.body.edges[tie.id].edgeType.getPoint(share)),
    }));
}

/** Nodes in the order in which their names find room. @param {NetworkPicture} picture @param {any} near */
function ranked(picture, near) {
  const { selected, hovered } = picture.marked;
  const brokers = new Set(near ? [] : picture.view.brokers.map((/** @type {any} */ broker) => broker.id));
  /** @param {string} id */
  const rank = (id) => {
    if (selected.has(id) || id === hovered) return 3;
    return near ? (near.nodes.has(id) ? 2 : 0) : brokers.has(id) ? 2 : 1;
  };
  return [...picture.known.values()]
    .filter((node) => picture.network.body.nodes[node.id])
    .map((node) => ({
      id: node.id, lines: node.label.split("\n"), ...picture.at(node.id), radius: picture.radius(node.id),
      rank: rank(node.id), must: rank(node.id) === 3 || brokers.has(node.id),
    }))
    .sort((a, b) => b.rank - a.rank || b.radius - a.radius || (a.id < b.id ? -1 : 1));
}
