/** What could not be saved, kept on screen until the person has copied it, done it again, or let it go. */
import { element } from "../shared/board.js";
import { revision, serialise } from "./list_clipboard.js";
import { brief, shown } from "./list_rules.js";
import { GESTURE } from "../shared/gestures.js";

export class Held {
  /** @param {ListBoard} list */
  constructor(list) {
    this.list = list;
    this.root = element("div", { class: "list-held", role: "alert", hidden: true });
  }

  /**
   * @param {string} sentence what happened
   * @param {{where: string, value: string, sentence: string}[]} values what was typed, and where
   * @param {(() => void)|null} again does it anew, the person having seen what is there now
   */
  show(sentence, values, again = null) {
    const lines = values.slice(0, 4).map(({ where, value, sentence: why }) => element("li", {}, `${brief(where, 40)}: «${brief(value, 50)}»${why && `. ${why}`}`));
    if (values.length > 4) lines.push(element("li", {}, `and ${values.length - 4} more`));
    const close = () => {
      this.root.hidden = true;
      this.list.entry.focus();
    };
    /** @param {string} text @param {any} onclick */
    const button = (text, onclick, kind = "list-button") => element("button", { type: "button", class: kind, onclick }, text);
    this.root.replaceChildren(
      element("div", { class: "list-held-words" }, element("span", {}, sentence), element("ul", {}, ...lines)),
      element(
        "div", { class: "list-held-ways" },
        again ? button("Save mine all the same", () => { close(); again(); }) : null,
        values.length ? button("Copy", () => this.list.blocks.write(serialise(values.map(({ where, value }) => [where, value])))) : null,
        button("Dismiss", close, "list-quiet"),
      ),
    );
    this.root.hidden = false;
  }

  /**
   * The server refused a gesture: keep what was typed where it can be copied or saved anew.
   * @param {Gesture} gesture @param {string} sentence
   */
  refused(gesture, sentence) {
    if (gesture.name !== GESTURE.edited) return false;
    const { list } = this;
    /** @param {string} id */
    const owner = (id) => list.known.get(id)?.name ?? "a deleted row";
    const values = [
      ...gesture.edits.flatMap((/** @type {{id: string, values: Values}} */ { id, values: given }) => Object.entries(given).map(([field, value]) => (
        { where: `${list.byName[field]?.label ?? field} of ${owner(id)}`, value: shown(value), sentence: "" }))),
      ...gesture.additions.map((/** @type {Stakeholder} */ row) => ({ where: "New row", value: Object.values(row.values).map(shown).join("\t"), sentence: "" })),
    ];
    const isAlive = gesture.edits.every((/** @type {any} */ edit) => list.known.has(edit.id));
    this.show(sentence, values, isAlive && list.board.data.editable ? () => this.again(gesture) : null);
    return true;
  }

  /** @param {Gesture} gesture */
  again(gesture) {
    const { known } = this.list;
    const edits = gesture.edits
      .filter((/** @type {any} */ edit) => known.has(edit.id))
      .map((/** @type {any} */ edit) => revision(known.get(edit.id), Object.keys(edit.values), edit.values));
    this.list.send({ edits, additions: gesture.additions.filter((/** @type {Stakeholder} */ row) => !known.has(row.id)) });
  }
}
