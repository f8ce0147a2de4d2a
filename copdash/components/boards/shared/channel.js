/**
 * The channel of a tab: one WebSocket for all its boards, which outlives a change of screen. Knows no page: socket, clock
 * and chance are handed in. The rules have numbers in docs/channel.md; the tests carry them.
 *
 * @typedef {{send: (text: string) => void, close: () => void}} Socket
 * @typedef {{opened: () => void, heard: (text: string) => void, closed: () => void}} Ears
 * @typedef {{connect: (ears: Ears) => Socket, clock: import("./outbox.js").Clock, chance?: () => number}} Means
 * @typedef {{told: (told: any) => void, ended: () => void, state: () => void}} Taker
 *   `told`: rows or answers; `ended`: the server knows nothing of this look any more, its page must ask anew;
 *   `state`: the look was opened, or the connection came or went
 */

/** So long, in ms, until it is tried again: this much at first, at most that much. */
export const SOONEST = 300;
export const LATEST = 5000;
/** So long without a word, in ms, until the server is asked whether it is there, and until it counts as gone. */
export const SILENCE = 15000;
export const GONE = 10000;
/** So long without a connection, in ms, until the person is told. */
export const TOLD_AFTER = 1500;

export class Channel {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    /** @type {Map<string, {ticket: string | null, version: () => number, page?: () => number, isOpen: boolean, taker: Taker}>} */
    this.looks = new Map();
    this.isOpen = false;
    this.isLost = false;
    this.wait = SOONEST;
    this.count = 0;
    /** @type {Socket | null} */ this.socket = null;
    /** @type {any} */ this.retry = undefined;
    /** @type {any} */ this.losing = undefined;
    /** @type {any} */ this.listening = undefined;
  }

  /**
   * Look at something with the ticket of a page; `version` is asked for what is shown whenever the look is opened.
   * Returns the name of the look. `page` says at which version the page around it was drawn.
   * @param {string} ticket @param {() => number} version @param {Taker} taker @param {() => number} [page]
   */
  look(ticket, version, taker, page = undefined) {
    this.count += 1;
    const name = `l${this.count}`;
    this.looks.set(name, { ticket, version, page, isOpen: false, taker });
    if (this.socket) this.open(name);
    else this.connect();
    return name;
  }

  /** A new ticket of the page, for a look that the server has ended. @param {string} name @param {string} ticket */
  renew(name, ticket) {
    const look = this.looks.get(name);
    if (!look || look.isOpen || look.ticket !== null) return;
    look.ticket = ticket;
    this.open(name);
  }

  /** Look no more. @param {string} name */
  close(name) {
    const look = this.looks.get(name);
    this.looks.delete(name);
    if (look && this.isOpen) this.say({ close: name });
  }

  /** Send gestures by a look; returns whether they are on their way. @param {string} name @param {unknown[]} gestures */
  post(name, gestures) {
    if (!this.isOpen || !this.looks.get(name)?.isOpen) return false;
    this.say({ do: name, gestures });
    return true;
  }

  /** Whether a look is open, so that what the server knows comes by itself. @param {string} name */
  isLive(name) {
    return this.isOpen && Boolean(this.looks.get(name)?.isOpen);
  }

  /** @param {string} name */
  open(name) {
    const look = this.looks.get(name);
    if (!this.isOpen || !look || look.isOpen || look.ticket === null) return;
    const { ticket } = look;
    look.ticket = null; // used once
    this.say({ open: name, ticket, version: look.version(), ...(look.page && { page: look.page() }) });
  }

  connect() {
    this.means.clock.stop(this.retry);
    if (this.socket) return;
    this.losing ??= this.means.clock.start(() => this.lost(true), TOLD_AFTER);
    const socket = this.means.connect({
      opened: () => { if (this.socket === socket) this.opened(); },
      heard: (text) => { if (this.socket === socket) this.heard(text); },
      closed: () => { if (this.socket === socket) this.closed(); },
    });
    this.socket = socket;
  }

  opened() {
    this.isOpen = true;
    this.wait = SOONEST;
    this.means.clock.stop(this.losing);
    this.losing = undefined;
    this.lost(false);
    this.listen();
    for (const name of this.looks.keys()) this.open(name);
  }

  closed() {
    this.socket = null;
    this.isOpen = false;
    this.means.clock.stop(this.listening);
    for (const look of this.looks.values()) look.isOpen = false;
    this.losing ??= this.means.clock.start(() => this.lost(true), TOLD_AFTER);
    // Not all at once after a server was away.
    const wait = this.wait * (0.5 + (this.means.chance?.() ?? 0.5));
    this.wait = Math.min(this.wait * 2, LATEST);
    this.retry = this.means.clock.start(() => this.connect(), wait);
    for (const look of [...this.looks.values()]) look.taker.state();
  }

  /** @param {boolean} isLost */
  lost(isLost) {
    this.isLost = isLost;
    for (const look of [...this.looks.values()]) look.taker.state();
  }

  /** A connection that says nothing is asked, and counts as gone when it stays silent. */
  listen() {
    const { clock } = this.means;
    clock.stop(this.listening);
    this.listening = clock.start(() => {
      this.say({ ping: 1 });
      this.listening = clock.start(() => {
        const socket = this.socket;
        this.closed();
        socket?.close();
      }, GONE);
    }, SILENCE);
  }

  /** @param {string} text */
  heard(text) {
    this.listen();
    const told = JSON.parse(text);
    const look = this.looks.get(told.opened ?? told.ended ?? told.look);
    if (!look) return;
    if (told.opened) {
      look.isOpen = true;
      look.ticket = told.ticket; // for when the connection is lost
      look.taker.state();
    } else if (told.ended) {
      look.isOpen = false;
      look.ticket = null;
      look.taker.ended();
    } else {
      look.taker.told(told);
    }
  }

  /** @param {any} what */
  say(what) {
    this.socket?.send(JSON.stringify(what));
  }
}

/** The channel of this tab. Each component loads this module under an address of its own, so it hangs on the window. */
export function channelOfTab() {
  return (globalThis.copdashChannel ??= new Channel({
    clock: { start: (act, ms) => setTimeout(act, ms), stop: (timer) => clearTimeout(timer) },
    chance: Math.random,
    connect: (ears) => {
      const base = new URL(import.meta.url);
      base.pathname = base.pathname.replace(/\/_stcore\/.*$/, "/channel");
      base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
      base.search = "";
      const socket = new WebSocket(base.href);
      socket.addEventListener("open", () => ears.opened());
      socket.addEventListener("message", (message) => ears.heard(message.data));
      socket.addEventListener("close", () => ears.closed());
      return socket;
    },
  }));
}
