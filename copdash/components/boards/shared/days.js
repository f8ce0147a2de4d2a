/**
 * Plain dates: a day is ISO text such as "2021-09-15", and nothing here knows a time zone.
 * The timeline counts in milliseconds of UTC, where every day has 24 hours; no day can shift on the way.
 */
import { month } from "./words.js";

const DAY = 86400000;

/** The midnight at which a day begins, in milliseconds of UTC. @param {string} day */
export const toTime = (day) => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10));

/** The day that a moment of UTC falls on. @param {number} time */
export const toDay = (time) => new Date(Math.floor(time / DAY) * DAY).toISOString().slice(0, 10);

/** The day some days later (earlier where negative). @param {string} day @param {number} days */
export const plus = (day, days) => toDay(toTime(day) + days * DAY);

/** How many days lie between two days. @param {string} first @param {string} last */
export const between = (first, last) => Math.round((toTime(last) - toTime(first)) / DAY);

/**
 * The day that a year, a month and a day of the month make; null where the calendar has no such day.
 * @param {number} year @param {number} month @param {number} date
 */
function made(year, month, date) {
  const time = Date.UTC(year, month - 1, date);
  const found = new Date(time);
  const fits = found.getUTCFullYear() === year && found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
  return fits && year >= 1900 && year <= 2200 ? toDay(time) : null;
}

/** How a day is written, and what makes it. @type {[RegExp, (...parts: string[]) => string | null][]} */
const WRITTEN = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?$/, (y, m, d) => made(+y, +m, +d)],
  // Day before month, as in all countries of the case studies; where that cannot be, the month came first.
  [/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, (a, b, y) => made(+y, +b, +a) || made(+y, +a, +b)],
  [/^(\d{1,2})\.? ?([A-Za-z]{3,9})\.? ?(\d{4})$/, (d, m, y) => (month(m) ? made(+y, month(m), +d) : null)],
  [/^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/, (m, d, y) => (month(m) ? made(+y, month(m), +d) : null)],
];

/** The day somebody wrote, in any of the usual ways; null where it is none. @param {string} text */
export function read(text) {
  const clean = text.trim().replace(/^"(.*)"$/, "$1").trim();
  for (const [pattern, make] of WRITTEN) {
    const found = clean.match(pattern);
    if (found) return make(...found.slice(1));
  }
  return null;
}

/**
 * Lines of a date and a title, as they come from a mail or a spreadsheet.
 * @returns {{found: {day: string, title: string}[], unread: string[]}}
 * @param {string} text
 */
export function readLines(text) {
  /** @type {{day: string, title: string}[]} */ const found = [];
  /** @type {string[]} */ const unread = [];
  text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean).forEach((line, number) => {
    const row = readLine(line);
    if (row) found.push(row);
    else if (number || !/^"?(date|day|start|when)\b/i.test(line)) unread.push(line);
  });
  return { found, unread };
}

/** @param {any} line */
function readLine(line) {
  for (const separator of ["\t", ";", ",", ": ", " - ", " – ", " "]) {
    for (let at = line.indexOf(separator); at > 0; at = line.indexOf(separator, at + 1)) {
      const day = read(line.slice(0, at));
      const title = unquoted(line.slice(at + separator.length).split("\t")[0]);
      if (day && title) return { day, title };
      if (at > 24) break;
    }
  }
  const cells = line.split("\t");
  const day = cells.length > 1 ? read(cells[1]) : null;
  return day && unquoted(cells[0]) ? { day, title: unquoted(cells[0]) } : null;
}

/** @param {string} text */
function unquoted(text) {
  return text.trim().replace(/^"(.*)"$/, "$1").replaceAll('""', '"').trim();
}
