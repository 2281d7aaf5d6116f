// The search engine, loaded once and on demand: the runtime module, its index, the titles.

/** @typedef {import("./setting.js").Setting} Setting */
/** @typedef {import("./setting.js").Answer} Answer */
/** @typedef {import("./setting.js").Facets} Facets */
/** @typedef {import("./setting.js").Titles} Titles */
/** @typedef {{search: (query: string, options: {limit: number, facets: Facets, signal: AbortSignal}) => Promise<Answer>}} Index */

/** A page may be older or newer than what was published since. */
const TITLES_VERSION = 1;

export class Engine {
  /** @type {Promise<Index> | null} */
  #index = null;
  /** @type {Promise<Titles | null> | null} */
  #titles = null;
  #attempt = 0;

  /** @param {Setting} setting */
  constructor(setting) {
    this.setting = setting;
  }

  /** Begin to load, without waiting; a failure shows when something is asked. */
  warm() {
    this.#open().catch(() => {});
    this.titles();
  }

  /** Forget what failed, so that the next question loads everything afresh. */
  reset() {
    this.#attempt += 1;
    this.#index = null;
    this.#titles = null;
  }

  /**
   * @param {string} query
   * @param {{limit: number, facets: Facets, signal: AbortSignal}} options
   * @returns {Promise<Answer>}
   */
  async search(query, options) {
    const index = await this.#open();
    return index.search(query, options);
  }

  /** @returns {Promise<Titles | null>} null where they did not load: search works without them */
  titles() {
    this.#titles ??= this.#fetch("titles.json")
      .then((response) => response.json())
      .then((titles) => (titles.version === TITLES_VERSION ? titles : null))
      .catch(() => null);
    return this.#titles;
  }

  #open() {
    this.#index ??= this.#load();
    return this.#index;
  }

  /** @returns {Promise<Index>} */
  async #load() {
    const address = new URL(this.setting.runtime);
    // a browser remembers that a module failed; another address makes it try again
    if (this.#attempt) address.searchParams.set("again", String(this.#attempt));
    const { openIndex } = await import(address.href);
    return openIndex(async (/** @type {string} */ path, /** @type {boolean} */ again) =>
      (await this.#fetch(path, again)).arrayBuffer(),
    );
  }

  /**
   * @param {string} path relative to the index folder
   * @param {boolean} [again] whether the browser may remember something that is no longer true
   */
  async #fetch(path, again = false) {
    const cache = this.#attempt || again ? "reload" : "default";
    const response = await fetch(new URL(path, this.setting.index), { cache });
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    return response;
  }
}
