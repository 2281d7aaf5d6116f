// Searches that found no good answer, told once each where the site's owner has opted in.

import { scrubbed, tell } from "../telling.js";

/** @typedef {import("./asking.js").State} State */
/** @typedef {import("./setting.js").Setting} Setting */

/** Milliseconds without a key after which a question is taken for finished. */
const RESTING = 2000;

export class Misses {
  #timer = 0;
  /** @type {Set<string>} */
  #told = new Set();

  /** @param {Setting} setting */
  constructor(setting) {
    this.setting = setting;
  }

  /** @param {State} state */
  note(state) {
    clearTimeout(this.#timer);
    if (state.kind !== "answered" || state.answer.confident) return;
    const { answer, question } = state;
    const found = answer.hits.length ? "weak" : "none";
    this.#timer = window.setTimeout(() => this.#tell(question.query, found), RESTING);
  }

  /**
   * @param {string} query
   * @param {"weak" | "none"} found
   */
  #tell(query, found) {
    const search = scrubbed(query);
    if (!search || this.#told.has(search)) return;
    this.#told.add(search);
    tell(this.setting.misses, { search, found, lang: document.documentElement.lang });
  }
}
