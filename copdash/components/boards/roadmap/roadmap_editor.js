/** The field in which a title is typed on the board: Enter and leaving it save, Escape does not. */

import { element } from "../shared/board.js";
import { meeting_edited, milestone_edited } from "../shared/gestures.js";

export class TitleEditor {
  /** @param {any} picture the roadmap board's picture */
  constructor(picture) {
    this.picture = picture;
    /** The field that is open, and what it edits. @type {any} */ this.open = null;
  }

  /** @param {string} key */
  edit(key) {
    const { picture } = this;
    const row = picture.row(key);
    if (!row || row.fixed) return;
    this.close(true);
    const input = element("input", {
      class: "roadmap-editor", "aria-label": `Title of ${row.title}`, maxlength: 300,
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === "Enter") this.close(true, true);
        if (event.key === "Escape") this.close(false, true);
      },
      onblur: () => { if (this.open?.input === input) this.close(true); },
    });
    input.value = row.title;
    this.open = { input, id: row.id, milestone: row.milestone, was: row.title };
    this.picture.main.append(input);
    if (!picture.roadmap.handle(key)?.isConnected) picture.roadmap.reveal(row.starts_on);
    this.place();
    input.focus({ preventScroll: true });
    input.select();
  }

  place() {
    const handle = this.open && this.picture.roadmap.handle(this.open.id);
    if (!handle?.isConnected) return;
    const main = this.picture.main.getBoundingClientRect();
    const box = handle.getBoundingClientRect();
    const { input } = this.open;
    const bar = handle.firstChild.getBoundingClientRect();
    const left = Math.min(bar.right + 4 - main.left, main.width - 268);
    input.style.left = `${Math.max(0, left)}px`;
    input.style.top = `${box.top - main.top + box.height / 2 - 18}px`;
  }

  /** @param {any} save */
  close(save, backToBar = false) {
    if (!this.open) return;
    const { input, id, milestone, was } = this.open;
    this.open = null;
    input.remove();
    const title = input.value.trim();
    if (save && title && title !== was) {
      const change = { values: { title }, seen: { title: was } };
      if (milestone) this.picture.board.send(milestone_edited({ milestone_id: id, ...change }));
      else this.picture.board.send(meeting_edited({ meeting_id: id, ...change }));
    }
    if (backToBar) this.picture.focus(id);
  }
}
