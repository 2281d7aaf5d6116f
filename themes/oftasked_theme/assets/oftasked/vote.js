// "Was this helpful?": remembered in this browser; told to the site's owner where they have named
// an address for it and the visitor has not asked to be left alone.

import { tell } from "./telling.js";

const KEY = "oftasked-votes";

/** @typedef {{helpful: string, why?: string, changed: string}} Vote `changed`: of which answer */

/** @param {HTMLElement} form */
export function startVote(form) {
  const { id = "", changed = "", url = "" } = form.dataset;
  /** @param {Vote} vote */
  const give = (vote) => {
    remember(id, vote);
    const { helpful, why } = vote;
    const sent = tell(url, { entry: id, helpful, why, lang: document.documentElement.lang });
    show(form, vote, sent);
  };
  for (const button of form.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const { name, value } = button;
      give(name === "why" ? { helpful: "no", why: value, changed } : { helpful: value, changed });
    });
  }
  const before = votes()[id];
  if (before?.changed === changed) show(form, before);
}

/**
 * @param {HTMLElement} form
 * @param {Vote} vote
 * @param {boolean} [sent] whether it has just been told; absent: it was given on an earlier visit
 */
function show(form, vote, sent) {
  for (const button of form.querySelectorAll("button")) {
    const chosen = button.value === (button.name === "why" ? vote.why : vote.helpful);
    button.setAttribute("aria-pressed", String(chosen));
  }
  const why = /** @type {HTMLElement} */ (form.querySelector(".of-vote__why"));
  why.hidden = vote.helpful !== "no";
  const said = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const { sent: counted = "", kept = "" } = said.dataset;
  said.textContent = sent === undefined ? "" : sent ? counted : kept;
}

/** @returns {Record<string, Vote>} by entry; nothing where storage may not be read */
function votes() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} id
 * @param {Vote} vote
 */
function remember(id, vote) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...votes(), [id]: vote }));
  } catch {
    // storage is forbidden or full: the vote holds for this page
  }
}
