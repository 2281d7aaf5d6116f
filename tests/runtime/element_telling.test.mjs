// What a site's owner is told, and what goes along to a person from a later page.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { added, filled } from "../../themes/oftasked_theme/assets/oftasked/search/searched.js";
import { scrubbed, tell } from "../../themes/oftasked_theme/assets/oftasked/telling.js";

/** @type {{address: URL, options: RequestInit}[]} */
let asked = [];

/** @param {Record<string, unknown>} traits of the visitor's browser */
function visitor(traits) {
  Object.defineProperty(globalThis, "navigator", { value: traits, configurable: true });
}

beforeEach(() => {
  asked = [];
  visitor({});
  Object.assign(globalThis, {
    location: { href: "https://help.example.com/q/refund/" },
    fetch: async (/** @type {URL} */ address, /** @type {RequestInit} */ options) => {
      asked.push({ address, options });
    },
  });
});

test("one request carries what was said, and nothing of who said it", () => {
  assert.equal(tell("/seen?site=help", { entry: "refund", helpful: "no", why: undefined }), true);
  const [{ address, options }] = asked;
  assert.equal(address.href, "https://help.example.com/seen?site=help&entry=refund&helpful=no");
  assert.equal(options.credentials, "omit");
  assert.equal(options.referrerPolicy, "no-referrer");
});

for (const traits of [{ globalPrivacyControl: true }, { doNotTrack: "1" }]) {
  test(`a visitor with ${JSON.stringify(traits)} is left alone`, () => {
    visitor(traits);
    assert.equal(tell("/seen", { entry: "refund" }), false);
    assert.deepEqual(asked, []);
  });
}

test("without an address nothing is told", () => {
  assert.equal(tell("", { entry: "refund" }), false);
  assert.deepEqual(asked, []);
});

for (const [query, kept] of [
  ["my  parcel ", "my parcel"],
  ["order 1234 of 2026", "order 1234 of 2026"],
  ["order 12345 please", "order … please"],
  ["card 4111-1111 1111.1111", "card …"],
  ["call (020) 7946 0000 or +49 30 1234567", "call (… or +…"],
  ["订单１２３４５６到哪了", "订单…到哪了"],
  ["رقم ١٢٣٤٥", "رقم …"],
  ["I am jane.doe@example.com ok", "I am … ok"],
  ["see https://example.com/?id=7 and www.example.com/a", "see … and …"],
  ["x".repeat(300), "x".repeat(120)],
]) {
  test(`of "${query.slice(0, 30)}" only what is nobody's is told`, () => {
    assert.equal(scrubbed(query), kept);
  });
}

test("a channel's address takes the words and the page, whatever they hold", () => {
  const template = "mailto:a@b.example?subject=%7Bquestion%7D&body=%7Burl%7D%20{question}";
  const address = filled(template, "50% {url}?", "https://x.example/?q=1");
  const parts = new URL(address).searchParams;
  assert.equal(parts.get("subject"), "50% {url}?");
  assert.equal(parts.get("body"), "https://x.example/?q=1 50% {url}?");
});

test("what was searched is added to a letter in a line of its own", () => {
  assert.equal(
    decodeURIComponent(added("I searched for: {query}", "a & $& b")),
    "I searched for: a & $& b\r\n\r\n",
  );
});
