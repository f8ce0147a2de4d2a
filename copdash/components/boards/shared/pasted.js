/**
 * What a clipboard holds as cells, and lines of days and titles as meetings. Touches no page: text and HTML in, plain
 * values out. An HTML table counts more than the text beside it, because only there a line break in a cell is no new row.
 */
import { toDay } from "./days.js";
import { folded } from "./words.js";

const MOST_HTML = 8_000_000;
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 300;
const MOST_CELLS = 600_000;

/**
 * The cells of what was pasted: of an HTML table where there is one, else of the text.
 * @param {DataTransfer | null} clipboard @returns {string[][]}
 */
export function block(clipboard) {
  return table(clipboard?.getData("text/html") || "") || parse(clipboard?.getData("text/plain") || "");
}

// ---- text -----------------------------------------------------------------------------------------------------------

/**
 * Rows of cells from what a spreadsheet puts on the clipboard; quoted cells may hold tabs, quotes and line ends.
 * @param {string} text
 */
export function parse(text) {
  const rows = [];
  let row = [];
  let at = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\u0000/g, "");
  while (at < source.length) {
    let cell = "";
    const end = source[at] === '"' ? closing(source, at) : -1;
    if (end > 0) {
      cell = source.slice(at + 1, end).replace(/""/g, '"');
      at = end + 1;
    } else {
      const stop = next(source, at);
      cell = source.slice(at, stop);
      at = stop;
    }
    row.push(bared(cell));
    if (source[at] === "\t") {
      at += 1;
      if (at === source.length) row.push("");
    } else {
      rows.push(row);
      row = [];
      at += 1;
    }
  }
  if (row.length) rows.push(row);
  while (rows.length && rows[rows.length - 1].every((cell) => !cell.trim())) rows.pop();
  return rows;
}

/** Without the one apostrophe that keeps a spreadsheet from calculating. @param {string} cell */
const bared = (cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/**
 * Where a quoted cell ends: a quote before a tab, a line end or the end of all; -1 for a quote that is only text.
 * @param {string} source @param {number} start
 */
function closing(source, start) {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] !== '"') continue;
    if (source[at + 1] === '"') at += 1;
    else return at + 1 >= source.length || source[at + 1] === "\t" || source[at + 1] === "\n" ? at : -1;
  }
  return -1;
}

/** @param {string} source @param {number} start */
function next(source, start) {
  const found = source.slice(start).search(/[\t\n]/);
  return found < 0 ? source.length : start + found;
}

// ---- HTML -----------------------------------------------------------------------------------------------------------

const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[[^\]>]*\]>|<(\/?)([a-zA-Z][a-zA-Z0-9:]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|</g;
const SILENT = new Set(["style", "script", "head", "title", "xml", "o:p", "template"]);
const BREAKS = new Set(["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote"]);
/** @type {Record<string, string>} */
const SIGNS = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", shy: "", euro: "€", copy: "©", reg: "®", deg: "°",
  ndash: "–", mdash: "—", lsquo: "‘", rsquo: "’", ldquo: "“", rdquo: "”", bdquo: "„", laquo: "«", raquo: "»", hellip: "…",
  bull: "•", middot: "·", times: "×", szlig: "ß", aelig: "æ", AElig: "Æ", oslash: "ø", Oslash: "Ø", oelig: "œ", OElig: "Œ",
};
/** @type {Record<string, string>} */
const ACCENTS = { grave: "\u0300", acute: "\u0301", circ: "\u0302", tilde: "\u0303", uml: "\u0308", ring: "\u030a", cedil: "\u0327" };

/** @param {string} text */
function decoded(text) {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name) {
      if (Object.hasOwn(SIGNS, name)) return SIGNS[name];
      const accent = /^([a-zA-Z])(grave|acute|circ|tilde|uml|ring|cedil)$/.exec(name);
      return accent ? (accent[1] + ACCENTS[accent[2]]).normalize("NFC") : whole;
    }
    const code = decimal ? +decimal : parseInt(hex, 16);
    return code > 31 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : " ";
  });
}

/** How many rows or columns a cell covers. @param {string} attributes @param {string} name */
function covers(attributes, name) {
  const found = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,5})`, "i").exec(attributes);
  return Math.max(1, found ? +found[1] : 1);
}

/**
 * The cells of the table in a piece of HTML; null where there is none, or where it stands in a page of other text.
 *
 * A cell merged downwards says the same in each row it covers, one merged sideways stands in the first column.
 * @param {string} html @returns {string[][] | null}
 */
export function table(html) {
  if (html.length > MOST_HTML || !/<t[dh]\b/i.test(html)) return null;
  const reader = new Tables();
  for (const [whole, closes, tag, attributes] of html.matchAll(TOKEN)) {
    if (tag) reader.tag(tag.toLowerCase(), closes === "/", attributes);
    else if (!whole.startsWith("<!")) reader.words(whole);
    if (reader.cells > MOST_CELLS || reader.rows.length > MOST_ROWS) return null;
  }
  reader.endRow();
  const rows = reader.rows;
  while (rows.length && rows[rows.length - 1].every((cell) => !cell)) rows.pop();
  const inside = rows.reduce((sum, row) => sum + row.reduce((letters, cell) => letters + cell.length, 0), 0);
  return rows.length && reader.outside <= inside ? rows : null;
}

class Tables {
  constructor() {
    /** @type {string[][]} */ this.rows = [];
    this.cells = 0;
    this.outside = 0;
    this.depth = 0;
    /** @type {string[] | null} */ this.row = null;
    /** @type {string[] | null} */ this.cell = null;
    this.silent = "";
    this.spans = { across: 1, down: 1 };
    /** Cells that reach down into rows still to come. @type {Map<number, {left: number, text: string}>} */ this.hanging = new Map();
  }

  /** @param {string} name @param {boolean} closes @param {string} attributes */
  tag(name, closes, attributes) {
    if (this.silent) {
      if (closes && name === this.silent) this.silent = "";
    } else if (SILENT.has(name)) {
      if (!closes && !attributes.endsWith("/")) this.silent = name;
    } else if (name === "table") {
      this.depth += closes ? -1 : 1;
      if (closes && this.depth <= 0) {
        this.endRow();
        this.hanging.clear();
        this.depth = 0;
      }
    } else if (this.depth > 1) {
      if (name === "br" || name === "td" || name === "tr") this.words(" ");
    } else if (name === "tr") {
      this.endRow();
      if (!closes) this.row = this.covered([]);
    } else if (name === "td" || name === "th") {
      this.endCell();
      if (closes) return;
      if (!this.row) this.row = this.covered([]);
      this.cell = [];
      this.spans = { across: Math.min(covers(attributes, "colspan"), MOST_COLUMNS), down: covers(attributes, "rowspan") };
    } else if (this.cell && (name === "br" || BREAKS.has(name))) {
      this.cell.push("\n");
    }
  }

  /** @param {string} text */
  words(text) {
    if (this.silent) return;
    const said = decoded(text.replace(/[\s\u00a0]+/g, " "));
    if (this.cell) this.cell.push(said);
    else this.outside += said.trim().length;
  }

  endCell() {
    if (!this.cell || !this.row) return;
    const text = bared(this.cell.join("").split("\n").map((line) => line.replace(/ +/g, " ").trim()).join("\n").replace(/\n+/g, "\n").trim());
    this.cell = null;
    const at = this.row.length;
    for (let column = 0; column < this.spans.across && this.row.length < MOST_COLUMNS; column += 1) {
      const said = column ? "" : text;
      if (this.spans.down > 1) this.hanging.set(this.row.length, { left: this.spans.down - 1, text: said });
      this.row.push(said);
    }
    this.cells += this.row.length - at;
    this.covered(this.row);
  }

  /** The row with what hangs down into its next columns. @param {string[]} row */
  covered(row) {
    for (let above = this.hanging.get(row.length); above && row.length < MOST_COLUMNS && above.left > 0; above = this.hanging.get(row.length)) {
      above.left -= 1;
      row.push(above.text);
      this.cells += 1;
    }
    return row;
  }

  endRow() {
    this.endCell();
    if (this.row) this.rows.push(this.row);
    this.row = null;
  }
}

// ---- days -----------------------------------------------------------------------------------------------------------

/** Months in English, German, Dutch, French, Spanish, Italian, Danish, Greek and Hebrew, folded. */
const MONTHS = new Map([
  "jan januar january januari janvier janv enero ene gennaio gen janner ιανουαριου ιανουαριοσ ινουαριου ינואר",
  "feb februar february februari fevrier fevr febrero febbraio φεβρουαριου φεβρουαριοσ פברואר",
  "mar marz march maart mars marzo mrt mrz marts μαρτιου μαρτιοσ מרץ מרס",
  "apr april avril avr abril aprile abr απριλιου απριλιοσ אפריל",
  "may mai mei mayo maggio mag maj μαιου μαιοσ מאי",
  "jun juni june juin junio giugno giu ιουνιου ιουνιοσ יוני",
  "jul juli july juillet juil julio luglio lug ιουλιου ιουλιοσ יולי",
  "aug august augustus aout agosto ago αυγουστου αυγουστοσ אוגוסט",
  "sep sept september septembre septiembre settembre set σεπτεμβριου σεπτεμβριοσ ספטמבר",
  "oct okt oktober october octobre octubre ottobre ott οκτωβριου οκτωβριοσ אוקטובר",
  "nov november novembre noviembre νοεμβριου νοεμβριοσ נובמבר",
  "dec dez dezember december decembre diciembre dicembre dic δεκεμβριου δεκεμβριοσ דצמבר",
].flatMap((words, at) => words.split(" ").map((word) => /** @type {[string, number]} */ ([word, at + 1]))));

/** What may stand before a day: its name, and words such as «on» and «from»; folded. */
const BEFORE = new Set((
  "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
  + "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
  + "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo "
  + "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
  + "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom "
  + "lunedi martedi mercoledi giovedi venerdi gio "
  + "on from the op van vanaf am vom den ab le du des el del il dal lo date datum fecha data"
).split(" "));

/** Words for «until» between two days. */
const UNTIL = String.raw`(?:\s*[-–—]\s*|\s+(?:to|until|till|bis(?:\s+zum)?|t\/m|tot en met|tot|au|al|à|a|y|and|und|en|et|e)\s+)`;
const CLOCK = /^[\s,;T]*(?:om |um |at |à |a las |a la |alle |ore |h )?(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?|(?=\s*(?:h\b|uhr|uur|[ap]\.?m\b)))(?:\s*(h\b|uhr\b|uur\b|[ap]\.?m\b\.?))?(?:\s*(?:-|–|to|bis|tot|à|a)\s*\d{1,2}(?:[:.h]\d{2})?(?:\s*(?:h\b|uhr\b|uur\b|[ap]\.?m\b\.?))?)?/i;
const HEADING = /^"?(?:date|day|start|when|datum|dag|wanneer|tag|wann|beginn|begin|jour|quand|debut|fecha|dia|cuando|inicio|data|giorno|quando|inizio|title|titel|titre|titulo|titolo)\b/;

/**
 * A meeting as somebody wrote it.
 * @typedef {{day: string, until: string, begins: string, title: string}} Written
 */

/** @typedef {{day: string, until: string, begins: string, length: number}} Span */

/**
 * The day that a year, a month and a day of the month make; null where the calendar has no such day.
 * @param {number} year @param {number} month @param {number} date
 */
function made(year, month, date) {
  const full = year < 100 ? year + 2000 : year;
  const time = Date.UTC(full, month - 1, date);
  const found = new Date(time);
  const fits = found.getUTCFullYear() === full && found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
  return fits && full >= 1900 && full <= 2200 ? toDay(time) : null;
}

/** @param {string} word */
const month = (word) => MONTHS.get(folded(word)) || MONTHS.get(folded(word).replace(/^ב/, "")) || 0;

const YEAR = String.raw`(\d{4}|['’]\d{2}|\d{2}(?!\d|[:.h]\d))`;
const BEHIND_DAY = String.raw`(?:st|nd|rd|th|er|º|°|ª|\.|e(?![\p{L}]))?`;
const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?/;
const NUMBERS = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d])/;
const WORDED = new RegExp(String.raw`^(\d{1,2})${BEHIND_DAY}[\s\-/]*(?:of\s|de\s|d['’])?\s*(\p{L}{3,12})[.,]?[\s\-/]*(?:de\s|del\s)?${YEAR}`, "iu");
const MONTH_FIRST = /^(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/iu;
const FROM_DAY = new RegExp(String.raw`^(\d{1,2})${BEHIND_DAY}(?:\s+(\p{L}{3,12})\.?)?${UNTIL}(?=\d{1,2}\D)`, "iu");
const AND_DAY = new RegExp(`^${UNTIL}`, "iu");

/**
 * The one day that a text begins with.
 * @param {string} text @param {boolean} monthFirst @returns {{day: string, length: number} | null}
 */
function oneDay(text, monthFirst) {
  let found = ISO.exec(text);
  let day = found && made(+found[1], +found[3], +found[4]);
  if (!found && (found = NUMBERS.exec(text))) {
    const [, first, , second, year] = found;
    const [usual, other] = [made(+year, +second, +first), made(+year, +first, +second)];
    day = monthFirst ? other || usual : usual || other;
  }
  if (!found && (found = WORDED.exec(text))) day = month(found[2]) ? made(+found[3].replace(/\D/, ""), month(found[2]), +found[1]) : null;
  if (!found && (found = MONTH_FIRST.exec(text))) day = month(found[1]) ? made(+found[3], month(found[1]), +found[2]) : null;
  return found && day ? { day, length: found[0].length } : null;
}

/**
 * The days and the hour that a text begins with.
 * @param {string} text @param {boolean} monthFirst @returns {Span | null}
 */
function span(text, monthFirst) {
  let at = 0;
  for (let word = /^(\p{L}{2,12})[.,]*\s+/u.exec(text); word && BEFORE.has(folded(word[1])); word = /^(\p{L}{2,12})[.,]*\s+/u.exec(text.slice(at))) at += word[0].length;
  let first = oneDay(text.slice(at), monthFirst);
  const from = first ? null : FROM_DAY.exec(text.slice(at));
  let until = first?.day || "";
  if (from) {
    const last = oneDay(text.slice(at + from[0].length), monthFirst);
    const named = from[2] ? month(from[2]) : last ? +last.day.slice(5, 7) : 0;
    const day = last && named ? made(+last.day.slice(0, 4) - (named > +last.day.slice(5, 7) ? 1 : 0), named, +from[1]) : null;
    if (!last || !day || day > last.day) return null;
    first = { day, length: from[0].length + last.length };
    until = last.day;
    at += first.length;
  } else if (first) {
    at += first.length;
    const and = AND_DAY.exec(text.slice(at));
    const last = and ? oneDay(text.slice(at + and[0].length), monthFirst) : null;
    if (and && last && last.day >= first.day) {
      until = last.day;
      at += and[0].length + last.length;
    }
  }
  if (!first) return null;
  const clock = CLOCK.exec(text.slice(at));
  const begins = clock ? hour(+clock[1], +(clock[2] || 0), clock[3] || "") : "";
  return { day: first.day, until, begins, length: at + (clock && begins ? clock[0].length : 0) };
}

/** @param {number} hours @param {number} minutes @param {string} half */
function hour(hours, minutes, half) {
  const part = /^([ap])/i.exec(half)?.[1].toLowerCase();
  if (part && (hours < 1 || hours > 12)) return "";
  const full = part ? (hours % 12) + (part === "p" ? 12 : 0) : hours;
  return full < 24 && minutes < 60 ? `${String(full).padStart(2, "0")}:${String(minutes).padStart(2, "0")}` : "";
}

/** The day somebody wrote, in any of the usual ways; null where it is none. @param {string} text @param {boolean} [monthFirst] */
export function read(text, monthFirst = false) {
  const found = whole(text, monthFirst);
  return found ? found.day : null;
}

/** Days that are all of a text. @param {string} text @param {boolean} monthFirst */
function whole(text, monthFirst) {
  const clean = unquoted(text);
  const found = span(clean, monthFirst);
  return found && !/[^\s.,;:)\]]/.test(clean.slice(found.length)) ? found : null;
}

/**
 * Whether the month comes first in numbers such as 9/15/2027: one value above 12 in second place proves it.
 * @param {string} text
 */
export function monthComesFirst(text) {
  const pairs = [...text.matchAll(/(?<![\d./-])(\d{1,2})([-/])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)/g)];
  return pairs.some(([, , , second]) => +second > 12) && !pairs.some(([, first]) => +first > 12);
}

/**
 * Meetings in rows of cells: a cell with a day, one with a title, perhaps an end and an hour. A row of one cell is a
 * line, or several, of a day and a title. What is not understood is `unread`.
 * @param {string[][]} rows @returns {{found: Written[], unread: string[]}}
 */
export function meetings(rows) {
  /** @type {Written[]} */ const found = [];
  /** @type {string[]} */ const unread = [];
  const monthFirst = monthComesFirst(rows.map((row) => row.join("\t")).join("\n"));
  let first = true;
  for (const row of rows) {
    const cells = row.map((cell) => cell.trim()).filter(Boolean);
    const lines = cells.length === 1 ? cells[0].split("\n").map((line) => line.trim()).filter(Boolean) : cells.length ? [""] : [];
    for (const line of lines) {
      const meeting = line ? readLine(line, monthFirst) : readRow(cells, monthFirst);
      const said = line || cells.join(" ");
      if (meeting) found.push(meeting);
      else if (!first || !(HEADING.test(folded(said)) || (!line && !/\d/.test(said)))) unread.push(said.replace(/\s+/g, " "));
      first = false;
    }
  }
  return { found, unread };
}

/** The same of a plain text. @param {string} text */
export const readLines = (text) => meetings(parse(text));

/** @param {string[]} cells @param {boolean} monthFirst @returns {Written | null} */
function readRow(cells, monthFirst) {
  /** @type {Span | null} */ let when = null;
  let [title, begins] = ["", ""];
  for (const cell of cells) {
    const day = whole(cell, monthFirst);
    const clock = day ? null : CLOCK.exec(cell);
    if (day && !when) when = { ...day };
    else if (day && when && day.day >= when.day && when.until === when.day) when.until = day.until;
    else if (clock && clock[0].length === cell.length) begins ||= hour(+clock[1], +(clock[2] || 0), clock[3] || "");
    else if (!day && !title && /\p{L}/u.test(cell)) title = unquoted(cell).replace(/\s+/g, " ");
  }
  if (when && title) return { day: when.day, until: when.until, begins: when.begins || begins, title };
  return when ? null : readLine(cells.join(" "), monthFirst);
}

/** @param {string} line @param {boolean} monthFirst @returns {Written | null} */
function readLine(line, monthFirst) {
  let text = line.replace(/[\s\u00a0]+/g, " ").replace(/^[-–—*•·▪○]\s*/u, "").replace(/^"(?=[^"]*$)/, "");
  let found = span(text, monthFirst);
  if (!found && /^\d{1,2}[.)] /.test(text)) { // a numbered line, not «4. Mai»
    text = text.slice(text.indexOf(" ") + 1);
    found = span(text, monthFirst);
  }
  if (found) {
    const title = unquoted(text.slice(found.length).replace(/^[\s,;:|–—-]+/, ""));
    const apart = /^[\s,;:|)–—-]/.test(text.slice(found.length));
    return title && apart && /[\p{L}\d]/u.test(title) ? { day: found.day, until: found.until, begins: found.begins, title } : null;
  }
  for (const mark of text.matchAll(/[,;:|(–—-] ?|\s(?:on|op|am|le|el|il|vom|du|dal|del)(?=\s)/giu)) {
    const behind = whole(text.slice(mark.index + mark[0].length).trim(), monthFirst);
    const title = unquoted(text.slice(0, mark.index));
    if (behind && title) return { day: behind.day, until: behind.until, begins: behind.begins, title };
  }
  return null;
}

/** @param {string} text */
function unquoted(text) {
  return text.trim().replace(/^"(.*)"$/s, "$1").replaceAll('""', '"').trim();
}
