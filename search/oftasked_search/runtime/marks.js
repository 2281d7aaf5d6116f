// Which parts of a text match a query, as offsets in UTF-16 code units. See `marks.py`.

import { DROPPED, fold, isUnspaced, MARKS } from "./analysis.js";

/** @typedef {import("./analysis.js").Analyser} Analyser */
/** @typedef {import("./analysis.js").Token} Token */
/** @typedef {[number, number]} Range */

const PLAIN = /^[\x20-\x7e]*$/; // folding this only makes letters small
const ONE_CHARACTER = /^.$/su;
// A character with what belongs to it, so that folding one cannot change its neighbours.
const CLUSTER = new RegExp(`.[${MARKS}${DROPPED}\\u3099\\u309a]*`, "gsu");

/** A folded text and where each of its characters came from. */
export class Offsets {
  /** @param {string} text */
  constructor(text) {
    this.folded = "";
    /** @type {number[]} */
    this.starts = [];
    /** @type {number[]} */
    this.ends = [];
    this.plain = PLAIN.test(text);
    if (this.plain) this.folded = text.toLowerCase();
    else this.align(text);
  }

  /** @param {string} text */
  align(text) {
    for (const match of text.matchAll(CLUSTER)) {
      const piece = fold(match[0]);
      this.folded += piece;
      for (let at = 0; at < piece.length; at++) {
        this.starts.push(match.index);
        this.ends.push(match.index + match[0].length);
      }
    }
  }

  /**
   * The range in the original text of a range in the folded one.
   * @param {number} start
   * @param {number} end
   * @returns {Range}
   */
  original(start, end) {
    if (this.plain) return [start, end];
    return [this.starts[start], this.ends[end - 1]];
  }
}

/**
 * The marks of texts that are shown together. A single character of an unspaced script says little beside a
 * longer match: it is marked only where these texts have none.
 * @param {string[]} texts
 * @param {Set<string>} matched
 * @param {Analyser} analyser
 * @returns {Range[][]}
 */
export function marksOf(texts, matched, analyser) {
  const isLonger = (/** @type {string} */ term) => !ONE_CHARACTER.test(term) || !isUnspaced(term);
  const longer = new Set(Array.from(matched).filter(isLonger));
  const found = texts.map((text) => marks(text, longer, analyser));
  if (found.some((ranges) => ranges.length)) return found;
  return texts.map((text) => marks(text, matched, analyser));
}

/**
 * The ranges of a text whose words are among the matched terms; touching ranges become one.
 * @param {string} text
 * @param {Set<string>} matched
 * @param {Analyser} analyser
 * @returns {Range[]}
 */
export function marks(text, matched, analyser) {
  const offsets = new Offsets(text);
  /** @type {Range[]} */
  const ranges = [];
  for (const token of analyser.tokens(offsets.folded)) {
    const run = offsets.folded.slice(token.start, token.end);
    if (isUnspaced(run)) {
      ranges.push(...gramRanges(run, token, matched).map(([a, b]) => offsets.original(a, b)));
    } else if (token.words.some((word) => matched.has(word.term))) {
      ranges.push(offsets.original(token.start, token.end));
    }
  }
  return merged(ranges);
}

/**
 * @param {string} run
 * @param {Token} token
 * @param {Set<string>} matched
 * @returns {Range[]}
 */
function gramRanges(run, { start, words }, matched) {
  const places = [start];
  for (const character of run) places.push(places[places.length - 1] + character.length);
  const pairs = places.length - 2;
  return words.flatMap(({ term }, at) => {
    if (!matched.has(term)) return [];
    const first = at < pairs ? at : at - pairs;
    return [/** @type {Range} */ ([places[first], places[first + (at < pairs ? 2 : 1)]])];
  });
}

/**
 * @param {Range[]} ranges
 * @returns {Range[]}
 */
function merged(ranges) {
  /** @type {Range[]} */
  const result = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
    else result.push([start, end]);
  }
  return result;
}
