// Terms with their postings in blocks (FORMAT.md, "Terms" and "Related words"): where a term is, what it has.

import { Cursor } from "./blocks.js";

/** A term as a block has it. @typedef {{weight: number, norm: number, stored: Uint8Array}} Stored */

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
 * The terms in a block; related words have a norm.
 * @param {Uint8Array} content
 * @param {boolean} related
 * @returns {Map<string, Stored>}
 */
export function decodeTerms(content, related) {
  const cursor = new Cursor(content);
  const utf8 = new TextDecoder();
  const heads = Array.from({ length: cursor.varint() }, () => {
    const term = utf8.decode(cursor.bytes(cursor.varint()));
    const weight = cursor.varint();
    return { term, weight, norm: related ? cursor.varint() : 0, size: cursor.varint() };
  });
  return new Map(
    heads.map(({ term, weight, norm, size }) => [
      term,
      { weight, norm, stored: cursor.bytes(size) },
    ]),
  );
}
