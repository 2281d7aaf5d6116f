// A visitor's query -> results, from static files. The only module that pages import.

import { Analyser, cut, STEMMERS } from "./analysis.js";
import { reordered } from "./directions.js";
import { SearchError } from "./errors.js";
import { marksOf, Offsets } from "./marks.js";
import { withPhrases, wordsOf } from "./phrases.js";
import { MAX_QUERY, options, parse, widened } from "./queries.js";
import { Scorer, sureness } from "./scoring.js";
import { seek } from "./seeking.js";
import { standing } from "./standing.js";
import { Storage } from "./storage.js";

export { SearchError };

/** @typedef {import("./storage.js").Load} Load */
/** @typedef {import("./storage.js").TermEntry} TermEntry */
/** @typedef {import("./directions.js").Question} Question */
/** @typedef {import("./marks.js").Range} Range */
/** @typedef {import("./facets.js").Narrowing} Narrowing */
/** @typedef {import("./scoring.js").Ranked} Ranked */
/** @typedef {import("./scoring.js").Scored} Scored */
/** @typedef {import("./seeking.js").Sought} Sought */
/** @typedef {import("./queries.js").QueryWord} QueryWord */
/** @typedef {import("./queries.js").Option} Option */
/**
 * @typedef {{id: string, url: string, title: string, summary: string, marks: {title: Range[], summary: Range[]},
 *   facets: Record<string, string[]>, score: number}} Hit
 * @typedef {{hits: Hit[], total: number, confident: boolean, corrections: string[], narrow: Narrowing[]}} Result
 * @typedef {{limit?: number, facets?: Record<string, string>, signal?: AbortSignal}} SearchOptions
 */

const MARKED_SHARE = 4; // words below a quarter of the heaviest word's weight are not marked

/** One state of an index with what reading it needs. @typedef {{storage: Storage, scorer: Scorer, analyser: Analyser}} State */

/**
 * Opens an index whose files `load` gives by name. Rejects with a `SearchError` only.
 * @param {Load} load
 */
export async function openIndex(load) {
  return new Index(load, await openState(load, false));
}

/** An opened index. A file that fails is tried once more, with the manifest read again. */
export class Index {
  /**
   * @param {Load} load
   * @param {State} state
   */
  constructor(load, state) {
    this.load = load;
    this.state = state;
    /** @type {Promise<State> | null} */
    this.reopening = null;
  }

  /**
   * The documents that answer a question best. Rejects with a `SearchError` only.
   * @param {string} query
   * @param {SearchOptions} [options]
   * @returns {Promise<Result>}
   */
  search(query, { limit = 10, facets = {}, signal } = {}) {
    return abortable(signal, () => this.searchTwice(String(query), limit, facets ?? {}));
  }

  /**
   * @param {string} query
   * @param {number} limit
   * @param {Record<string, string>} facets
   */
  async searchTwice(query, limit, facets) {
    const { state } = this;
    try {
      return await search(state, query, limit, facets);
    } catch (error) {
      const again = error instanceof SearchError && ["unavailable", "corrupt"].includes(error.kind);
      if (!again) throw asSearchError(error);
      const fresh = await this.reopen(state);
      return await search(fresh, query, limit, facets).catch((failure) => {
        throw asSearchError(failure);
      });
    }
  }

  /**
   * A fresh state in place of one that failed; searches that failed together share it.
   * @param {State} failed
   */
  async reopen(failed) {
    if (this.state !== failed) return this.state;
    this.reopening ??= openState(this.load, true).finally(() => {
      this.reopening = null;
    });
    this.state = await this.reopening;
    return this.state;
  }
}

/**
 * @param {Load} load
 * @param {boolean} again
 * @returns {Promise<State>}
 */
async function openState(load, again) {
  const storage = await Storage.open(load, again);
  const stem = STEMMERS.get(storage.manifest.stemmer);
  if (!stem) throw new SearchError("version", `unknown stemmer ${storage.manifest.stemmer}`);
  const analyser = new Analyser(stem, storage.lexicon.han);
  return { storage, scorer: new Scorer(storage.manifest), analyser };
}

/**
 * @param {State} state
 * @param {string} query
 * @param {number} limit
 * @param {Record<string, string>} wanted
 * @returns {Promise<Result>}
 */
async function search({ storage, scorer, analyser }, query, limit, wanted) {
  const words = parse(query, analyser);
  const required = Object.entries(wanted);
  if (!words.length) return { hits: [], total: 0, confident: false, corrections: [], narrow: [] };
  const own = options(words, storage.lexicon, analyser);
  const [entries, { choices, general }, facets] = await Promise.all([
    withPhrasesOf(storage, own),
    withGeneral(storage, words, own),
    storage.facets(),
  ]);
  const related = standing(query, analyser, general);
  const { unknown } = storage.manifest;
  const sought = choices.map((choice) => seek(choice, entries, related, unknown));
  const allowed = required.length ? facets.having(required) : null;
  const most = Math.max(1, limit, storage.manifest.reranked);
  const ranked = scorer.rank(sought, entries, related, allowed, most);
  const first = await byMeaning(storage, ranked, storage.space.question(sought, related));
  const matched = matchedTerms(sought, entries);
  const shown = first.slice(0, Math.max(0, limit));
  return {
    hits: await Promise.all(shown.map((entry) => hit(storage, entry, matched, analyser))),
    total: ranked.documents.length,
    confident: first.length > 0 && sureness(first, ranked) >= storage.manifest.confident,
    corrections: corrected(query, words, choices, entries),
    narrow: facets.narrow(ranked.documents),
  };
}

/**
 * The best documents, the first of them in the order of what they mean as well. That needs them at hand; all are
 * read, since then the hits are among them: one round trip.
 * @param {Storage} storage
 * @param {Ranked} ranked
 * @param {Question} question
 */
async function byMeaning(storage, { first, weight }, question) {
  if (!question.length) return first;
  const { reranked, share } = storage.manifest;
  const found = await Promise.all(first.map(({ document }) => storage.document(document)));
  const near = found.slice(0, reranked).map(({ direction }) => question.nearness(direction));
  return reordered(first, near, share.sense * weight);
}

/**
 * What the index has for the words, phrases included.
 * @param {Storage} storage
 * @param {Option[][]} own
 */
async function withPhrasesOf(storage, own) {
  const terms = new Set(own.flat().map((option) => option.term));
  const entries = await storage.entries(new Set(Array.from(terms).flatMap(wordsOf)));
  return withPhrases(entries, terms, storage.manifest.phrasings);
}

/**
 * What may stand for the words, general words included, and where these lead: one round trip, since a typo's
 * general words are in the block that is read for the typo itself.
 * @param {Storage} storage
 * @param {QueryWord[]} words
 * @param {Option[][]} own
 */
async function withGeneral(storage, words, own) {
  const near = (/** @type {string} */ term) => storage.generalNear(term);
  const choices = await widened(words, own, storage.lexicon, near);
  return { choices, general: await related(storage, choices) };
}

/**
 * @param {Storage} storage
 * @param {Option[][]} choices
 */
function related(storage, choices) {
  const general = choices.flat().filter((option) => option.related);
  return storage.related(new Set(general.map((option) => option.term)));
}

/**
 * @param {Storage} storage
 * @param {Scored} entry
 * @param {Set<string>} matched
 * @param {Analyser} analyser
 * @returns {Promise<Hit>}
 */
async function hit(storage, { document, score }, matched, analyser) {
  const { row } = await storage.document(document);
  const [id, url, title, summary, facets] = row;
  const [inTitle, inSummary] = marksOf([title, summary], matched, analyser);
  const marked = { title: inTitle, summary: inSummary };
  return { id, url, title, summary, marks: marked, facets, score };
}

/**
 * The terms worth marking: all that were looked for, but for the least important words.
 * @param {Sought[]} sought
 * @param {Map<string, TermEntry>} entries
 */
function matchedTerms(sought, entries) {
  const weights = new Map(
    sought.flatMap((word) =>
      word.candidates.map(([term]) => [term, entries.get(term)?.weight ?? 0]),
    ),
  );
  const heaviest = Math.max(0, ...weights.values());
  const heavy = Array.from(weights).filter(([, weight]) => weight * MARKED_SHARE >= heaviest);
  return new Set(heavy.flatMap(([term]) => wordsOf(term)));
}

/**
 * The query with its mistyped words replaced by the likeliest known ones; nothing if there are none.
 * @param {string} query
 * @param {QueryWord[]} words
 * @param {Option[][]} choices
 * @param {Map<string, TermEntry>} entries
 */
function corrected(query, words, choices, entries) {
  const original = cut(query, MAX_QUERY);
  const offsets = new Offsets(original);
  let text = original;
  for (let at = words.length - 1; at >= 0; at--) {
    const better = choices[at].find((o) => o.correction && entries.has(o.term))?.correction;
    const known = entries.has(choices[at][0].term);
    if (known || better === undefined || words[at].end > offsets.folded.length) continue;
    const [start, end] = offsets.original(words[at].start, words[at].end);
    text = text.slice(0, start) + better + text.slice(end);
  }
  return text === original ? [] : [text];
}

/**
 * Work that ends at once when the signal says so; the work itself goes on and fills the cache.
 * @template T
 * @param {AbortSignal | undefined} signal
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function abortable(signal, work) {
  if (!signal) return work();
  const aborted = () => new SearchError("aborted", "the search was given up", signal.reason);
  if (signal.aborted) throw aborted();
  /** @type {() => void} */
  let stop = () => {};
  const given = new Promise((_, reject) => {
    stop = () => reject(aborted());
    signal.addEventListener("abort", stop, { once: true });
  });
  const running = work();
  running.catch(() => {}); // whoever gave up does not want its failure either
  try {
    return /** @type {T} */ (await Promise.race([running, given]));
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** @param {unknown} error */
function asSearchError(error) {
  if (error instanceof SearchError) return error;
  return new SearchError("corrupt", "the search index cannot be read", error);
}
