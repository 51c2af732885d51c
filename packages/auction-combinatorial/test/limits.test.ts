import { createMechane, isMechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { combinatorialAuctions, type PackageScenario } from '../src/index.ts';

const mechane = createMechane().use(combinatorialAuctions);

/** Instances of which the search for the best would take hours, or whose preparation alone takes long. */
const hostile = {
  'arbitrary bids': mechane.generate('cats-arbitrary', { settings: { goods: 200, bids: 1500 }, seed: 1 }),
  'many bids for a few goods each': mechane.generate('cats-l4', { settings: { goods: 200, bids: 5000 }, seed: 1 }),
};
const inRounds = ['ascending-proxy', 'ibundle', 'clock-proxy', 'simultaneous-ascending'];

/** What a rule comes to: its result, or the error of payments without a proof. */
function played(rule: string, instance: unknown, limits: object, signal?: AbortSignal) {
  const { settings, reports } = instance as PackageScenario;
  const increment = inRounds.includes(rule) ? { increment: 1 } : {};
  const scenario = {
    mechanism: `auction-combinatorial/${rule}`,
    settings: { ...settings, ...increment, ...limits },
    reports,
  };
  try {
    return { result: mechane.runScenario(scenario, signal ? { signal } : {}) };
  } catch (thrown) {
    if (!isMechaneError(thrown)) throw thrown;
    return {
      error: thrown,
      report: thrown.toJSON() as { best?: { welfare: number; bound: number; allocation: object } },
    };
  }
}

const rules = ['first-price', 'vcg', 'core-selecting', 'greedy', ...inRounds];

describe.each(Object.entries(hostile))('%s', (_what, { instance }) => {
  test.each(rules)('%s ends when its time is over, with what it has', (rule) => {
    const { result, error, report } = played(rule, instance, { timeLimit: 0.3 });
    if (result) {
      expect(Object.keys(result.outcome)).toEqual(expect.arrayContaining(['allocation', 'payments']));
      expect(JSON.stringify(result).length).toBeLessThan(10_000_000);
      return;
    }
    expect(error.code).toBe('unproved-optimum');
    expect(error.message).toMatch(/stopped at a limit.*; the best allocation found is worth \d/);
    expect(report.best?.bound).toBeGreaterThanOrEqual(report.best?.welfare as number);
    expect(Object.keys(report.best?.allocation ?? {}).length).toBeGreaterThan(0);
  });

  test.each(rules)('%s that is called off says so, and not that a limit was reached', (rule) => {
    const called = {
      aborted: false,
      reason: undefined,
      addEventListener() {},
      removeEventListener() {},
      throwIfAborted() {},
    };
    let looks = 0;
    // A signal that is raised while the search looks at it.
    const signal = Object.defineProperty(called, 'aborted', { get: () => ++looks > 50 }) as object as AbortSignal;
    const { result, error } = played(rule, instance, {}, signal);
    if (result) return;
    expect(error.code).toBe('unproved-optimum');
    expect(error.message).toMatch(/was interrupted.*Fix: let it run\.$/);
  });
});

describe('auctions in rounds of little input', () => {
  const reports = {
    ann: { xor: [{ bundle: ['A'], value: 50_000 }] },
    bob: { xor: [{ bundle: ['B'], value: 50_000 }] },
    cat: { xor: [{ bundle: ['A', 'B'], value: 50_000 }] },
  };
  const settings = { goods: ['A', 'B'], increment: 1 };

  test.each(inRounds)('%s tells of 10,000 rounds, and how many there were besides', { tags: ['long'] }, (rule) => {
    const { result } = played(rule, { settings, reports }, {});
    const { outcome, metrics } = result as NonNullable<typeof result>;
    const { history, historyOmitted } = outcome as { history: unknown[]; historyOmitted: number };
    expect(history).toHaveLength(10_000);
    expect(historyOmitted).toBeGreaterThan(10_000);
    expect(metrics.rounds).toBeGreaterThanOrEqual(history.length + historyOmitted);
    expect(JSON.stringify(result).length).toBeLessThan(3_000_000);
  });

  test.each(inRounds)('%s refuses values that would take more rounds than there may be, before the first', (rule) => {
    const { error } = played(rule, { settings, reports }, { increment: 0.01 });
    expect(error).toMatchObject({ code: 'invalid-report', path: ['reports', 'ann', 'xor', 0, 'value'] });
  });
});
