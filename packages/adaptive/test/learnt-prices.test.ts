import { createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { adaptive, empiricalReserve, priceBandit, reserveFromRevenue, valuesOf } from '../src/index.ts';

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
    expect(learner.reserve()).toBeGreaterThan(900_000);
  });
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
