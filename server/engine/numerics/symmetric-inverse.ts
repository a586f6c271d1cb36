import { TILE_WASM } from './generated/tile.ts';

/** Rows and columns of a tile; the kernel is compiled for it. */
const SIDE = 128;
const AREA = SIDE * SIDE;
const PAGE_BYTES = 65_536;

/** Reads and writes of a symmetric matrix of which only the tiles on and below the diagonal are kept. */
export interface SymmetricMatrix {
  readonly size: number;
  get(row: number, column: number): number;
  set(row: number, column: number, value: number): void;
}

/** Bytes that inverting a matrix of this size takes: 2 n^2 and two rows of tiles. */
export const inverseBytes = (size: number): number => {
  const tiles = Math.ceil(size / SIDE);
  return ((tiles * (tiles + 1)) / 2 + 2 * tiles + 1) * AREA * 4;
};

/**
 * Inverts a symmetric positive definite matrix in place, in single precision: sweeps out a block of 128 rows at a time, which is
 * Gauss-Jordan elimination that keeps the symmetry (Goodnight 1979, The American Statistician 33, 149-158). n^3 / 2 products.
 * @param size At most 32,000: WebAssembly addresses 4 GiB.
 * @param fill Writes the entries; those it leaves are 0.
 * @returns The inverse; relative errors are about 1e-7 times the condition number, NaN where the matrix is not positive definite.
 */
export function symmetricInverse(size: number, fill: (matrix: SymmetricMatrix) => void): SymmetricMatrix {
  const tiles = Math.ceil(size / SIDE);
  const memory = new WebAssembly.Memory({ initial: Math.ceil(inverseBytes(size) / PAGE_BYTES) });
  const module = new WebAssembly.Module(Uint8Array.from(atob(TILE_WASM), (letter) => letter.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const multiplyAdd = exports.multiplyAdd as (a: number, b: number, c: number) => void;
  const floats = new Float32Array(memory.buffer);
  const tileAt = (row: number, column: number) => ((row * (row + 1)) / 2 + column) * AREA;
  const columnTiles = tileAt(tiles, 0);
  const scaledTiles = columnTiles + tiles * AREA;
  const pivotTile = scaledTiles + tiles * AREA;
  const read = (tile: number) => floats.subarray(tile, tile + AREA);

  const place = (a: number, b: number) => {
    const [row, column] = a >= b ? [a, b] : [b, a];
    return tileAt(Math.floor(row / SIDE), Math.floor(column / SIDE)) + (row % SIDE) * SIDE + (column % SIDE);
  };
  const matrix: SymmetricMatrix = {
    size,
    get: (row, column) => floats[place(row, column)]!,
    set(row, column, value) {
      floats[place(row, column)] = value;
      if (Math.floor(row / SIDE) === Math.floor(column / SIDE)) floats[place(column, row)] = value;
    },
  };
  fill(matrix);
  mirrorDiagonalTiles();
  for (let i = size; i < tiles * SIDE; i++) floats[place(i, i)] = 1;
  for (let pivot = 0; pivot < tiles; pivot++) sweep(pivot);
  for (let i = 0; i < columnTiles; i++) floats[i] = -floats[i]!;
  return matrix;

  /** A diagonal tile is kept whole. */
  function mirrorDiagonalTiles(): void {
    for (let tile = 0; tile < tiles; tile++) {
      const diagonal = read(tileAt(tile, tile));
      for (let row = 0; row < SIDE; row++)
        for (let column = 0; column < row; column++) diagonal[column * SIDE + row] = diagonal[row * SIDE + column]!;
    }
  }

  /** A_kk -> -D, A_ik -> A_ik D, A_ij -> A_ij - A_ik D A_kj with D = A_kk^-1: after all sweeps A holds -A^-1. */
  function sweep(k: number): void {
    const pivot = read(pivotTile);
    const diagonal = read(tileAt(k, k));
    pivot.set(negativeInverse(diagonal));
    for (let i = 0; i < tiles; i++) {
      if (i === k) continue;
      const column = columnTiles + i * AREA;
      if (i < k) read(column).set(read(tileAt(k, i)));
      else transposeTile(read(tileAt(i, k)), read(column));
      read(scaledTiles + i * AREA).fill(0);
      multiplyAdd(4 * pivotTile, 4 * column, 4 * (scaledTiles + i * AREA));
    }
    for (let i = 0; i < tiles; i++) {
      if (i === k) continue;
      for (let j = 0; j <= i; j++)
        if (j !== k) multiplyAdd(4 * (scaledTiles + i * AREA), 4 * (columnTiles + j * AREA), 4 * tileAt(i, j));
    }
    for (let i = 0; i < tiles; i++) {
      if (i === k) continue;
      const scaled = read(scaledTiles + i * AREA);
      for (let entry = 0; entry < AREA; entry++) scaled[entry] = -scaled[entry]!;
      if (i < k) read(tileAt(k, i)).set(scaled);
      else transposeTile(scaled, read(tileAt(i, k)));
    }
    diagonal.set(pivot);
  }
}

function transposeTile(from: Float32Array, to: Float32Array): void {
  for (let row = 0; row < SIDE; row++)
    for (let column = 0; column < SIDE; column++) to[column * SIDE + row] = from[row * SIDE + column]!;
}

/** Of one tile, in double precision, by sweeps of one row. */
function negativeInverse(tile: Float32Array): Float64Array {
  const a = Float64Array.from(tile);
  for (let k = 0; k < SIDE; k++) {
    const pivot = a[k * SIDE + k]!;
    // NaN spreads to the whole inverse, which tells that there is none.
    const d = pivot > 0 ? 1 / pivot : Number.NaN;
    for (let i = 0; i < SIDE; i++) {
      if (i === k) continue;
      const factor = a[i * SIDE + k]! * d;
      for (let j = 0; j < SIDE; j++) if (j !== k) a[i * SIDE + j]! -= factor * a[k * SIDE + j]!;
    }
    for (let i = 0; i < SIDE; i++) {
      if (i === k) continue;
      a[i * SIDE + k]! *= d;
      a[k * SIDE + i]! *= d;
    }
    a[k * SIDE + k] = -d;
  }
  return a;
}
