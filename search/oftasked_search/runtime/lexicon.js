// The words of an index as people write them: completions, typos, split words, synonyms. See `lexicon.py`.

/**
 * A lexicon as the manifest has it.
 * @typedef {{complete: boolean, words: string, frequencies: string, han: string, synonyms: string[][][]}} StoredLexicon
 */
/** @typedef {{word: string, frequency: number, distance: number}} Found */

const MAX_COMPLETIONS = 12;
const MAX_CORRECTIONS = 8;
const FAR_FROM = 8;
const DIGIT_ZERO = 48;

/** Sorted words with the frequency of each (a power of two), Han pairs and groups of synonyms. */
export class Lexicon {
  /** @param {StoredLexicon} stored */
  constructor(stored) {
    this.synonyms = stored.synonyms;
    this.han = pairs(stored.han);
    this.words = unfront(stored.words);
    this.classes = Uint8Array.from(stored.frequencies, (digit) => Number.parseInt(digit, 36));
    this.masks = Int32Array.from(this.words, mask);
  }

  /** @param {string} word */
  has(word) {
    return this.words[this.place(word)] === word;
  }

  /**
   * The most frequent words that begin with the letters, the word itself included.
   * @param {string} start
   * @returns {Found[]}
   */
  completions(start) {
    const found = [];
    for (let at = this.place(start); this.words[at]?.startsWith(start); at++) {
      found.push(this.found(at, 0));
    }
    return found.sort(byFrequency).slice(0, MAX_COMPLETIONS);
  }

  /**
   * The closest words within the number of typos that a word of this length may have.
   * @param {string} word
   * @returns {Found[]}
   */
  near(word) {
    const limit = allowedTypos(word);
    const own = mask(word);
    /** @type {Found[]} */
    const found = [];
    for (let at = 0; at < this.words.length; at++) {
      const other = this.words[at];
      if (Math.abs(other.length - word.length) > limit || ones(own ^ this.masks[at]) > 2 * limit) {
        continue;
      }
      const distance = edits(word, other, limit);
      const fits = distance > 0 && distance <= limit;
      if (fits && (other[0] === word[0] || distance === 1)) found.push(this.found(at, distance));
    }
    const closest = Math.min(...found.map((entry) => entry.distance));
    const best = found.filter((entry) => entry.distance === closest);
    return best.sort(byFrequency).slice(0, MAX_CORRECTIONS);
  }

  /**
   * @param {number} at
   * @param {number} distance
   * @returns {Found}
   */
  found(at, distance) {
    return { word: this.words[at], frequency: 2 ** this.classes[at], distance };
  }

  /**
   * Where a word is or would be.
   * @param {string} word
   */
  place(word) {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Orders texts by UTF-16 code units.
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * How many typos a word of its length may have.
 * @param {string} word
 */
export function allowedTypos(word) {
  return word.length >= FAR_FROM ? 2 : 1;
}

/**
 * Insertions, deletions, changes and swaps of neighbours between two words; limit + 1 if more.
 * @param {string} a
 * @param {string} b
 * @param {number} limit
 */
export function edits(a, b, limit) {
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = above;
  }
  return Math.min(row[b.length], limit + 1);
}

/**
 * @param {Found} a
 * @param {Found} b
 */
function byFrequency(a, b) {
  return b.frequency - a.frequency || compare(a.word, b.word);
}

/** @param {string} word */
function mask(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** @param {number} bits */
function ones(bits) {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** @param {string} stored */
function pairs(stored) {
  const characters = Array.from(stored);
  /** @type {Map<string, string>} */
  const map = new Map();
  for (let at = 0; at + 1 < characters.length; at += 2) {
    map.set(characters[at], characters[at + 1]);
  }
  return map;
}

/**
 * Sorted texts, each of which says how much of the one before it begins with.
 * @param {string} stored
 */
export function unfront(stored) {
  /** @type {string[]} */
  const words = [];
  let previous = "";
  for (const line of stored ? stored.split("\n") : []) {
    previous = previous.slice(0, line.charCodeAt(0) - DIGIT_ZERO) + line.slice(1);
    words.push(previous);
  }
  return words;
}
