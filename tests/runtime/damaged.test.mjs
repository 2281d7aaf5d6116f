// Whatever the bytes of an index are, a search ends: with hits, or with a SearchError. The damage is drawn from seeds,
// so that every run meets the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { SearchError } from "../../search/oftasked_search/runtime/errors.js";
import { openIndex } from "../../search/oftasked_search/runtime/oftasked-search.js";
import { files, sealed } from "./making.mjs";

const ROUNDS = 1500;
const MOST_MS = 2000; // for one search; a sound one takes less than one
const QUERIES = ["parcel", "box stamp", "parc", "pracel", "包裹 box", ""];
const DOCUMENTS = Array.from({ length: 9 }, (_, number) => ({
  id: `entry-${number}`,
  levels: [15, 0, 8, number],
}));
const POSTINGS = [DOCUMENTS.length, ...DOCUMENTS.map(() => 0), ...DOCUMENTS.map(() => 0x0f)];
const TERMS = ["box", "parcel"].map((term) => ({ term, weight: 100, postings: POSTINGS }));
const GENERAL = [
  { term: "parcel", weight: 100, length: 200, levels: [15, 0, 8, 7], postings: [] },
  { term: "stamp", weight: 300, length: 9, levels: [0, 15, 7, 8], postings: [1, 3, 0x21, 0x4f, 0] },
];
const SOUND = files({ terms: TERMS, general: GENERAL, documents: DOCUMENTS, reranked: 4 });
const HEADER = 16;
const ODD = [0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, null, true, "", "x", [], {}, [[]], [null]];

/** @param {number} seed */
function drawing(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * @param {Uint8Array} bytes
 * @param {(below: number) => number} draw
 */
function damaged(bytes, draw) {
  const changed = Array.from(bytes);
  for (let times = draw(4) + 1; times > 0; times--) {
    const at = draw(changed.length + 1);
    const random = Array.from({ length: draw(9) }, () => draw(256));
    const kinds = [
      () => changed.splice(at, 1, draw(256)),
      () => changed.splice(at, draw(9)),
      () => changed.splice(at, 0, ...random),
      () => changed.splice(at, random.length, ...random),
      () => changed.splice(at, 4, 255, 255, 255, 255),
      () => changed.splice(at),
    ];
    kinds[draw(kinds.length)]();
  }
  return Uint8Array.from(changed);
}

/**
 * @param {any} value
 * @param {(below: number) => number} draw
 * @returns {unknown}
 */
function mistaken(value, draw) {
  if (value === null || typeof value !== "object" || draw(5) === 0) return ODD[draw(ODD.length)];
  const keys = Object.keys(value);
  if (keys.length === 0) return ODD[draw(ODD.length)];
  const key = keys[draw(keys.length)];
  const copy = Array.isArray(value) ? value.slice() : { ...value };
  if (draw(8) === 0) delete copy[key];
  else copy[key] = mistaken(value[key], draw);
  return copy;
}

/**
 * @param {Map<string, Uint8Array>} index
 * @param {string} query
 */
async function ends(index, query) {
  const begun = performance.now();
  try {
    const opened = await openIndex(async (path) => {
      const found = index.get(path);
      if (!found) throw new Error(`no ${path}`);
      return Uint8Array.from(found).buffer;
    });
    const { hits } = await opened.search(query, { limit: 20 });
    assert.ok(Array.isArray(hits));
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
  }
  assert.ok(performance.now() - begun < MOST_MS, "the search took too long");
}

/** @param {(name: string, bytes: Uint8Array, draw: (below: number) => number) => Uint8Array | undefined} damage */
async function survives(damage) {
  const names = Array.from(SOUND.keys()).sort();
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const draw = drawing(seed);
    const name = names[draw(names.length)];
    const bytes = damage(name, /** @type {Uint8Array} */ (SOUND.get(name)), draw);
    if (!bytes) continue;
    const query = QUERIES[draw(QUERIES.length)];
    try {
      await ends(new Map(SOUND).set(name, bytes), query);
    } catch (error) {
      throw new Error(`seed ${seed}, ${name}, query ${JSON.stringify(query)}`, { cause: error });
    }
  }
}

test("any byte of any file may be wrong", async () => {
  await survives((_, bytes, draw) => damaged(bytes, draw));
});

test("any file may be random bytes", async () => {
  await survives((_, __, draw) => Uint8Array.from({ length: draw(200) }, () => draw(256)));
});

test("what a block holds may be wrong though its checksum is right", async () => {
  await survives((name, bytes, draw) => {
    if (!name.endsWith(".bin")) return undefined;
    return sealed(bytes[5], damaged(inflateSync(bytes.subarray(HEADER)), draw));
  });
});

test("any value of the manifest may be another", async () => {
  await survives((name, bytes, draw) => {
    if (name !== "manifest.json") return undefined;
    const value = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(JSON.stringify(mistaken(value, draw)));
  });
});
