import { Rational } from '@mechane/numerics';

const largestDenominator = 10_000;
const closeEnough = 1e-11;

/** The simplest fraction that is close to a number, by its continued fraction; `undefined` where that has a large denominator. */
export function simpleFraction(value: number): Rational | undefined {
  let [above, below, lastAbove, lastBelow] = [1, 0, 0, 1];
  for (let rest = value; ; ) {
    const whole = Math.floor(rest);
    [above, below, lastAbove, lastBelow] = [whole * above + lastAbove, whole * below + lastBelow, above, below];
    if (!(below <= largestDenominator)) return undefined;
    if (Math.abs(value - above / below) <= closeEnough) return Rational.ratio(BigInt(above), BigInt(below));
    rest = 1 / (rest - whole);
  }
}
