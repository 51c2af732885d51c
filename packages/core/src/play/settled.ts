const epsilon = 2 ** -53;
const mostDecimals = 15;
/** Decimals that are this much coarser than the error: nearer by chance is one sum in a thousand, and then it is as near. */
const coarser = 2 ** -10;

/**
 * A sum of amounts that are decimals, as the decimal that it is: the shortest within what adding doubles may have cost. Of 0.1 and 0.2, that
 * is 0.3, and of payments that balance 0. A sum of which no short decimal is near stays as it is.
 *
 * @param size the sum of the sizes of all that was added
 * @param terms how many were added
 */
export function settled(sum: number, size: number, terms: number): number {
  if (Number.isInteger(sum) || !Number.isFinite(size)) return sum;
  // What is added may have been added up before.
  const error = (terms + 16) * epsilon * size;
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const power = 10 ** decimals;
    if (error * power > coarser) return sum;
    const decimal = Math.round(sum * power) / power;
    if (Math.abs(decimal - sum) <= error) return decimal === 0 ? 0 : decimal;
  }
  return sum;
}
