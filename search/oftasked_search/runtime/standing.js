// Which general words a query without spaces really consists of. See `queries.py`, `standing`.

import { cut, fold, isUnspaced } from "./analysis.js";
import { MAX_QUERY } from "./queries.js";

/** @typedef {import("./analysis.js").Analyser} Analyser */

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
