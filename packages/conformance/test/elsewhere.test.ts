import { type Elsewhere, type Subject, singleItem, verify } from '@mechane/conformance';
import { type AgentId, directMechanism, type Mechanism } from '@mechane/core';
import { expect, test } from 'vitest';
import * as z from 'zod';

const claims = [
  { law: 'strategy-proof', holds: true, because: 'it is said' },
  { law: 'individually-rational', holds: true, because: 'nobody pays more than it bids' },
  { law: 'anonymous', holds: true, because: 'only bids count' },
] as const;

const keyOf = (reports: ReadonlyMap<AgentId, unknown>): string => JSON.stringify([...reports]);

/** An auction that stands for one in another process: the highest bid wins for what it bid, the first of equals. */
function auction(hear: (reports: ReadonlyMap<AgentId, unknown>) => void = () => {}): Mechanism {
  return directMechanism({
    id: 'acme/first-price',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number().nonnegative() }),
    claims: () => claims,
    decide(reports) {
      hear(reports);
      const bids = [...reports].map(([agent, { bid }]) => [agent, bid] as const);
      const [winner] = bids.toSorted(([, one], [, other]) => other - one);
      const payments = Object.fromEntries(bids.map(([agent, bid]) => [agent, agent === winner?.[0] ? bid : 0]));
      return { winner: winner?.[0] ?? null, payments };
    },
  }) as object as Mechanism;
}

function elsewhere(more: Partial<Elsewhere> = {}): Elsewhere {
  return { computed: () => 0, patience: 1_000, replay: (scenarios) => `ask ${scenarios.length}`, ...more };
}

const subjectOf = (mechanism: Mechanism, given?: Elsewhere): Subject => ({
  mechanism,
  domain: singleItem(),
  ...(given ? { elsewhere: given } : {}),
});

test('a rule that is at work elsewhere hears ahead of most of what is played', async () => {
  const foreseen: string[] = [];
  const played = new Set<string>();
  const mechanism = auction((reports) => played.add(keyOf(reports)));
  const given = elsewhere({ foresee: (_, plays) => foreseen.push(...plays.map(({ reports }) => keyOf(reports))) });
  const laws = ['strategy-proof', 'individually-rational'] as const;
  const report = await verify(subjectOf(mechanism, given), { laws, runs: 20 });
  expect(report.laws.map(({ verdict }) => verdict)).toEqual(['refuted', 'holds']);
  expect(foreseen.length).toBeGreaterThan(200);
  // What is foreseen and never played is lost work: no more than a few plays of the last profiles.
  expect(foreseen.filter((key) => !played.has(key)).length).toBeLessThan(foreseen.length / 5);
  expect([...played].filter((key) => foreseen.includes(key)).length).toBeGreaterThan(played.size / 3);
});

test('a rule that is at work elsewhere says how its counterexamples are seen', async () => {
  const report = await verify(subjectOf(auction(), elsewhere()), { laws: ['strategy-proof'], runs: 20 });
  expect(report.laws[0]).toMatchObject({ verdict: 'refuted', replay: 'ask 2' });
});

test('a rule that is at work elsewhere may break ties in its own way', async () => {
  const laws = ['anonymous', 'structural/order-independent'] as const;
  const verdicts = async (subject: Subject) =>
    (await verify(subject, { laws, runs: 20 })).laws.map(({ verdict }) => verdict);
  expect(await verdicts(subjectOf(auction(), elsewhere()))).toEqual(['holds', 'holds']);
  // Here, ties go by the ranking that is given.
  expect(await verdicts(subjectOf(auction()))).toContain('refuted');
});

test('time that passes elsewhere is time of the examination', async () => {
  let waited = 0;
  const mechanism = auction(() => {
    waited += 100;
  });
  const subject = subjectOf(mechanism, elsewhere({ computed: () => waited }));
  const report = await verify(subject, { laws: ['individually-rational'], runs: 100, seconds: 5 });
  expect(report.laws[0]).toMatchObject({ verdict: 'undecided', reason: expect.stringContaining('time') });
});
