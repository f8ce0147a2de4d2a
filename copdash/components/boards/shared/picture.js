/**
 * A picture for a report: copied as PNG by the click that opens it, shown, saved as PNG or SVG. It is drawn as an image, in which nothing can run,
 * and is kept in the browser alone.
 */
import { element, whenGone } from "./board.js";
import { watch } from "./leaving.js";

const frames = new WeakMap();

class Frame {
  /** @type {string} */ name;
  /** @type {number} */ scale;
  /** @type {any} */ svg;
  /** @type {Blob} */ file;
  /** @type {string} */ address;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.image = element("img", {});
    this.said = element("span", { class: "said", role: "status" });
    /** @param {string} words @param {Act} act */
    const button = (words, act, main = false) =>
      element("button", { type: "button", class: main ? "main" : "", onclick: () => this.attempt(act) }, words);
    root.append(
      element("div", { class: "acts" },
        button("Copy again", () => this.copy(), true),
        button("Download PNG", async () => this.save(await this.png(), "png")),
        button("Download SVG", () => this.save(this.file, "svg")),
        this.said),
      this.image,
    );
  }

  /** @param {{svg: string, name: string, scale: any, alternative: string}} given */
  receive({ svg, name, scale, alternative }) {
    Object.assign(this, { name, scale });
    this.image.alt = alternative;
    if (svg === this.svg) return;
    this.svg = svg;
    this.said.textContent = "";
    this.file = new Blob([svg], { type: "image/svg+xml" });
    const before = this.address;
    this.address = URL.createObjectURL(this.file);
    this.image.src = this.address;
    if (before) URL.revokeObjectURL(before);
    else if (navigator.userActivation?.isActive) this.copy().catch(() => {}); // the click that opened it asked for that
  }

  /** @param {Act} act */
  async attempt(act) {
    try {
      await act();
    } catch {
      this.said.textContent = "This browser does not allow that here. Download the PNG instead.";
    }
  }

  /** The promise is given to the clipboard at once: only then is it sure to be the answer to this very click. */
  async copy() {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": this.png() })]);
    this.said.textContent = "Copied. Paste it into your report.";
  }

  async png() {
    await this.image.decode();
    const canvas = element("canvas", {});
    canvas.width = this.image.naturalWidth * this.scale;
    canvas.height = this.image.naturalHeight * this.scale;
    /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(this.image, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  }

  /** @param {any} blob @param {string} kind */
  save(blob, kind) {
    const link = element("a", { href: URL.createObjectURL(blob), download: `${this.name}.${kind}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.said.textContent = `Saved as ${this.name}.${kind}.`;
  }

  destroy() {
    if (this.address) URL.revokeObjectURL(this.address);
  }
}

/** @param {Component} component */
export default function (component) {
  watch();
  const root = /** @type {HTMLElement} */ (component.parentElement.querySelector(".picture"));
  if (!frames.has(root)) frames.set(root, new Frame(root));
  frames.get(root).receive(component.data);
  return () => whenGone(root, () => {
    frames.get(root)?.destroy();
    frames.delete(root);
  });
}
