/**
 * What a board holds of its look: the rows as the channel last told them, kept apart from what its page told. Pure.
 *
 * A page run that was under way may bring rows that are older than what the channel has told since; whichever is newer
 * is shown. What the channel tells is always laid on what the channel told before, so no step is ever missing.
 *
 * @typedef {{from?: number, to: number, all?: Record<string, any[]>, rows?: Record<string, any[]>,
 *            gone?: Record<string, string[]>, order?: Record<string, string[]>, values?: Record<string, any>}} Told
 *   as looks/seen.py makes it
 */

export class Held {
  /** What a page drew: its version, and the rows and values of the look among all that it told. @param {number} version @param {Record<string, any>} data @param {{tables: string[], values: string[]}} parts */
  constructor(version, data, parts) {
    this.version = version;
    /** @type {Record<string, any[]>} */
    this.tables = Object.fromEntries(parts.tables.map((table) => [table, data[table] || []]));
    /** @type {Record<string, any>} */
    this.values = Object.fromEntries(parts.values.map((name) => [name, data[name]]));
  }

  /**
   * Take what the channel tells. Returns whether it fitted: a step that begins elsewhere changes nothing.
   * @param {Told} told
   */
  take(told) {
    if (told.to <= this.version) return true;
    if (told.all) this.tables = { ...this.tables, ...told.all };
    else if (told.from !== this.version) return false;
    const touched = new Set([...Object.keys(told.gone || {}), ...Object.keys(told.rows || {}), ...Object.keys(told.order || {})]);
    for (const table of touched) this.tables[table] = changed(this.tables[table] || [], told, table);
    this.values = { ...this.values, ...told.values };
    this.version = told.to;
    return true;
  }

  /** What is shown of what the page told last: the newer of the two. @param {Record<string, any>} data */
  over(data) {
    return this.version > data.version ? { ...data, ...this.tables, ...this.values, version: this.version } : data;
  }
}

/** Rows of one table after a step; those that did not change stay the same objects. @param {any[]} rows @param {Told} told @param {string} table */
function changed(rows, told, table) {
  const by = new Map(rows.map((row) => [row.id, row]));
  for (const id of told.gone?.[table] || []) by.delete(id);
  for (const row of told.rows?.[table] || []) by.set(row.id, row);
  const order = told.order?.[table];
  return order ? order.filter((id) => by.has(id)).map((id) => by.get(id)) : [...by.values()];
}
