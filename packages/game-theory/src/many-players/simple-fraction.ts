import { Rational } from '@mechane/numerics';

/** The simplest fraction that is so near to a number, by its continued fraction; `undefined` where that has a larger denominator. */
export function simpleFraction(value: number, near = 1e-11, largestDenominator = 10_000): Rational | undefined {
  let [above, below, lastAbove, lastBelow] = [1, 0, 0, 1];
  for (let rest = value; ; ) {
    const whole = Math.floor(rest);
    [above, below, lastAbove, lastBelow] = [whole * above + lastAbove, whole * below + lastBelow, above, below];
    if (!(below <= largestDenominator)) return undefined;
    if (Math.abs(value - above / below) <= near) return Rational.ratio(BigInt(above), BigInt(below));
    rest = 1 / (rest - whole);
  }
}
