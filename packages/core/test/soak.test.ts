import { ClockService, createMechane, type LiveAgent, provide, seededRandom, testClock } from '@mechane/core';
import { expect, onTestFinished, test } from 'vitest';
import { examples } from './example-mechanisms.ts';

const sessions = 10_000;
const atOnce = 500;
const deadline = 1000;

const endless = 'x'.repeat(1_000_000);
const cycle: { bid?: unknown } = {};
cycle.bid = cycle;
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const trap = (name: string) =>
  Object.defineProperty({}, name, {
    get() {
      throw new Error('poison');
    },
  });

/** Every way of not answering. All of them come to silence. */
const misbehaviours: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('crash');
  },
  'throws no error': () => {
    throw undefined;
  },
  rejects: () => Promise.reject(new Error('crash')),
  'says nothing': () => undefined,
  'never answers': () => new Promise(() => {}),
  'answers with nonsense': () => ({ bid: 'a lot' }),
  'answers with too much': () => ({ bid: 1, bribe: 2 }),
  'answers with less than nothing': () => ({ bid: -1 }),
  'answers with no number': () => ({ bid: Number.NaN }),
  'answers endlessly': () => ({ bid: 1, value: [endless, Number.NaN] }),
  'answers in circles': () => ({ bid: 1, value: cycle }),
  'answers with a trap': () => trap('bid'),
  'answers with a trap for promises': () => trap('then'),
  'answers with a dead proxy': () => revoked.proxy,
};

const badAgents = misbehaviours as Record<string, LiveAgent<unknown, never>>;

test('10,000 sessions with every kind of bad agent at once end as the rules say', { tags: ['long'] }, async () => {
  const rejections: unknown[] = [];
  const listener = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', listener);
  onTestFinished(() => void process.off('unhandledRejection', listener));

  const clock = testClock();
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] }).use(examples);
  const random = seededRandom(1);
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  for (let opened = 0; opened < sessions; opened += atOnce) {
    const running = Array.from({ length: atOnce }, () => {
      const bids = { ann: random.below(100), bob: random.below(100), cat: random.below(100) };
      const good = Object.fromEntries(Object.entries(bids).map(([agent, bid]) => [agent, async () => ({ bid })]));
      const late = () =>
        new Promise<{ bid: number }>((resolve) => clock.after(deadline + 1, () => resolve({ bid: 1000 })));
      const agents = { ...badAgents, ...good, late, 'outside, silent': 'external' as const };
      const session = mechane.open('example/second-price', { agents, within: deadline });
      return { bids, session };
    });
    await turn();
    for (const { session } of running) {
      await expect(session.submit('ann', { bid: 999 })).rejects.toThrow(
        expect.objectContaining({ code: 'duplicate-message' }),
      );
      await expect(session.submit('stranger', { bid: 999 })).rejects.toThrow(
        expect.objectContaining({ code: 'unknown-agent' }),
      );
    }
    clock.advance(deadline);
    for (const { bids, session } of running) {
      const reports = Object.fromEntries(Object.entries(bids).map(([agent, bid]) => [agent, { bid }]));
      const { winner, payment } = mechane.run('example/second-price', { reports }).outcome;
      const outcome = await session.outcome;
      expect([outcome.winner, outcome.payment]).toEqual([winner, payment]);
      expect(Object.values(outcome.payments).filter((paid) => paid !== 0)).toEqual(payment === 0 ? [] : [payment]);
    }
    clock.advance(1);
  }
  await turn();
  expect(rejections).toEqual([]);
});
