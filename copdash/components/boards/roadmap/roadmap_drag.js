/**
 * One drag for mouse, finger and pen: from the palette, along the timeline, at an edge, and back.
 * HTML's own drag and drop does not work by touch; pointer events do.
 */

const FAR_ENOUGH = 5;

let clickToSwallow = 0;

/** Whether this click only ends a drag. */
export function endsDrag() {
  return performance.now() - clickToSwallow < 80;
}

/**
 * Follow the pointer that was just put down until it is lifted.
 * @param {PointerEvent} event
 * @param {{begin: () => void, move: (x: number, y: number) => void, drop: (x: number, y: number) => void,
 *          end: () => void}} steps `begin` once it is a drag and no click; `end` always, after a drop or without one
 */
export function follow(event, steps) {
  if (event.button !== 0 || !event.isPrimary) return;
  const { clientX, clientY, pointerId } = event;
  const listening = new AbortController();
  const options = { signal: listening.signal, capture: true };
  let dragging = false;

  const stop = () => {
    listening.abort();
    if (dragging) steps.end();
    dragging = false;
  };
  /** @param {(moved: PointerEvent) => void} handle */
  const own = (handle) => (/** @type {PointerEvent} */ moved) => { if (moved.pointerId === pointerId) handle(moved); };

  window.addEventListener("pointermove", own((moved) => {
    if (!dragging) {
      if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < FAR_ENOUGH) return;
      dragging = true;
      steps.begin();
    }
    moved.preventDefault();
    steps.move(moved.clientX, moved.clientY);
  }), options);
  window.addEventListener("pointerup", own((lifted) => {
    if (dragging) {
      clickToSwallow = performance.now();
      steps.drop(lifted.clientX, lifted.clientY);
    }
    stop();
  }), options);
  window.addEventListener("pointercancel", own(stop), options);
  window.addEventListener("blur", stop, options);
  window.addEventListener("keydown", (key) => {
    if (key.key !== "Escape" || !dragging) return;
    key.stopPropagation();
    clickToSwallow = performance.now() + 1e4;
    window.addEventListener("pointerup", () => { clickToSwallow = performance.now(); }, { once: true, capture: true });
    stop();
  }, options);
}
