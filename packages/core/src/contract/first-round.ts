const lastRound = Number.MAX_SAFE_INTEGER;

/**
 * The first round in which something that stays true has become true. The estimate and its neighbours settle all but the cases
 * in which rounding swallows steps; those are bisected. Infinite where it becomes true in no round that can be counted.
 *
 * @category Rounds
 * @example
 * ```ts
 * import { firstRound } from '@mechane/core';
 *
 * firstRound(3, (round) => 5 + (round - 1) * 2 >= 10); // => 4
 * ```
 */
export function firstRound(estimate: number, isTrueIn: (round: number) => boolean): number {
  let [before, from] = [0, lastRound + 1];
  const within = Math.min(Math.max(estimate, 1), lastRound);
  for (const round of [within - 1, within, within + 1]) {
    if (round <= before || round >= from) continue;
    if (isTrueIn(round)) from = round;
    else before = round;
  }
  while (from - before > 1) {
    const middle = before + Math.floor((from - before) / 2);
    if (isTrueIn(middle)) from = middle;
    else before = middle;
  }
  return from > lastRound ? Number.POSITIVE_INFINITY : from;
}
