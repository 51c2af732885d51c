import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { type ExchangeScenario, type FisherScenario, markets } from '../src/index.ts';

const mechane = createMechane().use(markets);

test('economies are drawn again by their seed, with the sizes and kinds asked for', () => {
  for (const id of ['fisher-economy', 'exchange-economy'] as const) {
    const settings = { agents: 5, goods: 4, utilities: 'ces', rho: -1 };
    const { instance } = mechane.generate(id, { settings, seed: 3 });
    expect(mechane.generate(id, { settings, seed: 3 }).instance).toEqual(instance);
    const { reports } = instance as FisherScenario | ExchangeScenario;
    expect(Object.keys(reports)).toHaveLength(5);
    for (const { utility } of Object.values(reports)) {
      expect(utility).toMatchObject({ kind: 'ces', rho: -1 });
      expect(Object.values<number>(utility.weights).every((weight) => weight > 0 && weight <= 1)).toBe(true);
    }
  }
});

test('what is drawn without settings can be run as it is', () => {
  for (const id of ['fisher-economy', 'exchange-economy'] as const) {
    const { instance } = mechane.generate(id, { seed: 11 });
    expect(mechane.runScenario(instance as never).certificate?.status).toBe('converged');
  }
});
