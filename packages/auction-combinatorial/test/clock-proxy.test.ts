import { ClockService, createMechane, provide } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { bestWelfare } from './brute-force.ts';
import { faultOf } from './fault-of.ts';
import { blockingGain, drawAuction, faultOfSent } from './iterative-oracles.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(combinatorialAuctions);
const id = 'auction-combinatorial/clock-proxy';
const one = (bundle: string[], value: number): PackageBids => ({ xor: [{ bundle, value }] });
const bid = (bundle: string[], value: number) => ({ bundle, value });

describe('with straightforward bidders', () => {
  test('the allocation is efficient, payments are in the core, and revenue is the least there', () => {
    for (let seed = 1; seed <= 250; seed++) {
      const auction = drawAuction(seed);
      const settings = { goods: { ...auction.goods }, increment: [1, 0.5, 2][seed % 3] as number };
      const { metrics, outcome, certificate } = mechane.run(id, { settings, reports: auction.reports });
      expect(certificate?.status).toBe('optimal');
      expect(metrics.welfare, `seed ${seed}`).toBe(bestWelfare(auction));
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(1e-6);
      const sealed = mechane.run('auction-combinatorial/core-selecting', {
        settings: { goods: { ...auction.goods } },
        reports: auction.reports,
      });
      expect(metrics.revenue, `seed ${seed}`).toBeCloseTo(sealed.metrics.revenue as number, 6);
    }
  });

  test('Day and Cramton 2012: 20 and 12', () => {
    const reports = { ann: one(['A'], 28), bob: one(['B'], 20), cat: one(['A', 'B'], 32) };
    const { outcome, certificate } = mechane.run(id, { settings: { goods: ['A', 'B'], increment: 1 }, reports });
    expect(outcome.payments).toEqual({ ann: 20, bob: 12, cat: 0 });
    expect(certificate?.binding).toEqual([['cat']]);
  });

  test('the clock stops at the first prices at which nothing is in excess demand', () => {
    const reports = { ann: one(['A'], 6), bob: one(['A'], 4), cat: one(['B'], 3) };
    const { outcome } = mechane.run(id, { settings: { goods: ['A', 'B'], increment: 1 }, reports });
    expect(outcome.history.map(({ prices }) => prices)).toEqual([0, 1, 2, 3, 4].map((A) => ({ A, B: 0 })));
    expect(outcome.history.at(-1)?.demand).toEqual({ ann: ['A'], cat: ['B'] });
    expect(outcome.rounds).toBe(6);
    expect(outcome.payments).toEqual({ ann: 4, bob: 0, cat: 0 });
  });

  test('what proxies say never breaks the activity rule', async () => {
    const strategyOf = combinatorialAuctions.mechanisms.find((mechanism) => mechanism.id === id)?.proxy;
    for (let seed = 1; seed <= 60; seed++) {
      const { goods, reports } = drawAuction(seed);
      const agents = Object.fromEntries(
        Object.entries(reports).map(([agent, report]) => {
          const strategy = strategyOf?.(report, agent);
          return [agent, (ask: unknown) => strategy?.(ask) as { demand: string[] }];
        }),
      );
      const session = mechane.open(id, { settings: { goods: { ...goods }, increment: 0.5 }, agents });
      for await (const event of session) expect(event.kind, `seed ${seed}`).not.toBe('refused');
      const { outcome } = mechane.run(id, { settings: { goods: { ...goods }, increment: 0.5 }, reports });
      expect(await session.outcome).toEqual(outcome);
    }
  });
});

type Message = { demand: string[] } | { bids: { bundle: string[]; value: number }[] };

/**
 * Plays bob, message by message, while ann and cat demand A in the first three rounds: A rises from 0 to 3, and B costs nothing. Gives
 * what is wrong with each message, and the outcome; what is refused is followed by the next message in the same round.
 */
async function playBob(messages: readonly Message[], activityRule: 'revealed-preference' | 'none') {
  const ask = ({ phase, round }: { readonly phase: string; readonly round: number }): Message =>
    phase === 'clock' ? { demand: round <= 3 ? ['A'] : [] } : { bids: [] };
  const settings = { goods: ['A', 'B'], increment: 1, activityRule };
  const session = mechane.open(id, { settings, agents: { ann: ask, bob: 'external', cat: ask } });
  const faults: string[] = [];
  let next = 0;
  for await (const event of session) {
    if (event.kind !== 'asked') continue;
    for (let fault = ''; fault !== 'accepted' && next < messages.length; next++) {
      fault = await faultOfSent(session.submit('bob', messages[next] as Message));
      faults.push(fault);
    }
  }
  return { faults, outcome: await session.outcome };
}

describe('the activity rule', () => {
  const demand = (...goods: string[]): Message => ({ demand: goods });
  const alwaysA = [demand('A'), demand('A'), demand('A'), demand('A')];
  const accepted = Array.from({ length: 4 }, () => 'accepted');

  test('who stays with A while it rises to 3 can bid on A and B together no more than on A', async () => {
    const over: Message = { bids: [bid(['A', 'B'], 8), bid(['A'], 7)] };
    const within: Message = { bids: [bid(['A', 'B'], 7), bid(['A'], 7)] };
    const { faults, outcome } = await playBob([...alwaysA, over, within], 'revealed-preference');
    expect(faults).toEqual([...accepted, 'invalid-message messages.bob.bids.0.value', 'accepted']);
    // Ann and cat have bid 2 on A by demanding it.
    expect(outcome).toMatchObject({ rounds: 5, payments: { ann: 0, bob: 2, cat: 0 } });
    expect(outcome.allocation.bob).toContain('A');
    const free = await playBob([...alwaysA, over], 'none');
    expect(free.faults).toEqual([...accepted, 'accepted']);
    expect(free.outcome.allocation.bob).toEqual(['A', 'B']);
  });

  test('who left A for B when A cost 1 may bid on A no more than 1 above B, and on B no more than on A', async () => {
    const clock = [demand('A'), demand('B'), demand('B'), demand('B')];
    const { faults } = await playBob(
      [
        ...clock,
        { bids: [bid(['A'], 5), bid(['B'], 3)] },
        { bids: [bid(['A'], 3), bid(['B'], 4)] },
        { bids: [bid(['A'], 4), bid(['B'], 3)] },
      ],
      'revealed-preference',
    );
    expect(faults).toEqual([
      ...accepted,
      'invalid-message messages.bob.bids.0.value',
      'invalid-message messages.bob.bids.1.value',
      'accepted',
    ]);
  });

  test('a demand that has become dearer against an earlier one is refused, unless there is no rule', async () => {
    const none: Message = { bids: [] };
    const refused = [demand('B'), demand('A'), demand('B'), demand('B'), demand('B'), none];
    const { faults } = await playBob(refused, 'revealed-preference');
    expect(faults).toEqual(['accepted', 'invalid-message messages.bob.demand', ...accepted]);
    const { faults: free } = await playBob([demand('B'), demand('A'), demand('B'), demand('B'), none], 'none');
    expect(free).toEqual([...accepted, 'accepted']);
  });

  test('who falls silent has demanded nothing: it may bid what packages cost then', async () => {
    const bids = (value: number): Message => ({ bids: [bid(['A'], value)] });
    const { faults } = await playBob(
      [demand('A'), demand('A'), demand(), demand(), bids(3), bids(2)],
      'revealed-preference',
    );
    expect(faults).toEqual([...accepted, 'invalid-message messages.bob.bids.0.value', 'accepted']);
  });

  test('messages that belong to the other phase or name what is not for sale are refused', async () => {
    const { faults } = await playBob(
      [
        { bids: [bid(['A'], 1)] },
        demand('A', 'C'),
        demand('A', 'A'),
        ...alwaysA,
        demand('A'),
        { bids: [bid(['C'], 1)] },
        { bids: [bid(['A'], 1), bid(['A'], 2)] },
        { bids: [bid(['A'], 2e6)] },
        { bids: [] },
      ],
      'revealed-preference',
    );
    expect(faults).toEqual([
      'invalid-message messages.bob',
      'invalid-message messages.bob.demand.1',
      'invalid-message messages.bob.demand',
      ...accepted,
      'invalid-message messages.bob',
      'invalid-message messages.bob.bids.0.bundle.0',
      'invalid-message messages.bob.bids.1.bundle',
      'invalid-message messages.bob.bids.0.value',
      'accepted',
    ]);
  });
});

test('whoever is silent, late, throws or lies leaves the others an outcome', async () => {
  const { outcome } = await mechane.open(id, {
    settings: { goods: ['A'], increment: 1 },
    within: 5,
    agents: {
      ann: (ask) => (ask.phase === 'clock' ? { demand: ['A'] } : { bids: [bid(['A'], 9)] }),
      bob: (ask) => (ask.phase === 'clock' && ask.round < 3 ? { demand: ['A'] } : undefined),
      cat: () => {
        throw new Error('a broken agent');
      },
      dan: () => new Promise(() => {}),
      eve: () => ({ demand: ['Z'] }),
    },
  }).result;
  expect(outcome.allocation).toEqual({ ann: ['A'] });
  expect(outcome.payments).toEqual({ ann: 1, bob: 0, cat: 0, dan: 0, eve: 0 });
  expect(outcome.rounds).toBe(4);
});

test('the clock stops after its last round, and supplementary bids still find the best allocation', () => {
  const reports = { ann: one(['A'], 9), bob: one(['A'], 8) };
  const settings = { goods: ['A'], increment: 1, maxRounds: 2 };
  const { outcome, metrics } = mechane.run(id, { settings, reports });
  expect(outcome).toMatchObject({ rounds: 3, payments: { ann: 8, bob: 0 } });
  expect(metrics.efficiency).toBe(1);
});

test('a limit that leaves the winners open is said, as in the core-selecting auction', () => {
  const { goods, reports } = drawAuction(7);
  const settings = { goods: { ...goods }, increment: 1, nodeLimit: 0 };
  expect(faultOf(() => mechane.run(id, { settings, reports }))).toBe('unproved-optimum settings');
});
