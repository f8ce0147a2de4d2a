/** Time that passes when the test says so. */
export class Clock {
  constructor() {
    this.now = 0;
    this.timers = new Map();
    this.count = 0;
  }

  start(act, ms) {
    this.count += 1;
    this.timers.set(this.count, { at: this.now + ms, act });
    return this.count;
  }

  stop(timer) {
    this.timers.delete(timer);
  }

  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at || a[0] - b[0]);
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = next[1].at;
      next[1].act();
    }
    this.now = end;
  }
}
