import { createMechane, isMechaneError } from '@mechane/core';
import { type ExchangeReport, type FisherReport, markets, type TatonnementAsk } from '@mechane/market';
import { describe, expect, test } from 'vitest';

/*
 * What searches say of themselves where they are called off, where their rounds are up, and where numbers grow too large: never more than they found.
 */

const mechane = createMechane().use(markets);

/** A signal that aborts once it has been looked at so often: in the middle of what looks at it. */
function abortedAfter(looks: number): AbortSignal {
  const { signal } = new AbortController();
  let looked = 0;
  Object.defineProperty(signal, 'aborted', { get: () => looked++ >= looks });
  return signal;
}

/** Runs a mechanism, called off after so many looks. */
function calledOff(mechanism: string, scenario: object, looks: number) {
  return mechane.runScenario({ mechanism, ...scenario }, { signal: abortedAfter(looks) }) as {
    readonly outcome: {
      readonly status?: string;
      readonly reason?: string;
      readonly allocation: Record<string, object>;
    };
    readonly certificate: { readonly status: string };
  };
}

const scarf = (has: string, other: string): ExchangeReport => ({
  endowment: { [has]: 1 },
  utility: { kind: 'leontief', weights: { [has]: 1, [other]: 1 } },
});
const scarfs = { 1: scarf('x', 'y'), 2: scarf('y', 'z'), 3: scarf('z', 'x') };
const substitutes: Record<string, ExchangeReport> = {
  a: { endowment: { x: 1, y: 2 }, utility: { kind: 'ces', weights: { x: 1, y: 2, z: 1 }, rho: 0.5 } },
  b: { endowment: { z: 3 }, utility: { kind: 'ces', weights: { x: 2, y: 1, z: 1 }, rho: 0.3 } },
  c: { endowment: { x: 2, z: 1 }, utility: { kind: 'cobb-douglas', weights: { y: 1, z: 1 } } },
};

describe('an exchange', () => {
  const traded = (maxRounds: number, reports = substitutes) =>
    mechane.run('market/exchange', { settings: { maxRounds, tolerance: 1e-12 }, reports });

  test('takes no more rounds than it may, and finds an equilibrium where they are enough', () => {
    const statuses = new Set<string>();
    for (const rounds of [1, 2, 3, 5, 8, 13, 21, 34, 200]) {
      const { outcome, certificate } = traded(rounds);
      const { status, iterations = 0 } = certificate as never as {
        readonly status: string;
        readonly iterations?: number;
      };
      statuses.add(status);
      expect(iterations).toBeLessThanOrEqual(rounds);
      expect(outcome.equilibriumFound).toBe(status === 'converged');
      if (status === 'max-rounds') expect(outcome.reason).toMatch(/^the search stopped (at prices|before it had)/);
    }
    expect([...statuses].sort()).toEqual(['converged', 'max-rounds']);
  });

  test('that is called off says so', () => {
    const { outcome, certificate } = calledOff('market/exchange', { reports: substitutes }, 1);
    expect(certificate?.status).toBe('interrupted');
    expect(outcome.reason).toMatch(/^the search was interrupted/);
    expect(outcome.allocation.b).toEqual({ z: 3 });
  });

  test('leaves whoever says nothing with nothing', async () => {
    const { outcome } = await mechane.open('market/exchange', {
      agents: {
        ...Object.fromEntries(Object.entries(substitutes).map(([id, has]) => [id, () => has])),
        mute: () => undefined,
      },
    }).result;
    expect(outcome.equilibriumFound).toBe(true);
    expect(outcome.allocation.mute).toEqual({});
  });
});

describe('a Fisher market', () => {
  const buyer = (budget: number, x: number): FisherReport => ({
    budget,
    utility: { kind: 'linear', weights: { x, y: 1 } },
  });
  const settings = { goods: { x: 1, y: 1 } };

  test('that is called off says so', () => {
    const reports = { ann: buyer(1, 2), bob: buyer(2, 1), cat: buyer(3, 5) };
    const method = 'proportional-response' as const;
    const { certificate } = calledOff(
      'market/fisher',
      { settings: { ...settings, method, tolerance: 1e-12 }, reports },
      1,
    );
    expect(certificate.status).toBe('interrupted');
  });

  test('counts what money is left only to those who keep it', () => {
    const reports = { ann: buyer(4, 3), bob: buyer(4, 0.25) };
    const { outcome } = mechane.run('market/fisher', { settings, reports });
    const { utility } = mechane.mechanism('market/fisher');
    // Each takes all of what it likes best, and has paid all its money.
    expect(outcome.payments.ann).toBeCloseTo(4, 9);
    expect(utility?.('ann', reports.ann, outcome as never, undefined as never)).toBeCloseTo(3, 9);
    const keeping = { budget: 4, utility: { kind: 'quasi-linear', weights: { x: 3 } } } as const;
    expect(utility?.('ann', keeping, outcome as never, undefined as never)).toBeCloseTo(3 - 4, 9);
  });

  test('takes a unit of account that is not said for none, and refuses one that nobody sells', () => {
    const run = (said: object) => () =>
      mechane.runScenario({
        mechanism: 'market/fisher',
        settings,
        reports: { ann: { budget: 1, utility: { kind: 'quasi-linear', weights: { x: 1 }, ...said } } },
      });
    expect(run({})).not.toThrow();
    expect(run({ numeraire: undefined })).not.toThrow();
    expect(run({ numeraire: 'gold' })).toThrow(
      expect.objectContaining({ path: expect.arrayContaining(['ann', 'numeraire']) }),
    );
  });

  test('refuses prices beyond what a number holds', () => {
    const scarce = { goods: { x: 1e-300 } };
    const reports = { ann: { budget: 1e15, utility: { kind: 'linear', weights: { x: 1 } } } } as const;
    expect(() => mechane.run('market/fisher', { settings: scarce, reports })).toThrow(
      expect.objectContaining({ code: 'overflow' }),
    );
  });
});

test('an equilibrium of more units than can be counted is refused where they are offered, or asked for', () => {
  const [many, few] = [1e16, 1];
  const run = (supply: number, demand: number) => () =>
    mechane.run('market/equilibrium', {
      reports: { sue: { supply, minPrice: 3 }, bob: { demand, maxPrice: 9 } },
    });
  expect(run(many, few)).toThrow(expect.objectContaining({ path: ['reports', 'sue', 'supply'] }));
  expect(run(few, many)).toThrow(expect.objectContaining({ path: ['reports', 'bob', 'demand'] }));
});

describe('a tâtonnement', () => {
  test('that is called off says so, and nobody trades', () => {
    const { outcome, certificate } = calledOff(
      'market/tatonnement',
      { settings: { tolerance: 1e-12 }, reports: substitutes },
      3,
    );
    expect(outcome.status).toBe('interrupted');
    expect(certificate).toMatchObject({ status: 'interrupted' });
    expect(outcome.allocation).toEqual({ a: { x: 1, y: 2 }, b: { z: 3 }, c: { x: 2, z: 1 } });
  });

  test('is worth to all what its goods are worth to them', () => {
    const half: Record<string, ExchangeReport> = {
      ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
      bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
    };
    const { outcome } = mechane.run('market/tatonnement', { settings: { tolerance: 1e-9 }, reports: half });
    const { utility } = mechane.mechanism('market/tatonnement');
    const worth = (agent: string) => utility?.(agent, half.ann as ExchangeReport, outcome as never, undefined as never);
    expect(worth('ann')).toBeCloseTo(0.5, 6);
    expect(worth('a stranger')).toBe(0);
  });

  test('counts every round, also those of which it does not tell', { tags: ['long'] }, () => {
    const { metrics, outcome } = mechane.run('market/tatonnement', {
      settings: { maxRounds: 12_000, tolerance: 1e-15, step: { kind: 'decreasing', size: 0.5 } },
      reports: substitutes,
    });
    expect(outcome.history.length + (outcome.historyOmitted ?? 0)).toBe(12_000);
    expect(outcome.historyOmitted).toBeGreaterThan(0);
    expect(metrics.rounds).toBe(12_001);
  });

  test('asks first what there is, then what is wanted, and refuses the answer to the other question', async () => {
    const session = mechane.open('market/tatonnement', {
      settings: { maxRounds: 2 },
      agents: { ann: 'external', bob: 'external' },
    });
    const [asks, codes]: [string[], string[]] = [[], []];
    const has = (good: string) => ({ endowment: { [good]: 1 }, wants: ['x', 'y'] });
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      for (const agent of ['ann', 'bob'] as const) {
        const asked = session.asked(agent);
        if (asked === undefined) continue;
        const { ask } = asked.content as TatonnementAsk;
        asks.push(ask);
        const [right, wrong] = [has(agent === 'ann' ? 'x' : 'y'), { demand: { x: 0.5, y: 0.5 } }];
        const answers = ask === 'endowment' ? [wrong, right] : [right, wrong];
        for (const answer of answers)
          await session
            .submit(agent, answer)
            .catch((error: unknown) => isMechaneError(error) && codes.push(error.code));
      }
    }
    expect(asks.slice(0, 4)).toEqual(['endowment', 'endowment', 'demand', 'demand']);
    expect(codes).toHaveLength(asks.length);
    expect(new Set(codes)).toEqual(new Set(['invalid-message']));
  });

  test('of Scarf’s economy goes on to its last round where nobody looks for a circle', () => {
    const { metrics } = mechane.run('market/tatonnement', { settings: { maxRounds: 7 }, reports: scarfs });
    expect(metrics.rounds).toBe(8);
  });
});
