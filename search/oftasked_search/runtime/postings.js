// Which documents have a term, and how strongly: from bytes to columns (FORMAT.md, "Postings").

import { Cursor } from "./blocks.js";

/**
 * For each document its number and its two impacts (joined * 16 + body); for each phrasing with the term
 * its unit (document * stride + phrasing) and its strength (impact * 16 + position).
 * @typedef {{documents: Int32Array, impacts: Uint8Array, units: Int32Array, strengths: Uint8Array}} Postings
 */

const LAST = 0x80;

/**
 * @param {Uint8Array} stored
 * @param {number} stride
 * @returns {Postings}
 */
export function decodePostings(stored, stride) {
  const cursor = new Cursor(stored);
  const documents = cursor.ascending();
  const impacts = cursor.bytes(documents.length);
  const phrasings = cursor.bytes((stored.length - cursor.at) / 2);
  const strengths = cursor.bytes(phrasings.length);
  const units = new Int32Array(phrasings.length);
  let at = 0;
  for (let row = 0; row < documents.length; row++) {
    for (let more = impacts[row] > 15; more; at++) {
      units[at] = documents[row] * stride + (phrasings[at] & ~LAST);
      more = phrasings[at] < LAST;
    }
  }
  return { documents, impacts, units, strengths };
}
