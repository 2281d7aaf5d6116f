// A page of the peer's site asks its search everything, as the peer's own interface would.

/**
 * @template Found
 * @typedef {object} Engine
 * @property {(query: string) => Promise<Found>} search - what is timed
 * @property {(found: Found, limit: number) => Promise<string[]>} pages - the addresses that an
 *   interface shows, best first
 */

/**
 * @param {string} driver - module that opens the engine
 * @param {string} entrance - address of the script that the engine ships
 * @param {string[]} queries
 * @param {number} limit
 * @returns {Promise<{ pages: string[], ms: number }[]>}
 */
export async function answers(driver, entrance, queries, limit) {
  const { opened } = await import(driver);
  const engine = await opened(entrance);
  const given = [];
  for (const query of queries) given.push(await answer(engine, query, limit));
  return given;
}

/**
 * Loading is not part of a warm query's time, so each is asked twice.
 *
 * @param {Engine<unknown>} engine
 * @param {string} query
 * @param {number} limit
 */
async function answer(engine, query, limit) {
  await engine.search(query);
  const start = performance.now();
  const found = await engine.search(query);
  const ms = performance.now() - start;
  return { pages: await engine.pages(found, limit), ms };
}
