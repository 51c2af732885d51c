import { believedOnGrid, type Domain, type LawVerdict, singleItem, verify } from '@mechane/conformance';
import {
  type AgentId,
  amount,
  type Claim,
  type Conversation,
  createMechane,
  defineMechanism,
  definePlugin,
  type Mechanism,
  perAgent,
  type Setup,
} from '@mechane/core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { claimingThat } from './mechanisms/claiming.ts';
import * as conversations from './mechanisms/conversations.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const yesOrNo = z.enum(['yes', 'no']);

interface Item {
  readonly winner: AgentId | null;
  readonly payments: Readonly<Record<AgentId, number>>;
}

/** A clock that rises by 1 from the reserve. */
function ascendingClock(name: string, conduct: Clock): Mechanism {
  return defineMechanism({
    id: `test/${name}`,
    settings: z.strictObject({ reserve: amount.default(1) }),
    report: z.strictObject({ value: amount }),
    message: yesOrNo,
    conduct,
    proxy:
      ({ value }) =>
      ({ price }) =>
        value >= price ? 'yes' : 'no',
  }) as object as Mechanism;
}

interface Price {
  readonly price: number;
}

type Clock = (setup: Setup<{ reserve: number }, 'yes' | 'no'>) => Conversation<Price, Item>;

const sold = (participants: readonly AgentId[], winner: AgentId | null, paid: number): Item => ({
  winner,
  payments: perAgent(participants, (agent) => (agent === winner ? paid : 0)),
});

/** One after the other is asked, and who says no is out for good: the last pays what it said yes to. */
const ascending = ascendingClock('ascending', function* ({ settings: { reserve }, participants, tieOrder, ask }) {
  let active = [...participants].sort(tieOrder);
  let accepted = new Map<AgentId, number>();
  for (let price = reserve; active.length > 0; price += 1) {
    for (const agent of active) {
      const last = active.length === 1 ? accepted.get(agent) : undefined;
      if (last !== undefined) return sold(participants, agent, last);
      const replies = yield* ask([agent], { price });
      if (replies.get(agent) === 'yes') accepted = new Map(accepted).set(agent, price);
      else active = active.filter((other) => other !== agent);
    }
  }
  return sold(participants, null, 0);
});

/** All are asked at once, and where all say no, the first of them gets it at the price before. */
const forgiving = ascendingClock('forgiving', function* ({ settings: { reserve }, participants, tieOrder, ask }) {
  let active = [...participants].sort(tieOrder);
  for (let price = reserve; ; price += 1) {
    const replies = yield* ask(active, { price });
    const staying = active.filter((agent) => replies.get(agent) === 'yes');
    if (staying.length === 0)
      return price === reserve ? sold(participants, null, 0) : sold(participants, active[0] ?? null, price - 1);
    if (staying.length === 1) return sold(participants, staying[0] ?? null, price);
    active = staying;
  }
});

/** Everybody's value in one round of a conversation: the highest wins, and pays the second highest. */
const asked: Mechanism = defineMechanism({
  id: 'test/asked',
  settings: z.strictObject({}),
  report: z.strictObject({ value: amount }),
  message: amount,
  *conduct({ participants, tieOrder, ask }) {
    const replies = yield* ask(participants, 'your value');
    const ranked = [...replies].sort(([a, x], [b, y]) => y - x || tieOrder(a, b));
    const winner = ranked[0]?.[0] ?? null;
    return { winner, payments: perAgent(participants, (agent) => (agent === winner ? (ranked[1]?.[1] ?? 0) : 0)) };
  },
  proxy:
    ({ value }) =>
    () =>
      value,
}) as object as Mechanism;

const upTo = (largest: number): Domain =>
  singleItem({
    report: (value) => ({ value }),
    grid: Array.from({ length: largest + 1 }, (_, value) => value),
    prior: () => fc.integer({ min: 0, max: largest }),
    largest: 40,
  }) as Domain;

async function verdictOn(
  mechanism: Mechanism,
  settings: unknown,
  domain: Domain = upTo(5),
): Promise<LawVerdict | undefined> {
  const subject = { mechanism: claimingThat(mechanism, 'credible'), domain, settings: [settings] };
  return (await verify(subject, { laws: ['credible'], runs: 30, seconds: 60 })).laws[0];
}

// Values are 0 to 5, equally likely: a single buyer is best asked for 3, which earns 3/2, while 2 earns 4/3 and 4 earns 4/3.
describe('an ascending clock among values from 0 to 5, equally likely', () => {
  test('is credible from the reserve that is best for the prior (Akbarpour and Li 2020)', async () => {
    expect(await verdictOn(ascending, { reserve: 3 })).toMatchObject({ verdict: 'holds', method: 'statistical' });
  });

  test('is not where all may say no: who is asked for more can still be told of a tie', async () => {
    expect(await verdictOn(forgiving, { reserve: 3 })).toMatchObject({ verdict: 'refuted' });
  });

  test.each([0, 1])(
    'is not from a reserve of %d: the operator goes on asking the last who is there',
    async (reserve) => {
      const verdict = await verdictOn(ascending, { reserve });
      expect(verdict).toMatchObject({ verdict: 'refuted', method: 'statistical' });
      expect(verdict?.reason).toMatch(
        /^the operator expects [\d.]+ rather than [\d.]+ of two agents by asking them otherwise than by the rules: when .*, (ann|bob) pays \d rather than \d, as if (ann|bob) reports|bids \d, and cannot know better$/,
      );
    },
  );

  test('shows the honest outcome, and the one that somebody is made to believe in', async () => {
    const verdict = await verdictOn(ascending, { reserve: 0 });
    const mechane = createMechane().use(definePlugin({ name: 'test', version: '1.0.0', mechanisms: [ascending] }));
    const scenarios = [...(verdict?.replay ?? '').matchAll(/'(\{.*?\})'/g)].map(([, scenario]) =>
      JSON.parse(scenario as string),
    );
    const outcomes = scenarios.map((scenario) => mechane.runScenario(scenario).outcome);
    expect(outcomes).toEqual([verdict?.counterexample?.truthful?.outcome, verdict?.counterexample?.deviating?.outcome]);
  });
});

describe('in a conversation', () => {
  test('a second price is no more credible than a sealed one', async () => {
    expect(await verdictOn(asked, {})).toMatchObject({ verdict: 'refuted' });
  });

  test('a price that falls is credible: whoever stops it pays what it said', async () => {
    expect(await verdictOn(conversations.fallingClock, {})).toMatchObject({ verdict: 'holds' });
  });

  test('a price that is posted is credible', async () => {
    expect(await verdictOn(conversations.takeIt, { price: 3 })).toMatchObject({ verdict: 'holds' });
  });

  test('nothing is decided by a prior that is not on the grid', async () => {
    const domain = singleItem({ report: (value) => ({ value }) }) as Domain;
    expect(await verdictOn(ascending, {}, domain)).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('the prior of the domain single-item is not on its grid'),
    });
  });

  test('types of the grid are equally likely where a domain believes in them', async () => {
    const domain = believedOnGrid(singleItem({ report: (value) => ({ value }) })) as Domain;
    expect(await verdictOn(ascending, { reserve: 3 }, domain)).toMatchObject({
      verdict: 'holds',
      method: 'exhaustive',
    });
    expect(await verdictOn(ascending, { reserve: 0 }, domain)).toMatchObject({ verdict: 'refuted' });
  });

  test('a witness is what shows that a claim does not hold', async () => {
    const witness = { settings: { reserve: 0 }, reports: { ann: { value: 5 }, bob: { value: 0 } } };
    const claim: Claim = { law: 'credible', holds: false, because: 'the last is asked on', witness };
    const mechanism: Mechanism = { ...ascending, claims: () => [claim] };
    const subject = { mechanism, domain: upTo(5) };
    expect((await verify(subject, { laws: ['credible'], runs: 30 })).laws[0]).toMatchObject({ verdict: 'witnessed' });
  });
});
