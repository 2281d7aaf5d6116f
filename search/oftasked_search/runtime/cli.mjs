// node cli.mjs INDEX_DIR [--limit N]: queries on standard input, one JSON line each on standard output.
// `bytes` and `requests` are what a browser with an empty cache would fetch for this query alone (gzip).

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { deliveredModule } from "./delivered.mjs";
import { openIndex } from "./oftasked-search.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { limit: { type: "string", default: "10" } },
});
const limit = Number(values.limit);

if (positionals.length !== 1 || !Number.isInteger(limit) || limit < 1) {
  process.stderr.write("usage: node cli.mjs INDEX_DIR [--limit N] < QUERIES\n");
  process.exit(2);
}

/** @type {Map<string, number>} */
const sizes = new Map();
const runtime = gzipSync(await deliveredModule()).length;

for await (const query of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(query))}\n`);
}

/** @param {string} query */
async function answer(query) {
  /** @type {Set<string>} */
  const fetched = new Set();
  const index = await openIndex((path) => load(path, fetched));
  await index.search(query, { limit });
  const start = performance.now();
  const { hits, confident } = await index.search(query, { limit });
  const ms = Math.round((performance.now() - start) * 1000) / 1000;
  const paths = Array.from(fetched);
  const bytes = paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), runtime);
  const shown = hits.map(({ id, url, title, score }) => ({ id, url, title, score }));
  return { query, hits: shown, confident, bytes, requests: paths.length + 1, ms };
}

/**
 * @param {string} path
 * @param {Set<string>} fetched
 * @returns {Promise<ArrayBuffer>}
 */
async function load(path, fetched) {
  const content = await readFile(join(positionals[0], path));
  fetched.add(path);
  if (!sizes.has(path)) sizes.set(path, gzipSync(content).length);
  return new Uint8Array(content).buffer;
}
