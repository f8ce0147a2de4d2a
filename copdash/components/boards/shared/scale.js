/**
 * Which part of the 0-10 plane is in view: zoom and pan, from ratings to pixels and back.
 *
 * Interest runs across and power up, or the other way round where the axes are turned; pixels run down.
 */
const SPAN = 10;
export const MOST = 16;

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** A rating as it is stored: one decimal, 0-10. @param {number} value */
export const rounded = (value) => clamp(Math.round(value * 10) / 10, 0, SPAN);

/** @param {Stakeholder} row */
export const isRated = (row) => typeof row.power === "number" && typeof row.interest === "number";

/** A rating as it is written. @param {number} value */
export const shown = (value) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : "missing");

export class Scale {
  constructor() {
    this.zoom = 1;
    this.left = 0;
    this.bottom = 0;
    /** Whether power runs across and interest up. */
    this.turned = false;
    this.frame = { x: 0, y: 0, width: 100, height: 100 };
  }

  /** @param {{x: number, y: number, width: number, height: number}} frame where the plane stands, in pixels */
  resize(frame) {
    this.frame = frame;
  }

  get span() {
    return SPAN / this.zoom;
  }

  /** Draw it this way round from now on; all of it is in view again where that changes. @param {boolean} turned */
  turn(turned) {
    if (turned === this.turned) return;
    this.turned = turned;
    this.fit();
  }

  /** Pixels of a rating. @param {number} interest @param {number} power @returns {[number, number]} */
  place(interest, power) {
    return this.turned ? this.spot(power, interest) : this.spot(interest, power);
  }

  /**
   * Pixels of a value on the axis across and one on the axis up.
   * @param {number} across @param {number} up @returns {[number, number]}
   */
  spot(across, up) {
    const { x, y, width, height } = this.frame;
    return [
      x + ((across - this.left) / this.span) * width,
      y + height - ((up - this.bottom) / this.span) * height,
    ];
  }

  /**
   * The rating at a pixel as [interest, power], not rounded and perhaps outside 0-10.
   * @param {number} px @param {number} py
   */
  value(px, py) {
    const [across, up] = this.values(px, py);
    return this.turned ? [up, across] : [across, up];
  }

  /** What the axis across and the axis up say at a pixel. @param {number} px @param {number} py */
  values(px, py) {
    const { x, y, width, height } = this.frame;
    return [this.left + ((px - x) / width) * this.span, this.bottom + ((y + height - py) / height) * this.span];
  }

  /** Whether a pixel lies in the frame, or at most `margin` outside it. @param {number} px @param {number} py */
  holds(px, py, margin = 0) {
    const { x, y, width, height } = this.frame;
    return px >= x - margin && px <= x + width + margin && py >= y - margin && py <= y + height + margin;
  }

  /**
   * Zoom by a factor; what is at this pixel stays there.
   * @param {number} px @param {number} py @param {number} factor
   */
  zoomAt(px, py, factor) {
    const [across, up] = this.values(px, py);
    this.zoom = clamp(this.zoom * factor, 1, MOST);
    if (this.zoom < 1.02) this.zoom = 1;
    const { x, y, width, height } = this.frame;
    this.left = across - ((px - x) / width) * this.span;
    this.bottom = up - ((y + height - py) / height) * this.span;
    this.keep();
  }

  /** @param {number} dx @param {number} dy */
  panBy(dx, dy) {
    this.left -= (dx / this.frame.width) * this.span;
    this.bottom += (dy / this.frame.height) * this.span;
    this.keep();
  }

  /** Bring a rating into the middle, zoomed in at least so far. @param {number} interest @param {number} power */
  show(interest, power, zoom = this.zoom) {
    this.zoom = clamp(Math.max(zoom, this.zoom), 1, MOST);
    this.left = (this.turned ? power : interest) - this.span / 2;
    this.bottom = (this.turned ? interest : power) - this.span / 2;
    this.keep();
  }

  fit() {
    this.zoom = 1;
    this.keep();
  }

  keep() {
    this.left = clamp(this.left, 0, SPAN - this.span);
    this.bottom = clamp(this.bottom, 0, SPAN - this.span);
  }

  /** Marks of the axes that are in view from one end, [value, pixel]. @param {string} along */
  ticks(along) {
    const step = this.zoom < 2 ? 5 : this.zoom < 6 ? 1 : 0.5;
    const from = along === "x" ? this.left : this.bottom;
    const marks = [];
    for (let n = Math.ceil(from / step - 1e-9); n * step <= from + this.span + 1e-9; n += 1) {
      const value = n * step;
      marks.push([value, along === "x" ? this.spot(value, 0)[0] : this.spot(0, value)[1]]);
    }
    return marks;
  }
}
