import { directMechanism, type Mechanism, seededRandom } from '@mechane/core';
import { markets } from '@mechane/market';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exp3Bidder, type GridBidder, hedge, regretMatching, valueClasses, valuesOf } from '../src/index.ts';
import { run, source, uniform } from './population.ts';

const units = [0.01, 1, 100] as const;
const kinds = ['hedge', 'exp3', 'regret-matching'] as const;

/** What does not depend on units, of a simulation with these. */
async function inUnit(unit: number, ...[experiment, options]: Parameters<typeof run>) {
  const { arms, regret, convergence } = await run(experiment, options);
  return {
    welfare: (arms[0]?.welfare?.mean ?? Number.NaN) / unit,
    revenue: (arms[0]?.revenue?.mean ?? Number.NaN) / unit,
    efficiency: arms[0]?.efficiency?.mean ?? Number.NaN,
    coarse: convergence.coarse ?? Number.NaN,
    correlated: convergence.correlated ?? Number.NaN,
    designer: regret.designer,
    utility: (regret.bidders[0]?.utility?.mean ?? Number.NaN) / unit,
    external: (regret.bidders[0]?.externalRegret ?? Number.NaN) / unit,
  };
}

type Scaled = Awaited<ReturnType<typeof inUnit>>;
function expectAlike(all: readonly Scaled[]): void {
  for (const [name, value] of Object.entries(all[1] as Scaled)) {
    for (const other of all) expect(other[name as keyof Scaled], name).toBeCloseTo(value, 9);
  }
}

describe.each(kinds)('what %s learns does not depend', (kind) => {
  const learners = (high: number) => ({
    bidders: [{ kind, count: 3, values: { kind: 'uniform' as const, low: 0, high } }],
  });
  test.each(['gsp', 'position-vcg'])('on the unit of clicks (%s)', async (name) => {
    const all = units.map((unit) => {
      const settings = { clickThroughRates: [unit, unit / 2] };
      const arms = [{ mechanism: `auction-sealed/${name}`, settings }];
      return inUnit(unit, { arms, population: learners(1), rounds: 3_000 });
    });
    expectAlike(await Promise.all(all));
  });
  test.each(['first-price', 'all-pay', 'pay-as-bid'])('on the unit of money (%s)', async (name) => {
    const all = units.map((unit) => {
      const settings = name === 'pay-as-bid' ? { units: 2 } : {};
      return inUnit(unit, {
        arms: [{ mechanism: `auction-sealed/${name}`, settings }],
        population: learners(unit),
        rounds: 3_000,
      });
    });
    expectAlike(await Promise.all(all));
  });
  test('on how many units of a thing each trades', { tags: ['long'] }, async () => {
    const mechane = source(...(markets.mechanisms as readonly object[] as readonly Mechanism[]));
    const all = [1, 100].map((unit) => {
      const trader = { kind, count: 2, values: uniform, with: { quantity: unit } };
      const bidders = (['buy', 'sell'] as const).map((side) => ({ ...trader, side }));
      return inUnit(
        unit,
        { arms: [{ mechanism: 'market/call' }], population: { bidders }, rounds: 1_500 },
        { mechane },
      );
    });
    const [one, hundred] = await Promise.all(all);
    expectAlike([hundred as Scaled, one as Scaled]);
  });
});

test('regret is never more than the whole of what is at stake, whatever is sold', async () => {
  for (const clicks of [0.01, 1, 100]) {
    for (const kind of kinds) {
      const arms = [{ mechanism: 'auction-sealed/gsp', settings: { clickThroughRates: [clicks, clicks] } }];
      const { convergence } = await run({
        arms,
        population: { bidders: [{ kind, count: 3, values: uniform }] },
        rounds: 40,
      });
      for (const { coarse, correlated } of convergence.checkpoints) {
        for (const share of [coarse, correlated]) {
          // `null` while nobody has looked.
          expect(share ?? 0).toBeGreaterThanOrEqual(0);
          expect(share ?? 0).toBeLessThanOrEqual(1);
        }
      }
    }
  }
});

describe('a mechanism that does not say what can be had', () => {
  /** The highest bid earns a thousand times the value, and what is paid. */
  const rich = directMechanism({
    id: 'test/rich',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number().nonnegative() }),
    decide(reports) {
      const [winner] = [...reports].reduce((a, b) => (b[1].bid > a[1].bid ? b : a));
      return { winner };
    },
    utility: (agent, { bid }, { winner }) => (winner === agent ? 1_000 * bid : 0),
  }) as object as Mechanism;
  test.each(kinds)('is learnt by what is seen (%s), and regret is measured by it', async (kind) => {
    const { convergence, regret } = await run(
      {
        arms: [{ mechanism: 'test/rich' }],
        objective: 'revenue',
        population: { bidders: [{ kind, count: 2, values: { kind: 'constant', value: 1 } }], bids: 5 },
        rounds: 20_000,
      },
      { mechane: source(rich) },
    );
    expect(convergence.coarse).toBeLessThan(0.2);
    expect(convergence.correlated).toBeLessThanOrEqual(1);
    // Bids cost nothing: the highest is best.
    expect(regret.bidders[0]?.strategy?.[0]?.bid).toBeGreaterThan(0.9);
  });
});

describe('a learner that is told no range', () => {
  const grid = Float64Array.of(0, 1, 2, 3);
  const classes = valueClasses(valuesOf({ kind: 'constant', value: 1 }), 1);
  const makers: readonly (readonly [string, () => GridBidder])[] = [
    ['Hedge', () => hedge(seededRandom(1), { grid, classes })],
    ['Exp3', () => exp3Bidder(seededRandom(1), { grid, classes, rounds: 4_000 })],
    ['regret matching', () => regretMatching(seededRandom(1), { grid, classes })],
  ];
  test.each(makers)('%s finds it, and does the same in every unit', (_, make) => {
    const mixtures = [1e-9, 1, 1e9].map((unit) => {
      const bidder = make();
      const random = seededRandom(2);
      for (let round = 0; round < 4_000; round++) {
        const utilities = Float64Array.from([0.1, 0.2, 0.7, 0.3], (chance) =>
          random.next() < chance ? unit : -unit / 3,
        );
        bidder.learn(1, bidder.choose(1), utilities);
      }
      return bidder.mixtureAt(1);
    });
    for (const mixture of mixtures) {
      mixture.forEach((chance, bid) => {
        expect(chance).toBeCloseTo(mixtures[0]?.[bid] as number, 9);
      });
      expect(mixture[2]).toBe(Math.max(...mixture));
    }
  });
  test('makes all bids alike while nothing has come of any', () => {
    for (const [, make] of makers) {
      const bidder = make();
      bidder.learn(1, 0, new Float64Array(4));
      expect([...bidder.mixtureAt(1)]).toEqual([0.25, 0.25, 0.25, 0.25]);
    }
  });
});
