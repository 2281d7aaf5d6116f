// Light stemmers: the endings of nouns and adjectives, off words that are folded already. See `light.py`.

const BEFORE_S = "bdfghklmnt"; // what may stand before a German ending -s or -st

/** @param {string} word */
export function german(word) {
  return germanComparative(germanInflection(word));
}

/** @param {string} word */
export function french(word) {
  if (length(word) < 6) return word;
  if (word.endsWith("x")) return word.endsWith("aux") ? `${word.slice(0, -2)}l` : word.slice(0, -1);
  let stem = word;
  for (const ending of "sree") if (stem.endsWith(ending)) stem = stem.slice(0, -1);
  const [before, last] = Array.from(stem).slice(-2);
  return before === last ? stem.slice(0, -last.length) : stem;
}

/** @param {string} word */
export function spanish(word) {
  if (length(word) < 5) return word;
  if (word.endsWith("eses")) return word.slice(0, -2);
  if (word.endsWith("ces")) return `${word.slice(0, -3)}z`;
  if (/[oae]s$/.test(word)) return word.slice(0, -2);
  return /[oae]$/.test(word) ? word.slice(0, -1) : word;
}

/** @param {string} word */
export function italian(word) {
  if (length(word) < 6) return word;
  if (/[hi][ei]$|i[ao]$/.test(word)) return word.slice(0, -2);
  return /[eiao]$/.test(word) ? word.slice(0, -1) : word;
}

/** @param {string} word */
function germanInflection(word) {
  const size = length(word);
  if (size > 5 && word.endsWith("ern")) return word.slice(0, -3);
  if (size > 4 && /e[mnrs]$/.test(word)) return word.slice(0, -2);
  const single =
    word.endsWith("e") || (word.endsWith("s") && BEFORE_S.includes(word.slice(-2, -1)));
  return size > 3 && single ? word.slice(0, -1) : word;
}

/** @param {string} word */
function germanComparative(word) {
  const size = length(word);
  if (size > 5 && word.endsWith("est")) return word.slice(0, -3);
  if (size > 4 && /e[rn]$/.test(word)) return word.slice(0, -2);
  const second = word.endsWith("st") && BEFORE_S.includes(word.slice(-3, -2));
  return size > 4 && second ? word.slice(0, -2) : word;
}

/**
 * Code points, as Python counts.
 * @param {string} word
 */
function length(word) {
  return Array.from(word).length;
}
