// Terms with their postings in blocks (FORMAT.md, "Terms" and "Related words"): where a term is, what it has.

import { Cursor } from "./blocks.js";

/**
 * The weight of a term and its postings; a general word has a vector, too: its length and its levels, two a byte.
 * @typedef {{weight: number, length: number, packed: Uint8Array, stored: Uint8Array}} Stored
 */
/** A term's own postings, and those of where it leads as a general word. @typedef {{own?: Stored, general?: Stored}} Word */
/** @typedef {{weight: number, length: number, size: number}} Head */

const NOTHING = new Uint8Array();

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
 * @param {number} dimensions
 * @returns {Map<string, Word>}
 */
export function decodeTerms(content, dimensions) {
  const cursor = new Cursor(content);
  const utf8 = new TextDecoder();
  let before = NOTHING;
  const heads = Array.from({ length: cursor.varint() }, () => {
    before = Uint8Array.of(...before.slice(0, cursor.varint()), ...cursor.bytes(cursor.varint()));
    return { term: utf8.decode(before), own: head(cursor, false), general: head(cursor, true) };
  });
  const levels = heads.map(({ general }) => cursor.bytes(general ? dimensions >> 1 : 0));
  const own = heads.map(({ own }) => stored(cursor, own, NOTHING));
  const general = heads.map(({ general }, at) => stored(cursor, general, levels[at]));
  cursor.end();
  return new Map(heads.map(({ term }, at) => [term, { own: own[at], general: general[at] }]));
}

/**
 * @param {Cursor} cursor
 * @param {boolean} pointing
 * @returns {Head | undefined}
 */
function head(cursor, pointing) {
  const weight = cursor.varint() - 1;
  if (weight < 0) return undefined;
  return { weight, length: pointing ? cursor.byte() : 0, size: cursor.varint() };
}

/**
 * @param {Cursor} cursor
 * @param {Head | undefined} found
 * @param {Uint8Array} packed
 * @returns {Stored | undefined}
 */
function stored(cursor, found, packed) {
  return found && { ...found, packed, stored: cursor.bytes(found.size) };
}
