/**
 * Which part of the 0-10 plane is in view: zoom and pan, from ratings to pixels and back.
 *
 * x is interest, y is power; pixels run down, power runs up.
 */
const SPAN = 10;
export const MOST = 16;

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** A rating as it is stored: one decimal, 0-10. */
export const rounded = (value) => clamp(Math.round(value * 10) / 10, 0, SPAN);

export const isRated = (row) => typeof row.power === "number" && typeof row.interest === "number";

/** A rating as it is written. */
export const shown = (value) => (typeof value === "number" ? String(Math.round(value * 100) / 100) : "missing");

export class Scale {
  constructor() {
    this.zoom = 1;
    this.left = 0;
    this.bottom = 0;
    this.frame = { x: 0, y: 0, width: 100, height: 100 };
  }

  /** @param {{x: number, y: number, width: number, height: number}} frame where the plane stands, in pixels */
  resize(frame) {
    this.frame = frame;
  }

  get span() {
    return SPAN / this.zoom;
  }

  /** Pixels of a rating. */
  place(interest, power) {
    const { x, y, width, height } = this.frame;
    return [
      x + ((interest - this.left) / this.span) * width,
      y + height - ((power - this.bottom) / this.span) * height,
    ];
  }

  /** The rating at a pixel, not rounded and perhaps outside 0-10. */
  value(px, py) {
    const { x, y, width, height } = this.frame;
    return [this.left + ((px - x) / width) * this.span, this.bottom + ((y + height - py) / height) * this.span];
  }

  /** Whether a pixel lies in the frame, or at most `margin` outside it. */
  holds(px, py, margin = 0) {
    const { x, y, width, height } = this.frame;
    return px >= x - margin && px <= x + width + margin && py >= y - margin && py <= y + height + margin;
  }

  /** Zoom by a factor; what is at this pixel stays there. */
  zoomAt(px, py, factor) {
    const [interest, power] = this.value(px, py);
    this.zoom = clamp(this.zoom * factor, 1, MOST);
    if (this.zoom < 1.02) this.zoom = 1;
    const { x, y, width, height } = this.frame;
    this.left = interest - ((px - x) / width) * this.span;
    this.bottom = power - ((y + height - py) / height) * this.span;
    this.keep();
  }

  panBy(dx, dy) {
    this.left -= (dx / this.frame.width) * this.span;
    this.bottom += (dy / this.frame.height) * this.span;
    this.keep();
  }

  /** Bring a rating into the middle, zoomed in at least so far. */
  show(interest, power, zoom = this.zoom) {
    this.zoom = clamp(Math.max(zoom, this.zoom), 1, MOST);
    this.left = interest - this.span / 2;
    this.bottom = power - this.span / 2;
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

  /** Marks of the axes that are in view from one end, [value, pixel]. */
  ticks(along) {
    const step = this.zoom < 2 ? 5 : this.zoom < 6 ? 1 : 0.5;
    const from = along === "x" ? this.left : this.bottom;
    const marks = [];
    for (let n = Math.ceil(from / step - 1e-9); n * step <= from + this.span + 1e-9; n += 1) {
      const value = n * step;
      marks.push([value, along === "x" ? this.place(value, 0)[0] : this.place(0, value)[1]]);
    }
    return marks;
  }
}
