import { describe, expect, test } from 'vitest';
import { frozen } from '../src/live/frozen.ts';
import { type Saying, Submissions } from '../src/live/submissions.ts';

const saying = (agent: string): Saying => ({
  agent,
  message: agent,
  isWithdrawal: false,
  key: undefined,
  round: undefined,
  isNow: false,
  arrivedAt: 0,
});

describe('what waits for its turn', () => {
  test('is answered in the order in which it came, each with its own receipt or refusal', async () => {
    const waiting = new Submissions();
    expect([waiting.isEmpty, waiting.next]).toEqual([true, undefined]);
    const receipts = ['ann', 'bob', 'cat'].map((agent) => waiting.add(saying(agent)));
    const turns: string[] = [];
    while (!waiting.isEmpty) {
      expect(waiting.next?.agent).toBe(['ann', 'bob', 'cat'][turns.length]);
      waiting.answer(({ agent }) => {
        turns.push(agent);
        if (agent === 'bob') throw new Error('too late');
        return { seq: turns.length, at: 0, hash: null };
      });
    }
    expect(turns).toEqual(['ann', 'bob', 'cat']);
    expect(await receipts[0]).toEqual({ seq: 1, at: 0, hash: null });
    await expect(receipts[1]).rejects.toThrow('too late');
    expect(await receipts[2]).toEqual({ seq: 3, at: 0, hash: null });
  });
  test('may come while another is answered, and after all were', async () => {
    const waiting = new Submissions();
    const first = waiting.add(saying('ann'));
    let second: Promise<unknown> | undefined;
    waiting.answer(() => {
      second = waiting.add(saying('bob'));
      return { seq: 1, at: 0, hash: null };
    });
    expect(waiting.next?.agent).toBe('bob');
    waiting.answer(() => ({ seq: 2, at: 0, hash: null }));
    expect([await first, await second]).toEqual([
      { seq: 1, at: 0, hash: null },
      { seq: 2, at: 0, hash: null },
    ]);
    expect(waiting.isEmpty).toBe(true);
  });
});

describe('what agents are asked', () => {
  test('is frozen through and through, but for bytes, which cannot be', () => {
    const bytes = new Uint8Array(2);
    const content = { prices: [{ low: 1 }], bytes, none: null, text: 'x' };
    expect(frozen(content)).toBe(content);
    expect([content, content.prices, content.prices[0]].every(Object.isFrozen)).toBe(true);
    expect(Object.isFrozen(bytes)).toBe(false);
    const act = () => 1;
    for (const other of [1, 'x', null, undefined, act]) expect(frozen(other)).toBe(other);
    expect(Object.isFrozen(act)).toBe(false);
  });
  test('is let be where it is frozen already, also what contains itself', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(Object.isFrozen(frozen(circle))).toBe(true);
    const inner = { open: true };
    frozen(Object.freeze({ inner }));
    expect(Object.isFrozen(inner)).toBe(false);
  });
});
