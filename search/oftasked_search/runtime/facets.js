// Which facet values each document has, and which of them split some results best. See `facets.py`.

import { compare } from "./lexicon.js";

/** @typedef {{facet: string, value: string, count: number}} Narrowing */

const MAX_NARROWINGS = 6;

/** The facet values of all documents of an index. */
export class Facets {
  /** @param {Uint8Array} content */
  constructor(content) {
    /** @type {[string, string[][], number[]][]} */
    this.facets = JSON.parse(new TextDecoder().decode(content));
  }

  /**
   * Whether a document has every wanted value.
   * @param {number} document
   * @param {[string, string][]} wanted
   */
  allows(document, wanted) {
    return wanted.every(([facet, value]) =>
      this.facets.some(
        ([name, sets, numbers]) => name === facet && sets[numbers[document]].includes(value),
      ),
    );
  }

  /**
   * The values that some but not all of the documents have, the most even splits first.
   * @param {number[]} documents
   * @returns {Narrowing[]}
   */
  narrow(documents) {
    const total = documents.length;
    const found = this.facets.flatMap(([facet, sets, numbers]) =>
      Array.from(countValues(documents, sets, numbers), ([value, count]) => ({
        facet,
        value,
        count,
      })),
    );
    const distance = (/** @type {Narrowing} */ n) => Math.abs(2 * n.count - total);
    return found
      .filter((n) => n.count < total)
      .sort(
        (a, b) =>
          distance(a) - distance(b) || compare(a.facet, b.facet) || compare(a.value, b.value),
      )
      .slice(0, MAX_NARROWINGS);
  }
}

/**
 * @param {number[]} documents
 * @param {string[][]} sets
 * @param {number[]} numbers
 */
function countValues(documents, sets, numbers) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const document of documents) {
    for (const value of sets[numbers[document]]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
