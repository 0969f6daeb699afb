// The grid of a QR code: finders, timing, alignment, format and version, then the data in its zigzag under a mask.

const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const LEVEL_M = 0;
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** A grid in which null stands for a module that is still free. */
export function blank(version) {
  const size = 17 + 4 * version;
  return Array.from({ length: size }, () => Array(size).fill(null));
}

export function functionModules(grid, version, mask) {
  const last = grid.length - 1;
  for (let i = 0; i <= last; i++) grid[6][i] = grid[i][6] = i % 2 === 0;
  for (const [x, y] of [[3, 3], [last - 3, 3], [3, last - 3]]) finder(grid, x, y);
  const centres = ALIGNMENT[version - 1];
  const corner = (x, y) => (x === 6 && (y === 6 || y === last - 6)) || (x === last - 6 && y === 6);
  for (const x of centres) for (const y of centres) if (!corner(x, y)) square(grid, x, y, 2, (d) => d !== 1);
  format(grid, mask);
  if (version >= 7) versionBits(grid, version);
}

function square(grid, cx, cy, reach, dark) {
  for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) {
    if (grid[cy + dy]?.[cx + dx] !== undefined) grid[cy + dy][cx + dx] = dark(Math.max(Math.abs(dx), Math.abs(dy)));
  }
}

function finder(grid, x, y) {
  square(grid, x, y, 4, (d) => d !== 2 && d !== 4);
}

function withRest(value, polynomial, degree) {
  let rest = value;
  for (let i = 0; i < degree; i++) rest = (rest << 1) ^ ((rest >> (degree - 1)) * polynomial);
  return (value << degree) | rest;
}

function format(grid, mask) {
  const bits = withRest((LEVEL_M << 3) | mask, 0x537, 10) ^ 0x5412;
  const bit = (i) => ((bits >> i) & 1) === 1;
  const size = grid.length;
  for (let i = 0; i <= 5; i++) grid[i][8] = bit(i);
  grid[7][8] = bit(6);
  grid[8][8] = bit(7);
  grid[8][7] = bit(8);
  for (let i = 9; i < 15; i++) grid[8][14 - i] = bit(i);
  for (let i = 0; i < 8; i++) grid[8][size - 1 - i] = bit(i);
  for (let i = 8; i < 15; i++) grid[size - 15 + i][8] = bit(i);
  grid[size - 8][8] = true;
}

function versionBits(grid, version) {
  const bits = withRest(version, 0x1f25, 12);
  for (let i = 0; i < 18; i++) {
    const [far, near] = [grid.length - 11 + (i % 3), Math.floor(i / 3)];
    grid[near][far] = grid[far][near] = ((bits >> i) & 1) === 1;
  }
}

/** Fill the free modules two columns at a time, from the lower right corner upwards and back down. */
export function place(grid, bits, mask) {
  const size = grid.length;
  let next = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5; // the timing column is skipped
    for (let step = 0; step < size; step++) {
      const y = (right + 1) & 2 ? step : size - 1 - step;
      for (const x of [right, right - 1]) {
        if (grid[y][x] === null) grid[y][x] = Boolean(bits[next++]) !== MASKS[mask](x, y);
      }
    }
  }
  return grid;
}
