// The parts of the search dialog, empty: field and buttons above, chips, the body, the keys below.

import { el, icon } from "./dom.js";

/** @typedef {import("./setting.js").Setting} Setting */
/** @typedef {ReturnType<typeof dialogFrame>} DialogFrame */

/** @param {Setting} setting */
export function dialogFrame(setting) {
  const input = field(setting);
  const { clear, close } = buttons(setting);
  const busy = el("span", { class: "of-dialog__busy", hidden: true });
  const form = el(
    "form",
    { class: "of-dialog__bar", role: "search", action: setting.searchPage.href },
    icon(setting.sprite, "search"),
    input,
    clear,
    close,
    busy,
  );
  const narrow = setting.say("search_narrow");
  const chips = el("div", { class: "of-dialog__chips", role: "group", "aria-label": narrow });
  const status = el("p", { class: "of-sr", role: "status" });
  const body = el("div", { class: "of-dialog__body" });
  const name = setting.say("search_open");
  const parts = [form, chips, status, body, foot(setting)];
  const dialog = el("dialog", { class: "of-dialog", "aria-label": name }, ...parts);
  return { dialog, form, input, clear, close, busy, chips, status, body };
}

/** @param {Setting} setting */
function buttons(setting) {
  const clear = el(
    "button",
    { class: "of-btn of-btn--bare", type: "button", hidden: true },
    setting.say("search_clear"),
  );
  const close = el(
    "button",
    { class: "md-header__button", type: "button", "aria-label": setting.say("search_close") },
    icon(setting.sprite, "close"),
  );
  return { clear, close };
}

/** @param {Setting} setting */
function field(setting) {
  return el("input", {
    name: "q",
    type: "text",
    inputmode: "search",
    enterkeyhint: "search",
    autocomplete: "off",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    "aria-label": setting.say("search_label"),
    placeholder: setting.say("search_placeholder"),
  });
}

/** @param {Setting} setting */
function foot(setting) {
  const keys = [
    ["↑ ↓", "search_keys_move"],
    ["↵", "search_keys_open"],
    ["esc", "search_keys_leave"],
  ];
  const contact =
    setting.contactPage &&
    el("a", { class: "of-more", href: setting.contactPage.href }, setting.say("search_person"));
  return el(
    "div",
    { class: "of-dialog__foot" },
    ...keys.map(([key, text]) => el("span", {}, el("kbd", {}, key), ` ${setting.say(text)}`)),
    contact,
  );
}
