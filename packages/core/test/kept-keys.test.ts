import { type Journal, type Mechanism, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { KeptKeys } from '../src/live/kept-keys.ts';
import type { Saying } from '../src/live/submissions.ts';
import type { Receipt } from '../src/play/journal.ts';
import { Recording } from '../src/play/recording.ts';
import { secondPrice } from './example-mechanisms.ts';

const mechanism = secondPrice as unknown as Mechanism;
const receipt = (seq: number): Receipt => ({ seq, at: 0, hash: null });
const coded = (code: string, path?: readonly string[]) => expect.objectContaining(path ? { code, path } : { code });

function saying(agent: string, message: unknown, isWithdrawal = false): Saying {
  return { agent, message, isWithdrawal, key: 'k', round: undefined, isNow: false, arrivedAt: 0 };
}

/** Says something under a key, and what came of it, with how often it was really said. */
function stage(keys = new KeptKeys()) {
  let said = 0;
  const once = (key: string, what: Saying, take: () => Receipt | Promise<Receipt> = () => receipt(said)) =>
    keys.once(key, what, mechanism, () => {
      said += 1;
      return take();
    });
  return { once, said: () => said };
}

describe('under a key', () => {
  test('the same is said once, however it is written, and gets the same receipt', () => {
    const { once, said } = stage();
    const first = once('k', saying('ann', { bid: 3, value: 'x' }));
    expect(once('k', saying('ann', { value: 'x', bid: 3 }))).toBe(first);
    expect(said()).toBe(1);
  });
  test('something else is refused, and so is a withdrawal of what was said', () => {
    const { once, said } = stage();
    once('k', saying('ann', { bid: 3 }));
    expect(() => once('k', saying('ann', { bid: 4 }))).toThrow(coded('key-reused'));
    expect(() => once('k', saying('ann', undefined, true))).toThrow(coded('key-reused'));
    once('back', saying('ann', undefined, true));
    once('back', saying('ann', undefined, true));
    expect(() => once('back', saying('ann', { bid: 3 }))).toThrow(coded('key-reused'));
    expect(said()).toBe(2);
  });
  test('every agent has its own, whatever agents and keys are called', () => {
    const { once, said } = stage();
    once('k', saying('ann', { bid: 3 }));
    once('k', saying('bob', { bid: 4 }));
    once('","k', saying('a', { bid: 5 }));
    once('k', saying('a","', { bid: 6 }));
    expect(said()).toBe(4);
  });
  test('what is malformed is refused, and the key is free', () => {
    const { once, said } = stage();
    expect(() => once('k', saying('ann', { bid: -1 }))).toThrow(coded('invalid-message', ['messages', 'ann', 'bid']));
    expect(said()).toBe(0);
    once('k', saying('ann', { bid: 1 }));
    expect(said()).toBe(1);
  });
  test('what is refused, at once or later, has not been said', async () => {
    const { once, said } = stage();
    const refuse = (): Receipt => {
      throw new Error('late');
    };
    expect(() => once('k', saying('ann', { bid: 3 }), refuse)).toThrow('late');
    const later = once('k', saying('ann', { bid: 4 }), () => Promise.reject(new Error('disk')));
    await expect(later).rejects.toThrow('disk');
    once('k', saying('ann', { bid: 5 }));
    expect(said()).toBe(3);
  });
});

describe('the keys of a journal', () => {
  const entries = [
    { seq: 0, at: 1, kind: 'joined', agent: 'ann' },
    { seq: 1, at: 2, kind: 'message', round: 1, agent: 'bob', message: { bid: 1 } },
    { seq: 2, at: 3, kind: 'message', round: 1, agent: 'ann', message: { bid: 3 }, key: 'k' },
    { seq: 3, at: 4, kind: 'withdrawn', round: 1, agent: 'ann', key: 'back' },
    { seq: 4, at: 5, kind: 'withdrawn', round: 1, agent: 'bob' },
  ] as const;
  const journal = (length: number, seals?: unknown) =>
    ({ entries: entries.slice(0, length), seals }) as unknown as Journal;
  const recording = () => new Recording(undefined, testClock());

  test('are known with their receipts, those of messages and of withdrawals', () => {
    const seals = entries.map(({ seq }) => ({ hash: `hash ${seq}` }));
    const { once, said } = stage(KeptKeys.of(journal(5, seals), recording()));
    expect(once('k', saying('ann', { bid: 3 }))).toEqual({ seq: 2, at: 3, hash: 'hash 2' });
    expect(once('back', saying('ann', undefined, true))).toEqual({ seq: 3, at: 4, hash: 'hash 3' });
    expect(() => once('k', saying('ann', { bid: 4 }))).toThrow(coded('key-reused'));
    expect(said()).toBe(0);
    once('k', saying('bob', { bid: 1 }));
    expect(said()).toBe(1);
  });
  test('have receipts without a hash where it has none', () => {
    const { once } = stage(KeptKeys.of(journal(5), recording()));
    expect(once('k', saying('ann', { bid: 3 }))).toEqual({ seq: 2, at: 3, hash: null });
  });
  test('are none where nothing was said under any', () => {
    expect(KeptKeys.of(journal(2), recording())).toBeUndefined();
  });
});
