/** The palette: what can be dragged onto the timeline, and below it the meetings that wait for a day. */

import { element } from "../shared/board.js";
import { endsDrag } from "./roadmap_drag.js";
import { described } from "./roadmap_timeline.js";

/**
 * Fill the ghost that follows the pointer: a bar, the title, and room for the date.
 * @param {HTMLElement} ghost @param {any} look
 */
export function describe(ghost, look) {
  ghost.className = `roadmap-ghost ${look.milestone ? "milestone" : "meeting"}`;
  const handle = element(
    "div", { class: "handle", "data-kind": look.kind, "data-certainty": look.certainty || "Tentative" },
    element("span", { class: "bar" }), element("span", { class: "title" }, look.title),
  );
  ghost.replaceChildren(handle, element("span", { class: "when" }));
}

/** @param {any} picture the roadmap board's picture */
export function makePalette(picture) {
  const templates = element("div", { class: "roadmap-chips" });
  const waiting = element("div", { class: "roadmap-chips waiting" });
  const count = element("h3", {});
  const hint = element("p", { class: "roadmap-hint" }, "Drop here: it keeps everything but its day.");
  const root = element(
    "aside", { class: "roadmap-palette", "aria-label": "Palette" },
    element("h3", {}, "Drag onto the timeline"), templates, count, waiting, hint,
  );
  const chips = new Map();
  let offered = "";
  /** @type {any[]} */ let rows = [];

  /** @param {any} look */
  const chip = (look, more = {}) => element(
    "button",
    { type: "button", class: "chip", "data-kind": look.kind, ...more },
    element("span", { class: "swatch" }), element("span", { class: "words" }, look.title),
  );

  const palette = {
    root,
    armed: null,

    /** @param {RoadmapView} view */
    render(view) {
      root.hidden = view.lanes === "case";
      this.offer(view);
      rows = view.meetings.filter((row) => !row.starts_on && !(view.hides_cancelled && row.certainty === "Cancelled"));
      count.textContent = `Not yet scheduled · ${rows.length}`;
      const now = new Set(rows.map((row) => row.id));
      for (const [id, node] of chips) {
        if (now.has(id)) continue;
        node.remove();
        chips.delete(id);
      }
      rows.forEach((row, at) => {
        if (!chips.has(row.id)) chips.set(row.id, this.waitingChip(row));
        const node = chips.get(row.id);
        node.dataset.kind = row.kind;
        node.title = described(row);
        node.lastChild.textContent = row.title;
        node.classList.toggle("struck", row.certainty === "Cancelled");
        if (waiting.children[at] !== node) waiting.insertBefore(node, waiting.children[at] || null);
      });
    },

    /** The templates: a CoP meeting of each theme, the other kinds, a milestone. @param {RoadmapView} view */
    offer(view) {
      const wanted = JSON.stringify([view.themes, view.kinds]);
      if (wanted === offered) return;
      offered = wanted;
      const [cop, ...others] = view.kinds.map((kind) => kind.name);
      /** @type {any[]} */ const list = [
        ...view.themes.map((theme) => ({ title: theme, kind: cop, theme })),
        ...others.map((kind) => ({ title: kind, kind, theme: "" })),
        { title: "Milestone", kind: "Milestone", milestone: true },
      ];
      templates.replaceChildren(...list.map((template) => {
        const label = template.theme ? `${cop}: ${template.title}` : template.title;
        const node = chip(template, { "aria-label": label, "aria-pressed": "false", title: `${label}. Drag it, or click it and then a day.` });
        node.addEventListener("pointerdown", (event) => picture.hands.drag(event, { template }));
        node.addEventListener("click", (event) => {
          if (endsDrag()) return;
          if (event.detail === 0) picture.plan(template, picture.view.today);
          else palette.arm(template, node);
        });
        return node;
      }));
    },

    /** @param {Meeting} row */
    waitingChip(row) {
      const current = () => rows.find((other) => other.id === row.id);
      const asRow = () => ({ ...current(), key: row.id, fixed: !picture.view.editable });
      const node = chip(row, { "data-id": row.id });
      node.addEventListener("pointerdown", (event) => { if (current()) picture.hands.drag(event, { row: asRow() }); });
      node.addEventListener("click", () => { if (!endsDrag()) picture.select(row.id); });
      node.addEventListener("keydown", (event) => {
        if (!current() || !["Delete", "Backspace", "ArrowRight"].includes(event.key)) return;
        event.preventDefault();
        if (event.key === "ArrowRight") {
          if (picture.place(asRow(), picture.view.today, picture.view.today)) picture.focus(row.id);
        } else {
          const next = /** @type {HTMLElement | null} */ (node.nextElementSibling || node.previousElementSibling);
          picture.remove(current());
          next?.focus();
        }
      });
      return node;
    },

    /**
     * The way without dragging: the next click on the timeline places this.
     * @param {any} template @param {HTMLElement} node
     */
    arm(template, node) {
      const again = this.armed === template;
      this.disarm();
      if (again) return;
      this.armed = template;
      node.setAttribute("aria-pressed", "true");
      picture.board.root.classList.add("armed");
      picture.hear(`Click a day on the timeline to put ${template.title} there.`);
    },

    disarm() {
      this.armed = null;
      picture.board.root.classList.remove("armed");
      for (const node of templates.children) node.setAttribute("aria-pressed", "false");
    },

    /** @param {boolean} selected */
    mark(selected) {
      for (const [id, node] of chips) node.classList.toggle("selected", id === selected);
    },

    /** @param {string} id */
    has(id) {
      return chips.has(id);
    },

    /** @param {number} x @param {number} y */
    covers(x, y) {
      const box = root.getBoundingClientRect();
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    },
  };
  return palette;
}
