// Query words with their terms' postings -> a score for each document. Integers only. See `scoring.py`.

import { IMPACT_UNIT, Sums } from "./sums.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./storage.js").RelatedEntry} RelatedEntry */
/** @typedef {import("./sums.js").Source} Source */
/** @typedef {import("./sums.js").WiderSource} WiderSource */
/** @typedef {import("./seeking.js").Sought} Sought */
/** A document's score; `sense`: how much of it its meaning as a whole gives. @typedef {{document: number, score: number, sense: number}} Scored */
/**
 * All documents that were found, the best of them in their order; how much the query weighs, and how much that
 * nothing stands for should weigh more.
 * @typedef {{documents: Int32Array, first: Scored[], weight: number, missing: number}} Ranked
 */

const FULL = 100 * IMPACT_UNIT;
const CUT = 5;
const MISSING = 2;
const LONGER_BITS = 16;
const SURE_UNIT = 9051;
const POSITIONS = 16;

/**
 * How sure the first hit is, in percent of a perfect match in a plain question. See `scoring.py`.
 * @param {Scored[]} first
 * @param {{weight: number, missing: number}} query
 */
export function sureness([first], { weight, missing }) {
  if (!first) return 0;
  const longer = Math.floor(Math.sqrt(Math.floor(Math.sqrt(weight * 2 ** LONGER_BITS))));
  const twice = 2 * first.score - first.sense;
  return Math.floor((twice * longer) / (2 * (weight + MISSING * missing) * SURE_UNIT));
}

/**
 * Sums up what each query word adds to phrasings (units) and documents; reused from query to query.
 *
 * Its loops run over some ten thousand postings between two key strokes: columns of numbers only.
 */
export class Scorer {
  /** @param {Manifest} manifest */
  constructor(manifest) {
    const { documents, phrasings } = manifest;
    this.manifest = manifest;
    this.sums = new Sums(manifest);
    this.scores = new Float64Array(documents);
    this.levels = levels(manifest);
    this.positions = new Uint8Array(documents * phrasings);
    this.stamps = new Int32Array(documents * phrasings); // the number of the last word whose main term is there
    this.clock = 1;
    this.weight = 0;
    this.missing = 0;
  }

  /**
   * The allowed documents that have any of the words, without weak ones; `limit` of them in order.
   * @param {Sought[]} sought
   * @param {Map<string, TermEntry>} entries
   * @param {Map<string, RelatedEntry>} related
   * @param {((document: number) => boolean) | null} allowed
   * @param {number} limit
   * @returns {Ranked}
   */
  rank(sought, entries, related, allowed, limit) {
    this.weight = sought.reduce((sum, word) => sum + word.weight, 0);
    this.missing = 0;
    this.clock++; // a gap: no word of this query follows one of the last
    sought.forEach((word, at) => {
      this.addWord(word, entries, related);
      this.rewardNeighbours(word, at ? sought[at - 1].weight : 0, entries);
    });
    const documents = this.strong(allowed);
    const first = this.first(documents, limit);
    this.sums.clear();
    return { documents, first, weight: this.weight, missing: this.missing };
  }

  /**
   * The allowed documents with at least a fifth of the best score; all have their score now.
   * @param {((document: number) => boolean) | null} allowed
   */
  strong(allowed) {
    const { scores, sums } = this;
    const documents = new Int32Array(sums.count);
    let best = 0;
    let found = 0;
    for (let at = 0; at < sums.count; at++) {
      const document = sums.touched[at];
      if (allowed && !allowed(document)) continue;
      const score = this.score(document);
      scores[document] = score;
      if (score > best) best = score;
      documents[found++] = document;
    }
    let kept = 0;
    for (let at = 0; at < found; at++) {
      if (scores[documents[at]] * CUT >= best) documents[kept++] = documents[at];
    }
    return documents.slice(0, kept);
  }

  /**
   * @param {Int32Array} documents
   * @param {number} limit
   * @returns {Scored[]}
   */
  first(documents, limit) {
    /** @type {Scored[]} */
    const first = [];
    for (let at = 0; at < documents.length; at++) {
      const scored = { document: documents[at], score: this.scores[documents[at]], sense: 0 };
      if (first.length < limit) first.push(scored);
      else if (limit && inOrder(scored, first[limit - 1]) < 0) first[limit - 1] = scored;
      else continue;
      for (let to = first.length - 1; to && inOrder(first[to], first[to - 1]) < 0; to--) {
        [first[to - 1], first[to]] = [first[to], first[to - 1]];
      }
    }
    return first;
  }

  /**
   * @param {Sought} word
   * @param {Map<string, TermEntry>} entries
   * @param {Map<string, RelatedEntry>} related
   */
  addWord(word, entries, related) {
    if (!word.candidates.length) {
      this.missing += Math.max(0, this.manifest.unknown - word.weight);
    }
    const sources = this.sources(word, entries).sort(byLength);
    const wider = this.widerSources(word, related);
    const longest = sources.pop();
    for (const source of sources) this.sums.raise(source);
    for (const source of wider) this.sums.raiseWider(source);
    if (longest) this.sums.raiseLast(longest);
    for (const { postings } of [...sources, ...wider]) this.sums.endWord(postings);
  }

  /**
   * @param {Sought} word
   * @param {Map<string, TermEntry>} entries
   * @returns {Source[]}
   */
  sources({ candidates, ceiling, weight }, entries) {
    return candidates.flatMap(([term, percent]) => {
      const entry = entries.get(term);
      if (!entry) return [];
      const value = Math.min(entry.weight, ceiling) * percent;
      return [{ postings: entry.postings, value, cover: weight * percent }];
    });
  }

  /**
   * @param {Sought} word
   * @param {Map<string, RelatedEntry>} related
   * @returns {WiderSource[]}
   */
  widerSources(word, related) {
    return word.related.flatMap(([term, percent]) => {
      const entry = related.get(term);
      return entry ? [{ postings: entry.postings, value: entry.weight * percent }] : [];
    });
  }

  /**
   * Words that follow each other in the query and in a phrasing.
   * @param {Sought} word
   * @param {number} before
   * @param {Map<string, TermEntry>} entries
   */
  rewardNeighbours(word, before, entries) {
    const now = ++this.clock;
    const main = word.main === null ? undefined : entries.get(word.main);
    if (!main) return;
    const bonus = this.manifest.share.adjacent * FULL * Math.floor(Math.sqrt(before * word.weight));
    const { units, strengths } = main.postings;
    for (let at = 0; at < units.length; at++) {
      const unit = units[at];
      const position = strengths[at] & 15;
      const follows = (this.positions[unit] + 1) % POSITIONS === position;
      if (this.stamps[unit] === now - 1 && follows) this.sums.units[unit] += bonus;
      this.stamps[unit] = now;
      this.positions[unit] = position;
    }
  }

  /** @param {number} document */
  score(document) {
    const { sums } = this;
    const prior = this.manifest.share.boost * this.levels[document] * this.weight;
    return sums.phrasing(document) + sums.whole[document] + prior;
  }
}

/**
 * @param {Scored} a
 * @param {Scored} b
 */
function inOrder(a, b) {
  return b.score - a.score || a.document - b.document;
}

/**
 * @param {Source} a
 * @param {Source} b
 */
function byLength(a, b) {
  return a.postings.documents.length - b.postings.documents.length;
}

/**
 * The prior step of each document.
 * @param {Manifest} manifest
 */
function levels({ documents, boosts }) {
  const found = new Uint8Array(documents);
  for (const behind of boosts) for (let at = 0; at < behind; at++) found[at]++;
  return found;
}
