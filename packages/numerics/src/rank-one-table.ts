/*
 * A dense table and the one operation that the simplex method spends its time on: taking away from every row its share of another. The sums
 * of squares of the columns, which steepest-edge pricing needs, come out of the same pass. Where WebAssembly has SIMD, the pass is a loop of
 * two doubles an instruction, written down here by opcode (WebAssembly Core Specification 2.0, section 5.4); elsewhere the same loop runs
 * in JavaScript, with the same results to the last bit.
 */

/**
 * A table by rows, with room for what an update reads and writes.
 *
 * @category Systems in doubles
 */
export interface RankOneTable {
  /** Even, so that rows are aligned. */
  readonly width: number;
  readonly entries: Float64Array;
  /** The share that each row loses. There may be more than there are rows: rows beyond stay 0. */
  readonly shares: Float64Array;
  /** The row of which it loses so much. */
  readonly subtrahend: Float64Array;
  /** For each column, the sum of squares of its entries after the update, added to what was here. */
  readonly squares: Float64Array;
  /** Takes from every row its share of the subtrahend. */
  update(): void;
}

/** Rows are taken by so many: what is read for one serves all. */
const rowsAtOnce = 4;
const bytesPerDouble = 8;
const bytesPerPage = 2 ** 16;
/** Below, calling out costs more than is gained. */
const worthwhile = 2 ** 11;
const mostPages = 2 ** 16 - 1;

/**
 * An empty table of at least so many rows and columns.
 *
 * @param inWebAssembly whether to use it where it is there: for large tables unless told
 * @category Systems in doubles
 *
 * @example
 * ```ts
 * import { rankOneTable } from '@mechane/numerics';
 *
 * const table = rankOneTable(1, 2);
 * table.entries.set([5, 7]);
 * table.shares[0] = 2;
 * table.subtrahend.set([1, 3]);
 * table.update();
 * [table.entries.slice(0, 2), table.squares]; // => [Float64Array.of(3, 1), Float64Array.of(9, 1)]
 * ```
 */
export function rankOneTable(
  rows: number,
  columns: number,
  inWebAssembly: boolean = rows * columns >= worthwhile,
): RankOneTable {
  const width = columns + (columns & 1);
  const height = Math.ceil(rows / rowsAtOnce) * rowsAtOnce;
  const sizes = [height * width, height, width, width];
  const begins = sizes.map((_, at) => sizes.slice(0, at).reduce((total, size) => total + size, 0) * bytesPerDouble);
  const bytes = sizes.reduce((total, size) => total + size, 0) * bytesPerDouble;
  const compiled = inWebAssembly ? compiledUpdate(Math.ceil(bytes / bytesPerPage)) : undefined;
  const buffer = compiled?.buffer ?? new ArrayBuffer(bytes);
  const [entries, shares, subtrahend, squares] = sizes.map(
    (size, at) => new Float64Array(buffer, begins[at] as number, size),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const [fromEntries, fromShares, fromSubtrahend, fromSquares] = begins as [number, number, number, number];
  const update =
    compiled === undefined
      ? () => plainUpdate(entries, shares, subtrahend, squares)
      : () => compiled.update(fromEntries, width * bytesPerDouble, height, fromShares, fromSubtrahend, fromSquares);
  return { width, entries, shares, subtrahend, squares, update };
}

function plainUpdate(
  entries: Float64Array,
  shares: Float64Array,
  subtrahend: Float64Array,
  squares: Float64Array,
): void {
  const width = subtrahend.length;
  for (let row = 0; row < shares.length; row += rowsAtOnce) {
    const share = shares[row] as number;
    const share1 = shares[row + 1] as number;
    const share2 = shares[row + 2] as number;
    const share3 = shares[row + 3] as number;
    let at = row * width;
    let [at1, at2, at3] = [at + width, at + 2 * width, at + 3 * width];
    for (let column = 0; column < width; column++, at++, at1++, at2++, at3++) {
      const taken = subtrahend[column] as number;
      const entry = (entries[at] as number) - share * taken;
      const entry1 = (entries[at1] as number) - share1 * taken;
      const entry2 = (entries[at2] as number) - share2 * taken;
      const entry3 = (entries[at3] as number) - share3 * taken;
      entries[at] = entry;
      entries[at1] = entry1;
      entries[at2] = entry2;
      entries[at3] = entry3;
      squares[column] =
        (squares[column] as number) + (entry * entry + entry1 * entry1 + (entry2 * entry2 + entry3 * entry3));
    }
  }
}

interface CompiledUpdate {
  readonly buffer: ArrayBuffer;
  readonly update: (
    entries: number,
    bytesPerRow: number,
    rows: number,
    shares: number,
    subtrahend: number,
    squares: number,
  ) => void;
}

/** The update with memory of its own; `undefined` where the engine or the page does not allow it. */
function compiledUpdate(pages: number): CompiledUpdate | undefined {
  if (pages > mostPages) return undefined;
  try {
    const memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes), { m: { m: memory } });
    return { buffer: memory.buffer as ArrayBuffer, update: exports.u as CompiledUpdate['update'] };
  } catch {
    return undefined;
  }
}

// The parameters and variables of the loop, by number.
const [entries, bytesPerRow, rows, shares, subtrahend, squares] = [0, 1, 2, 3, 4, 5] as const;
const [cursor0, cursor1, cursor2, cursor3, read, summed, end] = [6, 7, 8, 9, 10, 11, 12] as const;
const [share0, share1, share2, share3, taken, entry0, entry1, entry2, entry3] = [
  13, 14, 15, 16, 17, 18, 19, 20, 21,
] as const;

type Code = readonly number[];

const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const tee = (local: number): Code => [0x22, local];
const constant = (value: number): Code => [0x41, value];
const [addIntegers, subtractIntegers, isLess] = [[0x6a], [0x6b], [0x49]] as const;
/** Goes on with the innermost loop if there is something other than 0 on the stack. */
const repeatIf: Code = [0x0d, 0x00];
const loop = (...code: readonly Code[]): Code => [0x03, 0x40, ...code.flat(), 0x0b];
const [load, store]: readonly [Code, Code] = [
  [0xfd, 0x00, 3, 0],
  [0xfd, 0x0b, 3, 0],
];
/** One double, twice. */
const loadTwice = (offset: number): Code => [0xfd, 0x0a, 3, offset];
const [add, subtract, multiply]: readonly [Code, Code, Code] = [
  [0xfd, 0xf0, 0x01],
  [0xfd, 0xf1, 0x01],
  [0xfd, 0xf2, 0x01],
];
const square = (local: number): Code => [...get(local), ...get(local), ...multiply];
const advance = (local: number, bytes: number): Code => [
  ...get(local),
  ...constant(bytes),
  ...addIntegers,
  ...tee(local),
];
const drop: Code = [0x1a];

const updateRow = (cursor: number, share: number, entry: number): Code => [
  ...get(cursor),
  ...[get(cursor), load].flat(),
  ...[get(share), get(taken), multiply].flat(),
  ...subtract,
  ...tee(entry),
  ...store,
];

function assembled(): Uint8Array<ArrayBuffer> {
  const cursors = [cursor0, cursor1, cursor2, cursor3];
  const ofRows = [share0, share1, share2, share3];
  const updated = [entry0, entry1, entry2, entry3];
  const body = loop(
    ...ofRows.map((share, at) => [...get(shares), ...loadTwice(at * bytesPerDouble), ...set(share)]),
    get(entries),
    ...cursors.flatMap((cursor) => [tee(cursor), get(bytesPerRow), addIntegers]),
    set(entries),
    [...get(subtrahend), ...tee(read), ...get(bytesPerRow), ...addIntegers, ...set(end)],
    [...get(squares), ...set(summed)],
    loop(
      [...get(read), ...load, ...set(taken)],
      ...cursors.map((cursor, at) => updateRow(cursor, ofRows[at] as number, updated[at] as number)),
      [...get(summed), ...get(summed), ...load],
      [...square(entry0), ...square(entry1), ...add],
      [...square(entry2), ...square(entry3), ...add],
      [...add, ...add, ...store],
      ...[...cursors, summed].map((local) => [...advance(local, 2 * bytesPerDouble), ...drop]),
      [...advance(read, 2 * bytesPerDouble), ...get(end), ...isLess, ...repeatIf],
    ),
    [...advance(shares, rowsAtOnce * bytesPerDouble), ...drop],
    [...get(rows), ...constant(rowsAtOnce), ...subtractIntegers, ...tee(rows), ...repeatIf],
  );
  const [integer, vector] = [0x7f, 0x7b];
  const locals = [2, end - squares, integer, entry3 - end, vector];
  const code = [...locals, ...body, 0x0b];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 6, integer, integer, integer, integer, integer, integer, 0]),
    ...section(2, [1, ...name('m'), ...name('m'), 2, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('u'), 0, 0]),
    ...section(10, [1, ...size(code), ...code]),
  ]);
}

const name = (letter: string): Code => [1, letter.charCodeAt(0)];
/** A number of up to 14 bits. */
const size = ({ length }: Code): Code => [(length & 0x7f) | 0x80, length >> 7];
const section = (id: number, content: Code): Code => [id, ...size(content), ...content];

const moduleBytes: Uint8Array<ArrayBuffer> = /* @__PURE__ */ assembled();
