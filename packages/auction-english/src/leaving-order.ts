/** Bits of a double that hold whole numbers exactly, less one for the sign of caution. */
const exactBits = 52;

/**
 * The rows of a column from the lowest key to the highest; `compare` orders rows whose keys are equal.
 *
 * Rows are sorted as plain numbers that hold a rounded key above the row's index, and only where rounded keys are equal are rows
 * compared: for 1,000,000 rows that was measured to take half the time of sorting indices by comparison.
 */
export function leavingOrder(keys: Float64Array, compare: (row: number, other: number) => number): Uint32Array {
  const rows = keys.length;
  const indexSize = 2 ** Math.ceil(Math.log2(Math.max(2, rows)));
  const coarsest = 2 ** exactBits / indexSize - 1;
  const { lowest, highest } = finiteRange(keys);
  const scale = highest > lowest ? coarsest / (highest - lowest) : 0;
  const packed = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const rounded = Math.min(coarsest, Math.floor(((keys[row] as number) - lowest) * scale));
    packed[row] = (rounded >= 0 ? rounded : coarsest) * indexSize + row;
  }
  packed.sort();
  const order = new Uint32Array(rows);
  const byKey = (row: number, other: number): number => {
    const [key, otherKey] = [keys[row] as number, keys[other] as number];
    return key < otherKey ? -1 : key > otherKey ? 1 : compare(row, other);
  };
  let runStart = 0;
  let runKey = -1;
  for (let place = 0; place < rows; place++) {
    const number = packed[place] as number;
    const rounded = Math.floor(number / indexSize);
    order[place] = number - rounded * indexSize;
    if (rounded === runKey) continue;
    if (place - runStart > 1) order.subarray(runStart, place).sort(byKey);
    [runStart, runKey] = [place, rounded];
  }
  if (rows - runStart > 1) order.subarray(runStart).sort(byKey);
  return order;
}

function finiteRange(keys: Float64Array): { lowest: number; highest: number } {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number;
    if (key < lowest) lowest = key;
    if (key > highest && key < Number.POSITIVE_INFINITY) highest = key;
  }
  return { lowest, highest };
}
