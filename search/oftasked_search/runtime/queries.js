// A visitor's question -> its words, and for each word the terms that may stand for it. See `queries.py`.

import { cut, fold, isUnspaced } from "./analysis.js";
import { allowedTypos, compare, edits } from "./lexicon.js";
import { asPhrase } from "./phrases.js";

/** @typedef {import("./analysis.js").Analyser} Analyser */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/**
 * A word of the query; `open` if more letters may follow, `whole` if it is all of its token.
 * @typedef {{surface: string, term: string, start: number, end: number, open: boolean, whole: boolean}} QueryWord
 */
/**
 * A term (or phrase) that may stand for a word: its percentage if the index has the word, and if not; `correction` is the
 * word as written where a typo is assumed; `related` if what is related to the term counts, too, `general` if nothing else does.
 * @typedef {{term: string, known: number, unknown: number, correction?: string,
 *   related?: boolean, general?: boolean}} Option
 */

export const MAX_QUERY = 1000;
const MAX_WORDS = 32;
const EXACT = 100;
const COMPLETED = 80;
const COMPLETED_KNOWN = 50;
const BASE_SHARE = 35;
const MOST_MEANT = 2; // completions of a word whose related words count, too
const ONE_TYPO = 85;
const TWO_TYPOS = 60;
const FIRST_LETTER = 80;
const JOINED = 90;
const SPLIT = 60;
const SYNONYM = 80;
const MIN_COMPLETED = 2;
const MIN_TYPO = 4;
const MIN_FIRST_LETTER = 5;
const MIN_HALF = 3;
// A typo of a general word that the index lacks: percent of what a typo of its own word is worth, words at
// most, letters at the beginning that must be right (those words are in the same block).
const GENERAL_TYPO = 70;
const MOST_GENERAL = 2;
const SURE_LETTERS = 2;
const ASTRAL = /[\u{10000}-\u{10ffff}]/u;

/**
 * The distinct words of a query in their order.
 * @param {string} query
 * @param {Analyser} analyser
 * @returns {QueryWord[]}
 */
export function parse(query, analyser) {
  const folded = fold(cut(query, MAX_QUERY));
  /** @type {Map<string, QueryWord>} */
  const words = new Map();
  for (const { start, end, words: inToken } of analyser.tokens(folded)) {
    for (const word of inToken) {
      const open = end === folded.length && word === inToken.at(-1);
      const whole = inToken.length === 1;
      if (!words.has(word.term)) words.set(word.term, { ...word, start, end, open, whole });
    }
  }
  return Array.from(words.values()).slice(0, MAX_WORDS);
}

/**
 * For each word what may stand for it, itself first.
 * @param {QueryWord[]} words
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @returns {Option[][]}
 */
export function options(words, lexicon, analyser) {
  const found = words.map((word) => ownOptions(word, lexicon, analyser));
  for (const { at, option } of joined(words, lexicon, analyser)) {
    found[at].push(option);
    found[at + 1].push(option);
  }
  for (const { start, end, option } of synonyms(words, lexicon)) {
    for (let at = start; at < end; at++) found[at].push(option);
  }
  return found;
}

/**
 * Adds, to words that nothing knows, the general words that they may be typos of. `neighbours` gives the general
 * words of the block where a term would be: no more is read for a typo than for the word itself.
 * @param {QueryWord[]} words
 * @param {Option[][]} choices
 * @param {Lexicon} lexicon
 * @param {(term: string) => Promise<string[]>} neighbours
 * @returns {Promise<Option[][]>}
 */
export function widened(words, choices, lexicon, neighbours) {
  return Promise.all(
    words.map(async (word, at) => {
      if (!mayBeTypo(word, lexicon)) return choices[at];
      return [...choices[at], ...generalTypos(word, await neighbours(word.term))];
    }),
  );
}

/**
 * @param {QueryWord} word
 * @param {string[]} neighbours
 * @returns {Option[]}
 */
function generalTypos({ surface, term }, neighbours) {
  if (neighbours.includes(term)) return [];
  const limit = allowedTypos(surface);
  const start = Array.from(term).slice(0, SURE_LETTERS).join("");
  const near = neighbours
    .filter((other) => other.startsWith(start))
    .map((other) => {
      const distance = Math.min(edits(term, other, limit), edits(surface, other, limit));
      return { other, distance };
    })
    .filter(({ distance }) => distance <= limit)
    .sort(
      (a, b) =>
        a.distance - b.distance || b.other.length - a.other.length || compare(a.other, b.other),
    );
  return near
    .slice(0, MOST_GENERAL)
    .filter(({ distance }) => distance === near[0].distance)
    .map(({ other, distance }) => {
      const worth = distance <= 1 ? ONE_TYPO : TWO_TYPOS;
      const unknown = Math.floor((worth * GENERAL_TYPO) / 100);
      return { term: other, known: 0, unknown, related: true, general: true };
    });
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 */
function mayBeTypo({ surface }, lexicon) {
  const spelt = !isUnspaced(surface) && !ASTRAL.test(surface) && surface.length >= MIN_TYPO;
  return spelt && !lexicon.has(surface) && !/[0-9]/.test(surface);
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @returns {Option[]}
 */
function ownOptions(word, lexicon, analyser) {
  const exact = { term: word.term, known: EXACT, unknown: EXACT, related: true };
  if (isUnspaced(word.surface) || ASTRAL.test(word.surface)) return [exact];
  const completed = word.open ? completions(word, lexicon, analyser) : [];
  const halved = completed.length > 0;
  const mistyped = typos(word, lexicon, analyser, halved);
  const split = mistyped.length || halved ? [] : splits(word, lexicon, analyser);
  return [exact, ...completed, ...mistyped, ...split];
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @returns {Option[]}
 */
function completions({ surface }, lexicon, analyser) {
  if (surface.length < MIN_COMPLETED) return [];
  const found = lexicon.completions(surface);
  const total = found.reduce((sum, entry) => sum + entry.frequency, 0);
  return found
    .filter((entry) => entry.word !== surface)
    .map(({ word, frequency }, place) => {
      const share = BASE_SHARE + Math.floor(((100 - BASE_SHARE) * frequency) / total);
      const known = Math.floor((COMPLETED_KNOWN * share) / 100);
      const unknown = Math.floor((COMPLETED * share) / 100);
      return { term: stem(word, analyser), known, unknown, related: place < MOST_MEANT };
    });
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @param {boolean} halved
 * @returns {Option[]}
 */
function typos(word, lexicon, analyser, halved) {
  const { surface, whole } = word;
  if (!mayBeTypo(word, lexicon)) return [];
  const options = [];
  for (const { word: other, distance } of lexicon.near(surface)) {
    const unknown = typoPercent(surface, other, distance, halved);
    const correction = whole && !halved ? other : undefined;
    const term = stem(other, analyser);
    if (unknown) options.push({ term, known: 0, unknown, correction, related: true });
  }
  return options;
}

/**
 * @param {string} surface
 * @param {string} word
 * @param {number} distance
 * @param {boolean} halved
 */
function typoPercent(surface, word, distance, halved) {
  let percent = distance === 1 ? ONE_TYPO : TWO_TYPOS;
  if (word[0] !== surface[0]) {
    percent = surface.length >= MIN_FIRST_LETTER ? Math.floor((percent * FIRST_LETTER) / 100) : 0;
  }
  return halved ? Math.floor(percent / 2) : percent;
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @returns {Option[]}
 */
function splits({ surface }, lexicon, analyser) {
  if (lexicon.has(surface)) return [];
  const halves = [];
  for (let at = MIN_HALF; at <= surface.length - MIN_HALF; at++) {
    const pair = [surface.slice(0, at), surface.slice(at)];
    if (pair.every((half) => lexicon.has(half))) halves.push(...pair);
  }
  return halves.map((half) => ({ term: stem(half, analyser), known: 0, unknown: SPLIT }));
}

/**
 * Neighbours that the index has as one word: pass code for passcode.
 * @param {QueryWord[]} words
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @returns {{at: number, option: Option}[]}
 */
function joined(words, lexicon, analyser) {
  return words.slice(1).flatMap((word, at) => {
    const text = words[at].surface + word.surface;
    if (isUnspaced(text) || !lexicon.has(text)) return [];
    return [{ at, option: { term: stem(text, analyser), known: JOINED, unknown: JOINED } }];
  });
}

/**
 * Each phrase of the query that is in a group of synonyms, with the group's others.
 * @param {QueryWord[]} words
 * @param {Lexicon} lexicon
 */
function* synonyms(words, lexicon) {
  const terms = words.map((word) => word.term);
  for (const group of lexicon.synonyms) {
    for (const phrase of group) {
      for (const start of occurrences(phrase, terms)) {
        for (const other of group.filter((each) => each.length && !same(each, phrase))) {
          const option = synonymOption(other, phrase.length);
          yield { start, end: start + phrase.length, option };
        }
      }
    }
  }
}

/**
 * The words of a phrase have together what fewer words in its place are worth.
 * @param {string[]} other
 * @param {number} words
 * @returns {Option}
 */
function synonymOption(other, words) {
  const unknown = Math.floor((SYNONYM * Math.min(other.length, words)) / words);
  return { term: asPhrase(other), known: SYNONYM, unknown };
}

/**
 * @param {string[]} phrase
 * @param {string[]} terms
 */
function occurrences(phrase, terms) {
  const starts = [];
  for (let start = 0; phrase.length && start + phrase.length <= terms.length; start++) {
    if (phrase.every((term, at) => terms[start + at] === term)) starts.push(start);
  }
  return starts;
}

/**
 * @param {string[]} a
 * @param {string[]} b
 */
function same(a, b) {
  return a.length === b.length && a.every((term, at) => term === b[at]);
}

/**
 * @param {string} surface
 * @param {Analyser} analyser
 */
function stem(surface, analyser) {
  return analyser.wordsOf(surface)[0].term;
}
