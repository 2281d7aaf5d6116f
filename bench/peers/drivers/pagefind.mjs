// Pagefind through the module that it writes beside its index.

/** @param {string} entrance */
export async function opened(entrance) {
  const pagefind = await import(entrance);
  return {
    /** @param {string} query */
    search: async (query) => (await pagefind.search(query)).results,
    /**
     * @param {{ data: () => Promise<{ url: string }> }[]} results
     * @param {number} limit
     */
    pages: async (results, limit) => {
      const shown = results.slice(0, limit).map((result) => result.data());
      return (await Promise.all(shown)).map(({ url }) => url);
    },
  };
}
