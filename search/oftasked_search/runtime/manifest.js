// The small file that says what an index consists of; checked field by field.

import { VERSION } from "./blocks.js";
import { decoding, SearchError } from "./errors.js";

export const FILE = "manifest.json";
const FORMAT = "oftasked-search";

/**
 * @typedef {{phrasing: number, joined: number, body: number, covered: number, adjacent: number, boost: number,
 *   sense: number}} Share
 * @typedef {{lang: string, stemmer: string | null, documents: number, blocks: number, per_block: number,
 *   phrasings: number, unknown: number, confident: number, reranked: number, boosts: number[], share: Share,
 *   scales: number[], centre: number[], terms: string, names: Record<string, string>,
 *   lexicon: import("./lexicon.js").StoredLexicon}} Manifest
 */

const NUMBERS = [
  "documents",
  "blocks",
  "per_block",
  "phrasings",
  "unknown",
  "confident",
  "reranked",
];
const MOST = 2 ** 26; // a reader makes room for as many sums
const NUMBERED = ["terms", "documents"];
const SHARES = ["phrasing", "joined", "body", "covered", "adjacent", "boost", "sense"];

/**
 * The manifest in a file, or a `SearchError` if it is none that this reader knows.
 * @param {ArrayBuffer} content
 * @returns {Manifest}
 */
export function decodeManifest(content) {
  const stored = decoding(FILE, () => JSON.parse(new TextDecoder().decode(content)));
  if (stored?.format !== FORMAT) throw new SearchError("corrupt", "not a search index manifest");
  if (stored.version !== VERSION) {
    throw new SearchError(
      "version",
      `index format ${stored.version}; this reader knows ${VERSION}`,
    );
  }
  if (!isComplete(stored))
    throw new SearchError("corrupt", "the search index manifest is incomplete");
  return stored;
}

/** @param {any} stored */
function isComplete(stored) {
  return (
    NUMBERS.every((name) => isCount(stored[name])) &&
    isCount(stored.documents * stored.phrasings) &&
    stored.per_block > 0 &&
    SHARES.every((name) => Number.isInteger(stored.share?.[name])) &&
    Array.isArray(stored.boosts) &&
    isSpace(stored.scales, stored.centre) &&
    typeof stored.terms === "string" &&
    typeof stored.names === "object" &&
    stored.names !== null &&
    typeof stored.lexicon === "object" &&
    stored.lexicon !== null
  );
}

/** @param {unknown} number */
function isCount(number) {
  return Number.isInteger(number) && Number(number) >= 0 && Number(number) <= MOST;
}

/**
 * Whether these are whole numbers for each of as many dimensions, two of which share a byte.
 * @param {any} scales
 * @param {any} centre
 */
function isSpace(scales, centre) {
  return (
    [scales, centre].every((part) => Array.isArray(part) && part.every(Number.isInteger)) &&
    scales.length === centre.length &&
    scales.length % 2 === 0
  );
}

/**
 * The name of a file of the index.
 * @param {string} group
 * @param {number} number
 * @param {string} digest
 */
export function fileName(group, number, digest) {
  const stem = NUMBERED.includes(group) ? `${group}-${number}` : group;
  return `${stem}.${digest}.bin`;
}
