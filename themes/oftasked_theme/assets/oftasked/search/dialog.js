// The search dialog: a native <dialog> with a combobox. Built when a visitor first reaches for it.

import { Asking } from "./asking.js";
import { dialogFrame } from "./dialog-frame.js";
import { Engine } from "./engine.js";
import { Listbox } from "./listbox.js";
import { Misses } from "./misses.js";
import { LIST, answered, bones, start } from "./panel.js";
import { chips, failed, person, status, wayOut } from "./parts.js";
import { rememberSearch } from "./searched.js";
import { Setting } from "./setting.js";

/** @typedef {import("./setting.js").Facets} Facets */
/** @typedef {import("./asking.js").State} State */

const LIMIT = 8;
/** More chips than these would not stand in one line. */
const PROPOSALS = 4;
/** Milliseconds: typing must not make a screen reader speak at every key. */
const STATUS_DELAY = 500;

export class SearchDialog {
  /** @type {Facets} */
  #facets = {};
  /** @type {HTMLInputElement | null} */
  #source = null;
  #statusTimer = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.setting = new Setting(element);
    this.engine = new Engine(this.setting);
    this.engine.warm();
    this.asking = new Asking(this.engine, (state) => this.#show(state));
    this.misses = this.setting.misses ? new Misses(this.setting) : null;
    this.frame = dialogFrame(this.setting);
    this.listbox = new Listbox(this.frame.input);
    this.#listen();
    element.append(this.frame.dialog);
  }

  /**
   * @param {HTMLInputElement} [source] the field whose text moves over, and back when it closes
   * @param {string} [typed] what was typed before the dialog was there
   */
  open(source, typed = "") {
    const { dialog, input } = this.frame;
    if (dialog.open) {
      input.focus();
      return;
    }
    if (typed) input.value = typed;
    this.#source = source ?? null;
    if (source) [input.value, source.value] = [source.value, ""];
    dialog.showModal();
    input.focus();
    input.setSelectionRange(source || typed ? input.value.length : 0, input.value.length);
    this.#ask();
  }

  #listen() {
    const { input, dialog, form, clear, close } = this.frame;
    input.addEventListener("input", (event) => {
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.#ask();
    });
    input.addEventListener("compositionend", () => this.#ask());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    form.addEventListener("submit", (event) => {
      if (!input.value.trim()) event.preventDefault();
    });
    clear.addEventListener("click", () => this.#retype(""));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => this.#onClose());
    dialog.addEventListener("click", (event) => this.#onLink(event));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return; // an input method is choosing a word
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      this.listbox.move(step);
    }
    if (event.key === "Enter" && this.listbox.selected) {
      event.preventDefault();
      this.listbox.selected.click();
    }
  }

  /** What was searched goes along to the next page.
   * A link to the page that is already open changes nothing, so the dialog must give way.
   * @param {MouseEvent} event */
  #onLink(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link) rememberSearch(this.frame.input.value.trim());
    if (link && link.href.split("#")[0] === location.href.split("#")[0]) this.frame.dialog.close();
  }

  #onClose() {
    this.asking.cancel();
    this.listbox.clear();
    clearTimeout(this.#statusTimer);
    if (this.#source) this.#source.value = this.frame.input.value;
  }

  /** @param {string} query */
  #retype(query) {
    this.frame.input.value = query;
    this.frame.input.focus();
    this.#ask();
  }

  /** @param {Facets} facets */
  #choose(facets) {
    this.#facets = facets;
    this.frame.input.focus();
    this.#ask();
  }

  #ask() {
    const query = this.frame.input.value.trim();
    this.frame.clear.hidden = !this.frame.input.value;
    if (query) {
      this.asking.ask({ query, limit: LIMIT, facets: this.#facets });
      return;
    }
    this.asking.cancel();
    this.#facets = {};
    this.#start();
  }

  async #start() {
    this.frame.busy.hidden = true;
    const titles = await this.engine.titles();
    if (this.frame.input.value.trim()) return;
    const { audience } = this.setting;
    const rows = titles?.most_asked[audience] ?? titles?.most_asked[""] ?? [];
    this.frame.chips.replaceChildren();
    this.#put(
      start(this.setting, rows, titles?.audience[audience]),
      this.setting.count("search_most_asked_status", rows.length),
    );
  }

  /** @param {State} state */
  #show(state) {
    this.frame.busy.hidden = state.kind !== "busy" && state.kind !== "slow";
    const words = status(this.setting, state);
    this.misses?.note(state);
    if (state.kind === "answered") {
      this.frame.chips.replaceChildren(
        ...chips(this.setting, state, (facets) => this.#choose(facets), PROPOSALS),
      );
      this.#put(
        answered(this.setting, state, (query) => this.#retype(query)),
        words,
      );
    } else if (state.kind === "failed") {
      this.frame.chips.replaceChildren();
      this.#put(
        failed(this.setting, state, () => this.#retry()),
        words,
      );
    } else if (state.kind === "slow" || !this.listbox.hasOptions) {
      const out =
        state.kind === "slow"
          ? [...wayOut(this.setting), person(this.setting, state.titles, state.question.query)]
          : [];
      this.#put([...bones(this.setting, state.kind === "slow"), ...out], words);
    } else this.#tell(words);
  }

  #retry() {
    this.engine.reset();
    this.frame.input.focus();
    this.#ask();
  }

  /**
   * @param {(Node | string)[]} nodes
   * @param {string} words
   */
  #put(nodes, words) {
    this.frame.body.replaceChildren(...nodes);
    this.frame.body.scrollTop = 0;
    this.listbox.attach(this.frame.body.querySelector(`#${LIST}`));
    this.#tell(words);
  }

  /** @param {string} words */
  #tell(words) {
    clearTimeout(this.#statusTimer);
    this.#statusTimer = window.setTimeout(() => {
      this.frame.status.textContent = words;
    }, STATUS_DELAY);
  }
}
