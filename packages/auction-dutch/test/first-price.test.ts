import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, seededRandom } from '@mechane/core';
import { beforeEach, expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions).use(sealedAuctions);
const seed = 1961;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});
const agents = ['ann', 'bob', 'cat', 'dan', 'eve'];
const draw = () =>
  random.shuffled(agents.slice(0, 1 + random.below(5))).map((agent) => [agent, random.below(40) / 2] as const);

test('the continuous clock is the sealed first-price auction (Vickrey 1961)', () => {
  for (let round = 0; round < 500; round++) {
    const prices = draw();
    const floor = random.below(6);
    const breakTie = { priority: random.shuffled(agents) };
    const dutch = mechane.run('auction-dutch/clock', {
      settings: { startingPrice: 20, floor, breakTie },
      reports: prices.map(([agent, threshold]) => [agent, { threshold }] as const),
    });
    const sealed = mechane.run('auction-sealed/first-price', {
      settings: { reserve: floor, breakTie },
      reports: prices.map(([agent, bid]) => [agent, { bid }] as const),
    });
    expect(dutch.outcome).toMatchObject({ ...sealed.outcome });
    expect(dutch.metrics).toEqual(sealed.metrics);
  }
});

test('the discrete clock is, up to its decrement', () => {
  for (let round = 0; round < 500; round++) {
    const prices = draw();
    const decrement = 1 + random.below(3);
    const dutch = mechane.run('auction-dutch/clock', {
      settings: { startingPrice: 20, decrement },
      reports: prices.map(([agent, threshold]) => [agent, { threshold }] as const),
    });
    const sealed = mechane.run('auction-sealed/first-price', {
      reports: prices.map(([agent, bid]) => [agent, { bid }] as const),
    });
    const won = prices.find(([agent]) => agent === dutch.outcome.winner)?.[1] ?? 0;
    // The floor is 0; a price that the steps do not reach is not sold at.
    expect(sealed.outcome.payment - dutch.outcome.payment).toBeLessThan(decrement);
    if (dutch.outcome.winner !== null) {
      expect(dutch.outcome.payment).toBeLessThanOrEqual(sealed.outcome.payment);
      expect(won).toBeGreaterThan(sealed.outcome.payment - decrement);
    }
  }
});

test('the auction of several units is the discriminatory auction, on a continuous clock', () => {
  for (let round = 0; round < 300; round++) {
    const prices = agents.slice(0, 1 + random.below(4)).map((agent) => {
      const own = Array.from({ length: random.below(4) }, () => random.below(9)).sort((a, b) => b - a);
      return [agent, own] as const;
    });
    const settings = { units: 1 + random.below(5), breakTie: { priority: random.shuffled(agents) } };
    const dutch = mechane.run('auction-dutch/multi-unit', {
      settings: { ...settings, startingPrice: 20 },
      reports: prices.map(([agent, thresholds]) => [agent, { thresholds }] as const),
    });
    const sealed = mechane.run('auction-sealed/pay-as-bid', {
      settings,
      reports: prices.map(([agent, bids]) => [agent, { bids }] as const),
    });
    expect(dutch.outcome).toMatchObject({ ...sealed.outcome });
    expect(dutch.metrics.efficiency).toBe(1);
  }
});
