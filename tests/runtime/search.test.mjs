import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { openIndex, SearchError } from "../../search/oftasked_search/runtime/oftasked-search.js";

const FOLDER = new URL("../cases/search/index/", import.meta.url);
const QUERY = "how long does delivery take";
/** @type {Map<string, Uint8Array>} */
const files = new Map();

before(async () => {
  for (const name of await readdir(FOLDER)) {
    files.set(name, new Uint8Array(await readFile(new URL(name, FOLDER))));
  }
});

/**
 * Loads from memory; what a test damages is given instead.
 * @param {Record<string, Uint8Array | null>} [instead]
 * @returns {(path: string) => Promise<ArrayBuffer>}
 */
function loader(instead = {}) {
  return async (path) => {
    const content = path in instead ? instead[path] : files.get(path);
    if (!content) throw new Error(`404 ${path}`);
    return content.slice().buffer;
  };
}

const bundle = () => Array.from(files.keys()).find((name) => name.startsWith("bundle")) ?? "";
const text = (/** @type {string} */ value) => new TextEncoder().encode(value);

/**
 * @param {() => Promise<unknown>} work
 * @param {string} kind
 * @param {string} [about]
 */
async function rejects(work, kind, about) {
  await assert.rejects(work, (error) => error instanceof SearchError && error.kind === kind, about);
}

/** @param {Record<string, Uint8Array | null>} instead */
const search = async (instead) => (await openIndex(loader(instead))).search(QUERY);

test("a published index is still read", async () => {
  const result = await search({});
  assert.equal(result.hits[0].id, "delivery-time");
  assert.equal(result.confident, true);
  assert.deepEqual(result.hits[0].marks.title.at(-2), [14, 22]);
});

test("a file that never comes is unavailable after a while", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const opening = openIndex(() => new Promise(() => {}));
  context.mock.timers.tick(20_000);
  await rejects(() => opening, "unavailable");
});

test("a missing file is unavailable", async () => {
  await rejects(() => search({ "manifest.json": null }), "unavailable");
  await rejects(() => search({ [bundle()]: null }), "unavailable");
});

test("a page in place of a file is corrupt", async () => {
  const page = text("<!doctype html><title>Not found</title>");
  await rejects(() => search({ "manifest.json": page }), "corrupt");
  await rejects(() => search({ [bundle()]: page }), "corrupt");
});

test("a bundle cut anywhere or with any byte changed is noticed", async () => {
  const whole = files.get(bundle()) ?? new Uint8Array();
  for (let at = 0; at < whole.length; at += 97) {
    await rejects(() => search({ [bundle()]: whole.slice(0, at) }), "corrupt", `cut at ${at}`);
    const damaged = whole.slice();
    damaged[at] ^= 0xff;
    await rejects(() => search({ [bundle()]: damaged }), "corrupt", `changed at ${at}`);
  }
});

test("an incomplete manifest is corrupt, a newer one is refused", async () => {
  const stored = JSON.parse(new TextDecoder().decode(files.get("manifest.json")));
  for (const field of [
    "documents",
    "lexicon",
    "share",
    "terms",
    "names",
    "boosts",
    "unknown",
    "scales",
    "centre",
    "reranked",
  ]) {
    const part = text(JSON.stringify({ ...stored, [field]: undefined }));
    await rejects(() => search({ "manifest.json": part }), "corrupt", field);
  }
  const newer = text(JSON.stringify({ ...stored, version: 4 }));
  await rejects(() => search({ "manifest.json": newer }), "version");
});

test("an index that was published anew meanwhile is read again", async () => {
  let tries = 0;
  const load = loader();
  const index = await openIndex(async (path) => {
    if (path === "manifest.json") tries++;
    if (path !== "manifest.json" && tries < 2) throw new Error("404");
    return load(path);
  });
  assert.equal((await index.search(QUERY)).hits[0].id, "delivery-time");
  assert.equal(tries, 2);
});

test("after a failure no cache is trusted", async () => {
  /** @type {[string, boolean][]} */
  const asked = [];
  const load = loader();
  const index = await openIndex(async (path, again) => {
    asked.push([path, again]);
    if (!again && path !== "manifest.json") throw new Error("404");
    return load(path);
  });
  assert.equal((await index.search(QUERY)).hits[0].id, "delivery-time");
  const names = ["manifest.json", bundle()];
  assert.deepEqual(
    asked,
    [false, true].flatMap((again) => names.map((name) => [name, again])),
  );
});

test("a search that failed can be repeated when the network is back", async () => {
  let offline = true;
  const load = loader();
  const index = await openIndex(async (path) => {
    if (offline && path !== "manifest.json") throw new Error("offline");
    return load(path);
  });
  await rejects(() => index.search(QUERY), "unavailable");
  offline = false;
  assert.equal((await index.search(QUERY)).hits[0].id, "delivery-time");
});

test("a search that is given up ends at once, even if a file never comes", async () => {
  const load = loader();
  let end = () => {};
  /** @type {Promise<ArrayBuffer>} */
  const never = new Promise((_, reject) => {
    end = () => reject(new Error("the test is over"));
  });
  const index = await openIndex((path) => (path === "manifest.json" ? load(path) : never));
  const controller = new AbortController();
  const searching = index.search(QUERY, { signal: controller.signal });
  controller.abort();
  await rejects(() => searching, "aborted");
  await rejects(() => index.search(QUERY, { signal: controller.signal }), "aborted");
  end();
});

test("searches at the same time do not disturb each other", async () => {
  const index = await openIndex(loader());
  const queries = ["refund", QUERY, "password", "gift cards", QUERY, "where is my parcel"];
  const together = await Promise.all(queries.map((query) => index.search(query)));
  for (const [at, query] of queries.entries()) {
    assert.deepEqual(together[at], await index.search(query));
  }
});
