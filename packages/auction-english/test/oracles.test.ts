import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, type Random, seededRandom } from '@mechane/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';
import { bestUnitShare } from './oracles.ts';

const mechane = createMechane().use(englishAuctions).use(sealedAuctions);
const seed = 1961;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});
const agents = ['ann', 'bob', 'cat', 'dan', 'eve'];

function itemValues(some: Random): [string, number][] {
  return some.shuffled(agents.slice(0, 1 + some.below(5))).map((agent) => [agent, some.below(20) / 2]);
}

describe('single item', () => {
  test('the continuous clock sells to whom the sealed second-price auction does, at its price (Vickrey 1961)', () => {
    for (let round = 0; round < 500; round++) {
      const values = itemValues(random);
      const reserve = random.below(6);
      const breakTie = { priority: random.shuffled(agents) };
      const clock = mechane.run('auction-english/clock', {
        settings: { startingPrice: reserve, breakTie },
        reports: values.map(([agent, value]) => [agent, { value }] as const),
      });
      const sealed = mechane.run('auction-sealed/second-price', {
        settings: { reserve, breakTie },
        reports: values.map(([agent, bid]) => [agent, { bid }] as const),
      });
      const { rounds: _, ...metrics } = clock.metrics;
      expect(clock.outcome).toMatchObject({ ...sealed.outcome });
      expect(sealed.metrics).toMatchObject(metrics);
    }
  });

  test('the discrete clock, open outcry and proxy bidding come within an increment of it', () => {
    for (let round = 0; round < 500; round++) {
      const values = itemValues(random);
      const reports = values.map(([agent, value]) => [agent, { value }] as const);
      const settings = { startingPrice: 0, increment: 1 + random.below(3) };
      const [highest = 0, second = 0] = values.map(([, value]) => value).sort((a, b) => b - a);
      for (const id of ['clock', 'open-outcry', 'proxy'] as const) {
        const { outcome } = mechane.run(`auction-english/${id}`, { settings, reports });
        expect(Math.abs(outcome.payment - second)).toBeLessThanOrEqual(settings.increment);
        const worth = values.find(([agent]) => agent === outcome.winner)?.[1] ?? 0;
        expect(worth).toBeGreaterThan(highest - settings.increment - 1e-9);
        expect(outcome.payment).toBeLessThanOrEqual(worth);
      }
    }
  });

  test('proxy bidding pays min(highest, second + increment)', () => {
    for (let round = 0; round < 500; round++) {
      const values = itemValues(random);
      const [startingPrice, increment] = [random.below(6), 1 + random.below(3)];
      const { outcome } = mechane.run('auction-english/proxy', {
        settings: { startingPrice, increment },
        reports: values.map(([agent, value]) => [agent, { value }] as const),
      });
      const bids = values.filter(([, value]) => value >= startingPrice).sort(([, a], [, b]) => b - a);
      const [first, second] = bids;
      expect(outcome.winner).toBe(first?.[0] ?? null);
      expect(outcome.payment).toBe(
        first === undefined ? 0 : second === undefined ? startingPrice : Math.min(first[1], second[1] + increment),
      );
      expect(outcome.history.at(-1)).toEqual(
        first === undefined ? undefined : { agent: first[0], price: outcome.payment },
      );
    }
  });
});

test('the history of proxy bidding is every change of the price or of the leader, as each maximum comes in', () => {
  const some = seededRandom(2000);
  let unchanged = 0;
  for (let round = 0; round < 500; round++) {
    const maxima = Array.from({ length: some.below(9) }, (_, bidder) => [`b${bidder}`, some.below(12)] as const);
    const [startingPrice, increment] = [some.below(5), 1 + some.below(3)];
    /** Who leads at what price when so many have come: the earliest of the highest, told from all of them at once. */
    const leadAmong = (came: number): { price: number; agent: string } | undefined => {
      const bids = maxima.slice(0, came).filter(([, maximum]) => maximum >= startingPrice);
      const [first, second] = bids.toSorted(([, a], [, b]) => b - a);
      if (first === undefined) return undefined;
      return { agent: first[0], price: second ? Math.min(first[1], second[1] + increment) : startingPrice };
    };
    const leads = maxima.map((_, bidder) => leadAmong(bidder + 1));
    const changes = leads.filter((lead, bidder) => lead && JSON.stringify(lead) !== JSON.stringify(leads[bidder - 1]));
    unchanged += leads.length - changes.length;
    const { outcome } = mechane.run('auction-english/proxy', {
      settings: { startingPrice, increment },
      reports: maxima.map(([agent, value]) => [agent, { value }] as const),
    });
    expect(outcome.history, `round ${round}`).toEqual(changes);
    expect([outcome.winner, outcome.payment]).toEqual([leads.at(-1)?.agent ?? null, leads.at(-1)?.price ?? 0]);
  }
  expect(unchanged).toBeGreaterThan(100);
});

describe('clinching', () => {
  const draw = (some: Random, least: number): Record<string, number[]> => {
    const values: Record<string, number[]> = {};
    for (const agent of agents.slice(0, 1 + some.below(4))) {
      values[agent] = Array.from({ length: some.below(4) }, () => least + some.below(8)).sort((a, b) => b - a);
    }
    return values;
  };

  test('without an increment it is the Vickrey auction: each pays what its being there costs the others', () => {
    for (let round = 0; round < 600; round++) {
      const values = draw(random, 0);
      const units = 1 + random.below(5);
      const reports = Object.entries(values).map(([id, marginals]) => [id, { marginals }] as const);
      const { outcome, metrics } = mechane.run('auction-english/clinching', { settings: { units }, reports });
      const total = bestUnitShare(values, units);
      expect(metrics.welfare).toBe(total);
      expect(metrics.efficiency).toBe(1);
      for (const [agent, marginals] of Object.entries(values)) {
        const { [agent]: _, ...others } = values;
        const own = marginals.slice(0, outcome.allocation[agent] ?? 0).reduce((sum, value) => sum + value, 0);
        expect(outcome.payments[agent]).toBe(bestUnitShare(others, units) - (total - own));
      }
    }
  });

  test('it gives what the sealed Vickrey auction gives, unit by unit', () => {
    for (let round = 0; round < 300; round++) {
      const values = draw(random, 1);
      const settings = { units: 1 + random.below(5), breakTie: { priority: random.shuffled(agents) } };
      const entries = Object.entries(values);
      const clinched = mechane.run('auction-english/clinching', {
        settings,
        reports: entries.map(([id, marginals]) => [id, { marginals }] as const),
      });
      const sealed = mechane.run('auction-sealed/vickrey', {
        settings,
        reports: entries.map(([id, bids]) => [id, { bids }] as const),
      });
      expect(clinched.outcome).toMatchObject({ ...sealed.outcome });
    }
  });

  test('the clinches are in the order of their prices, and add up to allocation and payments', () => {
    for (let round = 0; round < 300; round++) {
      const reports = Object.entries(draw(random, 0)).map(([id, marginals]) => [id, { marginals }] as const);
      const settings = { units: 1 + random.below(5), ...(random.below(2) === 0 ? { increment: 2 } : {}) };
      const { outcome } = mechane.run('auction-english/clinching', { settings, reports });
      const prices = outcome.clinches.map(([price]) => price);
      expect(prices).toEqual(prices.toSorted((a, b) => a - b));
      for (const [agent] of reports) {
        const own = outcome.clinches.filter(([, clincher]) => clincher === agent).map(([price]) => price);
        expect(outcome.allocation[agent] ?? 0).toBe(own.length);
        expect(outcome.payments[agent]).toBe(own.reduce((sum, price) => sum + price, 0));
      }
    }
  });
});
