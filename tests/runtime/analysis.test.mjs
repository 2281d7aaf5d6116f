import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Analyser, fold, STEMMERS } from "../../search/oftasked_search/runtime/analysis.js";
import { marks, marksOf } from "../../search/oftasked_search/runtime/marks.js";
import { porter } from "../../search/oftasked_search/runtime/porter.js";

/** @param {string} path */
const read = async (path) => JSON.parse(await readFile(new URL(path, import.meta.url), "utf8"));

/** @type {Record<string, string>} */
const STEMMED = {
  ...{ en: "porter", zh: "porter", ja: "porter", ko: "porter" },
  ...{ de: "light-german", fr: "light-french", es: "light-spanish", it: "light-italian" },
};
// An index brings the pairs that it needs; these are the ones in the vectors.
const HAN = new Map([...Array.from("請请設设啟启開开")].map((c, at, all) => [c, all[at + 1]]));

/** @param {string} lang */
function analyser(lang) {
  const found = STEMMERS.get(STEMMED[lang] ?? null);
  assert.ok(found);
  return new Analyser(found, HAN);
}

test("a text gives the words that readers agreed on", async () => {
  for (const { lang, text, words } of await read("../cases/analysis.json")) {
    const found = analyser(lang)
      .tokens(fold(text))
      .flatMap((token) => token.words.map((word) => [word.surface, word.term]));
    assert.deepEqual(found, words, text);
  }
});

test("a word has the stem that Snowball gives it", async () => {
  for (const [word, expected] of await read("../cases/search/porter.json")) {
    assert.equal(porter(word), expected, word);
  }
});

test("marks count in UTF-16 code units", () => {
  assert.deepEqual(marks("😀 Crème brûlée!", new Set(["brule"]), analyser("en")), [[9, 15]]);
});

test("a single character is marked only where nothing longer is", () => {
  const chinese = analyser("zh");
  const asked = new Set(["退款", "退", "款"]);
  assert.deepEqual(marksOf(["如何退款", "款项原路退回"], asked, chinese), [[[2, 4]], []]);
  assert.deepEqual(marksOf(["退换说明", "原路退回"], asked, chinese), [[[0, 1]], [[2, 3]]]);
  assert.deepEqual(marksOf(["𠀀𠀁", "𠀀"], new Set(["𠀀𠀁", "𠀀"]), chinese), [[[0, 4]], []]);
});
