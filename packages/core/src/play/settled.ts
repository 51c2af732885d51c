import { decimalsOf, largestWhole, Unit } from './unit.ts';

const epsilon = 2 ** -53;
const mostDecimals = 15;
/** Decimals that are this much coarser than the error: nearer by chance is one sum in a thousand, and then it is as near. */
const coarser = 2 ** -10;
/** Doubles keep all decimals of so many digits apart: what has as few is a decimal that somebody wrote, and no rest of another number. */
const certainDigits = 15;

/**
 * A sum of amounts that are decimals, as the decimal that it is: the shortest within what adding doubles may have cost. Of 0.1 and 0.2, that
 * is 0.3, and of payments that balance 0. A sum of which no short decimal is near stays as it is.
 *
 * @param size the sum of the sizes of all that was added
 * @param terms how many were added
 */
export function settled(sum: number, size: number, terms: number): number {
  if (Number.isInteger(sum) || !Number.isFinite(size)) return sum;
  // Where nothing was taken from anything, few digits are what was added.
  if (size === Math.abs(sum) && isWritten(sum)) return sum;
  const error = errorOf(size, terms);
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const power = 10 ** decimals;
    if (error * power > coarser) return sum;
    const decimal = Math.round(sum * power) / power;
    if (Math.abs(decimal - sum) <= error) return decimal === 0 ? 0 : decimal;
  }
  return sum;
}

/** What adding doubles may have cost. What is added may have been added up before. */
export function errorOf(size: number, terms: number): number {
  return (terms + 16) * epsilon * size;
}

/**
 * A sum of amounts: exact where they are whole numbers of a unit, or decimals of few digits; {@link settled} elsewhere.
 *
 * @param unitOf finds the unit in which they may have been counted
 */
export function sumOf(amounts: readonly number[], unitOf: () => Unit | undefined): number {
  const sum = amounts.reduce((added, amount) => added + amount, 0);
  if (Number.isInteger(sum)) return sum;
  const size = amounts.reduce((added, amount) => added + Math.abs(amount), 0);
  return (
    sumInUnits(amounts, size, unitOfDigits(amounts)) ??
    sumInUnits(amounts, size, unitOf()) ??
    settled(sum, size, amounts.length)
  );
}

function sumInUnits(amounts: readonly number[], size: number, unit: Unit | undefined): number | undefined {
  if (unit === undefined || size / unit.amount > largestWhole) return undefined;
  let units = 0;
  for (const amount of amounts) units += unit.counted(amount) ?? Number.NaN;
  return Number.isNaN(units) ? undefined : unit.written(units);
}

/** The unit of the finest decimal, where all were written as decimals. */
function unitOfDigits(amounts: readonly number[]): Unit | undefined {
  let finest = 0;
  for (const amount of amounts) {
    const decimals = decimalsOf(amount);
    if (decimals > fewDecimals && !isWritten(amount)) return undefined;
    finest = Math.max(finest, decimals);
  }
  return Unit.withDecimals(finest);
}

/** Dust has more: with so few decimals, an amount was written, unless it is too large for sums to be counted. */
const fewDecimals = 4;

function isWritten(amount: number): boolean {
  return Number(amount.toPrecision(certainDigits)) === amount;
}
