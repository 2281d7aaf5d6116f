// Answers queries as the browser does: node answers.mjs INDEX_DIR, a JSON list of
// {query, limit, facets} on standard input, the results as a JSON list on standard output.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { openIndex } from "../../search/oftasked_search/runtime/oftasked-search.js";

const index = await openIndex(async (path) => {
  const content = await readFile(join(process.argv[2], path));
  return new Uint8Array(content).buffer;
});
const results = [];
for (const { query, limit, facets } of JSON.parse(await text(process.stdin))) {
  results.push(await index.search(query, { limit, facets }));
}
process.stdout.write(JSON.stringify(results));
