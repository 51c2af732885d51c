import { Rational } from '@mechane/numerics';

/** Coefficients of 1, ε, ε², …: a number that depends on a small ε. */
export type Polynomial = readonly Rational[];

/** Shares with mistakes: those that have a power are made with that power of ε, the others share what is left. */
export function withMistakes(shares: readonly Rational[], trembles: readonly number[]): Polynomial[] {
  let left: Polynomial = [Rational.one];
  for (const power of trembles)
    if (power > 0)
      left = plus(
        left,
        epsilon(power).map((entry) => entry.negated()),
      );
  return shares.map((share, action) => {
    const power = trembles[action] as number;
    return power > 0 ? epsilon(power) : left.map((entry) => entry.times(share));
  });
}

function epsilon(power: number): Polynomial {
  return [...new Array<Rational>(power).fill(Rational.zero), Rational.one];
}

export function plus(a: Polynomial, b: Polynomial): Polynomial {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) =>
    (a[at] ?? Rational.zero).plus(b[at] ?? Rational.zero),
  );
}

export function times(a: Polynomial, b: Polynomial): Polynomial {
  const product = new Array<Rational>(Math.max(0, a.length + b.length - 1)).fill(Rational.zero);
  a.forEach((one, i) => {
    if (one.sign === 0) return;
    b.forEach((other, j) => {
      if (other.sign !== 0) product[i + j] = (product[i + j] as Rational).plus(one.times(other));
    });
  });
  return product;
}

/** The sign of a - b for all small ε: that of the first coefficient in which they differ. */
export function leadingSign(a: Polynomial, b: Polynomial): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = (a[at] ?? Rational.zero).compare(b[at] ?? Rational.zero);
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}
