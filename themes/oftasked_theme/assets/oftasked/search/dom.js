// Elements from values. Texts become text nodes, so nothing that is shown can be markup.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | false | undefined | ""} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | null | ((event: Event) => void)>} [traits] attributes;
 *   a function listens to the event of that name; true is an empty attribute; false and null none
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value !== null)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(isShown));
  return element;
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isShown(child) {
  return Boolean(child);
}

/**
 * @param {string} sprite address of the sprite
 * @param {string} name
 * @param {boolean} [flip] mirrored where text runs from right to left
 */
export function icon(sprite, name, flip = false) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", flip ? "of-icon of-icon--flip" : "of-icon");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "20");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * @param {string} text
 * @param {[number, number][]} ranges sorted, in UTF-16 units
 * @returns {Child[]} the text with the ranges marked
 */
export function marked(text, ranges) {
  /** @type {Child[]} */
  const nodes = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end <= start) continue;
    nodes.push(text.slice(at, start), el("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...nodes, text.slice(at)];
}
