/** The channel of a tab, with a clock and a socket that the test moves. The numbers are those of docs/channel.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel, GONE, LATEST, SILENCE, SOONEST, TOLD_AFTER } from "../../../copdash/components/boards/shared/channel.js";
import { Clock } from "./clock.mjs";

/** A tab, and the server's end of each socket it opened. */
function tab() {
  const clock = new Clock();
  const sockets = [];
  const channel = new Channel({
    clock,
    chance: () => 0.5,
    connect: (ears) => {
      const socket = { ears, sent: [], closed: false, send: (text) => socket.sent.push(JSON.parse(text)), close: () => { socket.closed = true; ears.closed(); } };
      sockets.push(socket);
      return socket;
    },
  });
  return { clock, sockets, channel, last: () => sockets.at(-1), tell: (told) => sockets.at(-1).ears.heard(JSON.stringify(told)) };
}

/** A board that looks on; what it was told is in `log`. */
function taker() {
  const log = [];
  return { log, told: (told) => log.push(told), ended: () => log.push("ended"), state: () => log.push("state") };
}

const rows = (one) => one.log.filter((entry) => typeof entry === "object");

test("rule 1: a look is opened once there is a connection, with its ticket and the version shown then", () => {
  const { channel, last } = tab();
  let version = 3;
  const name = channel.look("t1", () => version, taker());
  assert.deepEqual(last().sent, []);
  version = 5;
  last().ears.opened();
  assert.deepEqual(last().sent, [{ open: name, ticket: "t1", version: 5 }]);
});

test("rule 2: a look is opened with the version of its page, too, where its board shows a newer one", () => {
  const { channel, last } = tab();
  const name = channel.look("t1", () => 12, taker(), () => 5);
  last().ears.opened();
  assert.deepEqual(last().sent, [{ open: name, ticket: "t1", version: 12, page: 5 }]);
});

test("all boards of a tab share one connection", () => {
  const { channel, sockets, last } = tab();
  channel.look("t1", () => 1, taker());
  last().ears.opened();
  channel.look("t2", () => 1, taker());
  assert.equal(sockets.length, 1);
  assert.deepEqual(last().sent.map((one) => one.ticket), ["t1", "t2"]);
});

test("what is told goes to its look alone, and to nobody once it is closed", () => {
  const { channel, last, tell } = tab();
  const [a, b] = [taker(), taker()];
  const one = channel.look("t1", () => 1, a);
  const two = channel.look("t2", () => 1, b);
  last().ears.opened();
  tell({ look: two, from: 1, to: 2 });
  channel.close(two);
  tell({ look: two, from: 2, to: 3 });
  tell({ look: one, answers: { g: "" } });
  assert.deepEqual(rows(a), [{ look: one, answers: { g: "" } }]);
  assert.deepEqual(rows(b), [{ look: two, from: 1, to: 2 }]);
  assert.deepEqual(last().sent.at(-1), { close: two });
});

test("rule 5: gestures go only where they can be answered; the outbox keeps the others", () => {
  const { channel, last, tell } = tab();
  const name = channel.look("t1", () => 1, taker());
  assert.equal(channel.post(name, [1]), false);
  last().ears.opened();
  assert.equal(channel.post(name, [1]), false);
  tell({ opened: name, ticket: "again" });
  assert.equal(channel.post(name, [1]), true);
  assert.equal(channel.post("l99", [1]), false);
  assert.deepEqual(last().sent.at(-1), { do: name, gestures: [1] });
});

test("rule 1: after a lost connection each look goes on with the ticket it got, from what it shows by then", () => {
  const { channel, last, tell, clock, sockets } = tab();
  let version = 1;
  const name = channel.look("t1", () => version, taker());
  last().ears.opened();
  tell({ opened: name, ticket: "again" });
  version = 7;
  last().ears.closed();
  assert.equal(channel.post(name, [1]), false);
  clock.pass(SOONEST * 2);
  assert.equal(sockets.length, 2);
  last().ears.opened();
  assert.deepEqual(last().sent, [{ open: name, ticket: "again", version: 7 }]);
});

test("a look that the server has ended waits for a ticket of its page, and takes no other as long as it is open", () => {
  const { channel, last, tell } = tab();
  const board = taker();
  const name = channel.look("t1", () => 1, board);
  last().ears.opened();
  channel.renew(name, "too early");
  assert.equal(last().sent.length, 2, "the first was used up and not answered yet");
  tell({ opened: name, ticket: "again" });
  channel.renew(name, "not needed");
  assert.equal(last().sent.length, 2);
  tell({ ended: name });
  assert.equal(board.log.at(-1), "ended");
  assert.equal(channel.isLive(name), false);
  channel.renew(name, "t2");
  assert.deepEqual(last().sent.at(-1), { open: name, ticket: "t2", version: 1 });
});

test("a connection is tried again, later and later, and at once less often than all the others", () => {
  const { channel, clock, sockets, last } = tab();
  channel.look("t1", () => 1, taker());
  for (let wait = SOONEST; wait < 4 * LATEST; wait *= 2) {
    const before = sockets.length;
    last().ears.closed();
    clock.pass(Math.min(wait, LATEST) - 1);
    assert.equal(sockets.length, before);
    clock.pass(1);
    assert.equal(sockets.length, before + 1);
  }
});

test("the person is told that there is no connection after a while, and as long as it is so", () => {
  const { channel, clock, last } = tab();
  const board = taker();
  channel.look("t1", () => 1, board);
  last().ears.opened();
  last().ears.closed();
  clock.pass(TOLD_AFTER - 1);
  assert.equal(channel.isLost, false);
  clock.pass(1);
  assert.equal(channel.isLost, true);
  assert.equal(board.log.at(-1), "state");
  last().ears.opened();
  assert.equal(channel.isLost, false);
});

test("a short break is not told", () => {
  const { channel, clock, last } = tab();
  channel.look("t1", () => 1, taker());
  last().ears.opened();
  last().ears.closed();
  clock.pass(SOONEST);
  last().ears.opened();
  clock.pass(TOLD_AFTER * 2);
  assert.equal(channel.isLost, false);
});

test("a connection that fell silent is asked, and replaced when it does not answer", () => {
  const { channel, clock, sockets, last, tell } = tab();
  channel.look("t1", () => 1, taker());
  last().ears.opened();
  clock.pass(SILENCE);
  assert.deepEqual(last().sent.at(-1), { ping: 1 });
  tell({ pong: 1 });
  clock.pass(SILENCE + GONE - 1);
  assert.equal(sockets.length, 1);
  clock.pass(1 + LATEST);
  assert.equal(sockets.length, 2);
  assert.equal(sockets[0].closed, true);
});

test("what a socket says after it was replaced is not heard", () => {
  const { channel, clock, sockets, last } = tab();
  const board = taker();
  const name = channel.look("t1", () => 1, board);
  last().ears.opened();
  last().ears.closed();
  clock.pass(LATEST);
  last().ears.opened();
  sockets[0].ears.heard(JSON.stringify({ look: name, from: 1, to: 2 }));
  sockets[0].ears.closed();
  assert.deepEqual(rows(board), []);
  assert.equal(channel.isOpen, true);
});
