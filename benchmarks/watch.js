/**
 * Runs first in every frame of a measured page and says when something can be seen: the time of the first animation
 * frame in which a test holds. Times are milliseconds of the clock of the machine, so that two pages can be compared.
 */
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const hosts = () =>
    [...document.querySelectorAll('[data-testid^="stBidiComponent"], [data-testid^="stBidiComponent"] *')].filter(
      (one) => one.shadowRoot,
    );

  /** The first match in the page, or in a board's shadow root. */
  function find(selector) {
    const plain = document.querySelector(selector);
    if (plain) return plain;
    for (const host of hosts()) {
      const found = host.shadowRoot.querySelector(selector);
      if (found) return found;
    }
    return null;
  }

  function until(test, most = 30_000) {
    const latest = now() + most;
    return new Promise((done, failed) => {
      const look = () => {
        if (test()) done(now());
        else if (now() > latest) failed(new Error(`Not seen within ${most} ms: ${test}`));
        else requestAnimationFrame(look);
      };
      look();
    });
  }

  /** From the next event of this kind to the frame in which the test holds. */
  function after(kind, test) {
    return new Promise((done, failed) => {
      addEventListener(kind, () => {
        const from = now();
        until(test).then((to) => done({ from, to }), failed);
      }, { capture: true, once: true });
    });
  }

  /** The board, once it shows a later version than this one and nothing waits for an answer. */
  const board = () => find(".board");
  const version = () => Number(board()?.dataset.version || 0);
  const isNewer = (than) => () => version() > than && board().dataset.waiting === "0";

  /** The last change of a canvas that is not blank, once it has not changed for so long. */
  function steady(selector, quiet, most = 60_000) {
    const latest = now() + most;
    const small = new OffscreenCanvas(240, 160);
    const pen = small.getContext("2d", { willReadFrequently: true });
    let last = null;
    let changed = 0;
    return new Promise((done, failed) => {
      const look = () => {
        if (now() > latest) return failed(new Error(`Not steady within ${most} ms: ${selector}`));
        const canvas = find(selector);
        if (canvas?.width && canvas.height) {
          pen.clearRect(0, 0, 240, 160);
          pen.drawImage(canvas, 0, 0, 240, 160);
          const seen = new Uint32Array(pen.getImageData(0, 0, 240, 160).data.buffer);
          const isBlank = seen.every((dot) => dot === seen[0]);
          if (!last || seen.some((dot, i) => dot !== last[i])) changed = now();
          last = seen;
          if (!isBlank && now() - changed > quiet) return done(changed);
        }
        requestAnimationFrame(look);
      };
      look();
    });
  }

  /** Resolves when everything in an element has kept its place and size for half a second. */
  async function still(selector) {
    const places = () =>
      [...find(selector).querySelectorAll("*")]
        .map((one) => one.getBoundingClientRect())
        .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
        .join(";");
    for (let before = null, same = 0; same < 5; await new Promise((done) => setTimeout(done, 100))) {
      const here = places();
      same = here === before ? same + 1 : 0;
      before = here;
    }
  }

  /** The times between the animation frames of so many milliseconds; `watch.timed` says that it is over. */
  function frames(most) {
    const found = [];
    globalThis.watch.timed = false;
    return new Promise((done) => {
      let before = null;
      let first = null;
      const look = (at) => {
        first ??= at;
        if (before !== null) found.push(at - before);
        before = at;
        if (at - first < most) return requestAnimationFrame(look);
        globalThis.watch.timed = true;
        return done(found);
      };
      requestAnimationFrame(look);
    });
  }

  globalThis.watch = { frames, timed: true, still, now, find, until, after, version, isNewer, steady };
})();
