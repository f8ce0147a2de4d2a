/**
 * Ties as rows and as lines: how each is drawn, and said. Touches no page.
 *
 * @typedef {{id: string, from_id: string, to_id: string, type: string, directed: boolean, strength: number,
 *            status: string, evidence: string, since: string|null, until: string|null, fresh?: boolean}} Tie
 *   `fresh`: changed here, not yet drawn by the server
 */
import { counted, day as shown, shortened } from "../shared/words.js";

/**
 * How pyvis draws a tie of this type, strength and status.
 * @param {View} view @param {{type: string, strength: number, status?: string}} given
 */
export function penOf(view, { type, strength, status }) {
  const pen = (view.pens[type] || view.pens.Information)[strength - 1];
  if (status !== "Wanted") return pen;
  const { dashes, opacity } = view.wanted;
  return { ...pen, dashes, color: { ...pen.color, opacity: pen.color.opacity * opacity } };
}

/** All ties as vis edges: pyvis' own, and for fresh ones what pyvis would draw. @param {View} view */
export function edgesOf(view) {
  const drawn = new Map(view.edges.map((/** @type {any} */ edge) => [edge.id, edge]));
  const bends = bendsOf(view.ties);
  return view.ties.map((tie) => {
    const pen = !tie.fresh && drawn.get(tie.id);
    const look = pen || penOf(view, tie);
    return {
      id: tie.id,
      from: tie.from_id,
      to: tie.to_id,
      arrow: tie.directed,
      open: tie.status === "Wanted",
      width: look.width,
      colour: look.color.color,
      opacity: look.color.opacity,
      dashes: look.dashes,
      smooth: bends.get(tie.id),
    };
  });
}

/**
 * Several ties between the same two lie side by side; the rule is the one of figures/networks.py.
 * @param {Tie[]} ties
 */
function bendsOf(ties) {
  const pairs = new Map();
  for (const tie of ties) {
    const pair = [tie.from_id, tie.to_id].sort().join();
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(tie);
  }
  const bends = new Map();
  for (const [pair, between] of pairs) {
    between.sort((/** @type {any} */ a, /** @type {any} */ b) => (a.id < b.id ? -1 : 1));
    between.forEach((/** @type {Tie} */ tie, /** @type {number} */ i) => {
      const offset = 0.22 * (i - (between.length - 1) / 2);
      const clockwise = offset > 0 === pair.startsWith(tie.from_id);
      const type = clockwise ? "curvedCW" : "curvedCCW";
      bends.set(tie.id, offset ? { enabled: true, type, roundness: Math.round(Math.abs(offset) * 1000) / 1000 } : false);
    });
  }
  return bends;
}

/** Stakeholder id -> ties at it. @returns {Map<string, Tie[]>} @param {View} view */
export function tiesAt(view) {
  /** @type {Map<string, Tie[]>} */
  const at = new Map(view.stakeholders.map((row) => [row.id, []]));
  for (const tie of view.ties) {
    at.get(tie.from_id)?.push(tie);
    if (tie.to_id !== tie.from_id) at.get(tie.to_id)?.push(tie);
  }
  return at;
}

/** How many different partners these ties of one stakeholder lead to. @param {Tie[]} ties @param {string} id */
export function partners(ties, id) {
  return new Set(ties.flatMap((tie) => [tie.from_id, tie.to_id]).filter((end) => end !== id)).size;
}

/** What is only wished for, or not, of these ties. @param {Tie[]} ties */
export const wantedOf = (ties) => ties.filter((tie) => tie.status === "Wanted");

/**
 * How many partners a stakeholder has, in words; those of wanted ties only are told apart, as no measure counts them.
 * @param {Tie[]} ties @param {string} id
 */
export function partnersSaid(ties, id) {
  const had = partners(ties.filter((tie) => tie.status !== "Wanted"), id);
  const more = partners(ties, id) - had;
  if (!had) return more ? `No partner yet, ${more} wanted` : "";
  return `${counted(had, "partner")}${more ? `, ${more} more wanted` : ""}`;
}

/**
 * A tie in words: both ends and an arrow, or as seen from one end.
 * @param {Tie} tie @param {Map<string, string>} names
 */
export function told(tie, names, from = null) {
  const other = tie.from_id === from ? tie.to_id : tie.from_id;
  const arrow = !tie.directed ? "↔" : tie.from_id === from || from === null ? "→" : "←";
  return from === null ? `${names.get(tie.from_id)} ${arrow} ${names.get(tie.to_id)}` : `${arrow} ${names.get(other)}`;
}

/**
 * What is known of a tie besides its ends, in short lines.
 * @param {{type: string, strength: number, status: string, since: string | null, until: string | null, evidence: string}} given
 */
export function factsOf({ type, strength, status, since, until, evidence }) {
  return [
    `${type}, strength ${strength} of 3${status === "Wanted" ? ", wanted" : ""}`,
    since && `Since ${shown(since)}`, until && `Until ${shown(until)}`,
    evidence && shortened(evidence, 200),
  ].filter(Boolean);
}

/** How many were invited to a meeting and how many came, in words. @param {{guests: string[], came: string[]}} given */
export function turnout({ guests, came }) {
  return `${guests.length} invited${came.length ? `, ${came.length} came` : ""}`;
}

/** How somebody who came is tied to a meeting, and somebody who was only invited. */
export const CAME = { type: "Information", directed: false, strength: 2, status: "Existing" };
export const INVITED = { type: "Information", directed: false, strength: 1, status: "Wanted" };

/**
 * Meetings as nodes, and invitations as lines instead of the ties: dotted, and drawn through for those who came.
 * @param {View} view @param {string} ink @returns {View}
 */
export function asMeetings(view, ink) {
  const gatherings = view.gatherings ?? [];
  const look = { border: ink, background: ink };
  const nodes = gatherings.map(({ id, label, title, when, guests, came, x, y }) => ({
    id, label, x, y, tooltip: `${title}\n${when}\n${turnout({ guests, came })}`, size: 15, shape: "custom", color: look, borderWidth: 2, shapeProperties: {}, meeting: true,
  }));
  /** @type {any[]} */
  const ties = gatherings.flatMap(({ id, guests, came }) => guests.map((guest) => ({
    id: `${id} ${guest}`, from_id: guest, to_id: id, ...(came.includes(guest) ? CAME : INVITED), fresh: true,
  })));
  return { ...view, nodes: [...view.nodes, ...nodes], ties, brokers: [], compared: null };
}

export const STRENGTHS = ["Weak", "Medium", "Strong"];
