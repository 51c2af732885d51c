import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  exp3Bidder,
  type FreeBidder,
  type GridBidder,
  hedge,
  RegretLedger,
  regretMatching,
  shading,
  truthful,
  valueClasses,
  valuesOf,
  zeroIntelligence,
  zip,
} from '../src/index.ts';
import { run, uniform } from './population.ts';

const grid = Float64Array.from({ length: 21 }, (_, index) => index / 20);
const classes = valueClasses(valuesOf(uniform), 10);
const one = valueClasses(valuesOf({ kind: 'constant', value: 1 }), 10);

describe('bidders without a grid', () => {
  test('the truthful one bids its value, the shading one a share of it', () => {
    expect(truthful().bid(0.7)).toBe(0.7);
    expect(shading({ share: 0.5 }).bid(0.7)).toBe(0.35);
    expect(shading({ share: 0.5, side: 'sell' }).bid(0.7)).toBe(1.4);
  });
  test('zero intelligence never loses (Gode and Sunder 1993), and bids anything else equally likely', () => {
    const random = seededRandom(1);
    const buyer = zeroIntelligence(random, { highest: 200, lowest: 1 });
    const seller = zeroIntelligence(random, { side: 'sell', highest: 200 });
    const bids = Array.from({ length: 5_000 }, () => buyer.bid(101));
    const asks = Array.from({ length: 5_000 }, () => seller.bid(100));
    expect(Math.max(...bids)).toBeLessThanOrEqual(101);
    expect(Math.min(...bids)).toBeGreaterThanOrEqual(1);
    expect(Math.min(...asks)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...asks)).toBeLessThanOrEqual(200);
    // Means of the uniform distributions, within five standard errors.
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(bids) - 51)).toBeLessThan((5 * 100) / Math.sqrt(12 * 5_000));
    expect(Math.abs(mean(asks) - 150)).toBeLessThan((5 * 100) / Math.sqrt(12 * 5_000));
    expect(buyer.bid(0.5)).toBe(0.5);
    expect(seller.bid(300)).toBe(300);
  });
});

describe('ZIP (Cliff 1997)', () => {
  const sides = [
    ['buy', 1],
    ['sell', -1],
  ] as const;
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  /** Where a trader with a value of 100 aims after it has heard or learnt so often, and where it aimed before. */
  function aims(seed: number, side: 'buy' | 'sell', times: number, tell: (trader: FreeBidder) => void) {
    const trader = zip(seededRandom(seed), { side });
    const before = trader.bid(100);
    for (let time = 0; time < times; time++) tell(trader);
    return { before, after: trader.bid(100) };
  }
  const learnt = (told: { traded: boolean; price: number; paid: number }) => (trader: FreeBidder) =>
    trader.learn?.({ value: 100, bid: trader.bid(100), utility: 0, utilityOf: () => 0, ...told });

  test('begins with a margin of 5 to 35 % of its value', () => {
    for (const [side, up] of sides) {
      const margins = seeds.map((seed) => up * (1 - zip(seededRandom(seed), { side }).bid(100) / 100));
      expect(Math.min(...margins)).toBeGreaterThanOrEqual(0.05);
      expect(Math.max(...margins)).toBeLessThanOrEqual(0.35);
      expect(Math.max(...margins) - Math.min(...margins)).toBeGreaterThan(0.15);
    }
    expect(zip(seededRandom(1)).bid(0)).toBe(0);
  });
  test('aims at the price of all, a step on the side where it trades', () => {
    for (const [side, up] of sides) {
      for (const seed of seeds) {
        const price = 100 - up * 20;
        for (const traded of [true, false]) {
          const { after } = aims(seed, side, 60, learnt({ traded, price, paid: traded ? up * price : 0 }));
          // Steps are up to 5 % of the price and 2.5 % of the value, half of it on average.
          expect(up * (after - price), `${side}, seed ${seed}`).toBeGreaterThan(0);
          expect(up * (after - price), `${side}, seed ${seed}`).toBeLessThanOrEqual(0.05 * price + 2.5);
        }
      }
    }
  });
  test('asks for more where it set the price itself, and gives way where nobody trades', () => {
    for (const [side, up] of sides) {
      for (const seed of seeds) {
        const own = (trader: FreeBidder): void => {
          const bid = trader.bid(100);
          learnt({ traded: true, price: bid, paid: up * bid })(trader);
        };
        const greedy = aims(seed, side, 10, own);
        expect(up * (greedy.after - greedy.before)).toBeLessThan(0);
        const generous = aims(seed, side, 200, learnt({ traded: false, price: 0, paid: 0 }));
        // As far as its value, and no further.
        expect(generous.after).toBe(100);
      }
    }
  });
  test('bids no worse than its value, however far it aims', () => {
    for (const [side, up] of sides) {
      const { after } = aims(1, side, 100, learnt({ traded: false, price: 100 + up * 50, paid: 0 }));
      expect(after).toBe(100);
    }
  });
  // Whether the offer was made on its own side; was taken; was worse than what it offers itself; what it does then: gives way, asks for more, nothing.
  test.each([
    [true, true, true, 'asks for more'],
    [true, true, false, 'nothing'],
    [false, true, true, 'asks for more'],
    [false, true, false, 'gives way'],
    [true, false, true, 'nothing'],
    [true, false, false, 'gives way'],
    [false, false, true, 'nothing'],
    [false, false, false, 'nothing'],
  ] as const)(
    'hears offers one by one: own side %s, taken %s, one that it betters %s: %s',
    (own, taken, betters, does) => {
      for (const [side, up] of sides) {
        for (const seed of seeds) {
          for (const active of [true, false]) {
            const { before, after } = aims(seed, side, 1, (trader) => {
              const offer = trader.bid(100);
              const price = offer * (1 + (betters ? -1 : 1) * up * 0.1);
              trader.hear?.({ side: own === (side === 'buy') ? 'buy' : 'sell', price, taken }, { offer, active });
            });
            const moved = up * Math.sign(after - before);
            const expected = does === 'asks for more' ? -1 : does === 'gives way' && active ? 1 : 0;
            // Giving way ends at its value.
            expect(moved === expected || (expected === 1 && after === 100), `${side}, seed ${seed}, ${active}`).toBe(
              true,
            );
          }
        }
      }
    },
  );
});

describe('bidders that learn on a grid', () => {
  const rounds = 4_000;
  const bids = 5;
  const few = Float64Array.from({ length: bids }, (_, index) => index);
  type Made = (random: Random) => GridBidder;
  const makers: readonly (readonly [string, Made, number])[] = [
    // Cesa-Bianchi and Lugosi 2006, theorem 2.3.
    [
      'Hedge',
      (random) => hedge(random, { grid: few, classes: one, range: 1 }),
      2 * Math.sqrt((rounds / 2) * Math.log(bids)) + Math.sqrt(Math.log(bids) / 8),
    ],
    // Blackwell 1956; Hart and Mas-Colell 2000.
    ['regret matching', (random) => regretMatching(random, { grid: few, classes: one }), Math.sqrt(bids * rounds)],
    // Auer, Cesa-Bianchi, Freund and Schapire 2002, corollary 3.1, for rewards that are scaled by 1/2.
    [
      'Exp3',
      (random) => exp3Bidder(random, { grid: few, classes: one, range: 1, rounds }),
      4 * Math.sqrt((Math.E - 1) * rounds * bids * Math.log(bids)),
    ],
  ];
  /** Expected regret when the adversary pays the bid that was least likely on average so far, and now and then a steady one. */
  function expectedRegret(make: Made, seed: number): number {
    const random = seededRandom(seed);
    const bidder = make(seededRandom(100 + seed));
    const sums = new Float64Array(bids);
    let earned = 0;
    for (let round = 0; round < rounds; round++) {
      const mixture = bidder.mixtureAt(1);
      const paid = random.next() < 0.4 ? 3 : mixture.indexOf(Math.min(...mixture));
      const utilities = Float64Array.from({ length: bids }, (_, bid) => (bid === paid ? 1 : 0));
      utilities.forEach((utility, bid) => {
        sums[bid] = (sums[bid] as number) + utility;
      });
      earned += mixture[paid] as number;
      const chosen = bidder.choose(1);
      bidder.learn(1, chosen, utilities);
    }
    return Math.max(...sums) - earned;
  }
  test.each(makers)('%s keeps its regret under its published bound', (_, make, bound) => {
    for (let seed = 0; seed < 20; seed++) expect(expectedRegret(make, seed)).toBeLessThan(bound);
    // One that takes no note of what bids bring does not.
    const deaf: Made = (random) => ({ ...make(random), learn: () => undefined });
    const steady: Made = (random) => ({
      ...deaf(random),
      mixtureAt: () => Float64Array.of(1, 0, 0, 0, 0),
      choose: () => 0,
    });
    expect(Math.min(...[0, 1, 2].map((seed) => expectedRegret(steady, seed)))).toBeGreaterThan(bound);
  });
  test('they tell classes of values apart', () => {
    for (const bidder of [
      hedge(seededRandom(1), { grid, classes, range: 1 }),
      regretMatching(seededRandom(1), { grid, classes }),
    ]) {
      for (let round = 0; round < 500; round++) {
        for (const value of [0.05, 0.95]) {
          bidder.learn(
            value,
            bidder.choose(value),
            Float64Array.from(grid, (bid) => -Math.abs(bid - value)),
          );
        }
      }
      const mean = (value: number) =>
        bidder.mixtureAt(value).reduce((sum, chance, bid) => sum + chance * (grid[bid] as number), 0);
      expect(mean(0.05)).toBeLessThan(0.2);
      expect(mean(0.95)).toBeGreaterThan(0.8);
    }
  });
});

describe('regret', () => {
  test('is computed from what every bid would have brought', () => {
    const ledger = new RegretLedger(2, one);
    // Played 0 when 1 was better by 3, and 1 when 0 was better by 1.
    ledger.record(1, 0, Float64Array.of(0, 3));
    ledger.record(1, 1, Float64Array.of(2, 1));
    // Always 1: 4 instead of 1. Swapping each: 3 + 1.
    expect(ledger.regret()).toEqual({ external: 1.5, swap: 2, rounds: 2 });
    expect(new RegretLedger(2, one).regret()).toEqual({ external: 0, swap: 0, rounds: 0 });
  });
  test('is counted by class of values: each has its own best bid', () => {
    const halves = valueClasses(valuesOf(uniform), 2);
    const ledger = new RegretLedger(2, halves);
    ledger.record(0.2, 0, Float64Array.of(0, 1));
    ledger.record(0.8, 1, Float64Array.of(1, 0));
    expect(ledger.regret()).toMatchObject({ external: 1, swap: 1 });
  });
  test('swap regret is never less than external regret', () => {
    const random = seededRandom(5);
    const ledger = new RegretLedger(4, one);
    for (let round = 0; round < 300; round++) {
      ledger.record(
        1,
        random.below(4),
        Float64Array.from({ length: 4 }, () => random.next()),
      );
    }
    const { external, swap } = ledger.regret();
    expect(swap).toBeGreaterThanOrEqual(external);
  });
});

describe('play approaches what theory says', () => {
  const meanError = (
    strategy: readonly { value: number; bid: number }[] | null | undefined,
    bidOf: (value: number) => number,
  ) => (strategy ?? []).reduce((sum, { value, bid }) => sum + Math.abs(bid - bidOf(value)), 0) / 10;

  test('Hedge bids its value in second-price auctions against varied rivals', { tags: ['long'] }, async () => {
    const rivals = [
      { kind: 'truthful', values: uniform },
      { kind: 'zero-intelligence', values: uniform },
      { kind: 'shading', share: 0.7, values: uniform },
    ];
    const { regret } = await run({
      population: { bidders: [{ kind: 'hedge', values: uniform }, ...rivals] },
      rounds: 60_000,
    });
    const [learner] = regret.bidders;
    // Bids lie 0.05 apart, and values are told apart in tenths.
    expect(meanError(learner?.strategy, (value) => value)).toBeLessThan(0.05);
    expect(learner?.externalRegret ?? 1).toBeLessThan(0.005);
  });
  test.each([
    ['hedge', 2],
    ['hedge', 3],
    ['regret-matching', 2],
    ['regret-matching', 3],
  ])('%s bids (n - 1)/n of its value in first-price auctions, n = %d', async (kind, n) => {
    const { regret, convergence, arms } = await run({
      arms: [{ mechanism: 'auction-sealed/first-price' }],
      population: { bidders: [{ kind, count: n, values: uniform }] },
      rounds: 100_000,
    });
    for (const { strategy } of regret.bidders) {
      expect(meanError(strategy, (value) => ((n - 1) / n) * value)).toBeLessThan(0.06);
    }
    expect(convergence.coarse).toBeLessThan(0.005);
    expect(convergence.correlated).toBeLessThan(0.01);
    expect(convergence.correlated).toBeGreaterThanOrEqual(convergence.coarse ?? 1);
    // Revenue is that of the second price, by equivalence: (n - 1)/(n + 1).
    expect(Math.abs((arms[0]?.revenue?.mean ?? 0) - (n - 1) / (n + 1))).toBeLessThan(0.03);
  });
  test('Exp3 earns in first-price auctions what its bound promises', async () => {
    const rounds = 50_000;
    const { regret } = await run({
      arms: [{ mechanism: 'auction-sealed/first-price' }],
      population: {
        bidders: [
          { kind: 'exp3', values: uniform },
          { kind: 'shading', share: 0.5, values: uniform },
        ],
        bids: 11,
        classes: 5,
      },
      rounds,
    });
    // Rewards are utilities scaled by 1/2, in each of five classes.
    const bound = 2 * 5 * 2 * Math.sqrt((Math.E - 1) * (rounds / 5) * 11 * Math.log(11));
    expect((regret.bidders[0]?.externalRegret ?? 1) * rounds).toBeLessThan(bound);
  });
});
