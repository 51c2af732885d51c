/*
 * What papers report of learners, played here: each figure is a mean over seeds, with Student's 95 % interval. A fifth paper, on prices learnt from
 * few samples, stands in learnt-prices.test.ts.
 */
import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';
import { describe, expect, test } from 'vitest';
import { type Estimate, meanOf, type Simulation, simulate } from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions).use(markets);
const constant = (value: number) => ({ kind: 'constant' as const, value });

/** The same play under so many seeds. */
function played(
  seeds: number,
  arm: { mechanism: string; settings?: object },
  bidders: Parameters<typeof simulate>[0]['population']['bidders'],
  { rounds, bids = 21 }: { rounds: number; bids?: number },
): Promise<Simulation[]> {
  return Promise.all(
    Array.from({ length: seeds }, (_, seed) =>
      simulate({ arms: [arm], policy: { kind: 'fixed' }, population: { bidders, bids }, rounds, seed }, { mechane }),
    ),
  );
}

function over(simulations: readonly Simulation[], measureOf: (simulation: Simulation) => number | null | undefined) {
  const { mean, halfWidth } = meanOf(simulations.map((each) => measureOf(each) ?? Number.NaN)) as Estimate;
  return { mean, low: mean - halfWidth, high: mean + halfWidth };
}

const welfareOf = ({ arms }: Simulation) => arms[0]?.welfare?.mean;
const revenueOf = ({ arms }: Simulation) => arms[0]?.revenue?.mean;
const efficiencyOf = ({ arms }: Simulation) => arms[0]?.efficiency?.mean;
const alphaOf = ({ arms }: Simulation) => arms[0]?.smithsAlpha;
const coarseOf = ({ convergence }: Simulation) => convergence.coarse;

describe('Feldman, Lucier and Nisan, “Correlated and coarse equilibria of single-item auctions” (WINE 2016)', () => {
  const second = [0.5, 0.8, 1];
  test.each(second)(
    'without swap regret, a first-price auction is efficient and earns the second highest value, %d',
    { tags: ['long'] },
    async (value) => {
      const pair = [
        { kind: 'regret-matching', values: constant(1) },
        { kind: 'regret-matching', values: constant(value) },
      ];
      const simulations = await played(6, { mechanism: 'auction-sealed/first-price' }, pair, { rounds: 20_000 });
      expect(over(simulations, ({ convergence }) => convergence.correlated).high).toBeLessThan(0.005);
      // Bids lie 0.05 apart.
      expect(over(simulations, welfareOf).low).toBeGreaterThan(1 - 0.05);
      expect(over(simulations, revenueOf).low).toBeGreaterThan(value - 2 * 0.05);
    },
  );
  test.each(second)(
    'with little external regret, it brings 81 % of the welfare and 26 % of the second highest value, %d, at least',
    { tags: ['long'] },
    async (value) => {
      for (const kind of ['hedge', 'exp3']) {
        const pair = [
          { kind, values: constant(1) },
          { kind, values: constant(value) },
        ];
        const simulations = await played(6, { mechanism: 'auction-sealed/first-price' }, pair, { rounds: 20_000 });
        // The bounds hold of equilibria: play that is as far from one as two agents regret may bring so much less.
        const regretted = 2 * over(simulations, coarseOf).high;
        expect(over(simulations, welfareOf).low).toBeGreaterThan(0.813559 - regretted);
        expect(over(simulations, revenueOf).low).toBeGreaterThan((1 - 2 / Math.E) * value - regretted);
      }
    },
  );
});

describe('Kolumbus and Nisan, “Auctions between regret-minimizing agents” (WWW 2022)', () => {
  const value = 0.8;
  /** What an agent gains that is worth less than its rival, when its learner is told that it is worth so much. */
  async function gainOf(name: 'first-price' | 'second-price', told: number) {
    const pair = [
      { kind: 'hedge', values: constant(1) },
      { kind: 'hedge', values: constant(told) },
    ];
    const simulations = await played(6, { mechanism: `auction-sealed/${name}` }, pair, { rounds: 20_000, bids: 41 });
    const gain = over(simulations, (simulation) => {
      const won = ((welfareOf(simulation) as number) - 1) / (told - 1);
      return (simulation.regret.bidders[1]?.utility?.mean as number) - won * (told - value);
    });
    return { gain, revenue: over(simulations, revenueOf), welfare: over(simulations, welfareOf) };
  }
  test('in second-price auctions the higher value wins, and pays less than the second highest', async () => {
    const { gain, revenue, welfare } = await gainOf('second-price', value);
    expect(welfare.low).toBeGreaterThan(0.99);
    expect(revenue.high).toBeLessThan(value - 0.1);
    expect(gain.high).toBeLessThan(0.01);
  });
  test('there, it pays to tell one’s learner more than the truth', { tags: ['long'] }, async () => {
    expect((await gainOf('second-price', 2 * value)).gain.low).toBeGreaterThan(0.1);
  });
  test('in first-price auctions the winner pays about the second highest value, and truth is best', {
    tags: ['long'],
  }, async () => {
    const truthful = await gainOf('first-price', value);
    expect(truthful.welfare.low).toBeGreaterThan(0.97);
    expect(truthful.revenue.low).toBeGreaterThan(value - 0.1);
    expect(truthful.revenue.high).toBeLessThan(value + 0.05);
    for (const told of [0.4, 0.9, 1.6]) {
      // Within a step of the grid of what truth brings.
      expect((await gainOf('first-price', told)).gain.low).toBeLessThan(truthful.gain.high + told / 40);
    }
    expect((await gainOf('first-price', 2 * value)).gain.high).toBeLessThan(-0.1);
  });
});

describe('Cliff and Bruten, “Zero not enough” (HP Laboratories 97-141, 1997), in a continuous double auction', () => {
  const limits = Array.from({ length: 11 }, (_, step) => 0.75 + 0.25 * step);
  const all = (count: number, value: number): readonly number[] => new Array<number>(count).fill(value);
  const book = { mechanism: 'market/order-book', settings: { tickSize: 0.01 } };
  const traders = (kind: string, values: readonly number[], costs: readonly number[]) => [
    ...values.map((value) => ({ kind, side: 'buy' as const, values: constant(value) })),
    ...costs.map((cost) => ({ kind, side: 'sell' as const, values: constant(cost) })),
  ];
  /** Demand, supply, days until prices have settled, and how far from the equilibrium price they are then. */
  const shapes: readonly (readonly [string, readonly number[], readonly number[], number, number])[] = [
    ['as much demand as supply', limits, limits, 30, 0.03],
    ['flat supply', limits, all(11, 2), 30, 0.02],
    ['more demand than supply', all(11, 3.25), all(6, 0.5), 160, 0.05],
  ];
  test.each(shapes)(
    '%s: ZIP traders reap all gains at the equilibrium price',
    { tags: ['long'] },
    async (_, values, costs, days, near) => {
      const simulations = await played(12, book, traders('zip', values, costs), { rounds: days });
      expect(over(simulations, efficiencyOf).low).toBeGreaterThan(0.985);
      expect(over(simulations, efficiencyOf).high).toBeLessThanOrEqual(1 + 1e-9);
      expect(over(simulations, alphaOf).high).toBeLessThan(near);
    },
  );
  test.each(shapes)(
    '%s: traders without intelligence do not find the price',
    { tags: ['long'] },
    async (_, values, costs, days) => {
      const simulations = await played(12, book, traders('zero-intelligence', values, costs), { rounds: days });
      expect(over(simulations, alphaOf).low).toBeGreaterThan(0.1);
      // Nobody trades at a loss, which does much by itself (Gode and Sunder 1993).
      expect(over(simulations, efficiencyOf).low).toBeGreaterThan(0.88);
    },
  );
  test('in a call market ZIP traders reap all gains too, in every shape', async () => {
    for (const [shape, values, costs] of shapes) {
      const simulations = await played(8, { mechanism: 'market/call' }, traders('zip', values, costs), { rounds: 200 });
      expect(over(simulations, efficiencyOf).low, shape).toBeGreaterThan(0.985);
      expect(over(simulations, alphaOf).high, shape).toBeLessThan(0.03);
    }
  });
});
