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

/**
 * The block of some terms and some general words; no term shares its beginning with the one before.
 * @param {Term[]} terms
 * @param {Term[]} [general]
 */
export function termBlock(terms, general = []) {
  const names = Array.from(new Set([...terms, ...general].map(({ term }) => term))).sort();
  const own = names.map((name) => terms.find(({ term }) => term === name));
  const leading = names.map((name) => general.find(({ term }) => term === name));
  const heads = names.flatMap((name, at) => [
    ...[0, ...varint(utf8(name).length), ...utf8(name)],
    ...[...head(own[at]), ...head(leading[at])],
  ]);
  const vectors = leading.flatMap((word) => packed(word?.levels ?? []));
  const postings = [...own, ...leading].flatMap((term) => term?.postings ?? []);
  return Uint8Array.from([...varint(names.length), ...heads, ...vectors, ...postings]);
}

/** @param {Term | undefined} term */
function head(term) {
  if (!term) return [0];
  const { weight, length, postings } = term;
  const long = length === undefined ? [] : [length];
  return [...varint(weight + 1), ...long, ...varint(postings.length)];
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
 * The files of an index of one block of terms. All that counts for a score is whether a
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
  made.set("terms-0.t.bin", sealed(KIND.terms, termBlock(terms, general)));
  made.set("facets.f.bin", sealed(KIND.facets, Uint8Array.from(utf8("[]"))));
  const manifest = {
    ...{ format: "oftasked-search", version: VERSION, lang: "en", stemmer: null },
    ...{ documents: documents.length, blocks, per_block: PER_BLOCK, phrasings: 1 },
    ...{ unknown: 100, confident: 0, reranked, boosts: [], ...SPACE },
    share: { phrasing: 0, joined: 0, body: 0, covered: 1, adjacent: 0, boost: 0, sense: 1 },
    terms: "0",
    names: { documents: "d", terms: "t", facets: "f" },
    lexicon: { complete: true, words: "", frequencies: "", han: "", synonyms: [] },
  };
  return made.set("manifest.json", Uint8Array.from(utf8(JSON.stringify(manifest))));
}
