/** @typedef {"unavailable" | "corrupt" | "version" | "aborted"} Kind */

/**
 * An index that cannot be searched; `kind` says why, so that the page can choose its fallback.
 * unavailable: a file is missing or the network failed; corrupt: a file is not what was published;
 * version: written by a newer Oftasked; aborted: the caller gave up.
 */
export class SearchError extends Error {
  /**
   * @param {Kind} kind
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(kind, message, cause) {
    super(message, { cause });
    this.name = "SearchError";
    this.kind = kind;
  }
}

/**
 * Runs a decoder; whatever it throws means that the file is damaged.
 * @template T
 * @param {string} what
 * @param {() => T} decode
 * @returns {T}
 */
export function decoding(what, decode) {
  try {
    return decode();
  } catch (error) {
    if (error instanceof SearchError) throw error;
    throw new SearchError("corrupt", `damaged search index (${what})`, error);
  }
}
