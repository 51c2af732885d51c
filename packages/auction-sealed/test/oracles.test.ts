import { createMechane, type Random, seededRandom } from '@mechane/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealedAuctions } from '../src/index.ts';
import { bestClickShare, bestUnitShare, ironedBySearch } from './oracles.ts';

const mechane = createMechane().use(sealedAuctions);
const seed = 2024;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});

describe('threshold payments, against bisection over who wins', () => {
  const uniform = { kind: 'uniform', low: 2, high: 20 } as const;
  const irregular = { kind: 'empirical', samples: [1, 1, 1, 2, 3, 9, 9, 10, 16] } as const;
  const optimal = (settings: object) => ['auction-sealed/optimal', settings] as const;
  const auctions = [
    ['auction-sealed/second-price', {}] as const,
    ['auction-sealed/second-price', { reserve: 7 }] as const,
    optimal({ distribution: uniform }),
    optimal({ distribution: uniform, reserve: 12 }),
    optimal({ distribution: { kind: 'uniform', low: 15, high: 20 } }),
    optimal({ distribution: { kind: 'exponential', mean: 5 } }),
    optimal({ distribution: irregular }),
    optimal({ distribution: irregular, breakTie: { priority: ['cat', 'ann', 'bob'] } }),
    optimal({ distribution: uniform, distributions: { bob: { kind: 'exponential', mean: 8 }, cat: irregular } }),
  ];

  test.each(auctions)('%s %j', (mechanism, settings) => {
    let sales = 0;
    for (let round = 0; round < 60; round++) {
      // Halves as well as whole numbers, and often enough equal ones.
      const bids: Record<string, number> = {};
      for (const agent of ['ann', 'bob', 'cat'].slice(0, 1 + random.below(3))) bids[agent] = random.below(44) / 2;
      const play = (changed: Record<string, number> = {}): { winner: string | null; payment: number } => {
        const reports = Object.fromEntries(Object.entries({ ...bids, ...changed }).map(([id, bid]) => [id, { bid }]));
        return mechane.runScenario({ mechanism, settings, reports }).outcome as { winner: string; payment: number };
      };
      const { winner, payment } = play();
      if (winner === null) continue;
      sales += 1;
      let [losing, winning] = [-1, bids[winner] ?? 0];
      for (let step = 0; step < 50; step++) {
        const middle = (losing + winning) / 2;
        if (middle >= 0 && play({ [winner]: middle }).winner === winner) winning = middle;
        else losing = middle;
      }
      expect(payment).toBeCloseTo(Math.max(0, winning), 9);
    }
    expect(sales).toBeGreaterThan(10);
  });
});

describe('the optimal auction earns what is possible', () => {
  test('5/12 from two bidders who are uniform on [0, 1] (Myerson 1981)', { tags: ['long'] }, () => {
    const settings = { distribution: { kind: 'uniform', low: 0, high: 1 } } as const;
    const steps = 200;
    let revenue = 0;
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) {
        const reports = { ann: { bid: (i + 0.5) / steps }, bob: { bid: (j + 0.5) / steps } };
        revenue += mechane.run('auction-sealed/optimal', { settings, reports }).outcome.payment / steps ** 2;
      }
    }
    expect(revenue).toBeCloseTo(5 / 12, 3);
  });

  test('from irregular samples, the expectation of the best ironed virtual value found by search', () => {
    for (let round = 0; round < 40; round++) {
      const samples = Array.from({ length: 2 + random.below(7) }, () => random.below(12));
      const others = Array.from({ length: 2 + random.below(7) }, () => random.below(30));
      const distributions = {
        ann: { kind: 'empirical', samples },
        bob: { kind: 'empirical', samples: others },
      } as const;
      const [annVirtual, bobVirtual] = [ironedBySearch(samples), ironedBySearch(others)];
      let [revenue, surplus] = [0, 0];
      for (const ann of samples) {
        for (const bob of others) {
          const reports = { ann: { bid: ann }, bob: { bid: bob } };
          const { outcome, certificate } = mechane.run('auction-sealed/optimal', {
            settings: { distributions },
            reports,
          });
          revenue += outcome.payment;
          const [annWorth = 0, bobWorth = 0] = [annVirtual.get(ann), bobVirtual.get(bob)];
          surplus += Math.max(0, annWorth, bobWorth);
          expect(certificate?.virtualValues).toEqual({
            ann: expect.closeTo(annWorth, 9),
            bob: expect.closeTo(bobWorth, 9),
          });
        }
      }
      expect(revenue).toBeCloseTo(surplus, 6);
    }
  });

  test('a lone bidder from samples is offered a price at which these would have earned most', () => {
    for (let round = 0; round < 40; round++) {
      const samples = Array.from({ length: 1 + random.below(9) }, () => 1 + random.below(30));
      const settings = { distribution: { kind: 'empirical', samples } } as const;
      const { payment } = mechane.run('auction-sealed/optimal', { settings, reports: { ann: { bid: 1000 } } }).outcome;
      const earned = (price: number): number => price * samples.filter((sample) => sample >= price).length;
      expect(earned(payment)).toBe(Math.max(...samples.map(earned)));
    }
  });
});

describe('several units, against every way of sharing them out', () => {
  const draw = (some: Random): Record<string, number[]> => {
    const bids: Record<string, number[]> = {};
    for (const agent of ['ann', 'bob', 'cat'].slice(0, 1 + some.below(3))) {
      bids[agent] = Array.from({ length: some.below(4) }, () => some.below(9)).sort((a, b) => b - a);
    }
    return bids;
  };

  test('Vickrey: each pays what its being there costs the others and the seller', () => {
    for (let round = 0; round < 300; round++) {
      const bids = draw(random);
      const [units, reserve] = [1 + random.below(5), random.below(4)];
      const reports = Object.entries(bids).map(([id, marginal]) => [id, { bids: marginal }] as const);
      const { outcome, certificate } = mechane.run('auction-sealed/vickrey', { settings: { units, reserve }, reports });
      const total = bestUnitShare(bids, units, reserve);
      for (const [agent, marginal] of Object.entries(bids)) {
        const { [agent]: _, ...others } = bids;
        const own = marginal.slice(0, outcome.allocation[agent] ?? 0).reduce((sum, bid) => sum + bid, 0);
        expect(outcome.payments[agent]).toBe(bestUnitShare(others, units, reserve) - (total - own));
      }
      // The certificate: at the supporting price everybody gets what it would ask for.
      const price = certificate?.supportingPrice as number;
      for (const [agent, marginal] of Object.entries(bids)) {
        const won = outcome.allocation[agent] ?? 0;
        expect(marginal.slice(0, won).every((bid) => bid >= price)).toBe(true);
        expect(marginal.slice(won).every((bid) => bid <= price)).toBe(true);
      }
    }
  });

  test('all formats: the units go where they are worth most, and the metrics say so', () => {
    for (const mechanism of ['vickrey', 'uniform-price', 'pay-as-bid'] as const) {
      for (let round = 0; round < 100; round++) {
        const bids = draw(random);
        const units = 1 + random.below(5);
        const reports = Object.entries(bids).map(([id, marginal]) => [id, { bids: marginal }] as const);
        const { metrics, outcome } = mechane.run(`auction-sealed/${mechanism}`, { settings: { units }, reports });
        expect(metrics.welfare).toBe(bestUnitShare(bids, units, 0));
        expect(metrics.efficiency).toBe(1);
        const sold = Object.values(outcome.allocation).reduce((sum, won) => sum + won, 0);
        const asked = Object.values(bids).reduce((sum, marginal) => sum + marginal.length, 0);
        expect(sold).toBe(Math.min(units, asked));
      }
    }
  });

  test('types below the reserve still count in the best welfare', () => {
    const { metrics } = mechane.run('auction-sealed/vickrey', {
      settings: { units: 2, reserve: 5 },
      reports: { ann: { bids: [6, 4] }, bob: { bids: [3] } },
    });
    expect(metrics.efficiency).toBe(6 / 10);
  });
});

describe('positions, against every way of filling them', () => {
  test('Vickrey–Clarke–Groves: each pays what its being there costs the others and the seller', () => {
    for (let round = 0; round < 200; round++) {
      const rates = Array.from({ length: 1 + random.below(4) }, () => random.below(8)).sort((a, b) => b - a);
      const reserve = random.below(4);
      const bids = Object.fromEntries(
        ['ann', 'bob', 'cat', 'dan'].slice(0, 1 + random.below(4)).map((agent) => [agent, random.below(9)]),
      );
      const reports = Object.entries(bids).map(([id, bid]) => [id, { bid }] as const);
      const settings = { clickThroughRates: rates, reserve };
      const { outcome, metrics } = mechane.run('auction-sealed/position-vcg', { settings, reports });
      const total = bestClickShare(bids, rates, reserve);
      for (const [agent, bid] of Object.entries(bids)) {
        const { [agent]: _, ...others } = bids;
        const own = (outcome.allocation[agent] ?? 0) * bid;
        expect(outcome.payments[agent]).toBe(bestClickShare(others, rates, reserve) - (total - own));
      }
      const best = bestClickShare(bids, rates, 0);
      expect(metrics.efficiency).toBe(best === 0 ? 1 : (metrics.welfare ?? 0) / best);
      if (reserve === 0) expect(metrics.welfare).toBe(best);
    }
  });

  test('nobody pays more per click under Vickrey–Clarke–Groves than under generalised second prices (Edelman et al. 2007)', () => {
    for (let round = 0; round < 100; round++) {
      const clickThroughRates = Array.from({ length: 3 }, () => 1 + random.below(8)).sort((a, b) => b - a);
      const reports = { ann: { bid: random.below(9) }, bob: { bid: random.below(9) }, cat: { bid: random.below(9) } };
      const play = (id: 'gsp' | 'position-vcg') =>
        mechane.run(`auction-sealed/${id}`, { settings: { clickThroughRates }, reports }).outcome;
      const [dear, cheap] = [play('gsp'), play('position-vcg')];
      expect(cheap.slots).toEqual(dear.slots);
      for (const agent of Object.keys(reports)) {
        expect(cheap.payments[agent]).toBeLessThanOrEqual(dear.payments[agent] ?? 0);
      }
    }
  });
});

describe('random sampling', () => {
  const reportsOf = (bids: readonly number[]): Record<string, { bid: number }> =>
    Object.fromEntries(bids.map((bid, index) => [`agent${index}`, { bid }]));

  test('each half is offered a price that earns most from the other, and takes it or leaves it', () => {
    for (let seed = 0; seed < 100; seed++) {
      const reports = reportsOf(Array.from({ length: random.below(9) }, () => random.below(20)));
      const { outcome, metrics } = mechane.run('auction-sealed/random-sampling', { reports, seed });
      const [first, second] = outcome.halves;
      expect([...first.agents, ...second.agents].sort()).toEqual(Object.keys(reports).sort());
      for (const [half, other] of [
        [first, second],
        [second, first],
      ] as const) {
        const sampled = other.agents.map((agent) => reports[agent]?.bid ?? 0);
        const earned = (price: number): number => price * sampled.filter((bid) => bid >= price).length;
        expect(earned(half.price)).toBe(Math.max(0, ...sampled.map(earned)));
        for (const agent of half.agents) {
          const buys = (reports[agent]?.bid ?? 0) >= half.price;
          expect(outcome.payments[agent]).toBe(buys ? half.price : 0);
          expect(outcome.allocation[agent]).toBe(buys ? 1 : undefined);
        }
      }
      // One copy is worth one's bid; there are copies for all.
      const worth = (agents: readonly string[]): number =>
        agents.reduce((sum, agent) => sum + (reports[agent]?.bid ?? 0), 0);
      const [welfare, best] = [worth(Object.keys(outcome.allocation)), worth(Object.keys(reports))];
      expect(metrics.welfare).toBe(welfare);
      expect(metrics.efficiency).toBe(best === 0 ? 1 : welfare / best);
    }
  });

  test('of the prices that earn equally much, the lowest is offered; half without bids asks for nothing', () => {
    const offers = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const reports = { a: { bid: 8 }, b: { bid: 4 } };
      const { outcome } = mechane.run('auction-sealed/random-sampling', { reports, seed });
      for (const { agents, price } of outcome.halves) offers.add(`${agents.join('')}:${price}`);
    }
    // Together they leave a half empty, whose offer is 0; the empty half is offered 4, which earns as much as 8 does.
    expect([...offers].sort()).toEqual([':4', 'a:4', 'ab:0', 'b:8']);
  });

  test('the halves belong to the seed and not to the reports or their order', () => {
    const halves = (reports: Iterable<readonly [string, { bid: number }]>) =>
      mechane.run('auction-sealed/random-sampling', { reports, seed: 7 }).outcome.halves.map(({ agents }) => agents);
    const entries = Object.entries(reportsOf([4, 9, 2, 7, 7, 1]));
    const zeroed = entries.map(([agent]) => [agent, { bid: 0 }] as const);
    expect(halves([...entries].reverse())).toEqual(halves(entries));
    expect(halves(zeroed)).toEqual(halves(entries));
  });

  test('a seed is drawn and told where none is given', () => {
    const reports = reportsOf([5, 3, 8]);
    const { seed, outcome } = mechane.run('auction-sealed/random-sampling', { reports });
    expect(seed).not.toBeNull();
    expect(mechane.run('auction-sealed/random-sampling', { reports, seed: seed ?? 0 }).outcome).toEqual(outcome);
  });
});
