// The way to a person: a department's channels, with the visitor's words carried along.

import { el, icon } from "./dom.js";
import { fill } from "./setting.js";

/** @typedef {import("./setting.js").Setting} Setting */
/** @typedef {import("./setting.js").Contact} Contact */
/** @typedef {import("./setting.js").Channel} Channel */

/**
 * @param {Setting} setting
 * @param {Contact} contact
 * @param {string} query
 */
export function handOver(setting, contact, query) {
  const title = setting.say("search_person");
  const within = contact.reply_within;
  const facts = [
    query ? setting.say("search_hand_text") : "",
    contact.hours ?? "",
    within ? setting.say("search_hand_replies", { time: within }) : "",
  ];
  return el(
    "section",
    { class: "of-hand", "aria-label": title },
    el("h3", {}, title),
    el(
      "p",
      { class: "of-sub of-hand__facts" },
      el("b", {}, contact.title),
      ...facts.filter(Boolean).map((fact) => el("span", {}, fact)),
    ),
    el(
      "ul",
      { class: "of-channels", role: "list" },
      ...contact.channels.map((c) => channelItem(setting, c, query)),
    ),
  );
}

/**
 * @param {Setting} setting
 * @param {Channel} channel
 * @param {string} query
 */
function channelItem(setting, channel, query) {
  const name = setting.say(`channel_${channel.kind}`);
  return el(
    "li",
    { class: "of-channel" },
    el(
      "a",
      { href: carry(setting, channel, query) },
      icon(setting.sprite, channel.kind, channel.kind === "im"),
      el("span", {}, name),
      el("small", {}, el("bdi", {}, channel.label)),
    ),
  );
}

/**
 * @param {Setting} setting
 * @param {Channel} channel its address may hold {question} and {url}, escaped or not
 * @param {string} query
 * @returns {string} the channel's address with the question and this page's address in it
 */
export function carry(setting, channel, query) {
  const values = { question: query, url: location.href };
  if (channel.kind === "email") {
    const [address] = channel.href.split("?");
    if (!query) return address;
    const subject = encodeURIComponent(setting.say("mail_subject", values));
    // RFC 6068: a line of a body ends with both characters
    const body = setting.say("mail_body", values).replace(/\n/g, "\r\n");
    return `${address}?subject=${subject}&body=${encodeURIComponent(body)}`;
  }
  const escaped = { question: encodeURIComponent(query), url: encodeURIComponent(location.href) };
  return fill(channel.href.replace(/%7B(question|url)%7D/gi, "{$1}"), escaped);
}
