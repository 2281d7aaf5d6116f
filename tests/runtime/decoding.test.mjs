import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../search/oftasked_search/runtime/blocks.js";
import { Space } from "../../search/oftasked_search/runtime/directions.js";
import { decodeDocuments } from "../../search/oftasked_search/runtime/documents.js";
import { decoding, SearchError } from "../../search/oftasked_search/runtime/errors.js";
import { openIndex } from "../../search/oftasked_search/runtime/oftasked-search.js";
import { decodeRelated } from "../../search/oftasked_search/runtime/related.js";
import { decodeTerms } from "../../search/oftasked_search/runtime/termblocks.js";
import { documentBlock, files, SPACE, sealed, termBlock } from "./making.mjs";

/** @typedef {import("../../search/oftasked_search/runtime/manifest.js").Manifest} Manifest */

const POINTING = [15, 0, 8, 7]; // where the general word points
const NOWHERE = [0, 0, 0, 0];
const AWAY = [0, 15, 7, 8];
const RERANKED = 16;
const DOCUMENTS = Array.from({ length: 21 }, (_, number) => {
  const levels = { 0: AWAY, 12: POINTING, 18: POINTING }[number] ?? NOWHERE;
  return { id: `entry-${number}`, levels };
});
const EVERYWHERE = [DOCUMENTS.length, ...DOCUMENTS.map(() => 0), ...DOCUMENTS.map(() => 0x0f)];
const TERMS = ["box", "parcel"].map((term) => ({ term, weight: 100, postings: EVERYWHERE }));
const GENERAL = [
  { term: "parcel", weight: 100, length: 200, levels: POINTING, postings: [] },
  {
    term: "stamp",
    weight: 300,
    length: 9,
    levels: AWAY,
    postings: [2, 3, 0, 0x21, 1, 0x4f, 0, 16],
  },
];
const FILES = files({ terms: TERMS, general: GENERAL, documents: DOCUMENTS, reranked: RERANKED });
const FIRST_STAGE = DOCUMENTS.map(({ id }) => id);
const [FIRST, ...OTHERS] = FIRST_STAGE.slice(0, RERANKED).filter((id) => id !== "entry-12");
const BY_MEANING = ["entry-12", ...OTHERS, FIRST, ...FIRST_STAGE.slice(RERANKED)];

/**
 * The ids found for a query and the files that it took.
 * @param {string} query
 * @param {{limit?: number, instead?: Record<string, Uint8Array>}} [options]
 */
async function search(query, { limit = DOCUMENTS.length, instead = {} } = {}) {
  /** @type {string[]} */
  const loaded = [];
  const index = await openIndex(async (path) => {
    loaded.push(path);
    return Uint8Array.from(instead[path] ?? FILES.get(path) ?? []).buffer;
  });
  const { hits, total } = await index.search(query, { limit });
  return { ids: hits.map(({ id }) => id), hits, total, loaded };
}

/**
 * @param {Uint8Array} content
 * @param {(part: Uint8Array) => unknown} decode
 */
function isCorruptWhereverCut(content, decode) {
  const corrupt = (/** @type {unknown} */ error) =>
    error instanceof SearchError && error.kind === "corrupt";
  for (let end = 0; end < content.length; end++) {
    assert.throws(() => decoding("block", () => decode(content.subarray(0, end))), corrupt);
  }
  const longer = Uint8Array.from([...content, 0]);
  assert.throws(() => decoding("block", () => decode(longer)), corrupt);
}

test("the first documents are ordered again by meaning, the others follow as they were", async () => {
  const { ids, total } = await search("parcel");
  assert.deepEqual(ids, BY_MEANING);
  assert.equal(total, DOCUMENTS.length);
});

test("however few hits are wanted, as many documents are ordered again", async () => {
  for (let limit = 0; limit < DOCUMENTS.length; limit++) {
    assert.deepEqual((await search("parcel", { limit })).ids, BY_MEANING.slice(0, limit));
  }
});

test("a hit's score says what its meaning adds or takes", async () => {
  const scores = new Map((await search("parcel")).hits.map(({ id, score }) => [id, score]));
  const [near, plain, far, behind] = [12, 1, 0, 18].map((at) => scores.get(`entry-${at}`) ?? 0);
  assert.equal(plain, 200_000);
  assert.equal(behind, plain);
  assert.equal(near - plain, 2 * 100 * 889);
  assert.equal(far - plain, 2 * 100 * -1114);
});

test("a query reads the documents that it orders again, without meaning only those shown", async () => {
  const documents = async (/** @type {string} */ query) =>
    (await search(query, { limit: 2 })).loaded.filter((path) => path.startsWith("documents"));
  assert.deepEqual(
    await documents("parcel"),
    [0, 1, 2, 3].map((number) => `documents-${number}.d.bin`),
  );
  assert.deepEqual(await documents("box"), ["documents-0.d.bin"]);
});

test("a general word leads to documents, and late phrasings have a byte of their own", () => {
  const stored = Uint8Array.from([
    ...[4, 2, 0, 0, 1],
    ...[0x31, 0x50, 0x0a, 0x10],
    ...[0x24, 0x6f, 0xb0, 0x0f],
    ...[15, 200],
  ]);
  const { documents, units, impacts, joined, bodies } = decodeRelated(stored, 1000);
  assert.deepEqual(Array.from(documents), [2, 3, 4, 6]);
  assert.deepEqual(Array.from(units), [2004, 3015, -1, 6200]);
  assert.deepEqual(Array.from(impacts), [3, 5, 0, 1]);
  assert.deepEqual(Array.from(joined), [1, 0, 10, 0]);
  assert.deepEqual(Array.from(bodies), [2, 6, 11, 0]);
});

test("general words have vectors, in the order of the words before all postings", () => {
  const terms = decodeTerms(termBlock(TERMS, GENERAL), SPACE.scales.length);
  assert.deepEqual(Array.from(terms.keys()), ["box", "parcel", "stamp"]);
  assert.deepEqual(
    Array.from(terms.values(), ({ own, general }) => [own?.weight, general?.weight]),
    [
      [100, undefined],
      [100, 100],
      [undefined, 300],
    ],
  );
  const stamp = terms.get("stamp")?.general;
  assert.deepEqual([stamp?.weight, stamp?.length], [300, 9]);
  assert.deepEqual(Array.from(stamp?.packed ?? []), [0xf0, 0x87]);
  assert.deepEqual(Array.from(stamp?.stored ?? []), GENERAL[1].postings);
});

test("a block that is too short or too long is corrupt", () => {
  const manifest = /** @type {unknown} */ (SPACE);
  const space = new Space(/** @type {Manifest} */ (manifest));
  const { length } = SPACE.scales;
  isCorruptWhereverCut(termBlock(TERMS), (part) => decodeTerms(part, 0));
  isCorruptWhereverCut(termBlock(TERMS, GENERAL), (part) => decodeTerms(part, length));
  isCorruptWhereverCut(documentBlock(DOCUMENTS), (part) => decodeDocuments(part, space));
  const row = Uint8Array.of(1, 0x80, 0x01, 0x10, 0x0f, 20);
  for (let end = 1; end < row.length; end++) {
    assert.throws(() => decodeRelated(row.subarray(0, end), 1), RangeError);
  }
});

test("documents or terms cut short make a search fail", async () => {
  const short = (/** @type {number} */ kind, /** @type {Uint8Array} */ content) =>
    sealed(kind, content.subarray(0, -1));
  const documents = short(KIND.documents, documentBlock(DOCUMENTS.slice(0, 4)));
  const terms = short(KIND.terms, termBlock(TERMS, GENERAL));
  /** @type {Record<string, Uint8Array>[]} */
  const broken = [{ "documents-0.d.bin": documents }, { "terms-0.t.bin": terms }];
  for (const instead of broken) {
    await assert.rejects(
      () => search("parcel", { instead }),
      (error) => error instanceof SearchError && error.kind === "corrupt",
    );
  }
});
