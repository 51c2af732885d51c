import { createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  adaptive,
  type Estimate,
  empiricalReserve,
  meanOf,
  priceBandit,
  reserveFromRevenue,
  valuesOf,
} from '../src/index.ts';

const uniform = valuesOf({ kind: 'uniform', low: 0, high: 1 });
const exponential = (mean: number) => valuesOf({ kind: 'exponential', mean });

/** The revenue of a reserve in a second-price auction with two bidders of uniform values: Myerson 1981. */
const uniformRevenue = (reserve: number): number => 1 / 3 + reserve ** 2 - (4 / 3) * reserve ** 3;

describe('a reserve learnt from values', () => {
  test.each([1, 2, 3])('tends to 1/2 for uniform values on [0, 1] (seed %d)', (seed) => {
    const random = seededRandom(seed);
    const learner = empiricalReserve();
    for (let round = 0; round < 200_000; round++) learner.learn(uniform.draw(random));
    // The revenue curve is flat at its top: its argument is known to about T^(-1/3).
    expect(Math.abs(learner.reserve() - 0.5)).toBeLessThan(0.03);
  });
  test.each([1, 4])('tends to the mean of an exponential prior, %d', (mean) => {
    const random = seededRandom(7);
    const values = exponential(mean);
    const learner = empiricalReserve();
    for (let round = 0; round < 200_000; round++) learner.learn(values.draw(random));
    expect(Math.abs(learner.reserve() / mean - 1)).toBeLessThan(0.06);
  });
  test('is the monopoly price of few values, and 0 of none', () => {
    expect(empiricalReserve().reserve()).toBe(0);
    const learner = empiricalReserve();
    for (const value of [0, 3, 3, 5, 1]) learner.learn(value);
    // 3 sells to three.
    expect(learner.reserve()).toBe(3);
    learner.learn(1_000_000);
    expect(learner.reserve()).toBe(1_000_000);
  });
  test('is not spoilt by one draw that is beyond all others', () => {
    const random = seededRandom(1);
    const learner = empiricalReserve();
    for (let round = 0; round < 10_000; round++) learner.learn(uniform.draw(random));
    const before = learner.reserve();
    expect(Math.abs(before - 0.5)).toBeLessThan(0.06);
    for (const beyond of [2_000, 1e9, 1e300, 1e-300]) {
      learner.learn(beyond);
      expect(learner.reserve()).toBe(before);
    }
  });
  test.each([1.2, 1.5, 3])('is the least value of a Pareto prior, as long as it learns (tail %d)', (tail) => {
    const random = seededRandom(2);
    const learner = empiricalReserve();
    let seen = 0;
    for (const size of [1_000, 10_000, 100_000, 300_000]) {
      for (let draw = 0; draw < size; draw++) learner.learn((1 - random.next()) ** (-1 / tail));
      seen += size;
      // The revenue p^(1 - tail) is 1 at the least value, where everybody is sold to; a share of buyers is known to about 1/√n.
      expect(learner.reserve()).toBeGreaterThanOrEqual(1);
      expect(learner.reserve() ** (1 - tail)).toBeGreaterThan(1 - 2 / Math.sqrt(seen) - 1 / 512);
    }
  });
  test('earns what the best of all values earns that one in 200 or more would pay, but for 1 part in 512', {
    tags: ['long'],
  }, () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed);
      const unit = 10 ** (random.below(19) - 9);
      const values = Array.from({ length: 1 + random.below(900) }, () =>
        random.next() < 0.3 ? random.below(5) * unit : unit * (1 - random.next()) ** (-2 * random.next()),
      );
      const learner = empiricalReserve();
      for (const value of values) learner.learn(value);
      const buyers = (price: number) => values.filter((value) => value >= price).length;
      const earned = (price: number) => price * buyers(price);
      const best = Math.max(...values.filter((value) => buyers(value) * 200 >= values.length).map(earned));
      const reserve = learner.reserve();
      expect(reserve === 0 || values.includes(reserve), `seed ${seed}`).toBe(true);
      expect(earned(reserve), `seed ${seed}`).toBeGreaterThanOrEqual(best * (1 - 1 / 512));
    }
  });
  test.each([Number.NaN, -1, -1e-9, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    const learner = empiricalReserve();
    learner.learn(3);
    expect(() => learner.learn(value)).toThrow(expect.objectContaining({ code: 'invalid-value', path: ['value'] }));
    expect(learner.reserve()).toBe(3);
    const fromRevenue = reserveFromRevenue({ bidders: 2, highest: 1, auctions: 10 });
    expect(() => fromRevenue.learn(value)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  });
  test.each([
    // Dhangwatnotai, Roughgarden and Yan 2015: half of the best revenue or more for every regular prior, and just these shares for two.
    ['uniform', () => uniform, (price: number) => 1 - price, 1 / 4, 2 / 3],
    ['exponential', () => exponential(1), (price: number) => Math.exp(-price), 1 / Math.E, Math.E / 4],
  ] as const)(
    'from a single value of a %s prior earns the published share of the best',
    (_, prior, buying, best, share) => {
      const random = seededRandom(3);
      const earned = Array.from({ length: 20_000 }, () => {
        const learner = empiricalReserve();
        learner.learn(prior().draw(random));
        const price = learner.reserve();
        return (price * buying(price)) / best;
      });
      const { mean, halfWidth } = meanOf(earned) as Estimate;
      expect(Math.abs(mean - share)).toBeLessThan(2.5 * halfWidth);
      expect(mean - 2.5 * halfWidth).toBeGreaterThan(1 / 2);
    },
  );
});

describe('a reserve learnt from revenue alone (Cesa-Bianchi, Gentile and Mansour 2013)', () => {
  const auctions = 200_000;
  /** Plays second-price auctions among truthful bidders. */
  function learnt(draw: (random: ReturnType<typeof seededRandom>) => number, highest: number, seed: number) {
    const random = seededRandom(seed);
    const learner = reserveFromRevenue({ bidders: 2, highest, auctions });
    let played = 0;
    for (let auction = 0; auction < auctions; auction++) {
      const [one, other] = [draw(random), draw(random)];
      const reserve = learner.reserve();
      played += reserve;
      learner.learn(Math.max(one, other) < reserve ? null : Math.max(reserve, Math.min(one, other)));
    }
    return { best: learner.best(), last: learner.reserve(), mean: played / auctions };
  }
  test.each([1, 2, 3])('tends to 1/2 for uniform values on [0, 1] (seed %d)', (seed) => {
    const { best, last } = learnt((random) => uniform.draw(random), 1, seed);
    expect(Math.abs(best - 0.5)).toBeLessThan(0.05);
    // What it plays errs on the low side, and loses little.
    expect(last).toBeLessThanOrEqual(best);
    expect(uniformRevenue(0.5) - uniformRevenue(last)).toBeLessThan(0.04);
    expect(uniformRevenue(0.5) - uniformRevenue(0)).toBeGreaterThan(0.08);
  });
  test('tends to the mean of an exponential prior', () => {
    const values = exponential(1);
    const { best } = learnt((random) => Math.min(values.highest, values.draw(random)), values.highest, 4);
    expect(Math.abs(best - 1)).toBeLessThan(0.12);
  });
});

describe('a posted price learnt from who buys (Kleinberg and Leighton 2003)', () => {
  const buyers = 100_000;
  function regretOf(seed: number, deaf = false): { regret: number; best: number } {
    const random = seededRandom(seed);
    const learner = priceBandit({ highest: 1, buyers });
    let regret = 0;
    for (let buyer = 0; buyer < buyers; buyer++) {
      const price = learner.price();
      regret += 0.25 - price * (1 - price);
      learner.learn(deaf ? buyer % 2 === 0 : uniform.draw(random) >= price);
    }
    return { regret, best: learner.best() };
  }
  test('tends to 1/2 for uniform values, with regret of the order of √(T ln T)', () => {
    const order = Math.sqrt(buyers * Math.log(buyers));
    for (const seed of [1, 2, 3, 4, 5]) {
      const { regret, best } = regretOf(seed);
      // Prices lie 1/10 apart.
      expect(Math.abs(best - 0.5)).toBeLessThanOrEqual(0.1);
      expect(regret).toBeLessThan(2 * order);
    }
    expect(regretOf(1, true).regret).toBeGreaterThan(5 * order);
  });
  test('asks the same price until it is told', () => {
    const learner = priceBandit({ highest: 10, buyers: 1_000 });
    expect(learner.price()).toBe(learner.price());
    learner.learn(true);
    learner.learn(false);
    expect(learner.best()).toBeGreaterThan(0);
  });
});

describe('adaptive/posted-price', () => {
  const mechane = createMechane().use(adaptive);
  const play = (settings: object, reports: Readonly<Record<string, { value: number }>>) =>
    mechane.run('adaptive/posted-price', { settings, reports });

  test('learns the best price of all bids', () => {
    const { outcome, metrics } = play({ rounds: 3 }, { ann: { value: 3 }, bob: { value: 3 }, cat: { value: 5 } });
    // 3 sells to three and earns 9; 5 earns 5.
    expect(outcome.price).toBe(3);
    expect(outcome.offers).toEqual({ ann: [0, 3, 3], bob: [0, 3, 3], cat: [0, 3, 3] });
    expect(outcome.payments).toEqual({ ann: 6, bob: 6, cat: 6 });
    expect(metrics).toMatchObject({ rounds: 3, welfare: 33, revenue: 18, efficiency: 1 });
  });
  test('whoever hides its value from a seller who learns from it pays less', () => {
    const settings = { rounds: 2, initialPrice: 1 };
    const gain = (learnFrom: string, said: number): number => {
      const { allocation, payments } = play({ ...settings, learnFrom }, { ann: { value: said } }).outcome;
      return 10 * (allocation.ann ?? 0) - (payments.ann ?? 0);
    };
    expect(gain('all', 10)).toBe(9);
    expect(gain('all', 1)).toBe(18);
    // From the others there is nothing to learn.
    expect(gain('others', 10)).toBe(18);
  });
  test('an agent that keeps silent buys nothing and teaches nothing', async () => {
    const silent = { ann: () => undefined, bob: () => ({ bid: 4 }) };
    const { outcome } = await mechane.open('adaptive/posted-price', { settings: { rounds: 2 }, agents: silent }).result;
    expect(outcome.allocation).toEqual({ bob: 2 });
    expect(outcome.price).toBe(4);
  });
  test('nobody is enough, and bad settings are refused', () => {
    expect(play({ initialPrice: 7 }, {}).outcome).toEqual({ allocation: {}, payments: {}, offers: {}, price: 7 });
    expect(() => play({ rounds: 0 }, {})).toThrow(
      expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'rounds'] }),
    );
  });
});
