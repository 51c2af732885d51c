import { singleItem, verify } from '@mechane/conformance';
import { type AgentId, amount, directMechanism, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { claiming, holds } from './mechanisms/claiming.ts';

/** Gives the thing away to a lonely agent, with no word of money; among more, each pays what the rule says. */
const silentAlone = (each: (index: number) => number): Mechanism =>
  directMechanism({
    id: 'test/silent-alone',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: amount }),
    decide(reports) {
      const agents: readonly AgentId[] = [...reports.keys()];
      const [winner = null] = agents;
      if (agents.length < 2) return { winner };
      return { winner, payments: Object.fromEntries(agents.map((agent, index) => [agent, each(index)])) };
    },
  }) as object as Mechanism;

const laws = ['no-deficit', 'budget-balanced'] as const;
const verdicts = async (each: (index: number) => number) => {
  const mechanism = claiming(silentAlone(each), ...laws.map((law) => holds(law)));
  const report = await verify({ mechanism, domain: singleItem() }, { laws, runs: 30, seconds: 60 });
  return report.laws.filter(({ law }) => law !== undefined && (laws as readonly string[]).includes(law));
};

describe('where some outcomes have no payments', () => {
  test('laws about money are kept by those that have', async () => {
    expect(await verdicts((index) => (index === 0 ? 1 : index === 1 ? -1 : 0))).toMatchObject([
      { verdict: 'holds' },
      { verdict: 'holds' },
    ]);
  });

  test('and broken by those that have', async () => {
    const found = await verdicts((index) => (index === 0 ? -1 : 0));
    for (const { verdict, reason } of found) {
      expect(verdict).toBe('refuted');
      expect(reason).toMatch(/payments sum to -1: 1 must be put in from outside$/);
    }
    expect(found).toHaveLength(2);
  });
});
