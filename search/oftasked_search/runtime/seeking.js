// A word's options -> what stands for it in this index. See `scoring.py`, `seek`.

import { compare } from "./lexicon.js";

/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./storage.js").RelatedEntry} RelatedEntry */
/** @typedef {import("./queries.js").Option} Option */
/**
 * A query word ready for scoring: its weight, what stands for it, the main one, the weight of the word
 * itself if the index has it, and general words that lead further.
 * @typedef {{weight: number, candidates: [string, number][], main: string | null, ceiling: number,
 *   related: [string, number][]}} Sought
 */

const UNLIMITED = 2 ** 30; // an integer, so that arithmetic stays on integers
const MOST_RELATED = 3;

/**
 * Chooses among a word's options by what the index really has.
 * @param {Option[]} options
 * @param {Map<string, TermEntry>} entries
 * @param {Map<string, RelatedEntry>} related
 * @param {number} unknown
 * @returns {Sought}
 */
export function seek(options, entries, related, unknown) {
  const first = options[0].term;
  const own = entries.get(first);
  const real = own !== undefined || related.has(first);
  /** @type {Map<string, number>} */
  const percents = new Map();
  /** @type {Map<string, number>} */
  const general = new Map();
  for (const option of options) {
    const { term } = option;
    const percent = real ? option.known : option.unknown;
    if (percent && entries.has(term) && !option.general)
      percents.set(term, Math.max(percent, percents.get(term) ?? 0));
    if (percent && option.related && related.has(term) && general.size < MOST_RELATED) {
      general.set(term, Math.max(percent, general.get(term) ?? 0));
    }
  }
  const found = { candidates: Array.from(percents), related: Array.from(general) };
  if (own) return { ...found, weight: own.weight, main: first, ceiling: own.weight };
  const worths = worthsOf(found.candidates, entries);
  const wider = worthsOf(found.related, related);
  if (!worths.length && !wider.length) {
    return { ...found, weight: unknown, main: null, ceiling: UNLIMITED };
  }
  const weight = Math.max(1, worths[0]?.worth ?? 0, wider[0]?.worth ?? 0);
  return { ...found, weight, main: worths[0]?.term ?? null, ceiling: UNLIMITED };
}

/**
 * What each candidate is worth, the best first.
 * @param {[string, number][]} candidates
 * @param {Map<string, {weight: number}>} entries
 */
function worthsOf(candidates, entries) {
  return candidates
    .map(([term, percent]) => ({
      term,
      worth: Math.floor(((entries.get(term)?.weight ?? 0) * percent) / 100),
    }))
    .sort((a, b) => b.worth - a.worth || compare(a.term, b.term));
}
