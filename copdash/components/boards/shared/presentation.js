/** In the room: the browser's full screen, and Escape, which leaves once no board and no dialog wants it. */
import { element, isBusy, isTyping, whenGone } from "./board.js";
import { watch } from "./leaving.js";

const rooms = new WeakMap();

class Room {
  /** @type {Component} */ component;
  /** Whether somebody else wants the Escape that was pressed. */ wanted = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.button = element("button", { type: "button", onclick: () => this.toggle() });
    root.append(this.button);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    // Looked at before the boards hear of it: what they let go of by this key is what it was meant for.
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.wanted = isBusy() || isOpen() || isTyping(event); }, { signal, capture: true });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener("fullscreenchange", () => this.label(), { signal });
    this.label();
  }

  label() {
    this.button.textContent = document.fullscreenElement ? "Window" : "Full screen";
    this.button.hidden = !document.fullscreenEnabled;
  }

  toggle() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== "Escape" || this.wanted || event.defaultPrevented || event.repeat || document.fullscreenElement) return;
    this.component.setTriggerValue("left", Date.now());
  }

  /** From one presented board to the next the full screen stays. */
  destroy() {
    this.listeners.abort();
    setTimeout(() => {
      if (document.fullscreenElement && !new URLSearchParams(location.search).has("present")) document.exitFullscreen();
    }, 1000);
  }
}

/** Whether a menu, popover or dialog of the page is open: Escape closes that. */
function isOpen() {
  return Boolean(document.querySelector('[role="dialog"], [data-testid="stPopoverBody"], [data-baseweb="popover"]'));
}

/** @param {Component} component */
export default function (component) {
  watch();
  const root = /** @type {HTMLElement} */ (component.parentElement.querySelector(".presentation"));
  if (!rooms.has(root)) rooms.set(root, new Room(root));
  rooms.get(root).component = component;
  return () => whenGone(root, () => {
    rooms.get(root)?.destroy();
    rooms.delete(root);
  });
}
