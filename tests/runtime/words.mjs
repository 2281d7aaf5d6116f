// What browsers make of texts: node words.mjs, on standard input JSON {han, texts: [[stemmer, text], ...]},
// on standard output the words of each text, with what they stand for and where, and its folded form.

import { text as all } from "node:stream/consumers";
import { Analyser, fold, STEMMERS } from "../../search/oftasked_search/runtime/analysis.js";

/** @type {{han: [string, string][], texts: [string | null, string][]}} */
const { han, texts } = JSON.parse(await all(process.stdin));
const analysers = new Map(
  Array.from(STEMMERS, ([name, stem]) => [name, new Analyser(stem, new Map(han))]),
);
const found = texts.map(([stemmer, text]) => {
  const folded = fold(text);
  const tokens = analysers.get(stemmer)?.tokens(folded) ?? [];
  const words = tokens.flatMap((token) => token.words.map(({ surface, term }) => [surface, term]));
  return { folded, words };
});
process.stdout.write(JSON.stringify(found));
