const mostCounted = Number.MAX_SAFE_INTEGER;

/**
 * How many lots make a unit: the least power of ten for which all quantities are whole numbers of lots, so that what is exact on whole numbers is exact on
 * decimals. 1 where all are whole, or so fine that they cannot be counted together.
 */
export function lotsPerUnit(quantities: readonly number[] | Float64Array): number {
  if (areWhole(quantities)) return 1;
  let total = 0;
  for (const quantity of quantities) total += Math.abs(quantity);
  let lots = 1;
  for (const quantity of quantities) {
    while (Math.round(quantity * lots) / lots !== quantity) {
      lots *= 10;
      if (!(total * lots <= mostCounted)) return 1;
    }
  }
  return lots;
}

/** A quantity, counted in lots. */
export function inLots(quantity: number, lots: number): number {
  return lots === 1 ? quantity : Math.round(quantity * lots);
}

/** Quantities, counted in lots. */
export function allInLots(quantities: Float64Array, lots: number): Float64Array {
  return lots === 1 ? quantities : quantities.map((quantity) => inLots(quantity, lots));
}

function areWhole(quantities: readonly number[] | Float64Array): boolean {
  for (const quantity of quantities) if (!Number.isInteger(quantity)) return false;
  return true;
}
