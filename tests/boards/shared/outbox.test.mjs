/** The outbox: kept in order, sent until answered, each answered once, whatever boards and reloads come between. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { AGAIN, MOST, Outbox, SLOW } from "../../../copdash/components/boards/shared/outbox.js";
import { Clock } from "./clock.mjs";

/** A browser tab's storage that has room for so many letters. */
class Store {
  constructor(room = Infinity) {
    this.room = room;
    this.kept = new Map();
  }

  getItem(key) {
    return this.kept.get(key) ?? null;
  }

  setItem(key, text) {
    if (text.length > this.room) throw new Error("QuotaExceededError");
    this.kept.set(key, text);
  }

  removeItem(key) {
    this.kept.delete(key);
  }
}

/** A tab: what its boards share, and every post its server got. */
function tab({ room, store = new Store(room), clock = new Clock() } = {}) {
  const waiting = new Map();
  const posts = [];
  const told = [];
  const board = (caseStudy = "a") => new Outbox(caseStudy, {
    waiting, storage: store, clock, slow: () => told.push(clock.now),
    transport: (gestures) => posts.push({ at: clock.now, ids: gestures.map(({ id }) => id), gestures: structuredClone(gestures) }),
  });
  return { board, clock, store, posts, told };
}

const gesture = (id, more = {}) => ({ id, case_study_id: "a", name: "moved", ...more });

function sent(outbox, ...ids) {
  for (const id of ids) {
    outbox.add(gesture(id));
    outbox.post();
  }
}

test("what is done goes out at once, with everything that still waits, oldest first", () => {
  const { board, posts } = tab();
  sent(board(), "1", "2", "3");
  assert.deepEqual(posts.map(({ ids }) => ids), [["1"], ["1", "2"], ["1", "2", "3"]]);
});

test("it is sent again every three seconds until it is answered, and keeps its id and content", () => {
  const { board, posts, clock } = tab();
  const outbox = board();
  outbox.add(gesture("1", { power: 3.5 }));
  outbox.post();
  clock.pass(AGAIN * 2);
  assert.deepEqual(posts.map(({ at }) => at), [0, AGAIN, 2 * AGAIN]);
  for (const post of posts) assert.deepEqual(post.gestures, [gesture("1", { power: 3.5 })]);
  outbox.settle({ 1: "" });
  clock.pass(AGAIN * 5);
  assert.equal(posts.length, 3);
});

test("a post puts the next one off, so that there are not two rhythms", () => {
  const { board, posts, clock } = tab();
  const outbox = board();
  sent(outbox, "1");
  clock.pass(AGAIN - 1);
  sent(outbox, "2");
  clock.pass(AGAIN - 1);
  assert.equal(posts.length, 2);
  clock.pass(1);
  assert.deepEqual(posts.at(-1).ids, ["1", "2"]);
});

test("an answer for one of three leaves the other two in their order", () => {
  const { board, posts } = tab();
  const outbox = board();
  sent(outbox, "1", "2", "3");
  assert.deepEqual(outbox.settle({ 2: "" }), []);
  outbox.post();
  assert.deepEqual(posts.at(-1).ids, ["1", "3"]);
});

test("a refused one is reported once with its sentence, and is not sent again", () => {
  const { board, posts, clock } = tab();
  const outbox = board();
  sent(outbox, "1", "2");
  const answers = { 1: "Somebody changed this meanwhile.", 2: "" };
  assert.deepEqual(outbox.settle(answers), [{ gesture: gesture("1"), sentence: "Somebody changed this meanwhile." }]);
  assert.deepEqual(outbox.settle(answers), [], "the same answers come with every run");
  clock.pass(AGAIN * 3);
  assert.equal(posts.length, 2);
});

test("an answer for something this tab never sent changes nothing", () => {
  const { board } = tab();
  const outbox = board();
  sent(outbox, "1");
  assert.deepEqual(outbox.settle({ other: "No.", toString: "No." }), []);
  assert.deepEqual(outbox.gestures, [gesture("1")]);
});

test("at most two hundred go at once, the oldest; the rest follows when they are answered", () => {
  const { board, posts } = tab();
  const outbox = board();
  const ids = Array.from({ length: MOST + 5 }, (_, i) => `g${i}`);
  for (const id of ids) outbox.add(gesture(id));
  outbox.post();
  assert.equal(MOST, 200);
  assert.deepEqual(posts[0].ids, ids.slice(0, MOST));
  outbox.settle(Object.fromEntries(posts[0].ids.map((id) => [id, ""])));
  outbox.post();
  assert.deepEqual(posts[1].ids, ids.slice(MOST));
});

test("it outlives a reload: the new page sends what the old one left, under the same ids", () => {
  const before = tab();
  sent(before.board(), "1", "2");
  const after = tab({ store: before.store });
  const outbox = after.board();
  assert.deepEqual(outbox.gestures.map(({ id }) => id), ["1", "2"]);
  outbox.post();
  assert.deepEqual(after.posts[0].gestures, before.posts.at(-1).gestures);
  outbox.settle({ 1: "", 2: "" });
  assert.deepEqual(tab({ store: before.store }).board().gestures, [], "what was answered is not kept");
});

test("where the browser has no room for all, everything is sent and the oldest outlive a reload", () => {
  const before = tab({ room: 3 * JSON.stringify(gesture("10")).length });
  sent(before.board(), "10", "11", "12", "13");
  assert.deepEqual(before.posts.at(-1).ids, ["10", "11", "12", "13"]);
  assert.deepEqual(tab({ store: before.store }).board().gestures.map(({ id }) => id), ["10", "11"]);
});

test("where the browser keeps nothing, everything is sent all the same", () => {
  const before = tab({ room: 0 });
  const outbox = before.board();
  sent(outbox, "1", "2");
  before.clock.pass(AGAIN);
  assert.deepEqual(before.posts.map(({ ids }) => ids), [["1"], ["1", "2"], ["1", "2"]]);
  assert.deepEqual(tab({ store: before.store }).board().gestures, []);
});

for (const spoilt of ["{", "null", "7", '"text"', "{}"]) {
  test(`what cannot be read is left behind, not stumbled over: ${spoilt}`, () => {
    const store = new Store();
    store.setItem("copdash.outbox.a", spoilt);
    const { board, posts } = tab({ store });
    const outbox = board();
    assert.deepEqual(outbox.gestures, []);
    sent(outbox, "1");
    assert.deepEqual(posts[0].ids, ["1"]);
  });
}

test("all boards of a tab share it: one settles what another sent, and only one of them tells a refusal", () => {
  const { board, posts } = tab();
  const [grid, list] = [board(), board()];
  sent(grid, "1");
  sent(list, "2");
  assert.deepEqual(posts.at(-1).ids, ["1", "2"]);
  assert.equal(list.settle({ 1: "No." }).length, 1);
  assert.equal(grid.settle({ 1: "No." }).length, 0);
  assert.deepEqual(grid.gestures, list.gestures);
});

test("each case study has one of its own, and a board that turns to another sees that one's", () => {
  const { board, posts } = tab();
  const one = board("a");
  sent(one, "1");
  one.caseStudy = "b";
  assert.deepEqual(one.gestures, []);
  one.post();
  assert.equal(posts.length, 1);
  one.caseStudy = "a";
  assert.deepEqual(one.gestures.map(({ id }) => id), ["1"]);
});

test("a board that goes sends nothing more; what it still adds, the next board passes on", () => {
  const { board, posts, clock } = tab();
  const grid = board();
  const list = board();
  sent(grid, "1");
  grid.close();
  sent(grid, "2");
  clock.pass(AGAIN * 2);
  assert.deepEqual(posts.map(({ ids }) => ids), [["1"]]);
  list.post();
  assert.deepEqual(posts.at(-1).ids, ["1", "2"]);
});

test("the person is told that it takes a while once for each wait, and not where nothing was sent", () => {
  const { board, told, clock } = tab();
  const outbox = board();
  outbox.post();
  clock.pass(SLOW);
  assert.deepEqual(told, []);
  sent(outbox, "1");
  clock.pass(SLOW - 1);
  sent(outbox, "2");
  clock.pass(SLOW - 1);
  assert.deepEqual(told, []);
  clock.pass(1);
  assert.equal(told.length, 1);
});

test("each post says how often nobody answered, so that another way can be tried", () => {
  const clock = new Clock();
  const attempts = [];
  const outbox = new Outbox("case", { waiting: new Map(), storage: new Store(), clock, transport: (_, attempt) => attempts.push(attempt) });
  sent(outbox, "1");
  clock.pass(AGAIN * 2);
  sent(outbox, "2");
  clock.pass(AGAIN);
  outbox.settle({ 1: "" });
  outbox.post();
  assert.deepEqual(attempts, [0, 1, 2, 0, 1, 0]);
});
