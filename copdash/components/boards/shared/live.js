/**
 * Listens for news of a case study and has the page's fragment run again when a newer version is out.
 * Leaves the tab that wrote alone: its own run brings the new rows. Hears the undo keys where no board does.
 */
import { hasBoard, hearsByChannel, historyKey, isTyping, OWED, owedToPage, pending, shownOnBoard, whenGone } from "./board.js";
import { isLeaving, watch } from "./leaving.js";

const ears = new WeakMap();
/** So long, in ms, an ear waits for a board's own answer before it asks for news all the same. */
const PATIENCE = 5000;
/** So long, in ms, nothing happens on a board of the channel before the page around it is drawn again. */
const LEISURE = 250;

class Ear {
  /** @type {WebSocket} */ socket;
  /** @type {number} */ reconnect;
  /** @type {Component} */ component;
  /** @type {any} */ shown;
  /** @type {any} */ heldSince;
  /** @type {any} */ timer;
  /** @type {number} */ askedAt;
  /** @type {number} */ passing;
  /** @type {boolean} */ ended;

  /** @param {Component} component */
  constructor(component) {
    this.born = performance.now();
    this.newest = 0;
    this.asked = 0;
    this.wait = 500;
    this.caseStudy = component.data.case_study_id || "";
    /** @type {string[]} */ this.pressed = [];
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.press(event);
    this.onOwed = () => this.check();
    document.addEventListener("keydown", this.onKey);
    globalThis.addEventListener(OWED, this.onOwed);
    this.connect();
  }

  connect() {
    const base = new URL(import.meta.url);
    base.pathname = base.pathname.replace(/\/_stcore\/.*$/, "/live");
    base.protocol = base.protocol === "https:" ? "wss:" : "ws:";
    base.search = this.caseStudy ? `?case=${encodeURIComponent(this.caseStudy)}` : "";
    this.socket = new WebSocket(base.href);
    this.socket.addEventListener("open", () => { this.wait = 500; });
    this.socket.addEventListener("message", (message) => {
      this.newest = Math.max(this.newest, JSON.parse(message.data).version);
      this.check();
    });
    this.socket.addEventListener("close", () => {
      if (this.ended) return;
      this.reconnect = setTimeout(() => this.connect(), this.wait);
      this.wait = Math.min(this.wait * 2, 5000);
    });
  }

  /** @param {Component} component */
  receive(component) {
    this.component = component;
    this.shown = component.data.version;
    if (this.isBehind()) this.check();
    else this.heldSince = null;
    if (this.pressed.length) this.pressNext();
  }

  /**
   * Whether something newer is out than this page shows; its board gets new rows a moment before this ear does. What a
   * board hears by the channel, its page need not draw, unless it is owed to it.
   */
  isBehind() {
    const isNews = this.newest > Math.max(this.shown, shownOnBoard(this.caseStudy));
    return (isNews && !hearsByChannel(this.caseStudy)) || this.isOwed();
  }

  isOwed() {
    return owedToPage(this.caseStudy) > this.shown;
  }

  check() {
    clearTimeout(this.timer);
    if (!pending()) this.heldSince = null;
    if (!this.isBehind() || this.ended) return;
    this.timer = setTimeout(() => {
      if (!this.isBehind()) return void (this.heldSince = null);
      if (isLeaving(this.born)) this.timer = setTimeout(() => this.check(), 500);
      else if (pending() && Date.now() - (this.heldSince ??= Date.now()) < PATIENCE) this.check();
      else if (this.wanted() > this.asked || Date.now() - this.askedAt > 4000) {
        this.asked = this.wanted();
        this.askedAt = Date.now();
        this.component.setTriggerValue("news", this.asked);
        this.timer = setTimeout(() => this.check(), 4500);
      }
    }, this.isOwed() ? LEISURE : pending() ? 80 : 25);
  }

  /** The version that this page should show. */
  wanted() {
    return Math.max(this.newest, owedToPage(this.caseStudy));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const name = (this.caseStudy && !hasBoard() && historyKey(event)) || this.ownKey(event);
    if (!name) return;
    event.preventDefault();
    if (event.repeat) return;
    this.pressed.push(name);
    if (this.pressed.length === 1) this.passOn();
  }

  /**
   * A key that this page has for itself; not while somebody types, nor under a dialog or an open list.
   * @param {KeyboardEvent} event
   */
  ownKey(event) {
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing);
    const key = event.key?.toLowerCase();
    const wanted = isPlain && !isTyping(event) && this.component?.data.keys?.includes(key);
    return wanted && !document.querySelector('[role="dialog"], [data-baseweb="popover"]') ? key : "";
  }

  /** One press a run: of two that reach the server together only the later would count. */
  passOn() {
    clearTimeout(this.passing);
    if (!this.pressed.length || this.ended || isLeaving(this.born)) return;
    this.component.setTriggerValue("pressed", this.pressed[0]);
    this.passing = setTimeout(() => this.pressNext(), 1000);
  }

  pressNext() {
    this.pressed.shift();
    this.passOn();
  }

  destroy() {
    this.ended = true;
    document.removeEventListener("keydown", this.onKey);
    globalThis.removeEventListener(OWED, this.onOwed);
    clearTimeout(this.timer);
    clearTimeout(this.passing);
    clearTimeout(this.reconnect);
    this.socket.close();
  }
}

/** @param {Component} component */
export default function (component) {
  watch();
  const root = /** @type {HTMLElement} */ (component.parentElement.querySelector(".live"));
  let ear = ears.get(root);
  if (ear && ear.caseStudy !== (component.data.case_study_id || "")) {
    ear.destroy();
    ear = null;
  }
  if (!ear) {
    ear = new Ear(component);
    ears.set(root, ear);
  }
  ear.receive(component);
  root.dataset.version = component.data.version;
  return () => whenGone(root, () => {
    ears.get(root)?.destroy();
    ears.delete(root);
  });
}
