import { createMechane, defineMechanism, definePlugin } from '@mechane/core';
import { markets, type OrderBookOutcome } from '@mechane/market';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Experiment, type FreeBidder, type PlayedRound, type SimulateOptions, simulate } from '../src/index.ts';

const mechane = createMechane().use(markets);
const constant = (value: number) => ({ kind: 'constant' as const, value });
const values = [0.9, 0.7, 0.5, 0.3];
const costs = [0.2, 0.4, 0.6, 0.8];
const market = (kind: string, more: object = {}) => [
  ...values.map((value) => ({ kind, side: 'buy' as const, values: constant(value), ...more })),
  ...costs.map((cost) => ({ kind, side: 'sell' as const, values: constant(cost), ...more })),
];
const book = (settings: object = { tickSize: 0.01 }) => [{ mechanism: 'market/order-book', settings }];
const play = (experiment: Partial<Experiment>, options: Partial<SimulateOptions> = {}) =>
  simulate(
    { arms: book(), population: { bidders: market('zip') }, rounds: 40, seed: 1, ...experiment },
    { mechane, ...options },
  );

describe('simulated play of an order book', () => {
  test('each round is a day: everybody has one unit, trades are those of the book, and gains are counted by values', async () => {
    const days: { outcome: OrderBookOutcome; day: PlayedRound }[] = [];
    const objective = (day: PlayedRound) => {
      const outcome = day.outcome as OrderBookOutcome;
      const worth = (agent: string): number => {
        const number = Number(/\d+$/.exec(agent)?.[0]) - 1;
        return (number < 4 ? values[number] : costs[number - 4]) as number;
      };
      const gains = outcome.trades.reduce((sum, { buyer, seller }) => sum + worth(buyer) - worth(seller), 0);
      expect(day.welfare).toBeCloseTo(gains, 12);
      expect(day.efficiency).toBeCloseTo(gains / (0.9 - 0.2 + 0.7 - 0.4), 12);
      expect(day.revenue).toBe(0);
      const traders = outcome.trades.flatMap(({ buyer, seller }) => [buyer, seller]);
      expect(new Set(traders).size).toBe(traders.length);
      for (const { buyer, seller, price } of outcome.trades) {
        expect(price).toBeLessThanOrEqual(worth(buyer));
        expect(price).toBeGreaterThanOrEqual(worth(seller));
        expect(Math.round(price * 100) / 100).toBe(price);
        expect([outcome.payments[buyer], outcome.payments[seller]]).toEqual([price, -price]);
      }
      expect(outcome.rejected).toEqual([]);
      days.push({ outcome: structuredClone(outcome), day });
      return day.welfare;
    };
    for (const kind of ['zip', 'zero-intelligence', 'truthful']) {
      const { arms } = await play({ population: { bidders: market(kind) } }, { objective });
      expect(arms[0]?.efficiency?.mean).toBeGreaterThan(0.5);
      expect(arms[0]?.efficiency?.mean).toBeLessThanOrEqual(1);
    }
    expect(days).toHaveLength(120);
  });
  test('the same seed gives the same days', async () => {
    expect(await play({})).toEqual(await play({}));
    expect(await play({})).not.toEqual(await play({ seed: 2 }));
  });
  test('does not depend on the unit of money, nor on that of quantities', async () => {
    const inUnit = async (unit: number, lotSize: number) => {
      const bidders = market('zip').map((each) => ({ ...each, values: constant(each.values.value * unit) }));
      const { arms, regret } = await play({ arms: book({ tickSize: unit / 64, lotSize }), population: { bidders } });
      const { welfare, efficiency, smithsAlpha } = arms[0] ?? {};
      const range = regret.range.map((end) => end / unit / lotSize);
      return [(welfare?.mean ?? Number.NaN) / unit / lotSize, efficiency?.mean, smithsAlpha, ...range];
    };
    const base = await inUnit(1, 1);
    for (const [unit, lot] of [
      [128, 1],
      [1, 0.25],
      [1 / 32, 100],
    ] as const) {
      (await inUnit(unit, lot)).forEach((figure, index) => {
        expect(figure).toBeCloseTo(base[index] as number, 9);
      });
    }
  });
  test('prices are fine enough for the values there are where nothing is said of ticks', async () => {
    const inUnit = async (unit: number) => {
      const bidders = market('zip').map((each) => ({ ...each, values: constant(each.values.value * unit) }));
      const { arms } = await play({ arms: [{ mechanism: 'market/order-book' }], population: { bidders } });
      const { welfare, efficiency, smithsAlpha, settings } = arms[0] ?? {};
      expect(settings).toEqual({ tickSize: expect.closeTo(unit / 10_000, 12) });
      return [(welfare?.mean ?? Number.NaN) / unit, efficiency?.mean, smithsAlpha];
    };
    const base = await inUnit(1);
    expect(base[1]).toBeGreaterThan(0.9);
    for (const unit of [0.01, 100]) {
      (await inUnit(unit)).forEach((figure, index) => {
        expect(figure).toBeCloseTo(base[index] as number, 9);
      });
    }
    const { arms } = await play({ arms: book({ tickSize: 0.5 }) });
    expect(arms[0]?.settings).toEqual({ tickSize: 0.5 });
  });
  test('nobody knows what other offers would have brought, so that nothing is said of regret', async () => {
    const { convergence, regret } = await play({});
    expect([convergence.coarse, convergence.correlated]).toEqual([null, null]);
    expect(convergence.checkpoints.every(({ coarse }) => coarse === null)).toBe(true);
    expect(regret.bidders.map(({ externalRegret, examined }) => [externalRegret, examined])).toEqual(
      new Array(8).fill([null, 0]),
    );
  });
  test('who learns from its own bids only can trade; who needs to know what others would have brought is refused', async () => {
    const { arms } = await play({ population: { bidders: market('exp3'), bids: 11 }, rounds: 300 });
    expect(arms[0]?.welfare?.mean).toBeGreaterThan(0);
    for (const kind of ['hedge', 'regret-matching']) {
      await expect(play({ population: { bidders: market(kind) } })).rejects.toMatchObject({
        code: 'invalid-experiment',
        path: ['arms', 0, 'mechanism'],
        message: expect.stringContaining(`what another offer of a ${kind} bidder would have brought is not known`),
      });
    }
  });
  test('a trader that fails, or names no price, stays away for the day; one of one’s own hears how the day went', async () => {
    const heard: number[] = [];
    const failing = (): FreeBidder => ({
      bid: () => {
        throw new Error('out of sorts');
      },
    });
    const quiet = (): FreeBidder => ({ bid: () => Number.NaN });
    const curious = (): FreeBidder => ({
      bid: (value) => value,
      learn: ({ value, bid, utility, traded, paid, utilityOf }) => {
        expect(bid).toBe(value);
        expect(utility).toBeCloseTo(traded ? value - paid : 0, 12);
        expect(utilityOf(0)).toBeNaN();
        heard.push(utility);
      },
    });
    const side = 'buy' as const;
    const bidders = [
      { kind: 'failing', side, values: constant(1) },
      { kind: 'quiet', side, values: constant(1) },
      { kind: 'curious', side, values: constant(0.9) },
      { kind: 'truthful', side: 'sell' as const, values: constant(0.1) },
      { kind: 'truthful', side: 'sell' as const, values: constant(0.95) },
    ];
    const failures: number[] = [];
    const { arms } = await play(
      { population: { bidders }, rounds: 20 },
      {
        bidders: { failing, quiet, curious },
        objective: (day) => {
          failures.push(day.failures);
          return day.welfare;
        },
      },
    );
    expect(heard).toHaveLength(20);
    expect(arms[0]?.welfare?.mean).toBeCloseTo(0.8, 12);
    // Once the only trade that can be made is made, those who have not been asked are not.
    expect(Math.max(...failures)).toBe(2);
  });
  test('a day without a side ends at once', async () => {
    const buyers = market('zip').slice(0, 4);
    const { arms } = await play({ population: { bidders: buyers } });
    expect(arms[0]).toMatchObject({ welfare: { mean: 0 }, smithsAlpha: null });
  });
  test('other mechanisms without reports are no such markets', async () => {
    const chat = defineMechanism({
      id: 'test/chat',
      settings: z.strictObject({}),
      message: z.string(),
      *conduct({ listen, participants }) {
        yield* listen(participants, 'anything');
        return {};
      },
      value: () => 0,
    });
    const talking = createMechane().use(definePlugin({ name: 'test', version: '1.0.0', mechanisms: [chat] }));
    await expect(play({ arms: [{ mechanism: 'test/chat' }] }, { mechane: talking })).rejects.toMatchObject({
      code: 'unknown-report',
    });
  });
});
