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
  const most = stored.length >> 1; // a document and a phrasing take two bytes at least
  const columns = {
    documents: new Int32Array(most),
    impacts: new Uint8Array(most),
    units: new Int32Array(most),
    strengths: new Uint8Array(most),
  };
  const cursor = new Cursor(stored);
  let document = -1;
  let rows = 0;
  let places = 0;
  while (cursor.at < stored.length) {
    document += cursor.varint() + 1;
    const impacts = stored[cursor.at++];
    columns.documents[rows] = document;
    columns.impacts[rows++] = impacts;
    for (let more = impacts > 15; more; ) {
      const phrasing = stored[cursor.at++];
      columns.units[places] = document * stride + (phrasing & ~LAST);
      columns.strengths[places++] = stored[cursor.at++];
      more = phrasing < LAST;
    }
  }
  return {
    documents: columns.documents.slice(0, rows),
    impacts: columns.impacts.slice(0, rows),
    units: columns.units.slice(0, places),
    strengths: columns.strengths.slice(0, places),
  };
}
