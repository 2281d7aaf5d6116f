// Query words with their terms' postings -> a score for each document. Integers only. See `scoring.py`.

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./storage.js").RelatedEntry} RelatedEntry */
/** @typedef {import("./related.js").Related} Related */
/** @typedef {import("./postings.js").Postings} Postings */
/** @typedef {import("./seeking.js").Sought} Sought */
/**
 * A document's score and how many hundredths of the query's weight it has (times that weight).
 * @typedef {{document: number, score: number, covered: number}} Scored
 */

const IMPACT_UNIT = 20;
const FULL = 100 * IMPACT_UNIT;
const CUT = 5;
const MISSING = 2;
const LONGER_BITS = 16;
const SURE_UNIT = 9051;
const POSITIONS = 16;

/**
 * How sure the first hit is, in percent of a perfect match in a plain question. See `scoring.py`.
 * @param {Scored[]} ranked
 * @param {{weight: number, missing: number}} query
 */
export function sureness([first], { weight, missing }) {
  if (!first) return 0;
  const longer = Math.floor(Math.sqrt(Math.floor(Math.sqrt(weight * 2 ** LONGER_BITS))));
  return Math.floor((first.score * longer) / ((weight + MISSING * missing) * SURE_UNIT));
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
    this.senses = new Gains(manifest.documents);
    this.scores = new Float64Array(manifest.documents);
    this.positions = new Uint8Array(units);
    this.stamps = new Int32Array(units); // the number of the last word whose main term is in the unit
    this.clock = 1;
    this.weight = 0;
    this.missing = 0;
    this.squares = 0; // of the lengths of the query's general words
  }

  /**
   * The allowed documents that have any of the words, best first; weak ones are cut off.
   * @param {Sought[]} sought
   * @param {Map<string, TermEntry>} entries
   * @param {Map<string, RelatedEntry>} related
   * @param {(document: number) => boolean} allowed
   * @returns {Scored[]}
   */
  rank(sought, entries, related, allowed) {
    this.weight = sought.reduce((sum, word) => sum + word.weight, 0);
    this.missing = 0;
    this.squares = 0;
    this.clock++; // a gap: no word of this query follows one of the last
    sought.forEach((word, at) => {
      this.addWord(word, entries, related);
      this.rewardNeighbours(word, at ? sought[at - 1].weight : 0, entries);
    });
    const ranked = this.best(this.covered.touched.filter(allowed));
    for (const gains of [this.units, this.joined, this.body, this.covered, this.senses]) {
      gains.clear();
    }
    return ranked;
  }

  /**
   * @param {number[]} documents
   * @returns {Scored[]}
   */
  best(documents) {
    let best = 0;
    for (const document of documents) {
      this.scores[document] = this.score(document);
      if (this.scores[document] > best) best = this.scores[document];
    }
    return documents
      .filter((document) => this.scores[document] * CUT >= best)
      .map((document) => ({
        document,
        score: this.scores[document],
        covered: this.covered.total[document],
      }))
      .sort((a, b) => b.score - a.score || a.document - b.document);
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
    for (const [term, percent] of word.related) {
      const entry = related.get(term);
      if (entry) this.gatherRelated(entry, percent);
    }
    for (const gains of [this.units, this.joined, this.body, this.covered]) gains.endWord();
  }

  /**
   * @param {Postings} postings
   * @param {number} value
   * @param {number} cover
   */
  gather({ documents, impacts, units, strengths }, value, cover) {
    const { share } = this.manifest;
    for (let at = 0; at < documents.length; at++) {
      const joined = impacts[at] >> 4;
      const body = impacts[at] & 15;
      this.covered.raise(documents[at], cover, 1);
      if (body) this.body.raise(documents[at], value * body, share.body);
      if (joined) this.joined.raise(documents[at], value * joined, share.joined);
    }
    for (let at = 0; at < units.length; at++) {
      this.units.raise(units[at], value * (strengths[at] >> 4), share.phrasing);
    }
  }

  /**
   * @param {RelatedEntry} entry
   * @param {number} percent
   */
  gatherRelated({ weight, norm, postings }, percent) {
    const { share } = this.manifest;
    const { documents, units, impacts, joined, bodies, senses } = postings;
    const value = weight * percent;
    this.squares += (percent * norm) ** 2;
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      if (impacts[at] || joined[at] || bodies[at]) this.covered.raise(document, value, 1);
      this.body.raise(document, value * bodies[at], share.body);
      this.joined.raise(document, value * joined[at], share.joined);
      if (impacts[at]) this.units.raise(units[at], value * impacts[at], share.phrasing);
      if (senses[at]) this.senses.add(document, percent * senses[at]);
    }
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
      if (this.stamps[unit] === now - 1 && follows) this.units.add(unit, bonus);
      this.stamps[unit] = now;
      this.positions[unit] = position;
    }
  }

  /**
   * @param {number} document
   */
  score(document) {
    const { share, phrasings, boosts } = this.manifest;
    const covered = this.covered.total[document];
    const behind = (document + 1) * phrasings;
    let phrasing = 0;
    for (let unit = document * phrasings; unit < behind; unit++) {
      if (this.units.total[unit] > phrasing) phrasing = this.units.total[unit];
    }
    let level = 0;
    while (level < boosts.length && document < boosts[level]) level++;
    return (
      phrasing +
      this.joined.total[document] +
      this.body.total[document] +
      share.covered * IMPACT_UNIT * covered +
      share.boost * level * this.weight +
      this.sense(document)
    );
  }

  /**
   * How near the document's meaning is to the query's: a cosine, times the query's weight.
   * @param {number} document
   */
  sense(document) {
    const length = Math.max(1, Math.floor(Math.sqrt(this.squares)));
    const near = this.manifest.share.sense * FULL * this.weight * this.senses.total[document];
    return Math.floor(near / length);
  }
}
