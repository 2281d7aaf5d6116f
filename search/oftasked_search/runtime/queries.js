// A visitor's question -> its words, and for each word the terms that may stand for it. See `queries.py`.

import { cut, fold, isUnspaced } from "./analysis.js";

/** @typedef {import("./analysis.js").Analyser} Analyser */
/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/**
 * A word of the query; `open` if more letters may follow, `whole` if it is all of its token.
 * @typedef {{surface: string, term: string, start: number, end: number, open: boolean, whole: boolean}} QueryWord
 */
/**
 * A term that may stand for a word: its percentage if the index has the word, and if not; `correction` is the
 * word as written where a typo is assumed; `related` if what is related to the term counts, too.
 * @typedef {{term: string, known: number, unknown: number, correction?: string,
 *   related?: boolean}} Option
 */

export const MAX_QUERY = 1000;
const MAX_WORDS = 32;
const EXACT = 100;
const COMPLETED = 80;
const COMPLETED_KNOWN = 35;
const BASE_SHARE = 35;
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
 * The general words but those that only seem to be in a query without spaces: from the start of a run of such text
 * a pair of characters stands if it is a general word, else a single character.
 * @template T
 * @param {string} query
 * @param {Analyser} analyser
 * @param {Map<string, T>} general
 * @returns {Map<string, T>}
 */
export function standing(query, analyser, general) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const { words } of analyser.tokens(fold(cut(query, MAX_QUERY)))) {
    const pairs = words.slice(0, words.length >> 1);
    const singles = words.slice(words.length >> 1);
    for (let at = 0; at < singles.length; at++) {
      const pair = at < pairs.length && general.has(pairs[at].term);
      found.add(pair ? pairs[at].term : singles[at].term);
      if (pair) at++;
    }
  }
  return new Map(Array.from(general).filter(([term]) => found.has(term) || !isUnspaced(term)));
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
    .map(({ word, frequency }) => {
      const share = BASE_SHARE + Math.floor(((100 - BASE_SHARE) * frequency) / total);
      const known = Math.floor((COMPLETED_KNOWN * share) / 100);
      const unknown = Math.floor((COMPLETED * share) / 100);
      return { term: stem(word, analyser), known, unknown };
    });
}

/**
 * @param {QueryWord} word
 * @param {Lexicon} lexicon
 * @param {Analyser} analyser
 * @param {boolean} halved
 * @returns {Option[]}
 */
function typos({ surface, whole }, lexicon, analyser, halved) {
  if (surface.length < MIN_TYPO || lexicon.has(surface) || /[0-9]/.test(surface)) return [];
  const options = [];
  for (const { word, distance } of lexicon.near(surface)) {
    const unknown = typoPercent(surface, word, distance, halved);
    const correction = whole && !halved ? word : undefined;
    const term = stem(word, analyser);
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
 * Each phrase of the query that is in a group of synonyms, with the terms of the group's others.
 * @param {QueryWord[]} words
 * @param {Lexicon} lexicon
 */
function* synonyms(words, lexicon) {
  const terms = words.map((word) => word.term);
  for (const group of lexicon.synonyms) {
    for (const phrase of group) {
      for (const start of occurrences(phrase, terms)) {
        for (const option of group
          .filter((other) => !same(other, phrase))
          .flatMap(synonymOptions)) {
          yield { start, end: start + phrase.length, option };
        }
      }
    }
  }
}

/**
 * @param {string[]} other
 * @returns {Option[]}
 */
function synonymOptions(other) {
  const percent = Math.floor(SYNONYM / other.length);
  return other.map((term) => ({ term, known: percent, unknown: percent }));
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
