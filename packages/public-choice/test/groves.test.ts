import { createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { groves, publicChoices } from '../src/index.ts';

const mechane = createMechane().use(publicChoices);
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('the Clarke pivot', () => {
  const settings = { alternatives: ['build', 'wait'] };
  test('charges the pivotal what they cost the others (Clarke 1971)', () => {
    const reports = {
      a: { values: { build: 30, wait: 0 } },
      b: { values: { build: 0, wait: 20 } },
      c: { values: { build: 5, wait: 0 } },
    };
    const { outcome, metrics } = mechane.run('public-choice/groves', { settings, reports });
    expect(outcome).toEqual({ chosen: 'build', payments: { a: 15, b: 0, c: 0 } });
    expect(metrics).toMatchObject({ welfare: 35, efficiency: 1, revenue: 15 });
  });
  test('takes what nobody mentions to be worth nothing, and ties by the order of the settings', () => {
    const { outcome } = mechane.run('public-choice/groves', { settings, reports: { ann: { values: {} } } });
    expect(outcome).toEqual({ chosen: 'build', payments: { ann: 0 } });
    expect(mechane.run('public-choice/groves', { settings, reports: {} }).outcome.chosen).toBe('build');
  });
  test('chooses the smaller evil', () => {
    const reports = { ann: { values: { build: -5, wait: -2 } }, bob: { values: { build: 1 } } };
    const { outcome, metrics } = mechane.run('public-choice/groves', { settings, reports });
    expect(outcome).toEqual({ chosen: 'wait', payments: { ann: 1, bob: 0 } });
    expect(metrics.welfare).toBe(-2);
  });
  test('refuses alternatives that nobody can choose, and none', () => {
    const run = (given: object, values: Record<string, number>) => () =>
      mechane.run('public-choice/groves', { settings: given as typeof settings, reports: { ann: { values } } });
    expect(run(settings, { biuld: 3 })).toThrow(coded('invalid-report', ['reports', 'ann', 'values', 'biuld']));
    expect(run(settings, { biuld: 3 })).toThrow(/did you mean "build"/);
    expect(run(settings, { zzzzzz: 3 })).toThrow(/expected one of "build", "wait"/);
    expect(run(settings, { build: Number.NaN })).toThrow(
      coded('invalid-report', ['reports', 'ann', 'values', 'build']),
    );
    expect(run({ alternatives: [] }, {})).toThrow(coded('invalid-settings', ['settings', 'alternatives']));
    expect(run({ alternatives: ['a', 'a'] }, {})).toThrow(/no alternative twice/);
  });
  test('refuses amounts that cannot be told apart', () => {
    const reports = { ann: { values: { build: 1e308 } }, bob: { values: { build: 1e308 } } };
    expect(() => mechane.run('public-choice/groves', { settings, reports })).toThrow(
      coded('imprecise-amount', ['reports', 'ann', 'values', 'build']),
    );
  });
  test('charges what an oracle does that goes through all alternatives for all agents', { tags: ['long'] }, () => {
    const random = seededRandom(7);
    for (let run = 0; run < 2_000; run++) {
      // Some are large enough to be read another way, and some names are those of what all objects have.
      const size = run % 100 === 0 ? 100 : 6;
      const names = ['constructor', 'toString', '7', '0'];
      const alternatives = Array.from(
        { length: 1 + random.below(size) },
        (_, index) => names[index - 1] ?? `option${index}`,
      );
      const reports = Object.fromEntries(
        Array.from({ length: random.below(size) }, (_, agent) => [
          `agent${agent}`,
          {
            values: Object.fromEntries(
              alternatives.filter(() => random.below(3) > 0).map((name) => [name, random.below(11) - 5]),
            ),
          },
        ]),
      );
      const worth = (name: string, without?: string): number =>
        Object.entries(reports).reduce(
          (sum, [agent, { values }]) =>
            sum + (agent === without || !Object.hasOwn(values, name) ? 0 : (values[name] as number)),
          0,
        );
      const best = (without?: string): number => Math.max(...alternatives.map((name) => worth(name, without)));
      const { chosen, payments } = mechane.run('public-choice/groves', { settings: { alternatives }, reports }).outcome;
      expect(chosen).toBe(alternatives.find((name) => worth(name) === best()));
      for (const agent of Object.keys(reports)) expect(payments[agent]).toBe(best(agent) - worth(chosen, agent));
    }
  });
  test('takes more alternatives than a call takes arguments', { tags: ['long'] }, () => {
    const alternatives = Array.from({ length: 200_000 }, (_, index) => `option${index}`);
    const reports = { ann: { values: { option150000: 3 } }, bob: { values: { option7: 2 } } };
    const { outcome, metrics } = mechane.run('public-choice/groves', { settings: { alternatives }, reports });
    expect(outcome).toEqual({ chosen: 'option150000', payments: { ann: 2, bob: 0 } });
    expect(metrics.efficiency).toBe(1);
    // Clarke 1971: an agent pays at the most what separates its best from its worst.
    const said = { settings: { alternatives }, ask: { report: 'requested' }, before: 0 } as const;
    expect(groves.mostPaid?.({ values: { option150000: 3, option7: -2 } }, said)).toBe(5);
    const named = { ...said, settings: { alternatives: ['toString', 'wait'] } };
    expect(groves.mostPaid?.({ values: { wait: 3 } }, named)).toBe(3);
  });
  test('has an agent pay at the most what separates its best from its worst (Clarke 1971)', () => {
    const said = {
      settings: { alternatives: ['park', 'pool', 'wait'] },
      ask: { report: 'requested' },
      before: 0,
    } as const;
    expect(groves.mostPaid?.({ values: { park: 3, pool: -2 } }, said)).toBe(5);
    expect(groves.mostPaid?.({ values: { park: 3 } }, said)).toBe(3);
    expect(groves.mostPaid?.({ values: { pool: -2, wait: -7, park: -1 } }, said)).toBe(6);
  });
  test('says what it does not promise, of the alternatives that there are, once there are two', () => {
    const { claims } = mechane.mechanism('public-choice/groves');
    const failing = (alternatives: string[]) => claims({ alternatives }).filter(({ holds }) => holds === false);
    expect(failing(['park'])).toEqual([]);
    const laws = failing(['park', 'pool', 'wait']).map(({ law }) => law);
    expect(laws).toEqual(expect.arrayContaining(['budget-balanced', 'individually-rational', 'shill-proof']));
    expect(failing(['park', 'pool'])).toMatchObject([
      {
        law: 'budget-balanced',
        witness: {
          settings: { alternatives: ['park', 'pool'] },
          reports: { ann: { values: { park: 3 } }, bob: { values: { pool: 2 } } },
        },
      },
      ...laws.slice(1).map((law) => ({ law })),
    ]);
  });
  test('among many alternatives, too, a report that comes by itself is read by itself', async () => {
    const alternatives = Array.from({ length: 5_000 }, (_, index) => `option${index}`);
    const session = mechane.open('public-choice/groves', { settings: { alternatives }, agents: { ann: 'external' } });
    await expect(session.submit('ann', { values: { opiton7: 1 } })).rejects.toMatchObject({ code: 'invalid-message' });
    await session.submit('ann', { values: { option7: 1 } });
    expect((await session.outcome).chosen).toBe('option7');
  });
  test('names no hundreds of alternatives where one is misspelt', () => {
    const alternatives = Array.from({ length: 200 }, (_, index) => `option${index}`);
    const run = () =>
      mechane.run('public-choice/groves', { settings: { alternatives }, reports: { ann: { values: { opiton7: 1 } } } });
    expect(run).toThrow(/expected an alternative of the settings\. Fix: did you mean "option7"\?$/);
  });
});
