// What the dialog and the results page both show: chips, paths, and the states without a good answer.

import { el, icon } from "./dom.js";
import { handOver } from "./hand-over.js";

/** @typedef {import("./setting.js").Setting} Setting */
/** @typedef {import("./setting.js").Answer} Answer */
/** @typedef {import("./setting.js").Facets} Facets */
/** @typedef {import("./setting.js").Hit} Hit */
/** @typedef {import("./setting.js").Titles} Titles */
/** @typedef {import("./asking.js").State} State */

/** Where no answer is good, a few near ones are enough. */
export const NEAREST = 4;

/**
 * @param {string} facet
 * @param {string} value
 * @param {Setting} setting
 * @param {Titles | null} titles
 */
function facetTitle(facet, value, setting, titles) {
  if (facet === "audience") {
    return (
      titles?.audience[value] ?? setting.audiences.find(({ id }) => id === value)?.title ?? value
    );
  }
  return facet === "topic" ? (titles?.topic[value] ?? value) : value;
}

/**
 * @param {Hit} hit
 * @param {Setting} setting
 * @param {Titles | null} titles
 * @returns {string} "New customers › Delivery"
 */
export function path(hit, setting, titles) {
  const steps = ["audience", "topic"].map((facet) => {
    const value = hit.facets[facet]?.[0];
    return value ? facetTitle(facet, value, setting, titles) : "";
  });
  return steps.filter(Boolean).join(" › ");
}

/**
 * @param {Setting} setting
 * @param {Extract<State, {kind: "answered"}>} state
 * @param {(facets: Facets) => void} choose called with the facets that hold from now on
 * @param {number} [most] at most so many proposals
 * @returns {HTMLElement[]} the chosen facets first, then the proposals
 */
export function chips(setting, { answer, question, titles }, choose, most = Infinity) {
  const { facets } = question;
  const chosen = Object.entries(facets).map(([facet, value]) => {
    const { [facet]: _dropped, ...rest } = facets;
    const label = facetTitle(facet, value, setting, titles);
    return chip(true, () => choose(rest), label, icon(setting.sprite, "close"));
  });
  const useful = answer.confident ? answer.narrow : [];
  const named = useful
    .filter(({ facet }) => !(facet in facets))
    .map((proposal) => ({
      ...proposal,
      label: facetTitle(proposal.facet, proposal.value, setting, titles),
    }));
  const proposed = withoutNamesakes(named)
    .slice(0, most)
    .map(({ facet, value, count, label }) =>
      chip(false, () => choose({ ...facets, [facet]: value }), label, el("b", {}, String(count))),
    );
  return [...chosen, ...proposed];
}

/**
 * A topic of two audiences, or a tag that is called like a topic: a visitor could not tell them
 * apart, so only the first is proposed.
 * @template {{label: string}} Named
 * @param {Named[]} proposals
 */
function withoutNamesakes(proposals) {
  const names = proposals.map(({ label }) => label.toLowerCase());
  return proposals.filter((_, at) => names.indexOf(names[at]) === at);
}

/**
 * @param {boolean} pressed
 * @param {() => void} click
 * @param {import("./dom.js").Child[]} children
 */
function chip(pressed, click, ...children) {
  return el(
    "button",
    { class: "of-chip", type: "button", "aria-pressed": String(pressed), click },
    ...children,
  );
}

/**
 * @param {Setting} setting
 * @param {string} href
 * @param {string} text
 */
export function more(setting, href, text) {
  return el(
    "a",
    { class: "of-more", href },
    el("span", {}, text),
    icon(setting.sprite, "arrow", true),
  );
}

/**
 * Said above near questions when none is a good answer.
 * @param {Setting} setting
 * @param {Answer} answer
 * @param {(query: string) => void} retype
 */
export function weak(setting, answer, retype) {
  return say(
    setting.say("search_weak_title"),
    setting.say("search_weak_text"),
    didYouMean(setting, answer, retype),
  );
}

/**
 * Shown when nothing was found at all.
 * @param {Setting} setting
 * @param {Answer} answer
 * @param {Titles | null} titles
 * @param {(query: string) => void} retype
 */
export function none(setting, answer, titles, retype) {
  const text = titles?.contacts[""] ? "search_none_text" : "search_none_text_alone";
  return say(
    setting.say("search_none_title"),
    setting.say(text),
    didYouMean(setting, answer, retype),
  );
}

/**
 * @param {string} title
 * @param {string} text
 * @param {import("./dom.js").Child[]} children
 */
function say(title, text, ...children) {
  return el("div", { class: "of-say" }, el("h2", {}, title), el("p", {}, text), ...children);
}

/**
 * @param {Setting} setting
 * @param {Answer} answer
 * @param {(query: string) => void} retype
 */
export function didYouMean(setting, answer, retype) {
  if (!answer.corrections.length) return null;
  const links = answer.corrections.map((query) => {
    const click = (/** @type {Event} */ event) => {
      event.preventDefault();
      retype(query);
    };
    return el("a", { href: setting.resultsOf(query), click }, query);
  });
  return el("p", { class: "of-say__mean" }, `${setting.say("search_did_you_mean")} `, ...links);
}

/**
 * Search did not load: the way on is to try again, to browse, or to ask a person.
 * @param {Setting} setting
 * @param {State} state
 * @param {() => void} retry
 */
export function failed(setting, { question, titles }, retry) {
  const again = el(
    "button",
    { class: "of-btn of-btn--main", type: "button", click: retry },
    setting.say("search_retry"),
  );
  const reload = el(
    "a",
    { class: "of-btn", href: setting.resultsOf(question.query) },
    setting.say("search_reload"),
  );
  return [
    say(
      setting.say("search_failed_title"),
      setting.say("search_failed_text"),
      el("div", { class: "of-notice__go" }, again, reload),
    ),
    ...wayOut(setting),
    person(setting, titles, question.query),
  ];
}

/**
 * @param {Setting} setting
 * @returns {HTMLElement[]} the audiences, and all questions by topic
 */
export function wayOut(setting) {
  const items = setting.audiences.map(({ title, url, count }) =>
    el("li", {}, el("a", { href: setting.page(url) }, title, el("b", {}, String(count)))),
  );
  return [
    el("p", { class: "of-dialog__label" }, el("b", {}, setting.say("search_browse"))),
    el(
      "div",
      { class: "of-say" },
      el("ul", { class: "of-nav", role: "list" }, ...items),
      more(setting, setting.searchPage.href, setting.say("search_all_by_topic")),
    ),
  ];
}

/**
 * @param {Setting} setting
 * @param {Titles | null} titles
 * @param {string} query
 * @param {Hit} [nearest] its topic's department is the right one
 * @returns {HTMLElement | ""} a department; else a link to the contact page; else nothing
 */
export function person(setting, titles, query, nearest) {
  const topic = nearest?.facets.topic?.[0] ?? "";
  const contact = titles?.contacts[titles.contact_of[topic] ?? ""];
  if (contact) return handOver(setting, contact, query);
  if (!setting.contactPage) return "";
  return el(
    "p",
    { class: "of-say" },
    more(setting, setting.contactPage.href, setting.say("search_person")),
  );
}

/**
 * @param {Setting} setting
 * @param {State} state
 * @returns {string} what a screen reader is told
 */
export function status(setting, state) {
  if (state.kind === "failed") return setting.say("search_failed_status");
  if (state.kind !== "answered") return setting.say("search_busy");
  const { answer } = state;
  if (!answer.hits.length) return setting.say("search_none_status");
  if (answer.confident) return setting.count("search_count", answer.total);
  return setting.count("search_weak_status", Math.min(answer.hits.length, NEAREST));
}
