// A synonym of several words as one term: it is where all its words are. See `phrases.py`.

/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./postings.js").Postings} Postings */

const BETWEEN = " "; // no term has one
const LOW = 15; // the bits of a body's impact, and of a position

/**
 * The term that stands for several together; of one, that term.
 * @param {string[]} terms
 */
export function asPhrase(terms) {
  return terms.join(BETWEEN);
}

/**
 * The terms that a term stands for: itself, or those of a phrase.
 * @param {string} term
 */
export function wordsOf(term) {
  return term.split(BETWEEN);
}

/**
 * Adds those of the terms that are phrases and have all their words in an index.
 * @param {Map<string, TermEntry>} entries
 * @param {Iterable<string>} terms
 * @param {number} stride units of a document
 * @returns {Map<string, TermEntry>}
 */
export function withPhrases(entries, terms, stride) {
  const found = new Map(entries);
  for (const term of terms) {
    const words = wordsOf(term);
    const parts = words.flatMap((word) => entries.get(word) ?? []);
    if (words.length < 2 || parts.length < words.length) continue;
    const weight = Math.max(...parts.map((part) => part.weight));
    const postings = parts.map((part) => part.postings);
    found.set(term, { weight, postings: together(postings, stride) });
  }
  return found;
}

/**
 * Where several terms are together: in one phrasing, or all in the body.
 * @param {Postings[]} all
 * @param {number} stride
 * @returns {Postings}
 */
function together(all, stride) {
  const places = all.map((each) => byKey(each.units, each.strengths)).reduce(inPhrasing);
  const phrased = new Set(Array.from(places.keys(), (unit) => Math.floor(unit / stride)));
  const rows = all.map((each) => byKey(each.documents, each.impacts)).reduce(inDocument);
  for (const [document, impacts] of rows) {
    const left = phrased.has(document) ? impacts : impacts & LOW;
    if (left) rows.set(document, left);
    else rows.delete(document);
  }
  return {
    documents: Int32Array.from(rows.keys()),
    impacts: Uint8Array.from(rows.values()),
    units: Int32Array.from(places.keys()),
    strengths: Uint8Array.from(places.values()),
  };
}

/**
 * @param {Int32Array} keys
 * @param {Uint8Array} values
 */
function byKey(keys, values) {
  return new Map(Array.from(keys, (key, at) => [key, values[at]]));
}

/**
 * The phrasings that two terms share, with the lesser impact and the first one's position.
 * @param {Map<number, number>} one
 * @param {Map<number, number>} other
 */
function inPhrasing(one, other) {
  return shared(one, other, (a, b) => Math.min(a & ~LOW, b & ~LOW) | (a & LOW));
}

/**
 * The documents that two terms share, with the lesser of their impacts.
 * @param {Map<number, number>} one
 * @param {Map<number, number>} other
 */
function inDocument(one, other) {
  return shared(one, other, (a, b) => Math.min(a & ~LOW, b & ~LOW) | Math.min(a & LOW, b & LOW));
}

/**
 * @param {Map<number, number>} one
 * @param {Map<number, number>} other
 * @param {(a: number, b: number) => number} merged
 */
function shared(one, other, merged) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const [key, value] of one) {
    const its = other.get(key);
    if (its !== undefined) found.set(key, merged(value, its));
  }
  return found;
}
