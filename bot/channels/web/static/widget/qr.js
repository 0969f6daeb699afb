// A QR code (ISO/IEC 18004) of one short address: bytes, error correction M, versions 1 to 10. Drawn here, so that nothing is asked of anyone.

import { svg } from "./dom.js";
import { blank, functionModules, place } from "./qr-matrix.js";

// For versions 1 to 10 at level M: code words of correction in each block, and the data code words of every block.
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const BLOCKS = [[16], [28], [44], [32, 32], [43, 43], [27, 27, 27, 27], [31, 31, 31, 31], [38, 38, 39, 39], [36, 36, 36, 37, 37], [43, 43, 43, 43, 44]];
const QUIET = 4;
export const MOST_BYTES = 213; // version 10

/** Rows of true (dark) and false. Raises RangeError when the text is longer than 213 bytes. */
export function code(text) {
  const bytes = new TextEncoder().encode(text);
  const version = BLOCKS.findIndex((blocks, index) => bytes.length <= sum(blocks) - (index < 9 ? 2 : 3)) + 1;
  if (!version) throw new RangeError("too long for a code");
  const words = interleaved(dataWords(bytes, version), version);
  const bits = words.flatMap((word) => Array.from({ length: 8 }, (_, bit) => (word >> (7 - bit)) & 1));
  const drawn = Array.from({ length: 8 }, (_, mask) => {
    const grid = blank(version);
    functionModules(grid, version, mask);
    return place(grid, bits, mask);
  });
  return drawn.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best));
}

export function codeView(text, name) {
  const rows = code(text);
  const size = rows.length + 2 * QUIET;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("");
  return svg("svg", { class: "code", viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": name },
    svg("rect", { width: size, height: size, fill: "#fff" }), svg("path", { d: path, fill: "#000" }));
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Mode, length, bytes, end and padding as code words. */
function dataWords(bytes, version) {
  const bits = [];
  const put = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  const room = sum(BLOCKS[version - 1]) * 8;
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: room / 8 }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((word, bit) => (word << 1) | bit, 0));
}

function interleaved(words, version) {
  const degree = CORRECTION[version - 1];
  let start = 0;
  const blocks = BLOCKS[version - 1].map((length) => words.slice(start, (start += length)));
  const corrections = blocks.map((block) => remainder(block, generator(degree)));
  const column = (lists, i) => lists.filter((list) => i < list.length).map((list) => list[i]);
  const longest = Math.max(...blocks.map((block) => block.length));
  return [
    ...Array.from({ length: longest }, (_, i) => column(blocks, i)).flat(),
    ...Array.from({ length: degree }, (_, i) => column(corrections, i)).flat(),
  ];
}

/** The product in GF(256) with the polynomial 0x11D. */
function times(x, y) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> bit) & 1) * x);
  return product;
}

function generator(degree) {
  let factors = [...Array(degree - 1).fill(0), 1];
  for (let root = 1, i = 0; i < degree; i++, root = times(root, 2)) {
    factors = factors.map((factor, j) => times(factor, root) ^ (factors[j + 1] ?? 0));
  }
  return factors;
}

function remainder(block, factors) {
  let rest = factors.map(() => 0);
  for (const word of block) {
    const lead = word ^ rest[0];
    rest = [...rest.slice(1), 0].map((value, i) => value ^ times(factors[i], lead));
  }
  return rest;
}

/** Long runs and even fields are hard to read; the mask with the fewest is taken. */
function penalty(rows) {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((line) => line.map(Number).join(""));
  const runs = sum(lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) || []).map((run) => run.length - 2));
  const finders = sum(lines.map((line) => (line.match(/(?=00001011101|10111010000)/g) || []).length)) * 40;
  let squares = 0;
  for (let y = 1; y < rows.length; y++) for (let x = 1; x < rows.length; x++) {
    if (rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x - 1]) squares += 3;
  }
  const dark = sum(rows.flat().map(Number)) / rows.length ** 2;
  return runs + finders + squares + Math.floor(Math.abs(dark - 0.5) * 20) * 10;
}
