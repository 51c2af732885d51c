/** How values become whole numbers, so that every sum and comparison in the search is exact. */
export interface Units {
  /** Units in one unit of money. */
  readonly perMoney: number;
  /** Whether no value had to be rounded. */
  readonly exact: boolean;
}

/** Sums of units stay below this, which leaves doubles some bits for fractions of a unit in prices. */
const mostExact = 2 ** 50;
const mostRounded = 2 ** 40;
const mostDecimals = 9;

/**
 * Whole numbers count as they are, decimals in their smallest place, and what is neither in a power of two that keeps 40 bits of
 * the sum of all values.
 */
export function unitsFor(values: Iterable<number>): Units {
  const all = [...values];
  const total = all.reduce((sum, value) => sum + value, 0);
  for (let decimals = 0, perMoney = 1; decimals <= mostDecimals && total * perMoney <= mostExact; decimals++) {
    if (all.every((value) => Math.round(value * perMoney) / perMoney === value)) return { perMoney, exact: true };
    perMoney *= 10;
  }
  const perMoney = 2 ** Math.floor(Math.log2(mostRounded / total));
  return { perMoney, exact: all.every((value) => Number.isInteger(value * perMoney)) };
}

/** A value in units. */
export function toUnits(value: number, { perMoney }: Units): number {
  return Math.round(value * perMoney);
}

/** Units in money: the decimal that was meant, not the sum of its roundings. */
export function toMoney(units: number, { perMoney }: Units): number {
  return units / perMoney;
}
