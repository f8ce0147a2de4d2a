/**
 * How days, counts and lists are said, and how names are folded for search and comparison: copdash/words.py once more,
 * from the same tables (words_tables.js). tests/data/words.json holds both to the same answers. Touches no page.
 */
import { IRREGULAR, LETTERS, MARKS, MONTHS, SPELLED, TWINS } from "./words_tables.js";

/** A day in few letters: 18 Mar 2027. @param {string} iso */
export const day = (iso) => `${+iso.slice(8, 10)} ${MONTHS[+iso.slice(5, 7) - 1].slice(0, 3)} ${+iso.slice(0, 4)}`;

/** Two days: 18 Mar to 20 Mar 2027; one day and one year are said once. @param {string} first @param {string | null} [last] */
export function span(first, last) {
  if (!last || first === last) return day(first);
  const since = first.slice(0, 4) === last.slice(0, 4) ? day(first).slice(0, -5) : day(first);
  return `${since} to ${day(last)}`;
}

/** The month, 1 to 12, that a word begins like; 0 for none. @param {string} word */
export const month = (word) => MONTHS.findIndex((name) => word.toLowerCase().startsWith(name.slice(0, 3).toLowerCase())) + 1;

// ---- counts and lists -----------------------------------------------------------------------------------------------

/** The noun alone, for one or for several; of several words the last is bent. @param {number} count @param {string} noun */
export function plural(count, noun) {
  if (count === 1) return noun;
  const at = noun.lastIndexOf(" ") + 1;
  const word = noun.slice(at);
  const bent = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word]
    : /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies`
      : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
  return noun.slice(0, at) + bent;
}

/** A whole number with its thousands apart: 1,200. @param {number} count */
export const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** How many there are: 1 tie, 1,200 stakeholders. @param {number} count @param {string} noun */
export const counted = (count, noun) => `${grouped(count)} ${plural(count, noun)}`;

/** What one or several do: crosses and cross, is and are. @param {number} count @param {string} word */
export function verb(count, word) {
  if (count === 1) return word;
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word];
  if (/(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /..ies$/.test(word) ? `${word.slice(0, -3)}y` : word.replace(/s$/, "");
}

/**
 * Names in a sentence: a, b and c; beyond `most` the rest is counted, unless it is but one.
 * @param {string[]} names @param {number} [most] @param {string} [rest]
 */
export function listed(names, most, rest = "more") {
  const every = most !== undefined && names.length > most + 1
    ? [...names.slice(0, most), `${grouped(names.length - most)} ${rest}`] : names;
  return every.length > 1 ? `${every.slice(0, -1).join(", ")} and ${every[every.length - 1]}` : every.join("");
}

/** The text on one line, in at most this many letters; what is left out becomes an ellipsis. @param {string} text @param {number} longest */
export function shortened(text, longest) {
  const letters = [...blanked(text)];
  return letters.length <= longest ? letters.join("") : `${letters.slice(0, longest - 1).join("").trimEnd()}…`;
}

// ---- names as they are compared -------------------------------------------------------------------------------------

const ASCII = /^[\x00-\x7f]*$/;
/** @type {Record<string, string>} */
const PLAIN = { ...TWINS, ...LETTERS };
/** @param {Record<string, string>} table */
const signs = (table) => new RegExp(`[${Object.keys(table).join("").replace(/[\]\\^-]/g, "\\$&")}]`, "g");
const [PLAINED, SPELT] = [signs(PLAIN), signs(SPELLED)];

/** @param {string} text */
const blanked = (text) => text.trim().split(/\s+/).join(" ");
/** @param {string} text */
const plain = (text) => text.replace(PLAINED, (sign) => PLAIN[sign]);

/** Text in small letters without accents: «København» is «kobenhavn», «Große Mühle» is «grosse muhle». @param {unknown} text */
export function folded(text) {
  const small = plain(String(text ?? "").toLowerCase());
  return blanked(ASCII.test(small) ? small : plain(small.normalize("NFKD").toLowerCase().replace(MARKS, "")));
}

/** The text folded, and folded as it is written out where the keyboard lacks its letters. @param {unknown} text */
export function spellings(text) {
  const one = folded(text);
  if (ASCII.test(String(text ?? ""))) return [one];
  const out = folded(String(text).normalize("NFC").toLowerCase().replace(SPELT, (sign) => SPELLED[sign]));
  return one === out ? [one] : [one, out];
}

/**
 * What a search asks: whether every word of it stands somewhere in the texts, in one of its spellings.
 * @param {string} search @returns {(...texts: unknown[]) => boolean}
 */
export function seeker(search) {
  const words = search.split(/\s+/).filter(Boolean).map(spellings);
  return (...texts) => {
    if (!words.length) return true;
    const where = texts.flatMap(spellings).join("\n");
    return words.every((word) => word.some((spelling) => where.includes(spelling)));
  };
}
