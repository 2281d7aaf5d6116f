// Query words with their terms' postings -> a score for each document. Integers only. See `scoring.py`.

import { Cursor } from "./blocks.js";
import { compare } from "./lexicon.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./queries.js").Option} Option */
/**
 * A query word ready for scoring: its weight, what stands for it, the main one, and the weight of the word
 * itself if the index has it.
 * @typedef {{weight: number, candidates: [string, number][], main: string | null, ceiling: number}} Sought
 */
/**
 * A document's score and how many hundredths of the query's weight it has (times that weight).
 * @typedef {{document: number, score: number, covered: number}} Scored
 */

const IMPACT_UNIT = 20;
const FULL = 100 * IMPACT_UNIT;
const CUT = 5;
const POSITIONS = 16;
const LAST = 0x80;

/**
 * Chooses among a word's options by what the index really has.
 * @param {Option[]} options
 * @param {Map<string, TermEntry>} entries
 * @param {number} unknown
 * @returns {Sought}
 */
export function seek(options, entries, unknown) {
  const own = entries.get(options[0].term);
  /** @type {Map<string, number>} */
  const percents = new Map();
  for (const option of options) {
    const percent = own ? option.known : option.unknown;
    if (percent && entries.has(option.term)) {
      percents.set(option.term, Math.max(percent, percents.get(option.term) ?? 0));
    }
  }
  const candidates = Array.from(percents);
  if (own) return { weight: own.weight, candidates, main: options[0].term, ceiling: own.weight };
  const [best] = candidates
    .map(([term, percent]) => ({
      term,
      worth: Math.floor((weightOf(entries, term) * percent) / 100),
    }))
    .sort((a, b) => b.worth - a.worth || compare(a.term, b.term));
  if (!best) return { weight: unknown, candidates, main: null, ceiling: Infinity };
  return { weight: Math.max(1, best.worth), candidates, main: best.term, ceiling: Infinity };
}

/**
 * @param {Map<string, TermEntry>} entries
 * @param {string} term
 */
function weightOf(entries, term) {
  return entries.get(term)?.weight ?? 0;
}

/** Sums over something numbered; within one query word only the best gain of each counts. */
class Gains {
  /** @param {number} size */
  constructor(size) {
    this.total = new Int32Array(size);
    this.best = new Int32Array(size);
    /** @type {number[]} */
    this.touched = [];
    /** @type {number[]} */
    this.inWord = [];
  }

  /**
   * @param {number} key
   * @param {number} gain
   * @param {number} factor
   */
  raise(key, gain, factor) {
    const before = this.best[key];
    if (gain <= before) return;
    if (before === 0) this.inWord.push(key);
    this.best[key] = gain;
    this.add(key, factor * (gain - before));
  }

  /**
   * @param {number} key
   * @param {number} gain
   */
  add(key, gain) {
    if (this.total[key] === 0) this.touched.push(key);
    this.total[key] += gain;
  }

  endWord() {
    for (const key of this.inWord) this.best[key] = 0;
    this.inWord.length = 0;
  }

  clear() {
    for (const key of this.touched) this.total[key] = 0;
    this.touched.length = 0;
  }
}

/** Sums up what each query word adds to phrasings (units) and documents; reused from query to query. */
export class Scorer {
  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.manifest = manifest;
    const units = manifest.documents * manifest.phrasings;
    this.units = new Gains(units);
    this.joined = new Gains(manifest.documents);
    this.body = new Gains(manifest.documents);
    this.covered = new Gains(manifest.documents);
    this.positions = new Uint8Array(units);
    this.stamps = new Int32Array(units); // the number of the last word whose main term is in the unit
    this.clock = 1;
    this.weight = 0;
  }

  /**
   * The allowed documents that have any of the words, best first; weak ones are cut off.
   * @param {Sought[]} sought
   * @param {Map<string, TermEntry>} entries
   * @param {(document: number) => boolean} allowed
   * @returns {Scored[]}
   */
  rank(sought, entries, allowed) {
    this.weight = sought.reduce((sum, word) => sum + word.weight, 0);
    this.clock++; // a gap: no word of this query follows one of the last
    sought.forEach((word, at) => {
      this.addWord(word, entries);
      this.rewardNeighbours(word, at ? sought[at - 1].weight : 0, entries);
    });
    const ranked = this.covered.touched
      .filter(allowed)
      .map((document) => this.scored(document))
      .sort((a, b) => b.score - a.score || a.document - b.document);
    for (const gains of [this.units, this.joined, this.body, this.covered]) gains.clear();
    return ranked.filter((entry) => entry.score * CUT >= ranked[0].score);
  }

  /**
   * @param {Sought} word
   * @param {Map<string, TermEntry>} entries
   */
  addWord(word, entries) {
    for (const [term, percent] of word.candidates) {
      const entry = entries.get(term);
      if (entry) {
        this.gather(
          entry.postings,
          Math.min(entry.weight, word.ceiling) * percent,
          word.weight * percent,
        );
      }
    }
    for (const gains of [this.units, this.joined, this.body, this.covered]) gains.endWord();
  }

  /**
   * @param {Uint8Array} postings
   * @param {number} value
   * @param {number} cover
   */
  gather(postings, value, cover) {
    const { share, phrasings } = this.manifest;
    walk(
      postings,
      (document, joined, body) => {
        this.covered.raise(document, cover, 1);
        if (body) this.body.raise(document, value * body, share.body);
        if (joined) this.joined.raise(document, value * joined, share.joined);
      },
      (document, phrasing, impact) => {
        this.units.raise(document * phrasings + phrasing, value * impact, share.phrasing);
      },
    );
  }

  /**
   * Words that follow each other in the query and in a phrasing.
   * @param {Sought} word
   * @param {number} before
   * @param {Map<string, TermEntry>} entries
   */
  rewardNeighbours(word, before, entries) {
    const now = ++this.clock;
    const { share, phrasings } = this.manifest;
    const bonus = share.adjacent * FULL * Math.floor(Math.sqrt(before * word.weight));
    const entry = word.main === null ? undefined : entries.get(word.main);
    walk(
      entry?.postings ?? new Uint8Array(),
      () => {},
      (document, phrasing, _, position) => {
        const unit = document * phrasings + phrasing;
        const follows = (this.positions[unit] + 1) % POSITIONS === position;
        if (this.stamps[unit] === now - 1 && follows) this.units.add(unit, bonus);
        this.stamps[unit] = now;
        this.positions[unit] = position;
      },
    );
  }

  /**
   * @param {number} document
   * @returns {Scored}
   */
  scored(document) {
    const { share, phrasings, boosts } = this.manifest;
    const first = document * phrasings;
    const units = this.units.total.subarray(first, first + phrasings);
    const covered = this.covered.total[document];
    const level = boosts.reduce((sum, behind) => sum + (document < behind ? 1 : 0), 0);
    const score =
      units.reduce((best, gain) => Math.max(best, gain), 0) +
      this.joined.total[document] +
      this.body.total[document] +
      share.covered * IMPACT_UNIT * covered +
      share.boost * level * this.weight;
    return { document, score, covered };
  }
}

/**
 * Reads postings from end to end (FORMAT.md, "Postings").
 * @param {Uint8Array} postings
 * @param {(document: number, joined: number, body: number) => void} onDocument
 * @param {(document: number, phrasing: number, impact: number, position: number) => void} onPlace
 */
function walk(postings, onDocument, onPlace) {
  const cursor = new Cursor(postings);
  let document = -1;
  while (cursor.at < postings.length) {
    document += cursor.varint() + 1;
    const impacts = postings[cursor.at++];
    onDocument(document, impacts >> 4, impacts & 15);
    for (let more = impacts >> 4 > 0; more; ) {
      const phrasing = postings[cursor.at++];
      const strength = postings[cursor.at++];
      onPlace(document, phrasing & ~LAST, strength >> 4, strength & 15);
      more = phrasing < LAST;
    }
  }
}
