// Terms with their postings in blocks (FORMAT.md, "Terms" and "Related words"): where a term is, what it has.

import { Cursor } from "./blocks.js";

/**
 * A term as a block has it; a general word has a vector, too: its length and its levels, two a byte.
 * @typedef {{weight: number, length: number, packed: Uint8Array, stored: Uint8Array}} Stored
 */

/**
 * The place of the last start that is not behind a term; -1: all are.
 * @param {string[]} starts
 * @param {string} term
 */
export function lastNotBehind(starts, term) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= term) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The terms in a block; general words have vectors of some dimensions.
 * @param {Uint8Array} content
 * @param {number} [dimensions]
 * @returns {Map<string, Stored>}
 */
export function decodeTerms(content, dimensions = 0) {
  const cursor = new Cursor(content);
  const utf8 = new TextDecoder();
  const heads = Array.from({ length: cursor.varint() }, () => {
    const term = utf8.decode(cursor.bytes(cursor.varint()));
    const weight = cursor.varint();
    return { term, weight, length: dimensions ? cursor.byte() : 0, size: cursor.varint() };
  });
  const vectors = heads.map(() => cursor.bytes(dimensions >> 1));
  const terms = heads.map(({ term, weight, length, size }, at) => {
    const stored = { weight, length, packed: vectors[at], stored: cursor.bytes(size) };
    return /** @type {const} */ ([term, stored]);
  });
  cursor.end();
  return new Map(terms);
}
