// Text -> words -> terms, as `terms.py` does it; FORMAT.md ("Analysis") is the specification of both.

import { french, german, italian, spanish } from "./light.js";
import { porter } from "./porter.js";

/** A word as written (folded) and the term that stands for it. @typedef {{surface: string, term: string}} Word */
/** A stretch of folded text and its words. @typedef {{start: number, end: number, words: Word[]}} Token */

// Scripts written without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han, Hangul.
const UNSPACED =
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ece\\u1000-\\u103f\\u1050-\\u109f\\u1780-\\u17d3\\u3005-\\u3007" +
  "\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3" +
  "\\uf900-\\ufaff\\u{20000}-\\u{323af}";
// Signs inside words that are neither letters nor numbers to Unicode.
export const MARKS =
  "\\u0483-\\u0487\\u0900-\\u0963\\u0966-\\u096f\\u0971-\\u0df3\\u0f18-\\u0f19\\u0f35-\\u0f39\\u0f71-\\u0fbc";
// Accents, vowel points, tatweel, invisible joiners: what people leave out when they type.
export const DROPPED =
  "\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640" +
  "\\u064b-\\u065f\\u0670\\u200b-\\u200d\\u2060\\ufe00-\\ufe0f\\ufeff";
/** @type {Record<string, string>} */
const LETTERS = { ß: "ss", ς: "σ", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" };
const APOSTROPHES = "'’ʼ‘`´";
const HYPHENS = "\\-\\u2010";
const MAX_WORD = 64;
const MAX_JOINED = 3;

const LETTER = `(?:(?![${UNSPACED}${APOSTROPHES}])[\\p{L}\\p{N}]|[${MARKS}])`;
const JOINER = `(?:[${APOSTROPHES}${HYPHENS}]|(?<=[0-9])[.,](?=[0-9]))`;
const TOKEN = new RegExp(`[${UNSPACED}]+|${LETTER}+(?:${JOINER}${LETTER}+)*`, "gu");
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, "u");
const DROPPED_ANY = new RegExp(`[${DROPPED}]`, "gu");
const POSSESSIVE = new RegExp(`[${APOSTROPHES}]s$`, "u");
const APOSTROPHE = new RegExp(`[${APOSTROPHES}]`, "gu");
const HYPHEN = new RegExp(`[${HYPHENS}]`, "u");
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ASCII = /^[\x00-\x7f]*$/;
const LETTER_ANY = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

/** The stemmers by the name that a manifest gives. @type {Map<string | null, (word: string) => string>} */
export const STEMMERS = new Map([
  [null, (/** @type {string} */ word) => word],
  ["porter", porter],
  ["light-german", german],
  ["light-french", french],
  ["light-spanish", spanish],
  ["light-italian", italian],
]);

/** The analysis of one index's language; remembers what it has worked out for a token. */
export class Analyser {
  /**
   * @param {(word: string) => string} stem
   * @param {Map<string, string>} han
   */
  constructor(stem, han) {
    this.stem = stem;
    this.han = han;
    /** @type {Map<string, Word[]>} */
    this.known = new Map();
  }

  /**
   * The tokens of a text that went through `fold`, in reading order.
   * @param {string} folded
   * @returns {Token[]}
   */
  tokens(folded) {
    return Array.from(folded.matchAll(TOKEN), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      words: this.wordsOf(match[0]),
    }));
  }

  /**
   * The words that one token of folded text gives.
   * @param {string} token
   * @returns {Word[]}
   */
  wordsOf(token) {
    let words = this.known.get(token);
    if (!words) {
      words = this.split(token);
      this.known.set(token, words);
    }
    return words;
  }

  /**
   * @param {string} token
   * @returns {Word[]}
   */
  split(token) {
    if (!isUnspaced(token)) {
      return parts(token).map((part) => ({ surface: part, term: this.stem(part) }));
    }
    const run = Array.from(token, (character) => this.han.get(character) ?? character);
    return grams(run).map((gram) => ({ surface: gram, term: gram }));
  }
}

/**
 * Text with everything folded that people write in several ways: width, case, accents.
 * @param {string} text
 */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  const lower = text
    .replace(/\p{Cs}/gu, " ")
    .normalize("NFKC")
    .toLowerCase();
  const letters = lower.replace(LETTER_ANY, (letter) => LETTERS[letter]);
  return letters.normalize("NFD").replace(DROPPED_ANY, "").normalize("NFC");
}

/**
 * Whether the text starts in a script that is written without spaces.
 * @param {string} text
 */
export function isUnspaced(text) {
  return UNSPACED_START.test(text);
}

/**
 * Overlapping pairs of characters, then the single characters.
 * @param {string[]} run
 */
function grams(run) {
  return [...run.slice(1).map((character, at) => run[at] + character), ...run];
}

/**
 * The words in a token: `e-mail` gives email and mail, `A-100` a100 and 100.
 * @param {string} token
 */
function parts(token) {
  const pieces = token.split(HYPHEN).map(plain);
  if (pieces.length === 1) return pieces;
  const joined = pieces.length <= MAX_JOINED ? [cut(pieces.join(""), MAX_WORD)] : [];
  return [...joined, ...pieces.filter((piece) => Array.from(piece).length > 1)];
}

/** @param {string} piece */
function plain(piece) {
  const without = piece.replace(POSSESSIVE, "").replace(APOSTROPHE, "");
  return cut(without.replaceAll(",", "."), MAX_WORD);
}

/**
 * The first code points of a text.
 * @param {string} text
 * @param {number} length
 */
export function cut(text, length) {
  if (text.length <= length) return text;
  return Array.from(text.slice(0, 2 * length))
    .slice(0, length)
    .join("");
}
