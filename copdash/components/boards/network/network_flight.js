/** A new arrangement comes about in sight: everybody goes to the new place at once, where motion is wanted. */
const LASTS = 450;

export class Flight {
  /** @param {(id: string, at: {x: number, y: number}) => void} put draws a stakeholder somewhere */
  constructor(put) {
    this.put = put;
    this.frame = 0;
  }

  get isOn() {
    return this.frame !== 0;
  }

  /** @param {{id: string, from: {x: number, y: number}, to: {x: number, y: number}}[]} moving */
  begin(moving) {
    this.end();
    if (!moving.length || document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const began = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - began) / LASTS));
      const eased = share * share * (3 - 2 * share);
      for (const { id, from, to } of moving) {
        this.put(id, share < 1 ? { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased } : to);
      }
      this.frame = share < 1 ? requestAnimationFrame(step) : 0;
    };
    step(began);
  }

  /** Stop. @returns whether it was on */
  end() {
    const was = this.isOn;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    return was;
  }
}
