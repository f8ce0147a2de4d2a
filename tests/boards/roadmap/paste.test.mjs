/** Lines of dates and titles pasted onto the roadmap become meetings in one gesture; what was not understood is told. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { pasted } from "../../../copdash/components/boards/roadmap/roadmap_paste.js";
import { GESTURE } from "../../../copdash/components/boards/shared/gestures.js";

globalThis.HTMLElement ??= class {};
globalThis.crypto ??= webcrypto; // Node 18 has it under this name only

/** Paste a text onto a board that notes what it sends and says. */
function paste(text, view = { lanes: "kind" }, accepts = true) {
  const done = { sent: [], said: [], prevented: false };
  const board = {
    send: (gesture) => {
      done.sent.push(gesture);
      return accepts ? gesture : null;
    },
    say: (sentence) => done.said.push(sentence),
  };
  const event = { composedPath: () => [{}], clipboardData: { getData: (kind) => (kind === "text/plain" ? text : "") }, preventDefault: () => { done.prevented = true; } };
  pasted(event, board, view);
  return done;
}

test("each line is a meeting of its day, all in one gesture", () => {
  const { sent, said, prevented } = paste("2021-11-03\tCoP 2\n3 Dec 2021, CoP 3");
  assert.equal(sent.length, 1);
  const [{ name, meetings }] = sent;
  assert.equal(name, GESTURE.planned_all);
  assert.deepEqual(meetings.map(({ values }) => [values.title, values.starts_on, values.ends_on]), [["CoP 2", "2021-11-03", "2021-11-03"], ["CoP 3", "2021-12-03", "2021-12-03"]]);
  assert.deepEqual(meetings.map(({ values }) => values.certainty), ["Tentative", "Tentative"]);
  assert.equal(new Set(meetings.map(({ id }) => id)).size, 2);
  assert.deepEqual(said, ["2 meetings were pasted onto the timeline, as tentative."]);
  assert.ok(prevented);
});

test("what was not understood is told with its words", () => {
  const { said } = paste("2021-11-03 CoP 2\n31-31-2021 nothing");
  assert.match(said[0], /^1 meeting was pasted .*This line was not understood: «31-31-2021 nothing»/);
});

test("of a very long text two hundred lines are taken and the rest is told", () => {
  const { sent, said } = paste(Array.from({ length: 230 }, (_, i) => `2021-11-03 Meeting ${i}`).join("\n"));
  assert.equal(sent[0].meetings.length, 200);
  assert.match(said[0], /The 30 lines after them were left out/);
});

test("a text without dates, and a paste where all case studies are shown, are nobody's business here", () => {
  for (const { sent, said, prevented } of [paste("just words"), paste(" "), paste("2021-11-03 CoP", { lanes: "case" })]) {
    assert.deepEqual([sent, said, prevented], [[], [], false]);
  }
});

test("nothing is told of meetings that a viewer could not plan", () => {
  assert.deepEqual(paste("2021-11-03 CoP", { lanes: "kind" }, false).said, []);
});
