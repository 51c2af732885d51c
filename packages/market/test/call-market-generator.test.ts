import { createMechane, MechaneError } from '@mechane/core';
import { expect, test } from 'vitest';
import { type CallMarketScenario, markets } from '../src/index.ts';

const mechane = createMechane().use(markets);
const generate = (settings: object, seed: number) =>
  mechane.generate('call-market', { settings, seed }).instance as CallMarketScenario;

test('the same seed gives the same market, another another', () => {
  expect(generate({}, 7)).toEqual(generate({}, 7));
  expect(generate({}, 7)).not.toEqual(generate({}, 8));
});

test('every market it draws can be run, and lies within its bounds', () => {
  for (const mechanism of markets.mechanisms.map(({ id }) => id)) {
    for (let seed = 0; seed < 20; seed++) {
      const several = ['market/call', 'market/vcg', 'market/muda'].includes(mechanism);
      const settings = {
        mechanism,
        buyers: seed,
        sellers: 20 - seed,
        lowest: 5,
        highest: 9,
        ...(several ? { units: 4 } : {}),
      };
      let scenario: CallMarketScenario;
      try {
        scenario = generate(settings, seed);
      } catch (thrown) {
        // Mechanisms that take no orders.
        expect(thrown).toMatchObject({ code: 'invalid-settings', path: ['settings', 'mechanism'] });
        break;
      }
      const orders = Object.values(scenario.reports);
      expect(orders.filter(({ side }) => side === 'buy')).toHaveLength(seed);
      expect(orders).toHaveLength(20);
      for (const { price, quantity = 1 } of orders) {
        expect(price).toBeGreaterThanOrEqual(5);
        expect(price).toBeLessThanOrEqual(9);
        expect(quantity).toBeLessThanOrEqual(several ? 4 : 1);
      }
      expect(mechane.runScenario({ ...scenario, seed }).metrics.participants).toBe(20);
    }
  }
});

test('all prices and quantities come up', () => {
  const orders = Object.values(generate({ buyers: 300, sellers: 300, lowest: 3, highest: 6, units: 3 }, 1).reports);
  expect(new Set(orders.map(({ price }) => price))).toEqual(new Set([3, 4, 5, 6]));
  expect(new Set(orders.map(({ quantity }) => quantity))).toEqual(new Set([1, 2, 3]));
});

test.each([
  [{ lowest: 5, highest: 4 }, ['highest']],
  [{ mechanism: 'market/mcafee', units: 2 }, ['units']],
  [{ buyers: -1 }, ['buyers']],
  [{ highest: 1e12 }, ['highest']],
  [{ lowest: 0.5 }, ['lowest']],
])('refuses %j', (settings, path) => {
  let error: unknown;
  try {
    generate(settings, 1);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(MechaneError);
  expect(error).toMatchObject({ code: 'invalid-settings', path: ['settings', ...path] });
});
