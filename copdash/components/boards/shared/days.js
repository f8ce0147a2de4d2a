/**
 * Plain dates: a day is ISO text such as "2021-09-15", and nothing here knows a time zone.
 * The timeline counts in milliseconds of UTC, where every day has 24 hours; no day can shift on the way.
 */
const DAY = 86400000;

/** The midnight at which a day begins, in milliseconds of UTC. @param {string} day */
export const toTime = (day) => Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1, +day.slice(8, 10));

/** The day that a moment of UTC falls on. @param {number} time */
export const toDay = (time) => new Date(Math.floor(time / DAY) * DAY).toISOString().slice(0, 10);

/** The day some days later (earlier where negative). @param {string} day @param {number} days */
export const plus = (day, days) => toDay(toTime(day) + days * DAY);

/** How many days lie between two days. @param {string} first @param {string} last */
export const between = (first, last) => Math.round((toTime(last) - toTime(first)) / DAY);
