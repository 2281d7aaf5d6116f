// MiniSearch as VitePress runs it: an index made at build time, loaded whole, these settings.

export const OPTIONS = {
  fields: ["title", "titles", "text"],
  storeFields: ["title", "titles"],
  searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
};

/** @param {string} entrance */
export async function opened(entrance) {
  const { default: MiniSearch } = await import(entrance);
  const index = MiniSearch.loadJSON(await (await fetch("/index.json")).text(), OPTIONS);
  return {
    /** @param {string} query */
    search: async (query) => index.search(query),
    /**
     * @param {{ id: string }[]} results
     * @param {number} limit
     */
    pages: async (results, limit) => results.slice(0, limit).map(({ id }) => id),
  };
}
