// Telling the site's owner something: one GET that a web server's access log records. No cookie,
// no name, no address of the page; nothing at all from visitors who have asked not to be followed.

/** Characters of a query that are told at most. */
const LONGEST = 120;
const E_MAIL = /\S+@\S+/g;
const ADDRESS = /(?:https?:\/\/|www\.)\S+/gi;
/** Five digits or more, as numbers of orders, cards and telephones are written. */
const DIGITS = /\p{Nd}(?:[\s()./-]{0,2}\p{Nd}){4,}/gu;

/**
 * @param {string} url the owner's address; "" where nothing is to be told
 * @param {Record<string, string | undefined>} values
 * @returns {boolean} whether it was told
 */
export function tell(url, values) {
  if (!url || wantsToBeLeftAlone()) return false;
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(values))
    if (value) address.searchParams.set(name, value);
  fetch(address, {
    mode: "no-cors",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    keepalive: true,
  }).catch(() => {}); // it was not counted; a visitor need not know
  return true;
}

/** Do Not Track and Global Privacy Control. */
function wantsToBeLeftAlone() {
  const asked = /** @type {{globalPrivacyControl?: boolean}} */ (navigator);
  return asked.globalPrivacyControl === true || navigator.doNotTrack === "1";
}

/**
 * @param {string} query
 * @returns {string} without e-mail and web addresses and without longer numbers
 */
export function scrubbed(query) {
  return query
    .replace(ADDRESS, "…")
    .replace(E_MAIL, "…")
    .replace(DIGITS, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, LONGEST);
}
