// Material's search worker with the messages that the theme's own script exchanges with it.

const SETUP = 0;
const QUERY = 2;

/** @param {string} entrance */
export async function opened(entrance) {
  const response = await fetch("/search/search_index.json");
  const { config, docs } = await response.json();
  const worker = new Worker(entrance);
  await reply(worker, { type: SETUP, data: { config, docs, options: { suggest: false } } });
  return {
    /** @param {string} query */
    search: async (query) => (await reply(worker, { type: QUERY, data: query })).data.items,
    /**
     * Each item is a page, given as the sections found on it.
     *
     * @param {{ location: string }[][]} items
     * @param {number} limit
     */
    pages: async (items, limit) => items.slice(0, limit).map(([first]) => first.location),
  };
}

/**
 * @param {Worker} worker
 * @param {object} message
 * @returns {Promise<{ type: number, data: any }>}
 */
function reply(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(message);
  });
}
