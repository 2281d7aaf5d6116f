// What stands in the dialog below the field, for each state.

import { el, icon, marked } from "./dom.js";
import { didYouMean, more, NEAREST, none, path, person, wayOut, weak } from "./parts.js";

/** @typedef {import("./setting.js").Setting} Setting */
/** @typedef {import("./setting.js").Row} Row */
/** @typedef {import("./setting.js").Hit} Hit */
/** @typedef {import("./setting.js").Titles} Titles */
/** @typedef {import("./asking.js").State} State */

export const LIST = "of-search-list";
const BONES = 5;

/**
 * Before the first key: what is asked most, and where to browse.
 * @param {Setting} setting
 * @param {Row[]} rows
 * @param {string} [whose] the audience that asks these most; absent: everybody
 * @returns {(Node | string)[]}
 */
export function start(setting, rows, whose) {
  if (!rows.length) return wayOut(setting);
  const options = rows.map((row, at) => rankedOption(setting, row, at));
  return [
    label(setting.say("search_most_asked"), whose),
    listbox(setting.say("search_most_asked"), options),
    allByTopic(setting),
  ];
}

/**
 * @param {Setting} setting
 * @param {Extract<State, {kind: "answered"}>} state
 * @param {(query: string) => void} retype
 * @returns {(Node | string)[]}
 */
export function answered(setting, { answer, question, titles }, retype) {
  if (!answer.hits.length) {
    return [
      none(setting, answer, titles, retype),
      person(setting, titles, question.query),
      ...(titles?.contacts[""] ? [allByTopic(setting)] : wayOut(setting)),
    ];
  }
  if (!answer.confident) {
    const nearest = answer.hits
      .slice(0, NEAREST)
      .map((hit, at) => hitOption(setting, hit, at, titles));
    return [
      weak(setting, answer, retype),
      listbox(setting.say("search_nearest"), nearest),
      person(setting, titles, question.query, answer.hits[0]),
      allByTopic(setting),
    ];
  }
  const options = answer.hits.map((hit, at) => hitOption(setting, hit, at, titles));
  const rest = answer.total > answer.hits.length;
  const all = more(
    setting,
    setting.resultsOf(question.query),
    setting.say("search_all_results", { n: answer.total }),
  );
  const mean = didYouMean(setting, answer, retype);
  return [
    label(setting.count("search_count", answer.total), setting.say("search_best_first")),
    ...(mean ? [mean] : []),
    listbox(setting.say("search_results"), options),
    ...(rest ? [el("p", { class: "of-say" }, all)] : []),
  ];
}

/** @param {Setting} setting */
function allByTopic(setting) {
  const link = more(setting, setting.searchPage.href, setting.say("search_all_by_topic"));
  return el("p", { class: "of-say" }, link);
}

/**
 * While waiting: the shape of results to come.
 * @param {Setting} setting
 * @param {boolean} slow
 */
export function bones(setting, slow) {
  const shapes = Array.from({ length: BONES }, () => el("div", { class: "of-bone" }));
  return [
    label(setting.say("search_busy"), slow ? setting.say("search_slow") : ""),
    el("div", { "aria-hidden": "true" }, ...shapes),
  ];
}

/**
 * @param {string} text
 * @param {string} [note]
 */
function label(text, note = "") {
  return el("p", { class: "of-dialog__label" }, el("b", {}, text), note && el("span", {}, note));
}

/**
 * @param {string} name
 * @param {HTMLElement[]} options
 */
function listbox(name, options) {
  return el("div", { role: "listbox", id: LIST, "aria-label": name }, ...options);
}

/**
 * @param {string} href
 * @param {number} at
 * @param {string} kind
 * @param {(Node | string)[]} children
 */
function option(href, at, kind, ...children) {
  const traits = { role: "option", id: `${LIST}-${at}`, tabindex: "-1", "aria-selected": "false" };
  return el("a", { class: `of-option${kind}`, href, ...traits }, ...children);
}

/**
 * @param {Setting} setting
 * @param {Row} row
 * @param {number} at
 */
function rankedOption(setting, row, at) {
  const question = el("span", { class: "of-row__q" }, row.question);
  if (row.rising) question.append(" ", rising(setting));
  return option(
    setting.page(row.url),
    at,
    " of-option--rank",
    el("span", { class: "of-option__rank" }, String(at + 1)),
    question,
    el("span", { class: "of-row__s" }, row.summary),
  );
}

/** @param {Setting} setting */
function rising(setting) {
  const text = setting.say("search_rising");
  return el(
    "span",
    { class: "of-badge of-badge--rising" },
    icon(setting.sprite, "rising", true),
    text,
  );
}

/**
 * @param {Setting} setting
 * @param {Hit} hit
 * @param {number} at
 * @param {Titles | null} titles
 */
function hitOption(setting, hit, at, titles) {
  return option(
    setting.page(hit.url),
    at,
    "",
    el("span", { class: "of-row__q" }, ...marked(hit.title, hit.marks.title)),
    el("span", { class: "of-row__path" }, path(hit, setting, titles)),
    el("span", { class: "of-row__s" }, ...marked(hit.summary, hit.marks.summary)),
  );
}
