/** The tables of copdash/words.py. Made by scripts/make_words.py; words.js is what uses them. */

export const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** What is not formed by the endings. @type {Record<string, string>} */
export const IRREGULAR = {"person": "people", "is": "are", "was": "were", "has": "have", "does": "do", "its": "their", "it": "them"};

/** Typographic signs and the plain ones. @type {Record<string, string>} */
export const TWINS = {
  "\u2019": "'", "\u2018": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u02bb": "'", "\u02b9": "'",
  "\u00b4": "'", "`": "'", "\u2032": "'", "\u2035": "'", "\u02c8": "'", "\uff07": "'", "\u2039": "'", "\u203a": "'",
  "\u201c": "\"", "\u201d": "\"", "\u201e": "\"", "\u201f": "\"", "\u00ab": "\"", "\u00bb": "\"", "\u2033": "\"",
  "\u2036": "\"", "\u301d": "\"", "\u301e": "\"", "\uff02": "\"", "\u2010": "-", "\u2011": "-", "\u2012": "-",
  "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-", "\u2043": "-", "\ufe58": "-", "\ufe63": "-",
  "\uff0d": "-", "\u00ad": "", "\u034f": "", "\u061c": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "",
  "\u200f": "", "\u202a": "", "\u202b": "", "\u202c": "", "\u202d": "", "\u202e": "", "\u2060": "", "\u2061": "",
  "\u2062": "", "\u2063": "", "\u2064": "", "\u2066": "", "\u2067": "", "\u2068": "", "\u2069": "", "\ufe0e": "",
  "\ufe0f": "", "\ufeff": "",
};

/** Small letters that Unicode does not take apart. @type {Record<string, string>} */
export const LETTERS = {
  "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d",
  "\u00fe": "th", "\u0131": "i", "\u0127": "h", "\u0167": "t", "\u014b": "n", "\u0138": "k", "\u03c2": "\u03c3",
  "\u2044": "/",
};

/** How letters are written out. @type {Record<string, string>} */
export const SPELLED = {
  "\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00e5": "aa", "\u00f8": "oe",
};

/** Accents. */
export const MARKS = /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g;
