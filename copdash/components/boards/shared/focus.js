/**
 * Who gets the next key. A redraw that takes the focused element out of the page, or makes it anew, must not send what
 * somebody types to nobody, or to what stands behind.
 */

const IDENTITY = ["data-id", "data-key", "data-pair", "data-measure", "data-group", "data-field"];

/** The element that has the focus, also one within a board; null where none has. @returns {HTMLElement | null} */
export function focused() {
  let found = /** @type {HTMLElement | null} */ (document.activeElement);
  while (found?.shadowRoot?.activeElement) found = /** @type {HTMLElement} */ (found.shadowRoot.activeElement);
  return found === document.body ? null : found;
}

/**
 * Draw, and give the focus back to what had it within `root`: to the same element, or to the one that came instead,
 * which is known by the row it belongs to. What is gone for good gives it to nobody.
 * @param {HTMLElement} root @param {() => void} draw
 */
export function keepingFocus(root, draw) {
  const had = focused();
  const known = had && root.contains(had) ? sign(root, had) : null;
  draw();
  if (!had || !known || focused()) return;
  const again = had.isConnected ? had : alike(root, known.like).filter((node) => identity(node) === known.identity)[known.at];
  again?.focus({ preventScroll: true });
}

/** @param {HTMLElement} root @param {HTMLElement} node */
function sign(root, node) {
  const like = node.localName + [...node.classList].slice(0, 1).map((name) => `.${CSS.escape(name)}`).join("");
  const known = { like, identity: identity(node) };
  return { ...known, at: alike(root, like).filter((other) => identity(other) === known.identity).indexOf(node) };
}

/** @param {HTMLElement} root @param {string} like */
function alike(root, like) {
  return [...root.querySelectorAll(like)];
}

/** The row an element belongs to; where it belongs to none, its words. @param {HTMLElement} node */
function identity(node) {
  const row = node.closest(IDENTITY.map((name) => `[${name}]`).join());
  if (!row) return node.getAttribute("aria-label") || node.textContent;
  return IDENTITY.map((name) => row.getAttribute(name)).join(" ");
}
