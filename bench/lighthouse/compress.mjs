// Puts FILE.br beside each text file of a folder, compressed as well as brotli can (11): what a
// host does once, so that serving costs nothing.
//
//     node compress.mjs FOLDER

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const TEXTS = new Set([".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bin"]);

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path))); // its default quality is 11
}
