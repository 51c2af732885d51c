import { directMechanism, type ErrorDetails, MechaneError, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  isIterable,
  readMessages,
  readReports,
  readRunName,
  readSeed,
  readSettings,
  readTypes,
  refuseUnfit,
  requireAgentIds,
} from '../src/input/read-play.ts';
import { counter, secondPrice } from './example-mechanisms.ts';

const sealed = secondPrice as unknown as Mechanism;
const spoken = counter as unknown as Mechanism;

/** The code and the path of what is thrown, and what was expected. */
function refusal(act: () => unknown): { code?: string; path?: readonly unknown[]; expected?: string | undefined } {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof MechaneError)) throw thrown;
    const { code, path, expected } = thrown;
    return { code, path, expected };
  }
  return {};
}
const at = (code: string, ...path: (string | number)[]) => expect.objectContaining({ code, path });

describe('settings', () => {
  test('may be left out, and then are the defaults', () => {
    const usual = { settings: { reserve: 0 }, breakTie: 'agent-id', unit: undefined };
    expect(readSettings(sealed)).toEqual(usual);
    expect(readSettings(sealed, { reserve: 3 })).toEqual({ ...usual, settings: { reserve: 3 } });
  });
  test('have beside the mechanism’s own those that all mechanisms take', () => {
    const sealing = { commit: true };
    expect(readSettings(sealed, { reserve: 3, breakTie: 'lot', unit: 0.01, sealing })).toEqual({
      settings: { reserve: 3 },
      breakTie: 'lot',
      unit: 0.01,
      sealing,
    });
    expect(readSettings(sealed, { unit: 5 })).toMatchObject({
      settings: { reserve: 0 },
      breakTie: 'agent-id',
      unit: 5,
    });
    expect(readSettings(sealed, { breakTie: { priority: ['bob'] } })).toMatchObject({
      breakTie: { priority: ['bob'] },
    });
  });
  test('name the common keys that were meant, sealing only where reports can be sealed', () => {
    const meant = (mechanism: Mechanism, key: string) => () => readSettings(mechanism, { [key]: 1 });
    expect(meant(sealed, 'braekTie')).toThrow('did you mean "breakTie"?');
    expect(meant(sealed, 'unti')).toThrow('did you mean "unit"?');
    expect(meant(sealed, 'sealling')).toThrow('did you mean "sealing"?');
    expect(refusal(() => readSettings(spoken, { units: 1, sealling: 1 })).expected).not.toContain('sealing');
  });
  test.each([0, -1, Number.NaN, '1'])('have no unit %s', (unit) => {
    expect(refusal(() => readSettings(sealed, { unit }))).toEqual(at('invalid-settings', 'settings', 'unit'));
  });
  test('have no tie broken otherwise', () => {
    const { code, path } = refusal(() => readSettings(sealed, { breakTie: 'dice' }));
    expect([code, path?.slice(0, 2)]).toEqual(['invalid-settings', ['settings', 'breakTie']]);
  });
  test.each([[null], [7], ['reserve'], [[]]])('are no %j', (given) => {
    expect(refusal(() => readSettings(sealed, given))).toEqual({
      code: 'invalid-settings',
      path: ['settings'],
      expected: 'an object of settings',
    });
  });
});

describe('reports', () => {
  test('are parsed in the order in which they came, as an object or as pairs', () => {
    const read = { ann: { bid: 1 }, bob: { bid: 2 } };
    expect([...readReports(sealed, read)]).toEqual(Object.entries(read));
    const pairs: [string, unknown][] = [
      ['7', { bid: 1 }],
      ['3', { bid: 2 }],
    ];
    expect([...readReports(sealed, pairs)]).toEqual(pairs);
    expect([...readReports(sealed, new Map(pairs))]).toEqual(pairs);
  });
  test('are the same in a crowd as alone, with the same mistakes, where a report is a record of numbers', () => {
    const voting = directMechanism({
      id: 'test/voting',
      settings: z.strictObject({}),
      report: z.strictObject({ values: z.record(z.string(), z.number()) }),
      decide: () => ({}),
    }) as unknown as Mechanism;
    const crowd = Array.from({ length: 100 }, (_, index): [string, unknown] => [
      `agent${index}`,
      { values: { [`option${index}`]: index, wait: -1 } },
    ]);
    const asObject = (entries: readonly [string, unknown][]) => Object.fromEntries(entries);
    const read = readReports(voting, crowd);
    expect([...read]).toEqual(crowd);
    expect([...readReports(voting, asObject(crowd))]).toEqual(crowd);
    expect(read.get('agent80')).not.toBe(crowd[80]?.[1]);
    for (const agent of [3, 80]) {
      const mistaken = crowd.with(agent, [`agent${agent}`, { values: { wait: 'long' } }]);
      const wrong = at('invalid-report', 'reports', `agent${agent}`, 'values', 'wait');
      expect(refusal(() => readReports(voting, mistaken))).toEqual(wrong);
      expect(refusal(() => readReports(voting, asObject(mistaken)))).toEqual(wrong);
    }
  });
  test('name the agent whose report is wrong', () => {
    const wrong = at('invalid-report', 'reports', 'bob', 'bid');
    expect(refusal(() => readReports(sealed, { ann: { bid: 1 }, bob: { bid: -1 } }))).toEqual(wrong);
    expect(refusal(() => readReports(sealed, [['bob', { bid: -1 }]]))).toEqual(wrong);
  });
  test('are one for each agent', () => {
    const twice = [
      ['ann', { bid: 1 }],
      ['ann', { bid: 2 }],
    ];
    expect(refusal(() => readReports(sealed, twice))).toEqual(at('duplicate-agent', 'reports', 'ann'));
  });
  test.each([['ann'], [7], [['ann']], [['ann', { bid: 1 }, 0]], [[7, { bid: 1 }]], [null]])(
    'are pairs, not %j',
    (entry) => {
      const given = [['bob', { bid: 1 }], entry];
      expect(refusal(() => readReports(sealed, given))).toEqual(at('invalid-report', 'reports', 1));
    },
  );
  test.each([[null], ['ann'], [7]])('are not %j', (given) => {
    expect(refusal(() => readReports(sealed, given))).toEqual({
      code: 'invalid-report',
      path: ['reports'],
      expected: 'an object of reports by agent id',
    });
  });
  test('are taken only by mechanisms that take them', () => {
    expect(refusal(() => readReports({ ...sealed, report: undefined } as Mechanism, {}))).toEqual(
      at('invalid-scenario', 'reports'),
    );
  });
});

describe('true types', () => {
  const reports = new Map<string, unknown>([
    ['ann', { bid: 1 }],
    ['bob', { bid: 2 }],
  ]);
  test('are the reports, but for those that are named', () => {
    expect(readTypes(sealed, reports, undefined)).toBe(reports);
    expect([...readTypes(sealed, reports, { bob: { bid: 9 } })]).toEqual([
      ['ann', { bid: 1 }],
      ['bob', { bid: 9 }],
    ]);
    expect(reports.get('bob')).toEqual({ bid: 2 });
  });
  test('are of agents that report, and fit', () => {
    expect(refusal(() => readTypes(sealed, reports, { bbo: { bid: 9 } }))).toEqual(at('unknown-agent', 'types', 'bbo'));
    expect(() => readTypes(sealed, reports, { bbo: { bid: 9 } })).toThrow('did you mean "bob"?');
    expect(refusal(() => readTypes(sealed, reports, { bob: { bid: -9 } }))).toEqual(
      at('invalid-types', 'types', 'bob', 'bid'),
    );
    expect(refusal(() => readTypes(sealed, reports, [])).expected).toBe('an object of types by agent id');
    expect(refusal(() => readTypes(sealed, reports, []))).toEqual(at('invalid-types', 'types'));
  });
});

describe('what does not fit the settings', () => {
  const picky = (flaw: ErrorDetails | undefined) => ({ ...sealed, refuseReport: () => flaw }) as unknown as Mechanism;
  const reports = new Map([['ann', { bid: 1 }]]);
  test('is refused as a report or as a type, with the path within it', () => {
    const flawed = picky({ problem: 'too low', path: ['bid'], expected: 'more' });
    expect(refusal(() => refuseUnfit(flawed, reports, {}, 'reports'))).toEqual({
      code: 'invalid-report',
      path: ['reports', 'ann', 'bid'],
      expected: 'more',
    });
    expect(refusal(() => refuseUnfit(flawed, reports, {}, 'types'))).toEqual(
      at('invalid-types', 'types', 'ann', 'bid'),
    );
    expect(refusal(() => refuseUnfit(picky({ problem: 'no', path: [] }), reports, {}, 'reports'))).toEqual(
      at('invalid-report', 'reports', 'ann'),
    );
  });
  test('is nothing where the mechanism finds no flaw, or looks for none', () => {
    expect(refusal(() => refuseUnfit(picky(undefined), reports, {}, 'reports'))).toEqual({});
    expect(
      refusal(() =>
        refuseUnfit({ ...sealed, refuseReport: undefined } as unknown as Mechanism, reports, {}, 'reports'),
      ),
    ).toEqual({});
  });
});

describe('messages', () => {
  const wants = { wants: 1 };
  test('are pairs in their order, or stand beside times that never decrease', () => {
    expect(readMessages(spoken, [['ann', wants]])).toEqual([['ann', wants]]);
    const timed = [
      ['ann', wants, 0],
      ['bob', wants],
      ['ann', wants, 5],
      ['bob', wants, 5],
    ];
    expect(readMessages(spoken, timed)).toEqual(timed);
    expect(refusal(() => readMessages(spoken, [...timed, ['ann', wants, 4]]))).toEqual({
      code: 'invalid-message',
      path: ['messages', 4, 2],
      expected: 'times that never decrease',
    });
  });
  test.each([-1, 'soon', null, undefined])('have no time %s', (time) => {
    expect(refusal(() => readMessages(spoken, [['ann', wants, time]]))).toEqual(
      at('invalid-message', 'messages', 0, 2),
    );
  });
  test.each([['ann'], [['ann']], [['ann', wants, 0, 0]], [[7, wants]], [[7, wants, 0]]])('are no %j', (entry) => {
    expect(refusal(() => readMessages(spoken, [['ann', wants], entry]))).toEqual(at('invalid-message', 'messages', 1));
  });
  test('name the one that is wrong', () => {
    expect(
      refusal(() =>
        readMessages(spoken, [
          ['ann', wants],
          ['bob', { wants: 'x' }],
        ]),
      ),
    ).toEqual(at('invalid-message', 'messages', 1, 1, 'wants'));
    expect(refusal(() => readMessages(spoken, {}))).toEqual(at('invalid-message', 'messages'));
  });
});

describe('a run', () => {
  test('has a whole seed, or none', () => {
    expect([readSeed(undefined), readSeed(7), readSeed(-7)]).toEqual([undefined, 7, -7]);
    for (const seed of [1.5, '7', null]) expect(refusal(() => readSeed(seed))).toEqual(at('invalid-scenario', 'seed'));
  });
  test('has a name of 1 to 200 letters, or none', () => {
    const names = [undefined, 'x', 'x'.repeat(200)];
    expect(names.map(readRunName)).toEqual(names);
    for (const name of ['', 'x'.repeat(201), 7, null]) {
      expect(refusal(() => readRunName(name))).toEqual(at('invalid-scenario', 'id'));
    }
  });
  test('has agents with ids that are text, each once', () => {
    expect(refusal(() => requireAgentIds(['ann', 'bob', '']))).toEqual({});
    expect(refusal(() => requireAgentIds(['ann', 7]))).toEqual(at('unknown-agent', 'agents'));
    expect(refusal(() => requireAgentIds(['ann', 'bob', 'ann']))).toEqual(at('duplicate-agent', 'agents', 'ann'));
  });
  test('is given lists and maps in their order, and nothing else', () => {
    expect([[], new Map(), new Set()].map(isIterable)).toEqual([true, true, true]);
    expect(['text', null, undefined, 7, {}].map(isIterable)).toEqual([false, false, false, false, false]);
  });
});
