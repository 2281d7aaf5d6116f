// The results page: the same engine and the same parts as the dialog, with room for more results.
// Its address carries the question (?q=), so that a result list can be sent to somebody.

import { Asking } from "./asking.js";
import { el, marked } from "./dom.js";
import { Engine } from "./engine.js";
import { Misses } from "./misses.js";
import { bones } from "./panel.js";
import {
  chips,
  didYouMean,
  failed,
  NEAREST,
  none,
  path,
  person,
  status,
  wayOut,
  weak,
} from "./parts.js";
import { rememberSearch } from "./searched.js";
import { Setting } from "./setting.js";

/** @typedef {import("./setting.js").Facets} Facets */
/** @typedef {import("./setting.js").Hit} Hit */
/** @typedef {import("./setting.js").Titles} Titles */
/** @typedef {import("./asking.js").State} State */
/** @typedef {Extract<State, {kind: "answered"}>} Answered */

const STEP = 10;

/** @param {HTMLElement} element the search element */
export function startPage(element) {
  const found = document.querySelector("[data-of-found]");
  const index = document.querySelector("[data-of-index]");
  const form = document.querySelector("[data-of-ask]");
  const input = form?.querySelector("input");
  if (
    found instanceof HTMLElement &&
    index instanceof HTMLElement &&
    form instanceof HTMLFormElement &&
    input
  ) {
    new ResultsPage(new Setting(element), { found, index, form, input }).begin();
  }
}

class ResultsPage {
  /** @type {Facets} */
  #facets = {};
  #limit = STEP;

  /**
   * @param {Setting} setting
   * @param {{found: HTMLElement, index: HTMLElement, form: HTMLFormElement, input: HTMLInputElement}} places
   */
  constructor(setting, { found, index, form, input }) {
    this.setting = setting;
    this.engine = new Engine(setting);
    this.asking = new Asking(this.engine, (state) => this.#show(state));
    this.misses = setting.misses ? new Misses(setting) : null;
    this.found = found;
    this.index = index;
    this.input = input;
    this.chips = el("div", {
      class: "of-chips",
      role: "group",
      "aria-label": setting.say("search_narrow"),
    });
    this.status = el("p", { class: "of-sr", role: "status" });
    this.body = el("div");
    found.append(this.chips, this.status, this.body);
    found.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      if (link) rememberSearch(this.input.value.trim());
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#typed();
    });
    input.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.#typed();
    });
    input.addEventListener("compositionend", () => this.#typed());
    input.addEventListener("focus", () => this.engine.warm(), { once: true });
  }

  begin() {
    this.input.value = new URL(location.href).searchParams.get("q") ?? "";
    this.#ask();
    if (!this.input.value) this.input.focus();
  }

  #typed() {
    this.#limit = STEP;
    const query = this.input.value.trim();
    history.replaceState(
      null,
      "",
      query ? this.setting.resultsOf(query) : this.setting.searchPage.href,
    );
    this.#ask();
  }

  #ask() {
    const query = this.input.value.trim();
    this.found.hidden = !query;
    this.index.hidden = Boolean(query);
    if (query) this.asking.ask({ query, limit: this.#limit, facets: this.#facets });
    else this.#forget();
  }

  #forget() {
    this.asking.cancel();
    this.#facets = {};
    this.body.replaceChildren();
  }

  /** @param {State} state */
  #show(state) {
    this.status.textContent = status(this.setting, state);
    this.misses?.note(state);
    if (state.kind === "answered") {
      this.chips.replaceChildren(...chips(this.setting, state, (facets) => this.#choose(facets)));
      this.body.replaceChildren(...this.#answered(state));
    } else if (state.kind === "failed") {
      this.chips.replaceChildren();
      this.body.replaceChildren(...failed(this.setting, state, () => this.#retry()));
    } else if (state.kind === "slow" || !this.body.hasChildNodes()) {
      const out = state.kind === "slow" ? wayOut(this.setting) : [];
      this.body.replaceChildren(...bones(this.setting, state.kind === "slow"), ...out);
    }
  }

  /** @param {Facets} facets */
  #choose(facets) {
    this.#facets = facets;
    this.#limit = STEP;
    this.input.focus();
    this.#ask();
  }

  #retry() {
    this.engine.reset();
    this.#ask();
  }

  /** @param {string} query */
  #retype(query) {
    this.input.value = query;
    this.#typed();
  }

  /**
   * @param {Answered} state
   * @returns {(Node | string)[]}
   */
  #answered({ answer, question, titles }) {
    const { setting } = this;
    const retype = (/** @type {string} */ query) => this.#retype(query);
    const help = person(setting, titles, question.query, answer.hits[0]);
    if (!answer.hits.length)
      return [none(setting, answer, titles, retype), help, ...wayOut(setting)];
    const hits = answer.confident ? answer.hits : answer.hits.slice(0, NEAREST);
    const rows = el(
      "ol",
      { class: "of-rows of-results", role: "list" },
      ...hits.map((hit) => resultRow(setting, hit, titles)),
    );
    const head = answer.confident ? this.#head(answer.total) : weak(setting, answer, retype);
    const mean = answer.confident ? didYouMean(setting, answer, retype) : null;
    const rest = answer.confident && answer.total > hits.length ? this.#moreButton() : "";
    const list = el(
      "section",
      { "aria-label": setting.say("search_results") },
      head,
      mean,
      rows,
      rest,
    );
    return [el("div", { class: "of-split of-split--wide" }, list, help)];
  }

  /** @param {number} total */
  #head(total) {
    const count = this.setting.count("search_count", total);
    const note = el("span", { class: "of-sub" }, this.setting.say("search_best_first"));
    return el("div", { class: "of-section__head" }, el("b", {}, count), note);
  }

  #moreButton() {
    const click = () => {
      this.#limit += STEP;
      this.#ask();
    };
    const button = el(
      "button",
      { class: "of-btn", type: "button", click },
      this.setting.say("search_more"),
    );
    return el("p", { class: "of-sub--gap" }, button);
  }
}

/**
 * @param {Setting} setting
 * @param {Hit} hit
 * @param {Titles | null} titles
 */
function resultRow(setting, hit, titles) {
  const link = el("a", { href: setting.page(hit.url) }, ...marked(hit.title, hit.marks.title));
  return el(
    "li",
    { class: "of-row" },
    el(
      "div",
      { class: "of-row__in" },
      el("h2", { class: "of-row__q" }, link),
      el("p", { class: "of-row__s" }, ...marked(hit.summary, hit.marks.summary)),
    ),
    el("p", { class: "of-row__path" }, path(hit, setting, titles)),
  );
}
