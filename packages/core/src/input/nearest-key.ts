const longestCompared = 64;

/**
 * The known key that was probably meant, or `undefined` when none is close.
 *
 * @example
 * ```ts
 * import { nearestKey } from '@mechane/core';
 *
 * nearestKey('reserv', ['reserve', 'breakTie']); // => 'reserve'
 * nearestKey('colour', ['reserve', 'breakTie']); // => undefined
 * ```
 */
export function nearestKey(typed: string, known: Iterable<string>): string | undefined {
  if (typed.length > longestCompared) return undefined;
  let nearest: string | undefined;
  let nearestDistance = Math.max(2, Math.ceil(typed.length / 3)) + 1;
  for (const key of known) {
    if (key.length > longestCompared) continue;
    const distance = editDistance(typed.toLowerCase(), key.toLowerCase());
    if (distance < nearestDistance) [nearest, nearestDistance] = [key, distance];
  }
  return nearest;
}

/** Restricted Damerau–Levenshtein distance: a swap of neighbours counts once. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + substitution);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

/** Every index above is in range. */
function at(row: readonly number[], column: number): number {
  return row[column] as number;
}
