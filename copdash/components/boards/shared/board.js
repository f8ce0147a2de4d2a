/**
 * What all boards share: one instance an element, an outbox of gestures, undo keys, a place for refusals.
 *
 * Rows in, gestures out. The truth is what the server sent; what is not yet acknowledged is replayed on top of it, so
 * a refusal puts everything back by itself. A gesture is sent again until the server has answered it.
 *
 * @typedef {import("./outbox.js").Gesture} Gesture
 * @typedef {{case_study_id: string, board: string, version: number, editable: boolean,
 *            answers: Record<string, string>, follows?: boolean, channel?: LooksAt, [rows: string]: any}} Data
 *   `follows`: the page shows more than the board does, and is drawn again whenever something changes
 * @typedef {{look: string, eye: string, ticket: string, tables: string[], values: string[]}} LooksAt
 *   what the board looks at by the channel, and which parts of its data that is
 * @typedef {{render: (view: any, board: Board) => void,
 *            refused?: (gesture: Gesture, sentence: string) => boolean, busy?: () => boolean,
 *            asks?: (gesture: Gesture) => boolean,
 *            destroy?: () => void}} Picture
 *   `refused` may tell a refusal in its own way; it returns whether it did
 *   `asks`: whether its page asks something once this gesture is done, and so has to hear of it, too
 */

import { channelOfTab } from "./channel.js";
import { applied } from "./effects.js";
import { keepingFocus } from "./focus.js";
import { GESTURE, redo, undo } from "./gestures.js";
import { Held } from "./held.js";
import { isLeaving, watch } from "./leaving.js";
import { keep, recall } from "./memory.js";
import { MOST, Outbox } from "./outbox.js";

const instances = new WeakMap();
const SAVING = "Saving…";
const CUT = "Not connected. What you do is kept.";
/** So long, in ms, a page has to answer that it was asked for; and under which name the tab keeps when it was loaded again. */
const NO_ANSWER = 5000;
const RELOADED = "copdash.reloaded";

/**
 * What all boards of the tab share. Each component loads this module under an address of its own, so it hangs on the window.
 * `waiting`: gestures by case study; `mounted`: the boards on the page; `shown`: case study -> the version a board got last;
 * `owed`: case study -> the version at which its page has to be drawn, around the board that shows it already.
 * @returns {{waiting: Map<string, Gesture[]>, mounted: Set<Board>, shown: Map<string, number>, owed: Map<string, number>}}
 */
function tab() {
  return (globalThis.copdashTab ??= { waiting: new Map(), mounted: new Set(), shown: new Map(), owed: new Map() });
}

/** Heard by the window when a page is owed another look. */
export const OWED = "copdash-owed";

/** The version at which the page around a board has to be drawn; 0 where it need not. @param {string} caseStudy */
export function owedToPage(caseStudy) {
  return tab().owed.get(caseStudy) || 0;
}

/** The version of a case study that a board of this tab got last; 0 without one. @param {string} caseStudy */
export function shownOnBoard(caseStudy) {
  return tab().shown.get(caseStudy) || 0;
}

/** Whether a board on the page hears of everything by the channel. @param {string} caseStudy */
export function hearsByChannel(caseStudy) {
  return boards(caseStudy).some((board) => board.look && channelOfTab().isLive(board.look));
}

/** The boards of a case study on the page, or all of them. @param {string | null} caseStudy */
function boards(caseStudy = null) {
  const found = [...tab().mounted].filter((board) => board.root.isConnected);
  return caseStudy === null ? found : found.filter((board) => board.data.case_study_id === caseStudy);
}

/** The element that a component gave its board to draw in. @param {Component} component @returns {HTMLElement} */
function boxOf(component) {
  return /** @type {HTMLElement} */ (component.parentElement.querySelector(".board"));
}

/** Whether a board is on the page. */
export function hasBoard() {
  return boards().length > 0;
}

/** Whether a board on the page waits for an answer. */
export function pending() {
  return boards().some((board) => board.outbox.length > 0);
}

/** Whether somebody has something in hand on a board that the Escape key lets go of. */
export function isBusy() {
  return boards().some((board) => board.picture.busy?.());
}

/** A new UUID; also where the page is not served securely and crypto.randomUUID is missing. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * An element with attributes and children; text is always a text node. `onclick` and the like are listeners: what they
 * return means nothing. Set as a property, a handler that returns false takes the key or the click from the person.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} attributes @param {(Node | string | number | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) made.append(typeof child === "number" ? String(child) : child);
  return made;
}

/** The value of a theme variable such as "--st-primary-color". @param {HTMLElement} root @param {string} variable */
export function theme(root, variable, fallback = "") {
  return getComputedStyle(root).getPropertyValue(variable).trim() || fallback;
}

/** Whether the page is dark now. @param {HTMLElement} root */
export function isDark(root) {
  const parts = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  const probe = element("span", { style: `color:${parts || "#fff"};display:none` });
  root.append(probe);
  const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  probe.remove();
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

/** Whether a key press belongs to somebody who is typing. @param {Event} event */
export function isTyping(event) {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) &&
    !["range", "checkbox", "radio", "button"].includes(/** @type {any} */ (target).type)
  );
}

/** Which of undo and redo a key press asks for; empty for neither. @param {KeyboardEvent} event */
export function historyKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event)) return "";
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? GESTURE.redo : GESTURE.undo;
  return key === "y" && !event.shiftKey ? GESTURE.redo : "";
}

export class Board {
  /** @type {number} */ saying;
  /** @type {number} */ height;

  /** @param {Component} component @param {(board: Board) => Picture} make */
  constructor(component, make) {
    this.born = performance.now();
    this.component = component;
    this.data = component.data;
    this.root = boxOf(component);
    this.host = component.parentElement;
    this.listeners = new AbortController();
    this.sending = new Outbox(this.data.case_study_id, {
      waiting: tab().waiting,
      storage: sessionStorage,
      clock: { start: (act, ms) => setTimeout(act, ms), stop: (timer) => clearTimeout(timer) },
      transport: (gestures, attempt) => this.post(gestures, attempt),
      slow: () => this.showState(),
    });
    /** @type {Promise<unknown>[]} */ this.styles = [];
    this.says = element("div", { class: "board-says", role: "alert", hidden: true });
    this.saving = element("div", { class: "board-saving", role: "status", hidden: true }, SAVING);
    this.looksAt = "";
    this.look = "";
    /** @type {Held | null} */ this.held = null;
    /** @type {any} */ this.asking = undefined;
    this.root.append(this.saving, this.says);
    this.style("shared/board.css");
    this.style("shared/presenting.css");
    this.root.classList.toggle("presenting", Boolean(this.data.presenting));
    document.addEventListener("keydown", (event) => this.onKey(event), { signal: this.listeners.signal });
    window.addEventListener("resize", () => this.fill(), { signal: this.listeners.signal });
    this.picture = make(this);
    tab().mounted.add(this);
  }

  /** Gestures that wait for the server's answer, oldest first; also those of other boards. @returns {Gesture[]} */
  get outbox() {
    return this.sending.gestures;
  }

  /** Load a style sheet by its path in the folder of all boards. @param {string} file */
  style(file) {
    const href = new URL(`../${file}`, import.meta.url).href;
    const link = element("link", { rel: "stylesheet", href });
    this.styles.push(new Promise((done) => { for (const end of ["load", "error"]) link.addEventListener(end, done); }));
    this.host.append(link);
  }

  /** Resolves when the style sheets are there, for pictures that measure themselves. */
  styled() {
    return Promise.all(this.styles);
  }

  /** New rows from the page, after each of its runs. @param {Component} component */
  receive(component) {
    this.component = component;
    this.sending.caseStudy = component.data.case_study_id;
    this.follow(component.data);
    this.show(component.data.answers || {}, () => this.fill());
  }

  /** Look by the channel at what the page says, as long as it says so. @param {Data} page */
  follow(page) {
    const { channel } = page;
    const looksAt = channel ? `${page.case_study_id} ${channel.look} ${channel.eye}` : "";
    clearTimeout(this.asking);
    if (looksAt === this.looksAt) {
      if (channel) channelOfTab().renew(this.look, channel.ticket);
      return;
    }
    if (this.look) channelOfTab().close(this.look);
    this.looksAt = looksAt;
    this.held = channel ? new Held(page.version, page, channel) : null;
    this.look = !channel ? "" : channelOfTab().look(channel.ticket, () => this.held?.version ?? 0, {
      told: (told) => this.hear(told),
      ended: () => this.askPage(),
      state: () => {
        this.showState();
        if (channelOfTab().isLive(this.look)) this.sending.post();
      },
    }, () => this.component.data.version);
  }

  /** What the channel tells: rows, answers, or both. @param {any} told */
  hear(told) {
    if (told.to !== undefined && !this.held?.take(told)) this.askPage();
    const asked = this.outbox.filter((gesture) => told.answers?.[gesture.id] === "" && this.picture.asks?.(gesture));
    if (told.to !== undefined || told.answers) this.show(told.answers || {});
    if (asked.length && !isLeaving(this.born)) this.component.setTriggerValue("gestures", asked);
    const isOwed = told.answers || (told.to !== undefined && this.data.follows);
    if (isOwed || told.around) {
      const caseStudy = this.data.case_study_id;
      tab().owed.set(caseStudy, Math.max(owedToPage(caseStudy), told.around || 0, isOwed ? this.data.version : 0));
      globalThis.dispatchEvent(new Event(OWED));
    }
  }

  /**
   * The server knows nothing of this look any more: unless the page is being drawn anew, have it do so. A server that was
   * started again does not know the page either; then it is loaded again, with what waits in the outbox.
   */
  askPage() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      if (!isLeaving(this.born)) this.component.setTriggerValue("gestures", []);
      this.asking = setTimeout(() => this.reload(), NO_ANSWER);
    }, 700);
  }

  /** Load the page again where the look is still closed; not again and again. */
  reload() {
    const isRunning = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running";
    if (channelOfTab().isLive(this.look) || !channelOfTab().isOpen) return;
    if (isRunning || Date.now() - Number(recall(sessionStorage, RELOADED)) < 60000) {
      this.asking = setTimeout(() => this.reload(), NO_ANSWER);
      return;
    }
    keep(sessionStorage, RELOADED, Date.now());
    location.reload();
  }

  /**
   * Show the newest rows there are, without what these answers settle.
   * @param {Record<string, string>} answers @param {() => void} [first] what comes before they are drawn
   */
  show(answers, first) {
    this.data = this.held ? this.held.over(this.component.data) : this.component.data;
    tab().shown.set(this.data.case_study_id, this.data.version);
    const refused = this.sending.settle(answers);
    this.showState();
    first?.();
    this.draw();
    for (const { gesture, sentence } of refused) {
      const isTold = this.picture.refused?.(gesture, sentence);
      if (!isTold) this.say(sentence);
    }
  }

  /**
   * Send gestures by the channel, or by the page: where there is no channel, and every second time there is no answer.
   * Their ids keep them done once.
   * @param {Gesture[]} gestures @param {number} attempt
   */
  post(gestures, attempt) {
    if (attempt % 2 === 0 && this.look && channelOfTab().post(this.look, gestures)) return;
    if (!isLeaving(this.born)) this.component.setTriggerValue("gestures", gestures);
  }

  /** Say that saving takes a while, or that there is no connection; nothing as long as all is well. */
  showState() {
    const isCut = Boolean(this.look) && channelOfTab().isLost;
    this.saving.hidden = !isCut && !(this.sending.isSlow && this.outbox.length);
    this.saving.textContent = isCut ? CUT : SAVING;
  }

  /** Draw the rows as they will be once everything in the outbox is done; whatever has the focus keeps it. */
  draw() {
    const view = structuredClone(this.data);
    for (const gesture of this.outbox) applied(view, gesture);
    this.root.dataset.version = String(this.data.version);
    this.root.dataset.waiting = String(this.outbox.length);
    this.root.classList.toggle("presenting", Boolean(this.data.presenting));
    keepingFocus(this.root, () => this.picture.render(view, this));
  }

  /** Whether the person here may change things; a viewer is told why not, and sees what is so. */
  mayEdit() {
    if (this.data.editable) return true;
    this.say("You are looking on as a viewer. To change things, open «You» in the menu and choose another role.");
    this.draw();
    return false;
  }

  /**
   * Do a gesture: seen at once, sent at once, and again until it is answered.
   * @param {{name: string, [field: string]: any}} done one of ./gestures.js
   */
  send(done) {
    if (!this.mayEdit()) return null;
    const gesture = { id: newId(), case_study_id: this.data.case_study_id, ...done };
    this.sending.add(gesture);
    this.draw();
    this.sending.post();
    return gesture;
  }

  /** Tell the person a sentence, for as long as it takes to read it. @param {string} sentence */
  say(sentence) {
    clearTimeout(this.saying);
    const close = element("button", { type: "button", class: "board-close", "aria-label": "Close", onclick: () => { this.says.hidden = true; } }, "×");
    this.says.replaceChildren(element("span", {}, sentence), close);
    this.says.hidden = false;
    this.saying = setTimeout(() => { this.says.hidden = true; }, 12000);
  }

  /** Tell Python what is selected; it reads `result.<name>`. @param {string} name @param {any} value */
  set(name, value) {
    if (!isLeaving(this.born)) this.component.setStateValue(name, value);
  }

  /** Make the board as tall as the window allows, or as large a share of it as the page says. */
  fill() {
    const scroller = document.querySelector('[data-testid="stMain"]');
    const top = this.root.getBoundingClientRect().top + (scroller ? scroller.scrollTop : 0);
    const height = this.data.share
      ? Math.max(390, Math.round(window.innerHeight * this.data.share))
      : Math.max(420, window.innerHeight - top - (this.data.presenting ? 6 : 18));
    if (Math.abs(height - (this.height || 0)) > 1) {
      this.height = height;
      this.root.style.height = `${height}px`;
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const name = historyKey(event);
    if (!name) return;
    event.preventDefault();
    if (!event.repeat) this.send(name === GESTURE.redo ? redo() : undo()); // a key held down is one step
  }

  /** The picture may still send what it holds; the board that came instead of this one passes it on. */
  destroy() {
    this.listeners.abort();
    tab().mounted.delete(this);
    this.sending.close();
    this.picture.destroy?.();
    clearTimeout(this.saying);
    clearTimeout(this.asking);
    if (this.look) {
      if (this.outbox.length) channelOfTab().post(this.look, this.outbox.slice(0, MOST));
      channelOfTab().close(this.look);
    }
    for (const board of boards(this.data.case_study_id)) board.sending.post();
  }
}

/**
 * Mount a board or give it new rows; to be called by a component's default export.
 * @param {Component} component what Streamlit hands over
 * @param {(board: Board) => Picture} make builds the picture once inside board.root
 */
export function mount(component, make) {
  watch();
  const root = boxOf(component);
  let board = instances.get(root);
  const isNew = !board;
  if (isNew) {
    board = new Board(component, make);
    instances.set(root, board);
  }
  board.receive(component);
  if (isNew) board.sending.post();
  return () => whenGone(root, () => {
    instances.get(root)?.destroy();
    instances.delete(root);
  });
}

/**
 * Clean up once an element has left the page. Streamlit also calls the clean-up of a run that a newer one overtook while
 * it was being loaded; then the element stays, and so does what lives in it.
 * @param {HTMLElement} root @param {() => void} act
 */
export function whenGone(root, act) {
  setTimeout(() => {
    if (!root.isConnected) act();
  }, 0);
}

/**
 * Bring a list to these children, in this order; those that stay are not taken out of the page.
 * @param {Element} list @param {Element[]} wanted
 */
export function bring(list, wanted) {
  const stay = new Set(wanted);
  for (const child of [...list.children]) if (!stay.has(child)) child.remove();
  wanted.forEach((item, i) => {
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
  });
}
