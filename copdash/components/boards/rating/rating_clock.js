/** How long the group has talked about one stakeholder. It only shows; nothing happens when the time is over. */
import { element } from "../shared/board.js";

const KEY = "copdash.rating.minutes";
const CHOICES = [[0, "No timer"], [1, "1 minute"], [2, "2 minutes"], [3, "3 minutes"], [4, "4 minutes"], [5, "5 minutes"]];

export class Clock {
  /** @type {number} */ began;

  constructor() {
    const kept = Number(localStorage.getItem(KEY) ?? 2);
    this.minutes = kept >= 0 && kept <= 5 ? kept : 2;
    this.choice = element("select", { class: "rate-select", "aria-label": "Time for each stakeholder", onchange: () => this.set(Number(this.choice.value)) });
    for (const [value, words] of CHOICES) this.choice.append(element("option", { value }, words));
    this.choice.value = String(this.minutes);
    this.face = element("span", { class: "rate-clock", role: "timer", "aria-label": "Time left for this stakeholder" });
    this.box = element("span", { class: "rate-timer" }, this.face, this.choice);
    this.ticking = setInterval(() => this.show(), 500);
    this.restart();
  }

  /** @param {number} minutes */
  set(minutes) {
    this.minutes = minutes;
    localStorage.setItem(KEY, String(minutes));
    this.restart();
  }

  restart() {
    this.began = Date.now();
    this.show();
  }

  show() {
    this.face.hidden = !this.minutes;
    if (!this.minutes) return;
    const left = Math.round(this.minutes * 60 - (Date.now() - this.began) / 1000);
    const far = Math.abs(left);
    const words = `${left < 0 ? "+" : ""}${Math.floor(far / 60)}:${String(far % 60).padStart(2, "0")}`;
    if (this.face.textContent !== words) this.face.textContent = words;
    this.face.classList.toggle("over", left < 0);
  }

  stop() {
    clearInterval(this.ticking);
  }
}
