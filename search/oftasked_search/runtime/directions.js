// How near documents are to a query in meaning: directions of four bits a dimension. See `directions.py`.

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./scoring.js").Scored} Scored */
/** @typedef {import("./seeking.js").Sought} Sought */
/** @typedef {import("./storage.js").RelatedEntry} RelatedEntry */
/** Where a document points: its values, how long they are. @typedef {{values: Int16Array, length: number}} Direction */

const MIDDLE = 15; // twice the middle of the levels 0 to 15
const COSINE = 1000; // a cosine of 1, and the length of the directions whose mean is the centre
const SHRINK = 1024;
const SENSE_UNIT = 2; // a perfect match (100 percent of an impact of 20), in thousandths

/** What the levels of an index mean: the scale of each dimension, and where its documents centre. */
export class Space {
  /** @param {Manifest} manifest */
  constructor({ scales, centre }) {
    this.scales = scales;
    this.centre = centre;
  }

  /**
   * Where a document points, from its levels; null: nowhere.
   * @param {Uint8Array} packed
   * @returns {Direction | null}
   */
  direction(packed) {
    if (!packed.some((pair) => pair > 0)) return null;
    const values = Int16Array.from(unpacked(packed), (value, at) => this.scales[at] * value);
    return { values, length: root(product(values, values)) };
  }

  /**
   * What a query's general words mean together.
   * @param {Sought[]} sought
   * @param {Map<string, RelatedEntry>} related
   */
  question(sought, related) {
    const total = new Float64Array(this.scales.length);
    for (const [term, percent] of sought.flatMap((word) => word.related)) {
      const entry = related.get(term);
      if (entry) add(total, percent * entry.length, entry.vector);
    }
    return new Question(
      total.map((value, at) => Math.floor((this.scales[at] * value) / SHRINK)),
      this.centre,
    );
  }
}

/** Where a query points; `length` is 0 if no word of it has a meaning. */
export class Question {
  /**
   * @param {Float64Array} pointing
   * @param {number[]} centre
   */
  constructor(pointing, centre) {
    this.pointing = pointing;
    this.length = root(product(pointing, pointing));
    this.usual = product(pointing, centre); // what documents in general have of it
  }

  /**
   * A cosine in thousandths, less what documents in general have; 0 if unknown.
   * @param {Direction | null} direction
   */
  nearness(direction) {
    if (!this.length || !direction) return 0;
    const own = Math.floor((COSINE * product(this.pointing, direction.values)) / direction.length);
    return Math.floor((own - this.usual) / this.length);
  }
}

/**
 * Scored documents, the first of them ordered again by what their nearness adds to their scores.
 * @param {Scored[]} first
 * @param {number[]} near the nearness of as many of the first as are ordered again
 * @param {number} worth of nearness: the share of the sense, times the query's weight
 * @returns {Scored[]}
 */
export function reordered(first, near, worth) {
  const again = near.map((nearness, at) => {
    const sense = SENSE_UNIT * worth * nearness;
    return { document: first[at].document, score: first[at].score + sense, sense };
  });
  again.sort((a, b) => b.score - a.score || a.document - b.document);
  return [...again, ...first.slice(near.length)];
}

/**
 * Levels that are stored two a byte, as odd numbers around zero, from -15 to 15.
 * @param {Uint8Array} packed
 */
export function unpacked(packed) {
  const values = new Int8Array(2 * packed.length);
  for (let at = 0; at < packed.length; at++) {
    values[2 * at] = 2 * (packed[at] & 15) - MIDDLE;
    values[2 * at + 1] = 2 * (packed[at] >> 4) - MIDDLE;
  }
  return values;
}

/**
 * @param {Float64Array} total
 * @param {number} factor
 * @param {Int8Array} vector
 */
function add(total, factor, vector) {
  for (let at = 0; at < total.length; at++) total[at] += factor * vector[at];
}

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
function product(a, b) {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

/** @param {number} square */
function root(square) {
  return Math.floor(Math.sqrt(square));
}
