// What a query's words give to phrasings (units) and documents, summed up in columns of numbers.
//
// These loops run over some ten thousand postings between two key strokes.

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./related.js").Related} Related */
/** @typedef {import("./postings.js").Postings} Postings */
/** A term that stands for a word: its postings, what an impact is worth, and having it at all. @typedef {{postings: Postings, value: number, cover: number}} Source */
/** The same for a general word. @typedef {{postings: Related, value: number}} WiderSource */

export const IMPACT_UNIT = 20;

/** The sums of one query; reused from query to query. Of one word's terms the best counts. */
export class Sums {
  /** @param {Manifest} manifest */
  constructor({ documents, phrasings, share }) {
    this.phrasings = phrasings;
    this.share = share;
    this.units = new Int32Array(documents * phrasings);
    this.whole = new Float64Array(documents); // joined phrasings, body and cover together
    // the best that one query word has given so far
    this.bestUnits = new Int32Array(documents * phrasings);
    this.bestJoined = new Int32Array(documents);
    this.bestBody = new Int32Array(documents);
    this.bestCover = new Int32Array(documents);
    this.touched = new Int32Array(documents);
    this.count = 0; // of touched documents
    this.seen = new Uint8Array(documents);
  }

  /**
   * The sum of the document's best phrasing.
   * @param {number} document
   */
  phrasing(document) {
    const behind = (document + 1) * this.phrasings;
    let best = 0;
    for (let unit = document * this.phrasings; unit < behind; unit++) {
      if (this.units[unit] > best) best = this.units[unit];
    }
    return best;
  }

  /**
   * What the last of a word's terms gives beyond the others: the one with most postings, because nobody
   * need remember what it gave.
   * @param {Source} source
   */
  raiseLast({ postings: { documents, impacts, units, strengths }, value, cover }) {
    const { phrasing } = this.share;
    const { seen, whole, bestUnits, units: totals } = this;
    const covered = this.share.covered * IMPACT_UNIT;
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      if (!seen[document]) this.touch(document);
      const joined = value * (impacts[at] >> 4) - this.bestJoined[document];
      const body = value * (impacts[at] & 15) - this.bestBody[document];
      const more = cover - this.bestCover[document];
      whole[document] +=
        (joined > 0 ? this.share.joined * joined : 0) +
        (body > 0 ? this.share.body * body : 0) +
        (more > 0 ? covered * more : 0);
    }
    for (let at = 0; at < units.length; at++) {
      const gain = value * (strengths[at] >> 4) - bestUnits[units[at]];
      if (gain > 0) totals[units[at]] += phrasing * gain;
    }
  }

  /**
   * What a term gives beyond the word's other terms.
   * @param {Source} source
   */
  raise({ postings: { documents, impacts, units, strengths }, value, cover }) {
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      this.touch(document);
      this.raiseDocument(document, cover, value * (impacts[at] >> 4), value * (impacts[at] & 15));
    }
    for (let at = 0; at < units.length; at++) {
      this.raiseUnit(units[at], value * (strengths[at] >> 4));
    }
  }

  /** @param {WiderSource} source */
  raiseWider({ postings, value }) {
    const { documents, units, impacts, joined, bodies } = postings;
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      this.touch(document);
      this.raiseDocument(document, value, value * joined[at], value * bodies[at]);
      if (impacts[at]) this.raiseUnit(units[at], value * impacts[at]);
    }
  }

  /** @param {number} document */
  touch(document) {
    if (this.seen[document]) return;
    this.touched[this.count++] = document;
    this.seen[document] = 1;
  }

  /**
   * @param {number} document
   * @param {number} cover
   * @param {number} joined
   * @param {number} body
   */
  raiseDocument(document, cover, joined, body) {
    const { share } = this;
    let more = 0;
    if (cover > this.bestCover[document]) {
      more += share.covered * IMPACT_UNIT * (cover - this.bestCover[document]);
      this.bestCover[document] = cover;
    }
    if (joined > this.bestJoined[document]) {
      more += share.joined * (joined - this.bestJoined[document]);
      this.bestJoined[document] = joined;
    }
    if (body > this.bestBody[document]) {
      more += share.body * (body - this.bestBody[document]);
      this.bestBody[document] = body;
    }
    this.whole[document] += more;
  }

  /**
   * @param {number} unit
   * @param {number} gain
   */
  raiseUnit(unit, gain) {
    const before = this.bestUnits[unit];
    if (gain <= before) return;
    this.units[unit] += this.share.phrasing * (gain - before);
    this.bestUnits[unit] = gain;
  }

  /** @param {{documents: Int32Array, units: Int32Array}} postings */
  endWord({ documents, units }) {
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      this.bestCover[document] = 0;
      this.bestJoined[document] = 0;
      this.bestBody[document] = 0;
    }
    for (let at = 0; at < units.length; at++) if (units[at] >= 0) this.bestUnits[units[at]] = 0;
  }

  /** Forgets the query; what it did not touch is zero already. */
  clear() {
    const { phrasings } = this;
    for (let at = 0; at < this.count; at++) {
      const document = this.touched[at];
      this.seen[document] = 0;
      this.whole[document] = 0;
      const behind = (document + 1) * phrasings;
      for (let unit = document * phrasings; unit < behind; unit++) this.units[unit] = 0;
    }
    this.count = 0;
  }
}
