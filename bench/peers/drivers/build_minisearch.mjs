// node build_minisearch.mjs FOLDER: sections as JSON on standard input; writes the index and the
// library, as small as VitePress ships it, into the folder.

import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { OPTIONS } from "./minisearch.mjs";

// Not `import`: types are checked where these packages are not installed, too.
const load = createRequire(import.meta.url);
const MiniSearch = load("minisearch");
const { build } = load("esbuild");

const folder = process.argv[2];
const index = new MiniSearch(OPTIONS);
index.addAll(JSON.parse(await text(process.stdin)));
await writeFile(join(folder, "index.json"), JSON.stringify(index));
await build({
  entryPoints: ["minisearch"],
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: true,
  format: "esm",
  outfile: join(folder, "minisearch.js"),
  logLevel: "error",
});
