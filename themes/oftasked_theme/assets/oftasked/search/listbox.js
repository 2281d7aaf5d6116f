// The options of a combobox: the focus stays in the field, the selection moves through the list.

export class Listbox {
  /** @type {HTMLElement[]} */
  #options = [];
  #at = -1;

  /** @param {HTMLInputElement} input */
  constructor(input) {
    this.input = input;
  }

  /**
   * @param {HTMLElement | null} list an element with the role listbox; null where there is none
   */
  attach(list) {
    this.#options = list
      ? [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=option]"))]
      : [];
    this.input.setAttribute("aria-expanded", String(this.#options.length > 0));
    if (list && this.#options.length) this.input.setAttribute("aria-controls", list.id);
    else this.input.removeAttribute("aria-controls");
    this.clear();
  }

  get hasOptions() {
    return this.#options.length > 0;
  }

  get selected() {
    return this.#options[this.#at] ?? null;
  }

  clear() {
    this.#select(-1);
  }

  /** @param {1 | -1} step from the field to the first or last option, and around the ends */
  move(step) {
    const count = this.#options.length;
    if (!count) return;
    const from = this.#at < 0 && step < 0 ? 0 : this.#at;
    this.#select((from + step + count) % count);
    this.selected?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} at */
  #select(at) {
    this.selected?.setAttribute("aria-selected", "false");
    this.#at = at;
    this.selected?.setAttribute("aria-selected", "true");
    if (this.selected) this.input.setAttribute("aria-activedescendant", this.selected.id);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
