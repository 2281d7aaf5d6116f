// What every page does: the search element waits for intent, tables and code can be scrolled with
// the keyboard, a link can be copied, the page of a missing address proposes that address's words.
// Nothing of the search is downloaded before a visitor reaches for it.

/** @typedef {import("./search/dialog.js").SearchDialog} SearchDialog */

const FIELDS = "[data-of-ask] input";
/** Milliseconds that "copied" stays. */
const COPIED_FOR = 2000;

class OftaskedSearch extends HTMLElement {
  /** @type {Promise<SearchDialog> | null} */
  #dialog = null;

  connectedCallback() {
    if (document.querySelector("[data-of-found]")) {
      import("./search/page.js").then(({ startPage }) => startPage(this)).catch(() => {});
      document.addEventListener("keydown", (event) => this.#onShortcut(event, focusField));
      return;
    }
    document.addEventListener("keydown", (event) => this.#onShortcut(event, () => this.open()));
    for (const field of document.querySelectorAll(FIELDS))
      this.#watchField(/** @type {HTMLInputElement} */ (field));
    const link = this.querySelector("[data-of-open]");
    for (const intent of ["pointerenter", "focus", "touchstart"]) {
      link?.addEventListener(intent, () => this.#load(), { once: true, passive: true });
    }
    link?.addEventListener("click", (event) => {
      if (isPlainClick(/** @type {MouseEvent} */ (event))) this.open(event);
    });
  }

  /**
   * Open the dialog; where it cannot be loaded, go to the search page.
   * @param {Event} [event]
   * @param {HTMLInputElement} [field] the field whose text moves into the dialog
   */
  open(event, field) {
    event?.preventDefault();
    const typed = field ? () => "" : keepTyping();
    this.#load().then(
      (dialog) => dialog.open(field, typed()),
      () => {
        const query = (field?.value ?? "") + typed();
        location.assign(`${this.dataset.search}?q=${encodeURIComponent(query)}`);
      },
    );
  }

  /** @returns {Promise<SearchDialog>} */
  #load() {
    this.#dialog ??= import("./search/dialog.js").then(
      ({ SearchDialog }) => new SearchDialog(this),
    );
    this.#dialog.catch(() => {
      this.#dialog = null;
    });
    return this.#dialog;
  }

  /** @param {HTMLInputElement} field */
  #watchField(field) {
    field.addEventListener("focus", () => this.#load(), { once: true });
    const typed = () => field.value.trim() && this.open(undefined, field);
    // an input method is choosing a word: moving the text now would lose it
    field.addEventListener(
      "input",
      (event) => !(/** @type {InputEvent} */ (event).isComposing) && typed(),
    );
    field.addEventListener("compositionend", typed);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {() => void} act
   */
  #onShortcut(event, act) {
    const typing =
      event.target instanceof Element &&
      event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const k =
      event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !k) return;
    event.preventDefault();
    act();
  }
}

/**
 * Keep what is typed while the dialog is still on its way, so that no letter is lost.
 * @returns {() => string} ends it and gives what was typed
 */
function keepTyping() {
  let typed = "";
  /** @param {KeyboardEvent} event */
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Backspace") typed = typed.slice(0, -1);
    else if (event.key.length === 1) typed += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", keep, true);
  return () => {
    document.removeEventListener("keydown", keep, true);
    return typed;
  };
}

function focusField() {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector(FIELDS));
  field?.focus();
  field?.select();
}

/** @param {MouseEvent} event */
function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/** Wide tables and long code lines scroll in a frame of their own, reachable with the keyboard. */
function frameWideParts() {
  for (const answer of document.querySelectorAll("[data-of-table]")) {
    const { ofTable = "", ofCode = "" } = /** @type {HTMLElement} */ (answer).dataset;
    for (const table of answer.querySelectorAll("table:not(.highlighttable)")) {
      const frame = document.createElement("div");
      frame.className = "md-typeset__scrollwrap";
      table.replaceWith(frame);
      frame.append(table);
      keepReachable(frame, table.querySelector("caption")?.textContent || ofTable);
    }
    for (const code of answer.querySelectorAll("pre")) keepReachable(code, ofCode);
  }
}

/**
 * A region that takes focus, as long as there is something to scroll in it.
 * @param {HTMLElement} frame
 * @param {string} name
 */
function keepReachable(frame, name) {
  const traits = { tabindex: "0", role: "region", "aria-label": name };
  const check = () => {
    const scrolls = frame.scrollWidth > frame.clientWidth;
    for (const [trait, value] of Object.entries(traits)) {
      if (scrolls) frame.setAttribute(trait, value);
      else frame.removeAttribute(trait);
    }
  };
  new ResizeObserver(check).observe(frame);
}

/** Markdown's boxes have no label of their own: each is named by what stands beside it. */
function nameTaskBoxes() {
  for (const box of document.querySelectorAll(".task-list-item input")) {
    const item = box.closest("li");
    box.setAttribute("aria-label", item?.textContent?.trim() ?? "");
  }
}

function offerCopyLink() {
  for (const found of document.querySelectorAll("[data-of-copy]")) {
    const button = /** @type {HTMLButtonElement} */ (found);
    const label = button.querySelector("span");
    if (!navigator.clipboard || !label) continue;
    label.setAttribute("aria-live", "polite");
    button.hidden = false;
    button.addEventListener("click", () => copyAddress(button.dataset.ofCopy ?? "", label));
  }
}

/**
 * @param {string} done what is said for a moment when it has been copied
 * @param {HTMLElement} label
 */
async function copyAddress(done, label) {
  const address = document.querySelector("link[rel=canonical]")?.getAttribute("href");
  const offer = label.textContent;
  try {
    await navigator.clipboard.writeText(address || location.href);
  } catch {
    return; // the visitor has forbidden it
  }
  if (offer === done) return;
  label.textContent = done;
  setTimeout(() => {
    label.textContent = offer;
  }, COPIED_FOR);
}

/** On the page of a missing address: put the words of that address into the field. */
function proposeWords() {
  const part = document.querySelector("[data-of-notfound]");
  const field = part?.querySelector("input");
  const note = part?.querySelector("p");
  if (!field || !note) return;
  const path = location.pathname.replace(/\.html?$|\/$/g, "");
  const words = decode(path.slice(path.lastIndexOf("/") + 1)).replace(/[-_+.]+/g, " ");
  if (!words.trim() || words === "404" || words.length > 80) return;
  field.value = words.trim();
  note.hidden = false;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoding at all
  }
}

/** What this visit searched for goes along to a person; the code for it comes when there is any. */
function carryWhatWasSearched() {
  const query = stored(() => sessionStorage, "oftasked-searched");
  if (query && document.querySelector(".of-channels"))
    import("./search/searched.js").then(({ carrySearch }) => carrySearch(query)).catch(() => {});
}

/** What rating needs is loaded at the first click, or if this visitor has rated before. */
function askWhetherItHelped() {
  const form = /** @type {HTMLElement | null} */ (document.querySelector(".of-vote"));
  if (!form) return;
  /** @type {HTMLElement | null | undefined} */
  let pressed;
  let started = false;
  const start = () => {
    if (started) return;
    started = true;
    import("./vote.js").then(
      ({ startVote }) => {
        form.removeEventListener("click", keep);
        startVote(form);
        pressed?.click();
      },
      () => {
        started = false; // offline: the next click tries again
      },
    );
  };
  const keep = (/** @type {Event} */ event) => {
    pressed = event.target instanceof Element ? event.target.closest("button") : null;
    if (pressed) start();
  };
  form.addEventListener("click", keep);
  if (stored(() => localStorage, "oftasked-votes")) start();
}

/**
 * @param {() => Storage} storage even naming it throws where it is forbidden
 * @param {string} key
 */
function stored(storage, key) {
  try {
    return storage().getItem(key);
  } catch {
    return null; // it may not be read
  }
}

customElements.define("oftasked-search", OftaskedSearch);
frameWideParts();
nameTaskBoxes();
offerCopyLink();
proposeWords();
askWhetherItHelped();
carryWhatWasSearched();
