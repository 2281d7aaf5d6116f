// The search element's questions: the newest wins, and no state is a dead end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Asking } from "../../themes/oftasked_theme/assets/oftasked/search/asking.js";

/** @typedef {import("../../themes/oftasked_theme/assets/oftasked/search/asking.js").State} State */
/** @typedef {import("../../themes/oftasked_theme/assets/oftasked/search/setting.js").Answer} Answer */

const SLOW = 2500;
const FOR_EVER = 60_000;

/** @type {Answer} */
const ANSWER = { hits: [], total: 0, confident: false, corrections: [], narrow: [] };

/**
 * @param {(query: string) => Promise<Answer>} search
 * @param {Promise<any>} [titles]
 */
function watch(search, titles = Promise.resolve(null)) {
  /** @type {State[]} */
  const states = [];
  const engine = /** @type {any} */ ({ search, titles: () => titles });
  const asking = new Asking(engine, (state) => states.push(state));
  const ask = (/** @type {string} */ query) => asking.ask({ query, limit: 8, facets: {} });
  return { ask, asking, states, kinds: () => states.map(({ kind }) => kind) };
}

/** @param {number} time */
function after(time) {
  return new Promise((resolve) => {
    setTimeout(resolve, time, ANSWER);
  });
}

/**
 * Let the mocked clock run, with room for promises between its ticks.
 * @param {import("node:test").TestContext} context
 * @param {number} time milliseconds
 */
async function run(context, time) {
  for (let passed = 0; passed < time; passed += 100) {
    context.mock.timers.tick(100);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
}

test("a quick answer is shown without any waiting", async () => {
  const { ask, kinds } = watch(async () => ANSWER);
  await ask("parcel");
  assert.deepEqual(kinds(), ["answered"]);
});

test("a slow answer is announced, offers a way out, and is still shown", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { ask, kinds } = watch(() => after(SLOW));
  const asked = ask("parcel");
  await run(context, SLOW + 1000);
  await asked;
  assert.deepEqual(kinds(), ["busy", "slow", "answered"]);
});

test("an answer that never comes ends as a failure", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { ask, kinds } = watch(() => after(FOR_EVER));
  const asked = ask("parcel");
  await run(context, 20_000);
  await asked;
  assert.deepEqual(kinds(), ["busy", "slow", "failed"]);
});

test("titles that never come hold back no results", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { ask, kinds } = watch(async () => ANSWER, after(FOR_EVER));
  const asked = ask("parcel");
  await run(context, 1000);
  await asked;
  assert.equal(kinds().at(-1), "answered");
});

test("a failure keeps the question", async () => {
  const { ask, states } = watch(() => Promise.reject(new Error("corrupt")));
  await ask("parcel");
  assert.deepEqual(
    states.map(({ kind, question }) => [kind, question.query]),
    [["failed", "parcel"]],
  );
});

test("only the newest question is answered", async () => {
  /** @type {Record<string, (answer: Answer) => void>} */
  const waiting = {};
  const { ask, states } = watch(
    (query) =>
      new Promise((resolve) => {
        waiting[query] = resolve;
      }),
  );
  const first = ask("par");
  const second = ask("parcel");
  waiting.parcel(ANSWER);
  await second;
  waiting.par(ANSWER);
  await first;
  assert.deepEqual(
    states.map(({ question }) => question.query),
    ["parcel"],
  );
});

test("a question that was dropped shows nothing any more", async () => {
  const { ask, asking, states } = watch(async () => ANSWER);
  const asked = ask("parcel");
  asking.cancel();
  await asked;
  assert.deepEqual(states, []);
});
