import { createMechane, type Random, seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { markets, type Order } from '../src/index.ts';
import { bestGains, clearingOf, type Unit } from './brute-force-market.ts';

const mechane = createMechane().use(markets);

function drawOrders(
  random: Random,
  traders: number,
  largest: number,
): Map<string, Required<Order> & { quantity: number }> {
  return new Map(
    Array.from({ length: traders }, (_, index) => [
      `trader${index}`,
      {
        side: random.below(2) === 0 ? ('buy' as const) : ('sell' as const),
        price: random.below(largest),
        quantity: 1 + random.below(4),
      },
    ]),
  );
}

/** Holds as many drawn markets to what the paper says of each half. */
function holdToThePaper(count: number): void {
  const random = seededRandom(2018);
  for (let round = 0; round < count; round++) {
    const reports = drawOrders(random, random.below(9), 20);
    const rationing = round % 2 === 0 ? 'lottery' : 'vickrey';
    const { outcome, metrics } = mechane.run('market/muda', { reports, settings: { rationing }, seed: round });
    const { halves, trades, payments, traded: inAll } = outcome;
    let tradedInHalves = 0;
    expect(halves.flatMap(({ agents }) => agents).sort()).toEqual([...reports.keys()].sort());
    for (const [index, { agents, price }] of halves.entries()) {
      const others = (halves[1 - index]?.agents ?? []).flatMap((agent) => unitsOf(agent, reports));
      expect(price).toBe(priceOf(others));
      const wanted = (side: Order['side']): number =>
        agents
          .flatMap((agent) => unitsOf(agent, reports))
          .filter(
            (unit) =>
              unit.side === side && price !== null && (side === 'buy' ? unit.price >= price : unit.price <= price),
          ).length;
      const traded = Math.min(wanted('buy'), wanted('sell'));
      tradedInHalves += traded;
      const bought = agents.map((agent) => trades[agent] ?? 0);
      expect(bought.reduce((sum, units) => sum + Math.max(0, units), 0)).toBe(traded);
      expect(bought.reduce((sum, units) => sum + units, 0)).toBe(0);
      for (const agent of agents) {
        const atPrice = (trades[agent] ?? 0) * (price ?? 0);
        if (rationing === 'lottery') expect(payments[agent]).toBe(atPrice + 0);
        else expect(payments[agent]).toBeGreaterThanOrEqual(atPrice);
      }
    }
    expect(inAll).toBe(tradedInHalves);
    expect(metrics.revenue).toBeGreaterThanOrEqual(0);
  }
}

const law = 'each half trades at the price that clears the other, as much as both of its sides want';
test(law, () => holdToThePaper(150));
test(`${law}, in 2,000 markets`, { tags: ['long'] }, () => holdToThePaper(2_000));

test('who is in which half, and whose turn it is, does not depend on the order in which anybody came', () => {
  const orders = drawOrders(seededRandom(3), 12, 20);
  const turned = new Map([...orders].reverse());
  for (let seed = 0; seed < 20; seed++) {
    const [here, there] = [orders, turned].map((reports) => mechane.run('market/muda', { reports, seed }).outcome);
    expect(there).toEqual(here);
  }
});

test('of two who would pay the same for one unit, each gets it by some lot; by value, ties go as everywhere', () => {
  const reports = {
    ann: { side: 'buy', price: 9 },
    bob: { side: 'buy', price: 9 },
    sue: { side: 'sell', price: 2 },
    tom: { side: 'sell', price: 3 },
    una: { side: 'buy', price: 6 },
  } as const;
  const winnersBy = (rationing: 'lottery' | 'vickrey'): string[] => {
    const winners = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const { halves, trades } = mechane.run('market/muda', {
        reports,
        settings: { rationing },
        seed,
      }).outcome;
      const theirs = halves.find(({ agents }) => agents.includes('ann'))?.agents ?? [];
      const isAlone =
        theirs.includes('bob') && theirs.includes('sue') && !theirs.includes('tom') && !theirs.includes('una');
      if (isAlone) for (const one of ['ann', 'bob']) if (trades[one] === 1) winners.add(one);
    }
    return [...winners].sort();
  };
  expect(winnersBy('lottery')).toEqual(['ann', 'bob']);
  expect(winnersBy('vickrey')).toEqual(['ann']);
});

test('whoever says nothing is in a half, trades nothing and pays nothing', async () => {
  const agents = {
    ann: () => ({ side: 'buy', price: 9 }) as const,
    bob: () => undefined,
    sue: () => ({ side: 'sell', price: 2 }) as const,
  };
  for (let seed = 0; seed < 10; seed++) {
    const { halves, trades, payments } = await mechane.open('market/muda', { agents, seed }).outcome;
    expect(halves.flatMap((half) => half.agents).sort()).toEqual(['ann', 'bob', 'sue']);
    expect([trades.bob ?? 0, payments.bob]).toEqual([0, 0]);
  }
});

function unitsOf(agent: string, reports: ReadonlyMap<string, Order>): Unit[] {
  const { side, price, quantity = 1 } = reports.get(agent) as Order;
  return Array.from({ length: quantity }, () => ({ agent, side, price }));
}

/** The middle of the clearing interval; where nothing clears, of the best bid and ask, or the best of the side that is there. */
function priceOf(units: readonly Unit[]): number | null {
  const { interval } = clearingOf(units);
  if (interval) return (interval[0] + interval[1]) / 2;
  const of = (side: Unit['side']): number[] => units.filter((unit) => unit.side === side).map(({ price }) => price);
  const [bid, ask] = [Math.max(...of('buy')), Math.min(...of('sell'))];
  if (Number.isFinite(bid) && Number.isFinite(ask)) return (bid + ask) / 2;
  return Number.isFinite(bid) ? bid : Number.isFinite(ask) ? ask : null;
}

test('rationing by value gains no less than by lot, and pays Vickrey’s prices', () => {
  const random = seededRandom(7);
  let more = 0;
  for (let round = 0; round < 300; round++) {
    const reports = drawOrders(random, 8, 30);
    const welfareBy = (rationing: 'lottery' | 'vickrey'): number =>
      mechane.run('market/muda', { reports, settings: { rationing }, seed: round }).metrics.welfare ?? Number.NaN;
    expect(welfareBy('vickrey')).toBeGreaterThanOrEqual(welfareBy('lottery'));
    more += welfareBy('vickrey') > welfareBy('lottery') ? 1 : 0;
    // In each half, everybody pays what the others would gain without it, at the half's price.
    const { outcome } = mechane.run('market/muda', { reports, settings: { rationing: 'vickrey' }, seed: round });
    for (const { agents, price } of outcome.halves) {
      if (price === null) continue;
      const units = agents.flatMap((agent) => unitsOf(agent, reports));
      for (const agent of agents) {
        const bought = outcome.trades[agent] ?? 0;
        if (bought === 0) continue;
        const side = bought > 0 ? 'buy' : 'sell';
        // The other side's units are for the taking at the price.
        const counter = Math.min(
          ...(['buy', 'sell'] as const).map(
            (one) =>
              units.filter((unit) => unit.side === one && (one === 'buy' ? unit.price >= price : unit.price <= price))
                .length,
          ),
        );
        const gains = (without: string | null): number =>
          units
            .filter((unit) => unit.side === side && unit.agent !== without)
            .map((unit) => Math.max(0, side === 'buy' ? unit.price - price : price - unit.price))
            .sort((a, b) => b - a)
            .slice(0, counter)
            .reduce((sum, gain) => sum + gain, 0);
        const own = unitsOf(agent, reports).slice(0, Math.abs(bought));
        const ownGain = own.reduce((sum, unit) => sum + Math.abs(unit.price - price), 0);
        expect(outcome.payments[agent]).toBeCloseTo(bought * price + gains(agent) - (gains(null) - ownGain), 9);
      }
    }
  }
  expect(more).toBeGreaterThan(20);
});

test('the share of the gains that it keeps grows with the market', { tags: ['long'] }, () => {
  const share = (traders: number): number => {
    const random = seededRandom(traders);
    let [kept, best] = [0, 0];
    for (let round = 0; round < 20; round++) {
      const reports = drawOrders(random, traders, 1_000);
      const { metrics } = mechane.run('market/muda', { reports, seed: round });
      kept += metrics.welfare ?? 0;
      // The dynamic programme takes too long among thousands.
      best +=
        traders > 100
          ? (metrics.welfare ?? 0) / (metrics.efficiency ?? Number.NaN)
          : bestGains([...reports.keys()].flatMap((agent) => unitsOf(agent, reports)));
    }
    return kept / best;
  };
  const [few, more, many] = [share(10), share(100), share(4_000)];
  expect(few).toBeLessThan(more);
  expect(more).toBeLessThan(many);
  expect(many).toBeGreaterThan(0.95);
});
