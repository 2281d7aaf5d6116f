// The Porter stemmer as Snowball defines it (https://snowballstem.org/algorithms/porter/stemmer.html).
// Words reach it lower case and folded; equal to snowballstemmer's "porter", which the tests prove.

const VOWELS = "aeiouy";
const DOUBLES = new Set(["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"]);
const STEP_2 = suffixes(
  "ational:ate tional:tion enci:ence anci:ance izer:ize abli:able alli:al entli:ent eli:e ousli:ous ization:ize " +
    "ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive biliti:ble",
);
const STEP_3 = suffixes("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:");
const STEP_4 = suffixes(
  "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ion: ou: ism: ate: iti: ous: ive: ize:",
);

/**
 * The stem of a word.
 * @param {string} word
 * @returns {string}
 */
export function porter(word) {
  const marked = markConsonantY(word);
  const [r1, r2] = regions(marked);
  let text = step1b(step1a(marked), r1);
  text = step1c(text);
  text = replaceLongest(text, STEP_2, r1);
  text = replaceLongest(text, STEP_3, r1);
  text = replaceLongest(text, STEP_4, r2);
  return step5b(step5a(text, r1, r2), r2).replaceAll("Y", "y");
}

/**
 * Suffixes with what replaces them, the longest first.
 * @param {string} listed
 * @returns {[string, string][]}
 */
function suffixes(listed) {
  const pairs = listed.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":")));
  return pairs.sort((a, b) => b[0].length - a[0].length);
}

/**
 * A y that is a consonant (at the start or after a vowel) becomes Y.
 * @param {string} word
 */
function markConsonantY(word) {
  let marked = "";
  for (const [at, letter] of Array.from(word).entries()) {
    const consonant = letter === "y" && (at === 0 || isVowel(marked.at(-1) ?? ""));
    marked += consonant ? "Y" : letter;
  }
  return marked;
}

/** @param {string} letter */
function isVowel(letter) {
  return letter !== "" && VOWELS.includes(letter);
}

/**
 * Where R1 and R2 start: behind the first consonant that follows a vowel, and the same again.
 * @param {string} word
 */
function regions(word) {
  const r1 = behindVowelConsonant(word, 0);
  return [r1, behindVowelConsonant(word, r1)];
}

/**
 * @param {string} word
 * @param {number} from
 */
function behindVowelConsonant(word, from) {
  let at = from;
  while (at < word.length && !isVowel(word[at])) at++;
  while (at < word.length && isVowel(word[at])) at++;
  return Math.min(at + 1, word.length);
}

/** @param {string} text */
function hasVowel(text) {
  return Array.from(text).some(isVowel);
}

/** @param {string} word */
function step1a(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
  if (word.endsWith("ss") || !word.endsWith("s")) return word;
  return word.slice(0, -1);
}

/**
 * @param {string} word
 * @param {number} r1
 */
function step1b(word, r1) {
  if (word.endsWith("eed")) return word.length - 3 >= r1 ? word.slice(0, -1) : word;
  const suffix = ["ing", "ed"].find((ending) => word.endsWith(ending));
  if (!suffix) return word;
  const rest = word.slice(0, -suffix.length);
  if (!hasVowel(rest)) return word;
  if (["at", "bl", "iz"].some((ending) => rest.endsWith(ending))) return `${rest}e`;
  if (DOUBLES.has(rest.slice(-2))) return rest.slice(0, -1);
  return rest.length === r1 && isShort(rest) ? `${rest}e` : rest;
}

/**
 * Ends in consonant, vowel, consonant other than w, x, Y.
 * @param {string} word
 */
function isShort(word) {
  const [a, b, c] = [word.at(-3) ?? "", word.at(-2) ?? "", word.at(-1) ?? ""];
  return a !== "" && !isVowel(a) && isVowel(b) && !isVowel(c) && !"wxY".includes(c);
}

/** @param {string} word */
function step1c(word) {
  const ends = word.endsWith("y") || word.endsWith("Y");
  return ends && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}

/**
 * Replaces the longest suffix of the list that the word has, if it lies in the region.
 * @param {string} word
 * @param {[string, string][]} list
 * @param {number} region
 */
function replaceLongest(word, list, region) {
  const found = list.find(([suffix]) => word.endsWith(suffix));
  if (!found) return word;
  const rest = word.slice(0, word.length - found[0].length);
  if (rest.length < region) return word;
  if (found[0] === "ion" && !rest.endsWith("s") && !rest.endsWith("t")) return word;
  return rest + found[1];
}

/**
 * @param {string} word
 * @param {number} r1
 * @param {number} r2
 */
function step5a(word, r1, r2) {
  if (!word.endsWith("e")) return word;
  const rest = word.slice(0, -1);
  return rest.length >= r2 || (rest.length >= r1 && !isShort(rest)) ? rest : word;
}

/**
 * @param {string} word
 * @param {number} r2
 */
function step5b(word, r2) {
  return word.endsWith("ll") && word.length - 1 >= r2 ? word.slice(0, -1) : word;
}
