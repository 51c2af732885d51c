import {
  amount,
  createMechane,
  type Division,
  definePlugin,
  directMechanism,
  isMechaneError,
  paymentsByAgent,
  type RunEvent,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { secondPrice } from './example-mechanisms.ts';

/** Everybody pays the sum of what the others say, a part an agent; the lot says who comes first. */
const sums = directMechanism({
  id: 'example/sums',
  settings: z.strictObject({ failing: z.enum(['divide', 'solve', 'combine']).optional() }),
  report: z.strictObject({ bid: amount }),
  outcome: z.strictObject({ first: z.string(), payments: paymentsByAgent }),
  decide(reports, { tieOrder }) {
    const agents = [...reports.keys()].sort(tieOrder);
    const sumOf = (agent: string): number => othersOf(reports, agent);
    return { first: agents[0] ?? '', payments: Object.fromEntries(agents.map((agent) => [agent, sumOf(agent)])) };
  },
  inParts: {
    divide(reports, { tieOrder, settings }) {
      if (settings.failing === 'divide') throw new Error('it broke');
      const parts = [...reports.keys()].sort(tieOrder);
      return { decided: parts, parts };
    },
    solve(parts, reports, { settings, signal }) {
      if (settings.failing === 'solve') throw new Error('it broke');
      expect(signal?.aborted ?? false).toBe(false);
      return parts.map((part) => othersOf(reports, part as string));
    },
    combine(decided, solutions, _, { settings }) {
      if (settings.failing === 'combine') throw new Error('it broke');
      const agents = decided as string[];
      const payments = Object.fromEntries(agents.map((agent, place) => [agent, solutions[place] as number]));
      return { first: agents[0] ?? '', payments };
    },
  },
  value: (_, { bid }) => bid,
});

function othersOf(reports: ReadonlyMap<string, { readonly bid: number }>, agent: string): number {
  return [...reports].reduce((sum, [other, { bid }]) => sum + (other === agent ? 0 : bid), 0);
}

const plugin = definePlugin({ name: 'example', version: '1.0.0', mechanisms: [sums, secondPrice] });
const fresh = () => createMechane().use(plugin);
const carried = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const reports = { ann: { bid: 0.1 }, bob: { bid: 0.2 }, cat: { bid: 3 } };
const scenario = { mechanism: 'example/sums', settings: { breakTie: 'lot' }, reports };

/** What is thrown, as it is reported. */
function refusal(act: () => unknown): object {
  try {
    return { gave: act() };
  } catch (thrown) {
    if (isMechaneError(thrown)) return thrown.toJSON();
    throw thrown;
  }
}

describe('a run in parts', () => {
  test('gives what the run gives as a whole: the seed that was drawn, true types and money to the cent', () => {
    const types = { ann: { bid: 7.25 } };
    for (const given of [scenario, { ...scenario, types }, { ...scenario, seed: 3 }, { ...scenario, settings: {} }]) {
      const division = carried(fresh().divide(given));
      const seeded = division.seed === null ? given : { ...given, seed: division.seed };
      const solutions = division.parts.flatMap((part) => {
        const some = { seed: division.seed, parts: [part] };
        return carried(fresh().solveParts(given, some));
      });
      const combined = fresh().combine(given, division, solutions);
      expect(combined).toEqual(fresh().runScenario(seeded));
      expect(combined.outcome).toMatchObject({ payments: { ann: 3.2, bob: 3.1, cat: 0.3 } });
    }
  });

  test('is told of once it is put together, or fails before', () => {
    const mechane = fresh();
    const heard: RunEvent[] = [];
    mechane.on((event) => heard.push(event));
    const division = mechane.divide(scenario);
    const solutions = mechane.solveParts(scenario, division);
    expect(heard).toEqual([]);
    mechane.combine(scenario, division, solutions);
    expect(heard.map(({ kind }) => kind)).toEqual(['opened', 'finished']);
    for (const failing of ['divide', 'combine'] as const) {
      heard.length = 0;
      const broken = { ...scenario, settings: { failing } };
      const error = refusal(() =>
        failing === 'divide' ? mechane.divide(broken) : mechane.combine(broken, division, solutions),
      );
      expect(error).toMatchObject({ code: 'mechanism-failed', message: expect.stringContaining('it broke') });
      expect(heard.map(({ kind }) => kind)).toEqual(['opened', 'failed']);
    }
    const unsolved = refusal(() => mechane.solveParts({ ...scenario, settings: { failing: 'solve' } }, division));
    expect(unsolved).toMatchObject({ code: 'mechanism-failed' });
  });

  test('is called off as any other', () => {
    const stop = new AbortController();
    const { signal } = stop;
    const division = fresh().divide(scenario, { signal });
    expect(fresh().solveParts(scenario, division, { signal })).toEqual(fresh().solveParts(scenario, division));
    stop.abort();
    const aborted = { code: 'aborted' };
    expect(refusal(() => fresh().divide(scenario, { signal }))).toMatchObject(aborted);
    expect(refusal(() => fresh().solveParts(scenario, division, { signal }))).toMatchObject(aborted);
    expect(refusal(() => fresh().combine(scenario, division, [], { signal }))).toMatchObject({
      code: 'invalid-division',
    });
    expect(refusal(() => fresh().combine(scenario, division, [1, 2, 3], { signal }))).toMatchObject(aborted);
  });
});

describe('what does not fall into parts', () => {
  const whole = { code: 'indivisible', path: ['mechanism'] };

  test.each([
    ['a mechanism that says nothing of parts', { mechanism: 'example/second-price', reports }],
    ['reports that are sealed', { ...scenario, settings: { sealing: { commit: true, deposit: 1 } } }],
    ['messages', { mechanism: 'example/sums', messages: [['ann', { bid: 1 }]] }],
  ])('%s is refused', (_what, given) => {
    const none = { seed: null, decided: [], parts: [] };
    expect(refusal(() => fresh().divide(given))).toMatchObject(whole);
    expect(refusal(() => fresh().solveParts(given, none))).toMatchObject(whole);
    expect(refusal(() => fresh().combine(given, none, []))).toMatchObject(whole);
  });

  test('a mechanism says so itself', () => {
    expect(fresh().mechanism('example/second-price').inParts).toBeUndefined();
    expect(Object.keys(fresh().mechanism('example/sums').inParts ?? {})).toEqual(['divide', 'solve', 'combine']);
  });
});

describe('what comes from elsewhere', () => {
  test.each([
    ['no division', [], ''],
    ['a seed that is none', { seed: 0.5, decided: [], parts: [] }, 'seed'],
    ['no list of parts', { seed: 1, decided: [], parts: 'ann' }, 'parts'],
  ])('is refused where it is %s', (_what, division, where) => {
    const why = { code: 'invalid-division', message: expect.stringContaining(where) };
    expect(refusal(() => fresh().combine(scenario, division as object as Division, []))).toMatchObject(why);
    expect(refusal(() => fresh().solveParts(scenario, division as object as Division))).toMatchObject(why);
  });

  test('is refused where it is no list of solutions, or of as many as there are not', () => {
    const division = fresh().divide(scenario);
    const combined = (solutions: unknown): object =>
      refusal(() => fresh().combine(scenario, division, solutions as readonly unknown[]));
    expect(combined('all')).toMatchObject({ code: 'invalid-division', path: ['solutions'] });
    expect(combined([1])).toMatchObject({
      code: 'invalid-division',
      message: expect.stringContaining('there are 1 solutions of 3 parts'),
    });
  });
});
