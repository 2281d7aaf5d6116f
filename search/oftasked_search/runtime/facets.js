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
   * Whether a document has every wanted value, as a question to be asked of each.
   * @param {[string, string][]} wanted
   * @returns {(document: number) => boolean}
   */
  having(wanted) {
    const conditions = wanted.map(([facet, value]) => {
      const [, sets, numbers] = this.facets.find(([name]) => name === facet) ?? [facet, [], []];
      return { numbers, fits: sets.map((values) => values.includes(value)) };
    });
    return (document) => conditions.every(({ numbers, fits }) => fits[numbers[document]]);
  }

  /**
   * The values that some but not all of the documents have, the most even splits first; of values that the same
   * documents have only the first.
   * @param {Int32Array} documents
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
    const sorted = found
      .filter((n) => n.count < total)
      .sort(
        (a, b) =>
          distance(a) - distance(b) || compare(a.facet, b.facet) || compare(a.value, b.value),
      );
    return this.different(sorted, documents);
  }

  /**
   * @param {Narrowing[]} found
   * @param {Int32Array} documents
   */
  different(found, documents) {
    /** @type {Narrowing[]} */
    const kept = [];
    for (const one of found) {
      const alike = kept.filter((other) => other.count === one.count);
      if (!alike.some((other) => this.same(one, other, documents))) kept.push(one);
      if (kept.length === MAX_NARROWINGS) break;
    }
    return kept;
  }

  /**
   * Whether two values divide some documents alike.
   * @param {Narrowing} one
   * @param {Narrowing} other
   * @param {Int32Array} documents
   */
  same(one, other, documents) {
    const mine = this.having([[one.facet, one.value]]);
    const its = this.having([[other.facet, other.value]]);
    return documents.every((document) => mine(document) === its(document));
  }
}

/**
 * How many of the documents have each value: first each set of values is counted, then what is in it.
 * @param {Int32Array} documents
 * @param {string[][]} sets
 * @param {number[]} numbers
 */
function countValues(documents, sets, numbers) {
  const uses = new Int32Array(sets.length);
  for (let at = 0; at < documents.length; at++) uses[numbers[documents[at]]]++;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [at, values] of sets.entries()) {
    for (const value of uses[at] ? values : [])
      counts.set(value, (counts.get(value) ?? 0) + uses[at]);
  }
  return counts;
}
