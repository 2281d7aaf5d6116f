// node cli.mjs INDEX_DIR [--limit N] [--groups]: queries on standard input, one JSON line each on standard output.
// `bytes` and `requests` are what a browser with an empty cache would fetch for this query alone (gzip).
// With `--groups` each line also has `groups`, those bytes by group of files.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { deliveredModule } from "./delivered.mjs";
import { openIndex } from "./oftasked-search.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: "string", default: "10" },
    groups: { type: "boolean", default: false },
  },
});
const limit = Number(values.limit);

if (positionals.length !== 1 || !Number.isInteger(limit) || limit < 1) {
  process.stderr.write("usage: node cli.mjs INDEX_DIR [--limit N] [--groups] < QUERIES\n");
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
  const line = { query, hits: shown, confident, bytes, requests: paths.length + 1, ms };
  return values.groups ? { ...line, groups: byGroup(paths) } : line;
}

/**
 * @param {string[]} paths
 * @returns {Record<string, number>}
 */
function byGroup(paths) {
  /** @type {Record<string, number>} */
  const groups = { runtime };
  for (const path of paths) {
    const [group] = path.split(/[.-]/);
    groups[group] = (groups[group] ?? 0) + (sizes.get(path) ?? 0);
  }
  return groups;
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
