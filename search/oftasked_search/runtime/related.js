// The documents that a general word leads to: from bytes to columns (FORMAT.md, "Related words").

import { Cursor } from "./blocks.js";

/**
 * For each document its number, the unit of its best phrasing (document * stride + phrasing; -1: none), and
 * three impacts: of that phrasing, of all phrasings joined, of the body.
 * @typedef {{documents: Int32Array, units: Int32Array, impacts: Uint8Array, joined: Uint8Array, bodies: Uint8Array}} Related
 */

const LATE = 15; // a phrasing of this number or a higher one has a byte of its own

/**
 * @param {Uint8Array} stored
 * @param {number} stride
 * @returns {Related}
 */
export function decodeRelated(stored, stride) {
  const cursor = new Cursor(stored);
  /** @type {[number, number, number, number][]} */
  const rows = [];
  for (let document = -1; cursor.at < stored.length; ) {
    document += cursor.varint() + 1;
    const first = cursor.byte();
    const second = cursor.byte();
    const phrasing = (second & 15) === LATE ? cursor.byte() : second & 15;
    rows.push([document, first > 15 ? document * stride + phrasing : -1, first, second]);
  }
  return {
    documents: Int32Array.from(rows, (row) => row[0]),
    units: Int32Array.from(rows, (row) => row[1]),
    impacts: Uint8Array.from(rows, (row) => row[2] >> 4),
    joined: Uint8Array.from(rows, (row) => row[2] & 15),
    bodies: Uint8Array.from(rows, (row) => row[3] >> 4),
  };
}
