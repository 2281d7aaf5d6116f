// Index files made by hand, a byte at a time, as FORMAT.md describes them: four dimensions, small numbers.

import { deflateSync } from "node:zlib";
import { KIND, VERSION } from "../../search/oftasked_search/runtime/blocks.js";

/**
 * @typedef {{term: string, weight: number, postings: number[], length?: number, levels?: number[]}} Term
 * @typedef {{id: string, levels: number[]}} Document
 * @typedef {Map<string, Uint8Array>} Files
 */

export const SPACE = { scales: [32, 16, 8, 1], centre: [100, -50, 0, 3] };
export const PER_BLOCK = 4;

/** @param {string} text */
const utf8 = (text) => Array.from(new TextEncoder().encode(text));

/**
 * @param {number} number
 * @returns {number[]}
 */
function varint(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...varint(number >> 7)];
}

/** @param {number[]} levels */
export function packed(levels) {
  return levels.filter((_, at) => at % 2 === 0).map((low, at) => low | (levels[2 * at + 1] << 4));
}

/** @param {Term[]} terms */
export function termBlock(terms) {
  const heads = terms.flatMap(({ term, weight, postings, length }) => [
    ...[...varint(utf8(term).length), ...utf8(term), ...varint(weight)],
    ...[...(length === undefined ? [] : [length]), ...varint(postings.length)],
  ]);
  const vectors = terms.flatMap(({ levels }) => packed(levels ?? []));
  const postings = terms.flatMap((term) => term.postings);
  return Uint8Array.from([...varint(terms.length), ...heads, ...vectors, ...postings]);
}

/** @param {Document[]} documents */
export function documentBlock(documents) {
  const rows = documents.map(({ id }) => [id, `${id}/`, `Title of ${id}`, "", {}]);
  const json = utf8(JSON.stringify(rows));
  const directions = documents.flatMap(({ levels }) => packed(levels));
  return Uint8Array.from([...varint(json.length), ...json, ...directions]);
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/**
 * @param {number} kind
 * @param {Uint8Array} content
 */
export function sealed(kind, content) {
  const stored = deflateSync(content);
  const block = new Uint8Array(16 + stored.length);
  const view = new DataView(block.buffer);
  block.set([...utf8("OFTS"), VERSION, kind]);
  view.setUint32(8, stored.length, true);
  view.setUint32(12, crc32(stored), true);
  block.set(stored, 16);
  return block;
}

/**
 * The files of an index of one block of terms and one of general words. All that counts for a score is whether a
 * word is there at all, and meaning.
 * @param {{terms: Term[], general: Term[], documents: Document[], reranked: number}} content
 * @returns {Files}
 */
export function files({ terms, general, documents, reranked }) {
  /** @type {Files} */
  const made = new Map();
  const blocks = Math.ceil(documents.length / PER_BLOCK);
  for (let number = 0; number < blocks; number++) {
    const inBlock = documents.slice(number * PER_BLOCK, (number + 1) * PER_BLOCK);
    made.set(`documents-${number}.d.bin`, sealed(KIND.documents, documentBlock(inBlock)));
  }
  made.set("terms-0.t.bin", sealed(KIND.terms, termBlock(terms)));
  made.set("related-0.r.bin", sealed(KIND.related, termBlock(general)));
  made.set("facets.f.bin", sealed(KIND.facets, Uint8Array.from(utf8("[]"))));
  const manifest = {
    ...{ format: "oftasked-search", version: VERSION, lang: "en", stemmer: null },
    ...{ documents: documents.length, blocks, per_block: PER_BLOCK, phrasings: 1 },
    ...{ unknown: 100, confident: 0, reranked, boosts: [], ...SPACE },
    share: { phrasing: 0, joined: 0, body: 0, covered: 1, adjacent: 0, boost: 0, sense: 1 },
    ...{ terms: terms.slice(0, 1).map(({ term }) => term), related: [general[0].term] },
    names: { documents: "d", terms: "t", related: "r", facets: "f" },
    lexicon: { complete: true, words: "", frequencies: "", han: "", synonyms: [] },
  };
  return made.set("manifest.json", Uint8Array.from(utf8(JSON.stringify(manifest))));
}
