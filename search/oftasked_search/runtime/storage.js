// The files of an index, fetched when needed, checked and decoded once. See `storage.py`.

import { Cursor, KIND, unbundle, unseal } from "./blocks.js";
import { decoding, SearchError } from "./errors.js";
import { Facets } from "./facets.js";
import { Lexicon } from "./lexicon.js";
import { decodePostings } from "./postings.js";
import { decodeManifest, FILE, fileName } from "./manifest.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {(path: string) => Promise<ArrayBuffer>} Load */
/** A term of the index. @typedef {{weight: number, postings: import("./postings.js").Postings}} TermEntry */
/** @typedef {[string, string, string, string, Record<string, string[]>]} Row */

const PATIENCE = 20000; // milliseconds before a file counts as unavailable

/** One published state of an index: a manifest and the blocks that it names. */
export class Storage {
  /**
   * @param {Load} load
   * @param {Manifest} manifest
   */
  constructor(load, manifest) {
    this.load = load;
    this.manifest = manifest;
    /** @type {Map<string, Promise<any>>} */
    this.pending = new Map();
    /** @type {Map<string, TermEntry>} */
    this.terms = new Map();
  }

  /**
   * @param {Load} load
   * @returns {Promise<Storage>}
   */
  static async open(load) {
    return new Storage(load, decodeManifest(await fetchFile(load, FILE)));
  }

  /** @returns {Promise<Lexicon>} */
  lexicon() {
    return this.block("lexicon", 0, KIND.lexicon, (content) => new Lexicon(content));
  }

  /** @returns {Promise<Facets>} */
  facets() {
    return this.block("facets", 0, KIND.facets, (content) => new Facets(content));
  }

  /**
   * Those of the terms that the index has; missing blocks are fetched side by side.
   * @param {Set<string>} terms
   * @returns {Promise<Map<string, TermEntry>>}
   */
  async entries(terms) {
    /** @type {Map<string, TermEntry>} */
    const entries = new Map();
    await Promise.all(
      Array.from(terms, async (term) => {
        const number = this.termBlock(term);
        if (number < 0) return;
        const block = await this.block("terms", number, KIND.terms, decodeTerms);
        const entry = block.get(term);
        if (entry) entries.set(term, this.decoded(term, entry));
      }),
    );
    return entries;
  }

  /**
   * @param {string} term
   * @param {{weight: number, stored: Uint8Array}} entry
   * @returns {TermEntry}
   */
  decoded(term, { weight, stored }) {
    let known = this.terms.get(term);
    if (!known) {
      const postings = decoding("postings", () => decodePostings(stored, this.manifest.phrasings));
      known = { weight, postings };
      this.terms.set(term, known);
    }
    return known;
  }

  /**
   * What a result shows of a document.
   * @param {number} number
   * @returns {Promise<Row>}
   */
  async document(number) {
    const perBlock = this.manifest.per_block;
    /** @type {Row[]} */
    const rows = await this.block(
      "documents",
      Math.floor(number / perBlock),
      KIND.documents,
      (content) => JSON.parse(new TextDecoder().decode(content)),
    );
    return rows[number % perBlock];
  }

  /**
   * The block that has a term if the index has it: the last one that does not start behind it.
   * @param {string} term
   */
  termBlock(term) {
    const starts = this.manifest.terms;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= term) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * @template T
   * @param {string} group
   * @param {number} number
   * @param {number} kind
   * @param {(content: Uint8Array) => T} decode
   * @returns {Promise<T>}
   */
  block(group, number, kind, decode) {
    return this.once(`${group} ${number}`, async () => {
      const content = await unseal(kind, await this.sealed(group, number));
      return decoding(`${group} ${number}`, () => decode(content));
    });
  }

  /**
   * @param {string} group
   * @param {number} number
   * @returns {Promise<Uint8Array<ArrayBuffer>>}
   */
  async sealed(group, number) {
    const { names } = this.manifest;
    if (!("bundle" in names)) {
      return new Uint8Array(await fetchFile(this.load, fileName(group, number, names[group])));
    }
    const bundled = await this.once("bundle", async () => {
      const file = await fetchFile(this.load, fileName("bundle", 0, names.bundle));
      const content = await unseal(KIND.bundle, new Uint8Array(file));
      return decoding("bundle", () => unbundle(content));
    });
    const sealed = bundled[this.bundlePlace(group, number)];
    if (!sealed) throw new SearchError("corrupt", `no ${group} ${number} in the search index`);
    return sealed;
  }

  /**
   * Where a block is in a bundle: lexicon, facets, terms, documents.
   * @param {string} group
   * @param {number} number
   */
  bundlePlace(group, number) {
    if (group === "lexicon") return 0;
    if (group === "facets") return 1;
    return 2 + number + (group === "documents" ? this.manifest.terms.length : 0);
  }

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  once(key, work) {
    let promise = this.pending.get(key);
    if (!promise) {
      promise = work();
      this.pending.set(key, promise);
    }
    return promise;
  }
}

/**
 * @param {Uint8Array} content
 * @returns {Map<string, {weight: number, stored: Uint8Array}>}
 */
function decodeTerms(content) {
  const cursor = new Cursor(content);
  const utf8 = new TextDecoder();
  const heads = Array.from({ length: cursor.varint() }, () => {
    const term = utf8.decode(cursor.bytes(cursor.varint()));
    return { term, weight: cursor.varint(), size: cursor.varint() };
  });
  return new Map(
    heads.map(({ term, weight, size }) => [term, { weight, stored: cursor.bytes(size) }]),
  );
}

/**
 * A file of the index; a failure of any sort, or none to come, is a `SearchError`.
 * @param {Load} load
 * @param {string} path
 * @returns {Promise<ArrayBuffer>}
 */
async function fetchFile(load, path) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
  });
  try {
    return /** @type {ArrayBuffer} */ (await Promise.race([load(path), late]));
  } catch (error) {
    throw new SearchError("unavailable", `cannot load ${path}`, error);
  } finally {
    clearTimeout(timer);
  }
}
