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
  const documents = cursor.ascending();
  const firsts = cursor.bytes(documents.length);
  const seconds = cursor.bytes(documents.length);
  const units = documents.map((document, at) => {
    const phrasing = (seconds[at] & 15) === LATE ? cursor.byte() : seconds[at] & 15;
    return firsts[at] > 15 ? document * stride + phrasing : -1;
  });
  cursor.end();
  return {
    documents,
    units,
    impacts: firsts.map((first) => first >> 4),
    joined: firsts.map((first) => first & 15),
    bodies: seconds.map((second) => second >> 4),
  };
}
