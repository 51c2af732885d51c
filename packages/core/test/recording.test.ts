import { type JournalEntry, type JournalSink, MechaneError, systemClock, testClock } from '@mechane/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Round } from '../src/contract/round.ts';
import { TimedReplies } from '../src/contract/timed-replies.ts';
import { Recording } from '../src/play/recording.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const joined = (agent: string) => ({ kind: 'joined', agent }) as const;
const bid = (agent: string) => ({ kind: 'message', round: 1, agent, message: { bid: 1 } }) as const;

/** A journal that answers each entry when it is told to. */
function slow() {
  const entries: JournalEntry[] = [];
  const answers: { resolve(seal?: unknown): void; reject(cause: unknown): void }[] = [];
  const sink: JournalSink = {
    append(entry) {
      entries.push(entry);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
  };
  return { sink, entries, keep: (index: number, seal?: unknown) => answers[index]?.resolve(seal), answers };
}

/** A journal that has every entry at once, and says this of it. */
function quick(seal?: unknown) {
  const entries: JournalEntry[] = [];
  const sink: JournalSink = {
    append(entry) {
      entries.push(entry);
      return seal;
    },
  };
  return { sink, entries };
}

function clockAt(moment: number) {
  const clock = testClock();
  clock.advance(moment);
  return clock;
}

describe('entries', () => {
  test('have the number and the time at which they come, from the opening on, and times never decrease', () => {
    const clock = clockAt(100);
    const { sink, entries } = quick();
    const recording = new Recording(sink, clock);
    expect([recording.next, recording.openedAt, recording.isKept]).toEqual([0, 100, true]);
    clock.advance(5);
    recording.open(joined('ann'));
    recording.add(joined('bob'));
    recording.add(joined('cat'), 120);
    recording.add(joined('dan'), 110);
    recording.add(joined('eve'));
    expect(entries.map(({ seq, at }) => [seq, at])).toEqual([
      [0, 100],
      [1, 105],
      [2, 120],
      [3, 120],
      [4, 120],
    ]);
    expect([recording.now(), recording.now(119), recording.now(121), recording.now()]).toEqual([120, 120, 121, 121]);
    expect(recording.next).toBe(5);
  });
  test('go on after those of a journal that is resumed: its numbers, its opening and its last moment', () => {
    const past = [
      { seq: 0, at: 40, ...joined('ann') },
      { seq: 1, at: 70, ...joined('bob') },
    ];
    const { sink, entries } = quick();
    const recording = new Recording(sink, clockAt(60), past);
    expect([recording.next, recording.openedAt, recording.now()]).toEqual([2, 40, 70]);
    recording.add(joined('cat'));
    expect(entries).toEqual([{ seq: 2, at: 70, ...joined('cat') }]);
  });
  test('are nowhere without a journal, and what is said has a number all the same', () => {
    const recording = new Recording(undefined, clockAt(3));
    expect([recording.isKept, recording.isSynced, recording.synced]).toEqual([false, true, undefined]);
    expect(recording.add(joined('ann'))).toBeUndefined();
    expect(recording.said(bid('ann'), 4)).toEqual({ seq: 0, at: 4, hash: null });
    expect(recording.said(bid('bob'), 5)).toEqual({ seq: 1, at: 5, hash: null });
    recording.end();
  });
  test('are waited for only where the journal gives a promise', () => {
    const at = new Recording(quick({ hash: 'x' }).sink, clockAt(0));
    expect([at.add(joined('ann')), at.synced]).toEqual([undefined, undefined]);
    const later = new Recording(slow().sink, clockAt(0));
    expect(later.add(joined('ann'))).toBeInstanceOf(Promise);
    expect([later.isSynced, later.synced]).toEqual([false, expect.any(Promise)]);
    later.end();
  });
});

describe('a receipt', () => {
  const recording = () => new Recording(undefined, clockAt(0));
  test.each([undefined, null, 7, 'hash', {}, { signature: 'x' }])('has no hash where the journal says %j', (said) => {
    expect(recording().receipt(3, 4, said)).toEqual({ seq: 3, at: 4, hash: null });
  });
  test('has the hash, and is signed over what the run is called, where there is a name', () => {
    const named = recording();
    named.run = 'lot 12';
    expect(named.receipt(3, 4, { hash: 'ab' })).toEqual({ seq: 3, at: 4, hash: 'ab' });
    const signed = { hash: 'ab', signature: 'cd' };
    expect(named.receipt(3, 4, signed)).toEqual({ session: 'lot 12', seq: 3, at: 4, ...signed });
    expect(recording().receipt(3, 4, signed)).toEqual({ seq: 3, at: 4, hash: 'ab' });
  });
  test('is given at once, or when the journal has the message', async () => {
    expect(new Recording(quick({ hash: 'ab' }).sink, clockAt(0)).said(bid('ann'), 2)).toEqual({
      seq: 0,
      at: 2,
      hash: 'ab',
    });
    const { sink, keep } = slow();
    const recording = new Recording(sink, clockAt(0));
    const receipt = recording.said(bid('ann'), 2);
    expect(receipt).toBeInstanceOf(Promise);
    keep(0, { hash: 'cd' });
    expect(await receipt).toEqual({ seq: 0, at: 2, hash: 'cd' });
    recording.end();
  });
});

describe('a journal that takes its time', () => {
  test('has all when the last of them is there, in whatever order they come through', async () => {
    const { sink, keep } = slow();
    const recording = new Recording(sink, clockAt(0));
    for (const agent of ['ann', 'bob', 'cat']) recording.add(joined(agent));
    const { synced } = recording;
    expect(recording.synced).toBe(synced);
    let isThere = false;
    synced?.then(() => {
      isThere = true;
    });
    keep(2);
    keep(0);
    await settled();
    expect([isThere, recording.isSynced]).toEqual([false, false]);
    keep(1);
    await settled();
    expect([isThere, recording.isSynced, recording.synced]).toEqual([true, true, undefined]);
    recording.add(joined('dan'));
    expect(recording.synced).not.toBe(synced);
    recording.end();
  });
  test('and fails is told of once, with its own error, which whoever waits hears, and whoever says more', async () => {
    const { sink, answers } = slow();
    const recording = new Recording(sink, clockAt(0));
    const failures: MechaneError[] = [];
    recording.onFailure = (error) => failures.push(error);
    const [first, second] = [recording.add(joined('ann')), recording.said(bid('bob'), 0)];
    const { synced } = recording;
    answers[0]?.reject(new Error('disk full'));
    answers[1]?.reject(new Error('disk gone'));
    const failed = expect.objectContaining({ code: 'journal-failed', message: expect.stringContaining('disk full') });
    await expect(first).rejects.toThrow(failed);
    await expect(second).rejects.toThrow(failed);
    await expect(synced).rejects.toThrow(failed);
    expect(failures).toEqual([failed]);
    expect(() => recording.add(joined('cat'))).toThrow(failures[0]);
    expect(() => recording.said(bid('cat'), 0)).toThrow(failures[0]);
    expect(answers).toHaveLength(2);
    // It never has all of it, and whoever asks only now is told so.
    expect(recording.isSynced).toBe(false);
    await expect(recording.synced).rejects.toThrow(failed);
    recording.end();
  });
  test('may fail at once, with a coded error that stays what it is', () => {
    const own = new MechaneError('disk-full', { problem: 'there is no room' });
    const recording = new Recording(
      {
        append() {
          throw own;
        },
      },
      clockAt(0),
    );
    let told: unknown;
    recording.onFailure = (error) => {
      told = error;
    };
    expect(() => recording.add(joined('ann'))).toThrow(own);
    expect(told).toBe(own);
    expect(recording.isSynced).toBe(false);
  });
});

describe('a round that has closed', () => {
  const asking = { closes: 'when-all-answered' } as Round;
  const listening = { closes: 'at-first-message' } as Round;
  const said = (...told: readonly (readonly [string, number])[]) => {
    const replies = new TimedReplies();
    for (const [agent, at] of told) replies.hear(agent, { bid: at }, at);
    replies.closedAt = 90;
    return replies;
  };
  const taken = (round: Round, replies: Parameters<Recording['round']>[2], after?: number) => {
    const { sink, entries } = quick();
    const recording = new Recording(sink, clockAt(1_000));
    expect(recording.round(round, 3, replies, after)).toBeUndefined();
    return entries.map(({ seq: _, ...entry }) => entry);
  };
  const message = (agent: string, at: number) => {
    return { at: 1_000 + at, kind: 'message', round: 3, agent, message: { bid: at } };
  };
  const closed = (at: number) => ({ at: 1_000 + at, kind: 'round-closed', round: 3 });
  test('has its messages with their times since the opening, and its end', () => {
    expect(taken(asking, said(['ann', 10], ['bob', 30]))).toEqual([message('ann', 10), message('bob', 30), closed(90)]);
  });
  test('has those that were not taken down before', () => {
    expect(taken(asking, said(['ann', 10], ['bob', 30]), 1)).toEqual([message('bob', 30), closed(90)]);
    expect(taken(asking, said(['ann', 10]), 1)).toEqual([closed(90)]);
  });
  test('where a mechanism listens, closes with its message, and without one has an end', () => {
    expect(taken(listening, said(['ann', 10]))).toEqual([message('ann', 10)]);
    expect(taken(listening, said())).toEqual([closed(90)]);
  });
  test('where nobody keeps the time, has the time at which it is taken down', () => {
    expect(taken(asking, new Map([['ann', { bid: 0 }]]))).toEqual([message('ann', 0), closed(0)]);
  });
  test('is waited for where the journal is slow', async () => {
    const { sink, keep } = slow();
    const recording = new Recording(sink, clockAt(0));
    const round = recording.round(asking, 1, new Map());
    expect(round).toBeInstanceOf(Promise);
    keep(0);
    await round;
    recording.end();
  });
});

describe('the patience with a journal', () => {
  afterEach(() => vi.restoreAllMocks());

  /** A recording that is patient for so long, by a clock that a test moves. */
  function watched(patience: number) {
    const clock = clockAt(500);
    vi.spyOn(systemClock, 'now').mockImplementation(() => clock.now());
    const set: number[] = [];
    let left = 0;
    vi.spyOn(systemClock, 'after').mockImplementation((milliseconds, callback) => {
      set.push(milliseconds);
      left += 1;
      const callOff = clock.after(milliseconds, () => {
        left -= 1;
        callback();
      });
      return () => {
        left -= 1;
        callOff();
      };
    });
    const { sink, keep, answers } = slow();
    const recording = new Recording(sink, testClock(), [], patience);
    const failures: string[] = [];
    recording.onFailure = ({ message }) => failures.push(message);
    return { clock, recording, keep, answers, failures, set, alarms: () => left };
  }

  test('ends when nothing comes through for that long, and the run is told once', async () => {
    const { clock, recording, failures, alarms } = watched(40);
    recording.add(joined('ann'));
    const { synced } = recording;
    clock.advance(39);
    expect(failures).toEqual([]);
    clock.advance(1);
    const hangs = 'the journal has not taken an entry down within 0.04 s';
    expect(failures).toEqual([expect.stringContaining(hangs)]);
    await expect(synced).rejects.toThrow(hangs);
    expect(() => recording.add(joined('bob'))).toThrow(hangs);
    clock.advance(1_000);
    expect([failures.length, alarms()]).toEqual([1, 0]);
  });
  test('begins anew with every entry that comes through, however many wait', async () => {
    const { clock, recording, keep, failures } = watched(40);
    for (let index = 0; index < 4; index++) recording.add(joined(`${index}`));
    for (let index = 0; index < 3; index++) {
      clock.advance(39);
      keep(index);
      await settled();
    }
    clock.advance(39);
    expect(failures).toEqual([]);
    clock.advance(1);
    expect(failures).toHaveLength(1);
  });
  test('is asked of nobody while nothing waits, and begins with the next that does', async () => {
    const { clock, recording, keep, failures, alarms } = watched(40);
    recording.add(joined('ann'));
    keep(0);
    await settled();
    clock.advance(1_000);
    expect([failures, alarms()]).toEqual([[], 0]);
    recording.add(joined('bob'));
    clock.advance(39);
    keep(1);
    await settled();
    clock.advance(10);
    recording.add(joined('cat'));
    clock.advance(39);
    expect(failures).toEqual([]);
    clock.advance(1);
    expect(failures).toHaveLength(1);
  });
  test('has one alarm, and none when the run has ended or the journal has failed', async () => {
    const ended = watched(40);
    ended.recording.add(joined('ann'));
    ended.recording.add(joined('bob'));
    expect([ended.set, ended.alarms()]).toEqual([[40], 1]);
    ended.recording.end();
    expect(ended.alarms()).toBe(0);
    ended.clock.advance(100);
    expect(ended.failures).toEqual([]);
    vi.restoreAllMocks();
    const failed = watched(40);
    failed.recording.add(joined('ann'))?.catch(() => {});
    failed.answers[0]?.reject(new Error('disk full'));
    await settled();
    expect([failed.failures.length, failed.alarms()]).toEqual([1, 0]);
  });
});
