import { expect, test } from 'vitest';
import { Rational, stationaryDistribution, sum } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

test('money that only goes round visits every state alike', () => {
  const flows = Float64Array.of(0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0);
  expect([...stationaryDistribution(flows, 4)]).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test('a single state has all of the time', () => {
  expect([...stationaryDistribution(Float64Array.of(1), 1)]).toEqual([1]);
});

test('what comes to a state is what leaves it', () => {
  const random = new SeededNumbers(1);
  const size = 12;
  const flows = Float64Array.from({ length: size * size }, () => (random.below(3) === 0 ? 0 : random.next()));
  for (let state = 0; state < size; state++) flows[state * size + ((state + 1) % size)] = 0.5;
  const weights = stationaryDistribution(flows.slice(), size);
  for (let state = 0; state < size; state++) {
    let [comes, leaves] = [0, 0];
    for (let other = 0; other < size; other++) {
      if (other === state) continue;
      comes += (weights[other] as number) * (flows[other * size + state] as number);
      leaves += (weights[state] as number) * (flows[state * size + other] as number);
    }
    expect(comes).toBeCloseTo(leaves, 12);
  }
  expect(weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12);
});

test.each([1e-30, 1e30])(
  'along a line, each state is %d times as likely as the one before, to the last digits',
  (ratio) => {
    // Forward with 1 or the ratio, back with the other: in detailed balance, weights grow by the ratio.
    const size = 9;
    const flows = new Float64Array(size * size);
    for (let state = 0; state + 1 < size; state++) {
      flows[state * size + state + 1] = ratio;
      flows[(state + 1) * size + state] = 1;
    }
    const weights = stationaryDistribution(flows, size);
    const exact = Array.from({ length: size }, (_, state) =>
      Array.from({ length: state }, () => Rational.of(ratio)).reduce((power, one) => power.times(one), Rational.one),
    );
    const total = sum(exact);
    weights.forEach((weight, state) => {
      const expected = (exact[state] as Rational).over(total).toNumber();
      expect(Math.abs(weight / expected - 1)).toBeLessThan(1e-14);
    });
  },
);
