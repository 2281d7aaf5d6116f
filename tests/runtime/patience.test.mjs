// What words mean is waited for, but a search that has its words does not wait for ever.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openIndex } from "../../search/oftasked_search/runtime/oftasked-search.js";
import { files } from "./making.mjs";

const LEVELS = [15, 0, 8, 7];
const WAIT = 3000;
const HURRY = 300;
const INDEX = files({
  terms: [{ term: "parcel", weight: 100, postings: [0, 0x0f] }],
  general: [{ term: "box", weight: 50, postings: [1, 0x11, 0x10], length: 100, levels: LEVELS }],
  documents: [
    { id: "parcel", levels: LEVELS },
    { id: "box", levels: LEVELS },
  ],
  reranked: 2,
});

/** @typedef {import("../../search/oftasked_search/runtime/oftasked-search.js").Index} Index */
/** What each file waits for before it is given. @typedef {(path: string) => Promise<void>} Delay */

/** @param {Delay} delay */
function opened(delay) {
  return openIndex(async (path) => {
    await delay(path);
    const content = INDEX.get(path);
    if (!content) throw new Error(`404 ${path}`);
    return content.slice().buffer;
  });
}

/** @param {string} path */
const isMeaning = (path) => path.startsWith("related");

/**
 * Everything but meaning, decoded: then nothing but clocks and promises is between a query and its answer.
 * @param {Index} index
 */
async function warmed({ state: { storage } }) {
  await storage.entries(new Set(["parcel"]));
  await storage.facets();
  await storage.document(0);
}

/** Lets everything happen that waits for no clock and no file. */
async function settle() {
  for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
}

/**
 * The ids that a search has found by now; null: it has not answered.
 * @param {Promise<import("../../search/oftasked_search/runtime/oftasked-search.js").Result>} searching
 */
function watched(searching) {
  /** @type {{ids: string[] | null}} */
  const state = { ids: null };
  searching.then(({ hits }) => {
    state.ids = hits.map(({ id }) => id);
  });
  return state;
}

test("where meaning never comes, words answer after a while, and the next query sooner", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const index = await opened((path) =>
    isMeaning(path) ? new Promise(() => {}) : Promise.resolve(),
  );
  await warmed(index);
  for (const [query, wait] of /** @type {[string, number][]} */ ([
    ["parcel box", WAIT],
    ["box parcel", HURRY],
  ])) {
    const state = watched(index.search(query));
    await settle();
    context.mock.timers.tick(wait - 1);
    await settle();
    assert.equal(state.ids, null);
    context.mock.timers.tick(1);
    await settle();
    assert.deepEqual(state.ids, ["parcel"]);
  }
});

test("the words' own files are waited for as before", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const index = await opened((path) =>
    path.startsWith("terms") ? new Promise(() => {}) : Promise.resolve(),
  );
  const state = watched(index.search("parcel box"));
  await settle();
  context.mock.timers.tick(2 * WAIT);
  await settle();
  assert.equal(state.ids, null);
});

test("meaning that was late counts once it has come", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let give = () => {};
  /** @type {Promise<void>} */
  const held = new Promise((resolve) => {
    give = resolve;
  });
  const index = await opened((path) => (isMeaning(path) ? held : Promise.resolve()));
  await warmed(index);
  const early = watched(index.search("box"));
  await settle();
  context.mock.timers.tick(WAIT);
  await settle();
  assert.deepEqual(early.ids, []);
  give();
  await index.state.storage.related(new Set(["box"]));
  const later = await index.search("box");
  assert.deepEqual(
    later.hits.map(({ id }) => id),
    ["box"],
  );
});

test("meaning that fails late harms nobody", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const index = await opened(async (path) => {
    if (!isMeaning(path)) return;
    await new Promise((resolve) => setTimeout(resolve, 2 * WAIT));
    throw new Error("504");
  });
  await warmed(index);
  const state = watched(index.search("parcel box"));
  await settle();
  context.mock.timers.tick(WAIT);
  await settle();
  assert.deepEqual(state.ids, ["parcel"]);
  context.mock.timers.tick(2 * WAIT);
  await settle();
});
