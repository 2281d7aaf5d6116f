// The container of every binary file of an index; FORMAT.md ("Blocks") is the specification.

import { SearchError } from "./errors.js";

export const VERSION = 3;
export const KIND = { bundle: 1, terms: 2, documents: 3, facets: 4 };
const HEADER = 16;
const MAGIC = 0x5354464f; // "OFTS", little-endian
const BEHIND = "behind the end of the block";
const CRC = crcTable();

/**
 * The content of a block, or a `SearchError` if it is not a whole block of that kind.
 * @param {number} kind
 * @param {Uint8Array<ArrayBuffer>} block
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unseal(kind, block) {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (block.length < HEADER || view.getUint32(0, true) !== MAGIC) {
    throw new SearchError("corrupt", "not a search index block");
  }
  const version = view.getUint8(4);
  if (version !== VERSION) {
    throw new SearchError("version", `index format ${version}; this reader knows ${VERSION}`);
  }
  const stored = block.subarray(HEADER);
  const whole =
    view.getUint32(8, true) === stored.length && view.getUint32(12, true) === crc32(stored);
  if (view.getUint8(5) !== kind || !whole) {
    throw new SearchError("corrupt", "damaged search index block");
  }
  return kind === KIND.bundle ? stored : inflate(stored);
}

/**
 * The blocks in the content of a bundle.
 * @param {Uint8Array<ArrayBuffer>} content
 */
export function unbundle(content) {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const blocks = [];
  for (let at = 0; at < content.length; ) {
    const length = view.getUint32(at, true);
    blocks.push(content.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return blocks;
}

/** Reads the integers of a block one after the other. */
export class Cursor {
  /**
   * @param {Uint8Array} content
   * @param {number} at
   */
  constructor(content, at = 0) {
    this.content = content;
    this.at = at;
  }

  byte() {
    if (this.at >= this.content.length) throw new RangeError(BEHIND);
    return this.content[this.at++];
  }

  /** An unsigned integer, seven bits a byte, low bits first. */
  varint() {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      number += (byte & 0x7f) * factor;
      if (byte < 0x80) return number;
    }
  }

  /** How many numbers there are, and for each how much greater it is than the one before, less 1. */
  ascending() {
    const numbers = new Int32Array(this.at < this.content.length ? this.varint() : 0);
    for (let at = 0, last = -1; at < numbers.length; at++) {
      last += this.varint() + 1;
      numbers[at] = last;
    }
    return numbers;
  }

  /** @param {number} length */
  bytes(length) {
    this.at += length;
    if (this.at > this.content.length) throw new RangeError(BEHIND);
    return this.content.subarray(this.at - length, this.at);
  }

  /** Nothing may be left. */
  end() {
    if (this.at < this.content.length) throw new RangeError("more than a block should have");
  }
}

/** @param {Uint8Array<ArrayBuffer>} stored */
async function inflate(stored) {
  try {
    const stream = new Blob([stored]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new SearchError("corrupt", "damaged search index block", error);
  }
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function crcTable() {
  return Int32Array.from({ length: 256 }, (_, number) => {
    let crc = number;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
