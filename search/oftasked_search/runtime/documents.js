// What results show of documents, and where these point: from bytes (FORMAT.md, "Documents").

import { Cursor } from "./blocks.js";

/** What a result shows: id, url, title, summary, facets. @typedef {[string, string, string, string, Record<string, string[]>]} Row */
/** @typedef {import("./directions.js").Direction} Direction */
/** @typedef {import("./directions.js").Space} Space */
/** @typedef {{row: Row, direction: Direction | null}} StoredDocument */

/**
 * The documents of a block in their order.
 * @param {Uint8Array} content
 * @param {Space} space
 * @returns {StoredDocument[]}
 */
export function decodeDocuments(content, space) {
  const cursor = new Cursor(content);
  /** @type {Row[]} */
  const rows = JSON.parse(new TextDecoder().decode(cursor.bytes(cursor.varint())));
  const documents = rows.map((row) => ({
    row,
    direction: space.direction(cursor.bytes(space.scales.length >> 1)),
  }));
  cursor.end();
  return documents;
}
