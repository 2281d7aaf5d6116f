// What the page tells the search: texts, addresses, audiences.

/** @typedef {{id: string, title: string, url: string, count: number}} Audience */
/** @typedef {{id: string, question: string, summary: string, url: string, rising: boolean}} Row */
/** @typedef {{kind: string, href: string, label: string}} Channel */
/** @typedef {{id: string, title: string, hours: string | null, reply_within: string | null, channels: Channel[]}} Contact */
/** @typedef {{audience: Record<string, string>, topic: Record<string, string>, most_asked: Record<string, Row[]>, contacts: Record<string, Contact>, contact_of: Record<string, string>}} Titles */
/** @typedef {[number, number][]} Ranges */
/** @typedef {{id: string, url: string, title: string, summary: string, marks: {title: Ranges, summary: Ranges}, facets: Record<string, string[]>, score: number}} Hit */
/** @typedef {{facet: string, value: string, count: number}} Proposal */
/** @typedef {{hits: Hit[], total: number, confident: boolean, corrections: string[], narrow: Proposal[]}} Answer */
/** @typedef {Record<string, string>} Facets */

export class Setting {
  /** @param {HTMLElement} element the search element, with its addresses and its script of texts */
  constructor(element) {
    const { dataset } = element;
    const { texts, audiences } = JSON.parse(element.querySelector("script")?.textContent ?? "{}");
    /** @type {Record<string, string>} */
    this.texts = texts;
    /** @type {Audience[]} */
    this.audiences = audiences;
    this.root = folder(dataset.root);
    this.index = folder(dataset.index);
    this.runtime = new URL(dataset.runtime ?? "", location.href);
    this.searchPage = new URL(dataset.search ?? "", location.href);
    this.contactPage = dataset.contact ? new URL(dataset.contact, location.href) : null;
    /** Whose page this is: an audience's id, or "". */
    this.audience =
      document.querySelector("[data-of-audience]")?.getAttribute("data-of-audience") ?? "";
    this.sprite = dataset.sprite ?? "";
    /** Where searches without a good answer are told; "" where they are nobody's business. */
    this.misses = dataset.misses ?? "";
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    return fill(this.texts[key] ?? key, values);
  }

  /**
   * @param {string} key without its ending: "_one" or "_other"
   * @param {number} n
   */
  count(key, n) {
    return this.say(`${key}_${n === 1 ? "one" : "other"}`, { n });
  }

  /** @param {string} query */
  resultsOf(query) {
    const address = new URL(this.searchPage);
    address.searchParams.set("q", query);
    return address.href;
  }

  /** @param {string} url relative to the edition's root */
  page(url) {
    return new URL(url, this.root).href;
  }
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} [address] */
function folder(address = ".") {
  const url = new URL(address, location.href);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}
