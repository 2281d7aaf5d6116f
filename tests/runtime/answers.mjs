// Answers queries as the browser does: node answers.mjs INDEX_DIR MODULE, a JSON list of
// {query, limit, facets} on standard input, the results as a JSON list on standard output.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

/** @typedef {typeof import("../../search/oftasked_search/runtime/oftasked-search.js")} Runtime */

/** @type {Runtime} */
const { openIndex } = await import(pathToFileURL(process.argv[3]).href);
const index = await openIndex(async (path) => {
  const content = await readFile(join(process.argv[2], path));
  return new Uint8Array(content).buffer;
});
const results = [];
for (const { query, limit, facets } of JSON.parse(await text(process.stdin))) {
  results.push(await index.search(query, { limit, facets }));
}
process.stdout.write(JSON.stringify(results));
