/** Ties as rows and as lines: how lines between the same two lie, and how a tie is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asMeetings, edgesOf, factsOf, partners, partnersSaid, penOf, tiesAt, told, turnout } from "../../../copdash/components/boards/network/network_ties.js";

const PEN = { width: 2, dashes: false, color: { color: "#123", opacity: 0.8 } };
const tie = (id, from_id, to_id, more = {}) => ({
  id, from_id, to_id, type: "Information", directed: true, strength: 2, status: "Existing", evidence: "", since: null, until: null, ...more,
});
const view = (ties = []) => ({
  stakeholders: [{ id: "a", name: "A" }, { id: "b", name: "B" }, { id: "c", name: "C" }],
  nodes: [{ id: "a", x: 0, y: 0 }, { id: "b", x: 5, y: 5 }], ties, edges: [],
  pens: { Information: [PEN, { ...PEN, width: 4 }, { ...PEN, width: 6 }] }, wanted: { dashes: [6, 4], opacity: 0.5 },
});

test("a wanted tie is dashed and fainter than the same that exists", () => {
  const pen = penOf(view(), { type: "Information", strength: 1, status: "Wanted" });
  assert.deepEqual([pen.dashes, pen.color.opacity], [[6, 4], 0.4]);
  assert.equal(penOf(view(), { type: "Unheard of", strength: 3 }).width, 6);
});

test("one tie between two is straight; several bend, each its own way whichever end they start from", () => {
  assert.equal(edgesOf(view([tie("t", "a", "b")]))[0].smooth, false);
  const bends = edgesOf(view([tie("1", "a", "b"), tie("2", "b", "a"), tie("3", "a", "b")])).map(({ smooth }) => smooth);
  assert.deepEqual(bends.map((bend) => bend && bend.roundness), [0.22, false, 0.22]);
  assert.notEqual(bends[0].type, bends[2].type);
});

test("partners are counted once each, those of wanted ties apart, and a tie with oneself is no partner", () => {
  const ties = [tie("1", "a", "b"), tie("2", "b", "a"), tie("3", "a", "c", { status: "Wanted" }), tie("4", "a", "a")];
  const at = tiesAt(view(ties));
  assert.equal(at.get("a").length, 4);
  assert.equal(partners(at.get("a"), "a"), 2);
  assert.equal(partnersSaid(at.get("a"), "a"), "1 partner, 1 more wanted");
  assert.equal(partnersSaid(at.get("c"), "c"), "No partner yet, 1 wanted");
  assert.equal(partnersSaid([], "a"), "");
});

test("a tie is said from outside and from each end", () => {
  const names = new Map([["a", "A"], ["b", "B"]]);
  assert.equal(told(tie("t", "a", "b"), names), "A → B");
  assert.equal(told(tie("t", "a", "b"), names, "a"), "→ B");
  assert.equal(told(tie("t", "a", "b"), names, "b"), "← A");
  assert.equal(told(tie("t", "a", "b", { directed: false }), names), "A ↔ B");
});

test("what is known of a tie is said in short lines; evidence is cut", () => {
  const facts = factsOf(tie("t", "a", "b", { status: "Wanted", since: "2021-09-05", evidence: "x".repeat(300) }));
  assert.deepEqual(facts.slice(0, 2), ["Information, strength 2 of 3, wanted", "Since 5 Sep 2021"]);
  assert.equal(facts[2], `${"x".repeat(199)}…`);
});

test("meetings take the place of ties: a line for everybody invited, drawn through for those who came", () => {
  const meeting = { id: "m", label: "M", title: "CoP 1", when: "5 Sep 2021", guests: ["a", "b"], came: ["b"], x: 0, y: 0 };
  const shown = asMeetings({ ...view([tie("t", "a", "b")]), gatherings: [meeting] }, "#000");
  assert.deepEqual(shown.ties.map(({ from_id, to_id, status }) => [from_id, to_id, status]), [["a", "m", "Wanted"], ["b", "m", "Existing"]]);
  assert.equal(turnout(meeting), "2 invited, 1 came");
  assert.equal(turnout({ guests: [], came: [] }), "0 invited");
});
