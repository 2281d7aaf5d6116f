// One question at a time: the newest wins, and whatever happens the visitor sees a next step.

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./setting.js").Answer} Answer */
/** @typedef {import("./setting.js").Facets} Facets */
/** @typedef {import("./setting.js").Titles} Titles */
/** @typedef {{query: string, limit: number, facets: Facets}} Question */
/**
 * @typedef {{kind: "busy" | "slow" | "failed", question: Question, titles: Titles | null}
 *   | {kind: "answered", question: Question, answer: Answer, titles: Titles | null}} State
 */

/** Milliseconds until waiting is shown, until a way out is offered, until we give up. */
const BUSY_AFTER = 300;
const SLOW_AFTER = 2000;
const FAILED_AFTER = 15_000;
/** Milliseconds that results wait for the names of audiences and topics. */
const TITLES_WAIT = 500;

export class Asking {
  #abort = new AbortController();
  /** @type {Titles | null} */
  #titles = null;

  /**
   * @param {Engine} engine
   * @param {(state: State) => void} show called with every new state
   */
  constructor(engine, show) {
    this.engine = engine;
    this.show = show;
  }

  /** Drop the question that is under way. */
  cancel() {
    this.#abort.abort();
  }

  /** @param {Question} question */
  async ask(question) {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    const timers = this.#announceWaiting(question, abort.signal);
    try {
      const answer = await this.#answer(question, abort.signal);
      if (!abort.signal.aborted)
        this.show({ kind: "answered", question, answer, titles: this.#titles });
    } catch {
      // whatever went wrong, the visitor's next step is the same: retry, topics, people
      if (!abort.signal.aborted) this.#fail(question);
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  /**
   * @param {Question} question
   * @param {AbortSignal} signal
   */
  async #answer({ query, limit, facets }, signal) {
    const titles = this.engine.titles().then((loaded) => {
      this.#titles = loaded;
    });
    const answer = await within(FAILED_AFTER, this.engine.search(query, { limit, facets, signal }));
    await Promise.race([titles, pause(TITLES_WAIT)]);
    return answer;
  }

  /**
   * @param {Question} question
   * @param {AbortSignal} signal
   */
  #announceWaiting(question, signal) {
    /** @param {"busy" | "slow"} kind */
    const say = (kind) => {
      if (!signal.aborted) this.show({ kind, question, titles: this.#titles });
    };
    return [setTimeout(say, BUSY_AFTER, "busy"), setTimeout(say, SLOW_AFTER, "slow")];
  }

  /** @param {Question} question */
  #fail(question) {
    this.cancel();
    this.show({ kind: "failed", question, titles: this.#titles });
  }
}

/**
 * @template T
 * @param {number} limit milliseconds
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
function within(limit, work) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), limit);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** @param {number} time milliseconds */
function pause(time) {
  return new Promise((resolve) => {
    setTimeout(resolve, time);
  });
}
