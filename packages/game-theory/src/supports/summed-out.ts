import { Rational } from '@mechane/numerics';

/** A table of coefficients with its last player summed out. */
export function summedOut(table: readonly Rational[], weights: readonly Rational[]): Rational[] {
  const rest: Rational[] = [];
  for (let from = 0; from < table.length; from += weights.length) {
    let sum = Rational.zero;
    for (let place = 0; place < weights.length; place++) {
      const weight = weights[place] as Rational;
      if (weight.sign !== 0) sum = sum.plus(weight.times(table[from + place] as Rational));
    }
    rest.push(sum);
  }
  return rest;
}
