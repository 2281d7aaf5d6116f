// What a visitor searched for goes along when they write to a person from a later page.

const KEY = "oftasked-searched";
const PLACEHOLDER = /(?:%7B|\{)(question|url)(?:%7D|\})/gi;

/** @param {string} query */
export function rememberSearch(query) {
  if (!query) return;
  try {
    sessionStorage.setItem(KEY, query);
  } catch {
    // storage is forbidden: the visitor will have to repeat their words
  }
}

/**
 * Fill the words into every channel of this page: into a letter about an answer they are added,
 * into a channel without a question they are the question.
 * @param {string} query
 */
export function carrySearch(query) {
  for (const found of document.querySelectorAll(".of-channels a")) {
    const link = /** @type {HTMLAnchorElement} */ (found);
    const about = /** @type {HTMLElement | null} */ (link.closest("[data-of-searched]"));
    const template = link.dataset.ofCarry;
    if (template) link.href = filled(template, query, location.href);
    else if (about && /^mailto:.*[?&]body=/.test(link.href)) {
      link.href += added(about.dataset.ofSearched ?? "", query);
    }
  }
}

/**
 * @param {string} template a channel's address with placeholders, escaped or not
 * @param {string} query
 * @param {string} url
 */
export function filled(template, query, url) {
  const values = { question: query, url };
  return template.replace(PLACEHOLDER, (_, name) =>
    encodeURIComponent(values[/** @type {"question" | "url"} */ (name.toLowerCase())]),
  );
}

/**
 * @param {string} text a sentence with {query}
 * @param {string} query
 * @returns {string} lines for the end of a letter (RFC 6068)
 */
export function added(text, query) {
  return encodeURIComponent(`${text.split("{query}").join(query)}\r\n\r\n`);
}
