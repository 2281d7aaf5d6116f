import assert from "node:assert/strict";
import { test } from "node:test";
import { reordered, Space, unpacked } from "../../search/oftasked_search/runtime/directions.js";
import { sureness } from "../../search/oftasked_search/runtime/scoring.js";
import { packed, SPACE } from "./making.mjs";

/** @typedef {import("../../search/oftasked_search/runtime/manifest.js").Manifest} Manifest */
/** @typedef {import("../../search/oftasked_search/runtime/storage.js").RelatedEntry} RelatedEntry */

const NOTHING = new Uint8Array();
const POSTINGS = {
  ...{ documents: new Int32Array(), units: new Int32Array() },
  ...{ impacts: NOTHING, joined: NOTHING, bodies: NOTHING },
};

/** @param {{scales: number[], centre: number[]}} manifest */
const space = (manifest) => new Space(/** @type {Manifest} */ (/** @type {unknown} */ (manifest)));
/** @param {number[]} levels */
const bytes = (levels) => Uint8Array.from(packed(levels));
/**
 * @param {number} length
 * @param {number[]} levels
 * @returns {RelatedEntry}
 */
const general = (length, levels) => ({
  ...{ weight: 1, length, vector: unpacked(bytes(levels)), postings: POSTINGS },
});
/** @param {[string, number][][]} related for each word of a query */
const query = (...related) =>
  related.map((own) => ({ weight: 1, candidates: [], main: null, ceiling: 1, related: own }));

const HAND_MADE = space(SPACE);
const GENERAL = new Map([
  ["parcel", general(200, [15, 0, 8, 7])],
  ["box", general(100, [15, 0, 8, 7])],
]);
const NEAR = [15, 0, 7, 8];
const FAR = [0, 15, 8, 7];

/** @param {ReturnType<typeof query>} sought */
function nearness(sought) {
  const question = HAND_MADE.question(sought, GENERAL);
  return [NEAR, FAR].map((levels) => question.nearness(HAND_MADE.direction(bytes(levels))));
}

test("levels stand two a byte, the even dimension in the low half, around zero", () => {
  assert.deepEqual(Array.from(unpacked(Uint8Array.of(0x0f, 0x78))), [15, -15, 1, -1]);
});

test("a query points where its words point, every dimension rounded down", () => {
  const question = HAND_MADE.question(query([["parcel", 100]]), GENERAL);
  assert.deepEqual(Array.from(question.pointing), [9375, -4688, 156, -20]);
  assert.equal(question.length, 10_482);
});

test("a document's direction has the scales of its dimensions", () => {
  const direction = HAND_MADE.direction(bytes(NEAR));
  assert.deepEqual(Array.from(direction?.values ?? []), [480, -240, -8, 1]);
  assert.equal(direction?.length, 536);
});

test("nearness is a cosine in thousandths less what all have, below zero, too, rounded down", () => {
  assert.deepEqual(nearness(query([["parcel", 100]])), [889, -1113]);
});

test("a general word counts once for each word of the query that uses it", () => {
  const twice = HAND_MADE.question(query([["box", 100]], [["box", 100]]), GENERAL);
  const once = HAND_MADE.question(query([["parcel", 100]]), GENERAL);
  assert.deepEqual(twice, once);
});

test("where a word or a document points nowhere, or the index knows no meaning, nothing is near", () => {
  assert.deepEqual(nearness(query([], [])), [0, 0]);
  assert.deepEqual(nearness(query([["unheard", 100]])), [0, 0]);
  assert.equal(HAND_MADE.direction(bytes([0, 0, 0, 0])), null);
  assert.equal(HAND_MADE.question(query([["parcel", 100]]), GENERAL).nearness(null), 0);
  const meaningless = space({ scales: [], centre: [] });
  const nothing = meaningless.question(query([["parcel", 100]]), GENERAL);
  assert.equal(nothing.nearness(meaningless.direction(NOTHING)), 0);
});

test("documents ordered again stand before the others, and of equals the first is first", () => {
  const scores = [90, 80, 80, 70, 60];
  const first = scores.map((score, document) => ({ document, score, sense: 0 }));
  const found = reordered(first, [-3, 1, 1, 5], 5);
  assert.deepEqual(
    found.map(({ document, score, sense }) => [document, score, sense]),
    [[3, 120, 50], ...[1, 2].map((document) => [document, 90, 10]), [0, 60, -30], [4, 60, 0]],
  );
});

test("half of what meaning gives or takes does not count for how sure a hit is", () => {
  const sure = (/** @type {number} */ score, /** @type {number} */ sense) =>
    sureness([{ document: 0, score, sense }], { weight: 100, missing: 0 });
  assert.equal(sure(362_040, 0), 20);
  assert.equal(sure(362_040 + 10, 20), 20);
  assert.equal(sure(362_040 - 10, -20), 20);
  assert.equal(sure(362_040 - 11, -20), 19);
  assert.equal(sure(-10, -19), -1);
});
