/**
 * Gestures on their way to the server: kept in order, sent until answered, answered once each. Knows no page: storage,
 * clock and transport are handed in. All boards of a tab share what waits, so that one sends what another left behind.
 *
 * @typedef {{id: string, case_study_id: string, name: string, [field: string]: any}} Gesture
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store what outlives a reload
 * @typedef {{start: (act: () => void, ms: number) => any, stop: (timer: any) => void}} Clock
 * @typedef {{waiting: Map<string, Gesture[]>, storage: Store, clock: Clock, transport: (gestures: Gesture[], attempt: number) => void,
 *            slow?: () => void}} Means
 *   `waiting`: what the tab shares, by case study; `attempt`: how often they were sent before without any answer;
 *   `slow`: called when an answer keeps the person waiting
 */

/** So many gestures are sent at once at most; the rest follows. */
export const MOST = 200;
/** So long, in ms, after a post it is made again; so long until the person is told that it takes a while. */
export const AGAIN = 3000;
export const SLOW = 700;

export class Outbox {
  /** @param {string} caseStudy @param {Means} means */
  constructor(caseStudy, means) {
    this.caseStudy = caseStudy;
    this.means = means;
    this.isOpen = true;
    this.isSlow = false;
    this.attempt = 0;
    /** @type {any} */ this.again = undefined;
    /** @type {any} */ this.slow = undefined;
  }

  /** The name under which this browser tab keeps it. */
  get key() {
    return `copdash.outbox.${this.caseStudy}`;
  }

  /** What waits for the server's answer, oldest first; also what other boards sent. @returns {Gesture[]} */
  get gestures() {
    const { waiting, storage } = this.means;
    let found = waiting.get(this.key);
    if (!found) {
      found = kept(storage, this.key);
      waiting.set(this.key, found);
    }
    return found;
  }

  /** Add one at the end. @param {Gesture} gesture */
  add(gesture) {
    this.gestures.push(gesture);
    this.attempt = 0;
    this.keep();
  }

  /**
   * The server has answered: those are out. Returns the refused ones with their sentences, oldest first.
   * @param {Record<string, string>} answers gesture id -> "" for done, or why not
   */
  settle(answers) {
    const before = this.gestures;
    const still = before.filter((gesture) => !(gesture.id in answers));
    const refused = before.filter((gesture) => answers[gesture.id]).map((gesture) => ({ gesture, sentence: answers[gesture.id] }));
    this.means.waiting.set(this.key, still);
    if (still.length !== before.length) {
      this.attempt = 0;
      this.keep();
    }
    if (!still.length) this.isSlow = false;
    return refused;
  }

  /** Send all that waits, and again until it is answered. */
  post() {
    const { clock, transport, slow } = this.means;
    clock.stop(this.again);
    if (!this.gestures.length || !this.isOpen) return;
    transport(this.gestures.slice(0, MOST), this.attempt);
    this.attempt += 1;
    clock.stop(this.slow);
    this.slow = clock.start(() => {
      this.isSlow = this.gestures.length > 0;
      slow?.();
    }, SLOW);
    this.again = clock.start(() => this.post(), AGAIN);
  }

  /** Send nothing more from here; what is added from now on another board sends. */
  close() {
    this.isOpen = false;
    this.means.clock.stop(this.again);
    this.means.clock.stop(this.slow);
  }

  /** Keep it over a reload; where the browser has no room for all, as many of the oldest as it takes. */
  keep() {
    const { storage } = this.means;
    const all = this.gestures;
    for (let many = all.length; many > 0; many = Math.floor(many / 2)) {
      try {
        storage.setItem(this.key, JSON.stringify(all.slice(0, many)));
        return;
      } catch {
        // no room for so many; all are sent all the same
      }
    }
    storage.removeItem(this.key);
  }
}

/** What a storage has kept; nothing where it cannot be read. @param {Store} storage @param {string} key @returns {Gesture[]} */
function kept(storage, key) {
  try {
    const found = JSON.parse(storage.getItem(key) || "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
