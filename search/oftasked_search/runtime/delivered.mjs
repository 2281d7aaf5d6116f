// The one module that browsers get; `__init__.py` makes the same.

import { readFile } from "node:fs/promises";

const LEFT_OUT =
  /^import [^;]*;\n|^ *\/\/[^\n]*\n| +\/\/ [^\n]*$|^ *\/\*\*(?:(?!\*\/).)*\*\/\n|\/\*\*(?:(?!\*\/).)*\*\/ |^ +|^\n/gms;
const EXPORT = /^export /gm;

/** The modules after one another without imports, comments and indentation; only the last exports. */
export async function deliveredModule() {
  const read = (/** @type {string} */ name) => readFile(new URL(name, import.meta.url), "utf8");
  const sources = await Promise.all(JSON.parse(await read("modules.json")).map(read));
  const bodies = sources.map((source) => source.replace(LEFT_OUT, ""));
  const last = bodies.pop();
  return bodies.map((body) => body.replace(EXPORT, "")).join("") + last;
}
