// The way to a person: the visitor's words go along, whatever they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carry } from "../../themes/oftasked_theme/assets/oftasked/search/hand-over.js";
import { fill } from "../../themes/oftasked_theme/assets/oftasked/search/setting.js";

const HERE = "https://help.example.com/search/?q=a";
const QUESTION = "50% off & {url}?\n# 退款";

Object.assign(globalThis, { location: { href: HERE } });

/** @type {any} */
const SETTING = {
  say: (/** @type {string} */ key, /** @type {Record<string, string>} */ values) =>
    fill(
      { mail_subject: "{question}", mail_body: "I ask: {question}\nI read: {url}\n" }[key] ?? "",
      values,
    ),
};

/**
 * @param {string} kind
 * @param {string} href
 * @param {string} [question]
 */
function carried(kind, href, question = QUESTION) {
  return carry(SETTING, { kind, href, label: "" }, question);
}

test("an e-mail's subject and body carry the question and the address", () => {
  const address = carried("email", "mailto:help@example.com?subject=%7Bquestion%7D");
  const parts = new URL(address).searchParams;
  assert.equal(new URL(address).pathname, "help@example.com");
  assert.equal(parts.get("subject"), QUESTION);
  const lines = QUESTION.replace("\n", "\r\n");
  assert.equal(parts.get("body"), `I ask: ${lines}\r\nI read: ${HERE}\r\n`);
});

test("an e-mail without a question has neither subject nor body", () => {
  assert.equal(
    carried("email", "mailto:help@example.com?subject=x", ""),
    "mailto:help@example.com",
  );
});

for (const [written, question, url] of [
  ["plain", "{question}", "{url}"],
  ["escaped", "%7Bquestion%7D", "%7Burl%7D"],
]) {
  test(`a form's address is filled in where its placeholders are ${written}`, () => {
    const address = carried("form", `https://example.com/ask?topic=a&q=${question}&page=${url}`);
    const parts = new URL(address).searchParams;
    assert.deepEqual(
      [...parts],
      [
        ["topic", "a"],
        ["q", QUESTION],
        ["page", HERE],
      ],
    );
  });
}

test("an address without placeholders stays as it is", () => {
  assert.equal(carried("phone", "tel:+442079460000"), "tel:+442079460000");
});
