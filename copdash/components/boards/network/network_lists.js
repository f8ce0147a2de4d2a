/** Lists in the panel: brought in line in place, so that focus and scroll stay. */
import { element } from "../shared/board.js";
import { stroke } from "./network_bar.js";
import { penOf } from "./network_ties.js";

/**
 * Bring a list in line with its items, touching only what changed, so that focus and scroll stay.
 * @param {any} list @param {any} items @param {{key: (item: any) => string, text: (item: any) => string, make: (item: any) => HTMLElement, fill: (node: any, item: any) => void}} given
 */
export function sync(list, items, { key, text, make, fill }) {
  const here = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const item of items) {
    const id = key(item);
    const child = here.get(id) || make(item);
    here.delete(id);
    child.dataset.key = id;
    const now = text(item);
    if (child.dataset.shown !== now) {
      child.dataset.shown = now;
      fill(child, item);
    }
    const at = before ? before.nextElementSibling : list.firstElementChild;
    if (at !== child) list.insertBefore(child, at);
    before = child;
  }
  for (const child of here.values()) child.remove();
}

/** How a tie looks in a list. @param {NetworkDesk} desk @param {Act} act */
export function tieRow(desk, act) {
  return {
    key: (/** @type {any} */ tie) => tie.id,
    text: (/** @type {any} */ tie) => JSON.stringify([tie.words, tie.type, tie.strength, tie.status, desk.picture.paper]),
    make: (/** @type {any} */ tie) => {
      const button = element("button", { type: "button", class: "net-row net-tie", onclick: () => act(tie, button) });
      return button;
    },
    fill: (/** @type {HTMLButtonElement} */ button, /** @type {any} */ tie) => button.replaceChildren(
      element("span", { class: "net-grow" }, tie.words),
      element("span", { class: "net-quiet net-kind" }, stroke(penOf(desk.view, tie), desk.picture, 26),
        tie.status === "Wanted" ? `${tie.type}, wanted` : tie.type)),
  };
}
