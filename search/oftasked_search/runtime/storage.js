// The files of an index, fetched when needed, checked and decoded once. See `storage.py`.

import { KIND, unbundle, unseal } from "./blocks.js";
import { Space, unpacked } from "./directions.js";
import { decodeDocuments } from "./documents.js";
import { decoding, SearchError } from "./errors.js";
import { Facets } from "./facets.js";
import { Lexicon, unfront } from "./lexicon.js";
import { decodePostings } from "./postings.js";
import { decodeRelated } from "./related.js";
import { decodeTerms, lastNotBehind } from "./termblocks.js";
import { decodeManifest, FILE, fileName } from "./manifest.js";

/** @typedef {import("./manifest.js").Manifest} Manifest */
/**
 * Gives a file of the index by name. `again`: something failed, so that no cache should be trusted.
 * @typedef {(path: string, again: boolean) => Promise<ArrayBuffer>} Load
 */
/** A term of the index. @typedef {{weight: number, postings: import("./postings.js").Postings}} TermEntry */
/**
 * A general word: what its postings weigh, how long its vector is and where that points, where the word leads.
 * @typedef {{weight: number, length: number, vector: Int8Array, postings: import("./related.js").Related}} RelatedEntry
 */
/** @typedef {import("./termblocks.js").Stored} Stored */
/** @typedef {import("./documents.js").StoredDocument} StoredDocument */

const PATIENCE = 20000; // milliseconds before a file counts as unavailable

/** One published state of an index: a manifest and the blocks that it names. */
export class Storage {
  /**
   * @param {Load} load
   * @param {Manifest} manifest
   * @param {boolean} again
   */
  constructor(load, manifest, again) {
    this.load = load;
    this.manifest = manifest;
    this.again = again;
    this.starts = unfront(manifest.terms);
    this.space = new Space(manifest);
    this.lexicon = decoding("lexicon", () => new Lexicon(manifest.lexicon));
    /** @type {Map<string, Promise<any>>} */
    this.pending = new Map();
    /** @type {Map<string, any>} */
    this.decoded = new Map();
  }

  /**
   * @param {Load} load
   * @param {boolean} again
   * @returns {Promise<Storage>}
   */
  static async open(load, again) {
    return new Storage(load, decodeManifest(await fetchFile(load, FILE, again)), again);
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
  entries(terms) {
    return this.found("own", terms, ({ weight, stored }) => ({
      weight,
      postings: decodePostings(stored, this.manifest.phrasings),
    }));
  }

  /**
   * Those of the terms that are general words which lead somewhere.
   * @param {Set<string>} terms
   * @returns {Promise<Map<string, RelatedEntry>>}
   */
  related(terms) {
    return this.found("general", terms, ({ weight, length, packed, stored }) => ({
      weight,
      length,
      vector: unpacked(packed),
      postings: decodeRelated(stored, this.manifest.phrasings),
    }));
  }

  /**
   * The general words of the block where a term is or would be.
   * @param {string} term
   * @returns {Promise<string[]>}
   */
  async generalNear(term) {
    const words = Array.from(await this.termBlock(term));
    return words.filter(([, { general }]) => general).map(([other]) => other);
  }

  /**
   * @template T
   * @param {"own" | "general"} as
   * @param {Set<string>} terms
   * @param {(stored: Stored) => T} decode
   * @returns {Promise<Map<string, T>>}
   */
  async found(as, terms, decode) {
    /** @type {Map<string, T>} */
    const found = new Map();
    await Promise.all(
      Array.from(terms, async (term) => {
        const stored = (await this.termBlock(term)).get(term)?.[as];
        if (stored)
          found.set(
            term,
            this.decodedOnce(`${as} ${term}`, () => decode(stored)),
          );
      }),
    );
    return found;
  }

  /**
   * The last block that does not start behind a term.
   * @param {string} term
   * @returns {Promise<Map<string, import("./termblocks.js").Word>>}
   */
  async termBlock(term) {
    const number = lastNotBehind(this.starts, term);
    if (number < 0) return new Map();
    const dimensions = this.space.scales.length;
    return this.block("terms", number, KIND.terms, (content) => decodeTerms(content, dimensions));
  }

  /**
   * @template T
   * @param {string} key
   * @param {() => T} decode
   * @returns {T}
   */
  decodedOnce(key, decode) {
    let known = this.decoded.get(key);
    if (!known) {
      known = decoding("postings", decode);
      this.decoded.set(key, known);
    }
    return known;
  }

  /**
   * What a result shows of a document, and where it points.
   * @param {number} number
   * @returns {Promise<StoredDocument>}
   */
  async document(number) {
    const perBlock = this.manifest.per_block;
    const block = Math.floor(number / perBlock);
    const documents = await this.block("documents", block, KIND.documents, (content) =>
      decodeDocuments(content, this.space),
    );
    return documents[number % perBlock];
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
    if (group in names) {
      const name = fileName(group, number, names[group]);
      return new Uint8Array(await fetchFile(this.load, name, this.again));
    }
    const bundled = await this.once("bundle", async () => {
      const file = await fetchFile(this.load, fileName("bundle", 0, names.bundle), this.again);
      const content = await unseal(KIND.bundle, new Uint8Array(file));
      return decoding("bundle", () => unbundle(content));
    });
    const sealed = bundled[this.bundlePlace(group, number)];
    if (!sealed) throw new SearchError("corrupt", `no ${group} ${number} in the search index`);
    return sealed;
  }

  /**
   * Where a block is in a bundle: facets, terms, documents.
   * @param {string} group
   * @param {number} number
   */
  bundlePlace(group, number) {
    if (group === "facets") return 0;
    return (
      1 + number + (group === "terms" || "terms" in this.manifest.names ? 0 : this.starts.length)
    );
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
 * A file of the index; a failure of any sort, or none to come, is a `SearchError`.
 * @param {Load} load
 * @param {string} path
 * @param {boolean} again
 * @returns {Promise<ArrayBuffer>}
 */
async function fetchFile(load, path, again) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
  });
  try {
    return /** @type {ArrayBuffer} */ (await Promise.race([load(path, again), late]));
  } catch (error) {
    throw new SearchError("unavailable", `cannot load ${path}`, error);
  } finally {
    clearTimeout(timer);
  }
}
