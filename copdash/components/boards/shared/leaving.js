/**
 * Going to another screen. What is sent for a screen after it was left, Streamlit takes for a wish to go back to it, and
 * then shows nothing at all. So a click on another screen waits until the field it comes from has been saved, and from
 * that click on nothing more is sent for the screen that is being left.
 */

/** So long, in ms, after a field lost the focus what was typed in it may still be on its way. */
const ON_ITS_WAY = 400;
/** So long a field has to tell that it changed, then so long nothing may run. */
const TOLD = 120;
const QUIET = 60;
/** So long a click waits at most, and so long a screen counts as being left. */
const LONGEST = 2500;
const GONE = 4000;

const SCREENS = '[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"], [data-testid="stLogoLink"]';
const FIELDS = "input, textarea, [contenteditable]";

/** Watch for clicks that lead to another screen, from the first component of the tab on; a second call does nothing. */
export function watch() {
  if (globalThis.copdashDoor) return; // each component loads this module under an address of its own; the tab has one door
  const at = { leftAt: -Infinity, fieldAt: -Infinity, let: null };
  globalThis.copdashDoor = at;
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(FIELDS)) at.fieldAt = performance.now();
  }, true);
  document.addEventListener("click", (event) => clicked(at, event), true);
}

/** Whether the screen that something was born on is being left: it must send nothing now. @param {number} born */
export function isLeaving(born) {
  const leftAt = globalThis.copdashDoor?.leftAt ?? -Infinity;
  return leftAt > born && performance.now() - leftAt < GONE;
}

/** @param {any} at @param {PointerEvent} event */
function clicked(at, event) {
  const link = event.target.closest?.(SCREENS);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (at.let === link || performance.now() - at.fieldAt > ON_ITS_WAY) {
    at.let = null;
    at.leftAt = performance.now();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!at.waiting) wait(at, link, performance.now(), null);
}

/**
 * Click again once the server has nothing to do any more.
 * @param {any} at @param {any} link @param {number} since @param {any} quietSince
 */
function wait(at, link, since, quietSince) {
  const now = performance.now();
  const runs = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "running";
  const quiet = runs || now - since < TOLD ? null : quietSince ?? now;
  if ((quiet !== null && now - quiet >= QUIET) || now - since > LONGEST) {
    at.waiting = null;
    at.let = link;
    link.click();
    at.let = null;
  } else {
    at.waiting = setTimeout(() => wait(at, link, since, quiet), 20);
  }
}
