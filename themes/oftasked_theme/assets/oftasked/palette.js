// Sets light or dark before the first paint, so it is loaded in the head and blocks.
// A site with one fixed palette has its scheme in the HTML already and is left alone.
(() => {
  const root = document.documentElement;
  if (root.dataset.mdColorScheme) return;
  const KEY = "oftasked-scheme";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {string | null} what the visitor chose, if storage may be read at all */
  function saved() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  /** @param {string} scheme */
  function save(scheme) {
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // storage is forbidden: the choice holds for this page
    }
  }

  function apply() {
    root.dataset.mdColorScheme = saved() ?? (dark.matches ? "slate" : "default");
  }

  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-of-palette]")) return;
    const scheme = root.dataset.mdColorScheme === "slate" ? "default" : "slate";
    save(scheme);
    root.dataset.mdColorScheme = scheme;
  });
})();
