/**
 * The rules of copdash/fields.py once more, so that a slip is told in the cell before it is sent. The server decides.
 *
 * @typedef {{name: string, label: string, standard: string, shape: "text"|"note"|"choice"|"rating",
 *            choices: string[]|null, required: boolean, suggests: boolean, shown: boolean}} Column
 */
import { folded, shortened } from "../shared/words.js";

/** @type {Record<string, number>} */
const LONGEST = { text: 5000, note: 20000 };
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufeff]/g;

/** A value that breaks a rule; its message is the sentence for the person. */
export class Refused extends Error {}

/**
 * The value to store. @param {Column} column @param {unknown} given @returns {string|number|null}
 * @throws {Refused}
 */
export function clean(column, given) {
  if (column.shape === "rating") return rating(column, given);
  const text = plain(column, given);
  if (column.shape === "choice") return choice(column, text);
  return column.name === "themes" ? themes(text) : text;
}

/** @param {Column} column @param {unknown} given */
function plain(column, given) {
  let text = String(given ?? "").normalize("NFC").replace(/\r\n?/g, "\n").replace(CONTROL, "");
  text = column.shape === "note" ? text.trim() : text.trim().split(/\s+/).join(" ");
  const longest = LONGEST[column.shape] || LONGEST.text;
  if (text.length > longest) {
    throw new Refused(`${column.label}: ${text.length} characters are too many; shorten it to ${longest}.`);
  }
  if (column.required && !text) throw new Refused(`${column.label}: type something, it cannot be empty.`);
  return text;
}

/** @param {Column} column @param {string} text */
function choice(column, text) {
  if (!text) return "";
  const said = text.toLowerCase();
  const known = column.choices?.find((word) => word.toLowerCase() === said) ?? meaning(column.name, text);
  if (known === undefined) {
    throw new Refused(`${column.label}: «${brief(text)}» is not in the list. Choose a word from it, or leave the cell empty.`);
  }
  return known;
}

/** @param {Column} column @param {unknown} given */
function rating(column, given) {
  const text = String(given ?? "").trim();
  if (!text) return null;
  const number = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(text) ? Number(text.replace(",", ".")) : NaN;
  if (!(number >= 0 && number <= 10)) {
    throw new Refused(`${column.label}: give a number from 0 to 10, or leave it empty.`);
  }
  return Math.round(number * 100) / 100 + 0;
}

/** @param {string} text */
function themes(text) {
  return [...new Set(text.split(/[;\n]/).map((part) => part.trim()).filter(Boolean))].join("; ");
}

/** A value as the cell shows it and as it is copied. @param {unknown} value */
export function shown(value) {
  return value === null || value === undefined ? "" : String(value);
}

/** A long text cut for a sentence. @param {string} text */
export function brief(text, longest = 60) {
  return shortened(shown(text), longest);
}

/** What other words mean, by field: «NGO», «Behörde». */
/** @type {{connectives: string[], fields: Record<string, Record<string, string>>}} */
const vocabulary = { connectives: [], fields: {} };

/** Ask the server for the vocabulary; until it is there a column knows only its own words. */
export async function learn() {
  const address = new URL(import.meta.url);
  address.pathname = address.pathname.replace(/\/_stcore\/.*$/, "/words");
  address.search = "";
  const answer = await fetch(address.href).catch(() => null);
  if (answer?.ok) Object.assign(vocabulary, await answer.json());
}

/** @param {string} field @param {string} text */
function meaning(field, text) {
  const known = vocabulary.fields[field] ?? {};
  return [text, text.replace(/\(.*?\)|\[.*?\]/g, " ")].map(normal).filter((word) => Object.hasOwn(known, word)).map((word) => known[word])[0];
}

/** A word as copdash/exchange/vocabulary.py compares it. @param {string} text */
function normal(text) {
  const all = folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return all.filter((word) => !vocabulary.connectives.includes(word)).join(" ") || all.join(" ");
}
