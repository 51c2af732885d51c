import { amount, byCodeUnit, defineMechanism, type Setup, sold, unsold } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { singleItem, subject, verify } from '../src/index.ts';
import { clockAnswers } from '../src/search/clock-answers.ts';

const values = singleItem({ report: (value: number) => ({ value }) });
const claims = [{ law: 'obviously-strategy-proof', holds: true, because: 'Li 2017' }] as const;
const item = { value: amount };
const stop = z.strictObject({ at: amount });
type ClockSetup = Setup<Record<string, never>, { at: number }>;

/** The price rises from 0; bidders leave one at a time, and `priceOf` says what the last one left pays. */
function risingClock(id: string, priceOf: (last: number, first: number) => number) {
  return defineMechanism({
    id,
    settings: z.strictObject({}),
    report: z.strictObject(item),
    message: stop,
    *conduct({ participants, runClock, tieOrder }: ClockSetup) {
      let active = [...participants];
      const left: number[] = [];
      while (active.length > 1) {
        const replies = yield* runClock(
          active,
          { from: left.at(-1) ?? 0 },
          { direction: 'ascending', stopAt: ({ at }) => at },
        );
        const leavesAt = (agent: string): number => replies.get(agent)?.at ?? 0;
        active.sort((a, b) => leavesAt(a) - leavesAt(b) || tieOrder(b, a));
        left.push(leavesAt(active[0] as string));
        active = active.slice(1);
      }
      const [winner] = active;
      return winner === undefined
        ? unsold(participants)
        : sold(participants, winner, priceOf(left.at(-1) ?? 0, left[0] ?? 0));
    },
    proxy:
      ({ value }) =>
      () => ({ at: value }),
    value: (agent, { value }, { winner }) => (agent === winner ? value : 0),
    claims,
  });
}

/** The first to stop a falling price pays it: a Dutch auction with bidders that stop at their value. */
const fallingClock = defineMechanism({
  id: 'clocks/falling',
  settings: z.strictObject({}),
  report: z.strictObject(item),
  message: stop,
  *conduct({ participants, runClock, tieOrder }: ClockSetup) {
    const replies = yield* runClock(participants, {}, { direction: 'descending', stopAt: ({ at }) => at });
    const [first] = [...replies].sort(([a, one], [b, other]) => other.at - one.at || tieOrder(a, b));
    return first === undefined ? unsold(participants) : sold(participants, first[0], first[1].at);
  },
  proxy:
    ({ value }) =>
    () => ({ at: value }),
  value: (agent, { value }, { winner }) => (agent === winner ? value : 0),
  claims,
});

async function verdictOn(mechanism: Parameters<typeof subject>[0]['mechanism']) {
  const { laws } = await verify(subject({ mechanism, domain: values }), { laws: ['obviously-strategy-proof'] });
  return laws.find(({ law }) => law === 'obviously-strategy-proof');
}

describe('rounds of a continuous clock', () => {
  test('let leaving at one’s value be obviously right, where the last to leave sets the price', {
    tags: ['long'],
  }, async () => {
    expect(await verdictOn(risingClock('clocks/rising', (last) => last))).toMatchObject({
      verdict: 'holds',
      method: 'exhaustive',
    });
  });
  test('do not where the winner pays more than that', async () => {
    const greedy = await verdictOn(risingClock('clocks/greedy', (last) => last + 1));
    expect(greedy?.verdict).toBe('refuted');
  });
  test('do not where whoever leaves first is paid for it', async () => {
    const consoling = risingClock('clocks/consoling', (last, first) => last - 2 * first);
    expect(
      (
        await verdictOn({
          ...consoling,
          utility: (agent, type, outcome, settings) => consolation(agent, type, outcome, settings),
        })
      )?.verdict,
    ).toBe('refuted');
  });
  test('do not where a price falls and whoever stops it pays it', async () => {
    expect((await verdictOn(fallingClock))?.verdict).toBe('refuted');
  });
});

/** Losers get 1. */
function consolation(agent: string, type: unknown, outcome: object, _settings: unknown): number {
  const { winner, payment } = outcome as { winner: string | null; payment: number };
  return winner === agent ? (type as { value: number }).value - payment - 1 : 1;
}

describe('what a clock round stands for', () => {
  const replies = new Map([
    ['ann', { at: 4 }],
    ['bob', { at: 2 }],
    ['cat', { at: 2 }],
  ]);
  const told = (direction: 'ascending' | 'descending') =>
    [
      ...clockAnswers(
        { direction, stopAt: (message) => (message as { at: number }).at },
        replies,
        byCodeUnit,
        [1, 2, 3, 5],
      ),
    ].map(({ agent, price, stops }) => `${agent} ${price} ${stops ? 'stop' : 'stay'}`);
  test('rising, it is price after price until one leaves, the least preferred asked first', () => {
    expect(told('ascending')).toEqual(['cat 1 stay', 'bob 1 stay', 'ann 1 stay', 'cat 2 stop']);
  });
  test('falling, it is price after price until one takes it, the most preferred asked first', () => {
    expect(told('descending')).toEqual(['ann 5 stay', 'bob 5 stay', 'cat 5 stay', 'ann 4 stop']);
  });
});
