import { type JournalEntry, type JournalSink, type Mechanism, type RunEvent, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import type { Round } from '../src/contract/round.ts';
import { TimedReplies } from '../src/contract/timed-replies.ts';
import type { Participant } from '../src/live/agent-registry.ts';
import { EventStream } from '../src/live/event-stream.ts';
import { LiveRound } from '../src/live/live-round.ts';
import type { LiveRun } from '../src/live/live-run.ts';
import type { Saying } from '../src/live/submissions.ts';
import { AskedAgents } from '../src/play/asked-agents.ts';
import type { RecordedRound } from '../src/play/recorded-rounds.ts';
import { Recording } from '../src/play/recording.ts';
import { RunIdentity } from '../src/play/run-identity.ts';
import { localEvents } from '../src/services/events.ts';
import { unmeasured } from '../src/services/telemetry.ts';
import { secondPrice } from './example-mechanisms.ts';

const never = Number.POSITIVE_INFINITY;
const opening = 5_000;

interface Options {
  readonly round?: Partial<Round>;
  readonly past?: Partial<RecordedRound>;
  readonly within?: number;
  readonly closesAt?: number;
  readonly areGiven?: boolean;
  readonly revisable?: boolean;
  readonly isOpen?: boolean;
}

/** A round of `ann` and `bob`, who are functions, and `eve`, who answers from outside, five seconds after 1970. */
function stage({
  round: own = {},
  past,
  within = 100,
  closesAt = never,
  areGiven = false,
  revisable = false,
  isOpen = false,
}: Options = {}) {
  const clock = testClock();
  clock.advance(opening);
  const taken: JournalEntry[] = [];
  const journal: JournalSink = { append: (entry) => void taken.push(entry) };
  const recording = new Recording(journal, clock);
  const events = new EventStream(localEvents(), new RunIdentity('run', undefined));
  const participants = ['ann', 'bob', 'eve'];
  const called: string[] = [];
  const run = {
    mechanism: { ...(secondPrice as unknown as Mechanism), revisable },
    participants,
    agents: new Map<string, Participant>([
      ['ann', () => undefined],
      ['bob', () => undefined],
      ['eve', 'external'],
    ]),
    clock,
    events,
    meter: unmeasured,
    recording,
    deadlines: { within, closesAt, areGiven },
    isOpen,
    asked: new AskedAgents(),
    calls: { ask: (_, agent) => void called.push(agent) },
    trace: { round() {}, finished() {}, failed() {} },
  } satisfies Omit<LiveRun, 'setup'> as unknown as LiveRun;
  const round: Round = {
    closes: 'when-all-answered',
    clock: undefined,
    agents: ['ann', 'bob'],
    contentFor: (agent) => ({ to: agent }),
    within: undefined,
    closesAt: undefined,
    refuse: undefined,
    ...own,
  };
  const recorded = past && { replies: new TimedReplies(), closed: false, closesAt: undefined, messages: 0, ...past };
  const open = () => new LiveRound(run, round, 3, recorded);
  return { clock, events, called, round, open, entries: (): readonly JournalEntry[] => taken };
}

function saying(agent: string, message: unknown, rest: Partial<Saying> = {}): Saying {
  const usual = { isWithdrawal: false, key: undefined, round: undefined, isNow: false, arrivedAt: opening };
  return { agent, message, ...usual, ...rest };
}

/** Replies as a journal has them. */
function said(...agents: string[]): TimedReplies {
  const replies = new TimedReplies();
  for (const agent of agents) replies.hear(agent, { bid: 1 }, 0);
  return replies;
}

const listening = { closes: 'at-first-message' } as const;
const coded = (code: string) => expect.objectContaining({ code });

describe('a round closes', () => {
  test.each<[string, Options, number]>([
    ['after the time of the run', {}, opening + 100],
    ['after the time of its own instead', { round: { within: 7 } }, opening + 7],
    [
      'at a moment of its own, counted from the opening, where that is sooner',
      { round: { closesAt: 40 } },
      opening + 40,
    ],
    ['after the time of the run, where its own moment is later', { round: { closesAt: 400 } }, opening + 100],
    ['at the end of the run, where that is sooner', { closesAt: opening + 9 }, opening + 9],
    ['never by itself, where a mechanism listens', { round: listening }, never],
    ['but at a moment of its own, where a mechanism listens', { round: { ...listening, closesAt: 40 } }, opening + 40],
    ['when the journal says it would have', { past: { closesAt: opening + 33 } }, opening + 33],
    ['never, where the journal says so', { past: { closesAt: null } }, never],
  ])('%s', (_, options, moment) => {
    expect(stage(options).open().closesAt).toBe(moment);
  });
  test('by its alarm at that moment and not before, and asks all until then', () => {
    const { clock, called, open } = stage();
    const live = open();
    let overs = 0;
    live.wait(() => {
      overs += 1;
    });
    expect(called).toEqual(['ann', 'bob']);
    clock.advance(99);
    expect([live.isOver, overs]).toEqual([false, 0]);
    clock.advance(1);
    expect([live.isOver, overs]).toEqual([true, 1]);
  });
  test('and then calls its alarm off', () => {
    const { clock, open } = stage();
    const after = clock.after;
    let waiting = 0;
    clock.after = (milliseconds, callback) => {
      waiting += 1;
      const callOff = after(milliseconds, callback);
      return () => {
        waiting -= 1;
        callOff();
      };
    };
    const live = open();
    live.wait(() => {});
    expect(waiting).toBe(1);
    live.take(saying('ann', { bid: 1 }));
    live.take(saying('bob', { bid: 2 }));
    expect([live.isOver, waiting]).toEqual([true, 0]);
    const endless = stage({ within: never });
    endless.clock.after = () => expect.fail('nobody waits for what never comes');
    endless.open().wait(() => {});
  });
  test('once, though it is closed twice', () => {
    const live = stage().open();
    let overs = 0;
    live.wait(() => {
      overs += 1;
    });
    live.close();
    live.close();
    expect(overs).toBe(1);
  });
  test('at once and asks nobody, where its time is up when the wait begins, or it is over already', () => {
    for (const isClosed of [false, true]) {
      const { clock, called, open } = stage();
      const live = open();
      if (isClosed) live.close();
      else clock.advance(100);
      let overs = 0;
      live.wait(() => {
        overs += 1;
      });
      expect([live.isOver, overs, called]).toEqual([true, 1, []]);
    }
  });
  test('when all have answered, and stays open for those outside where a deadline is given, or for whoever may come', () => {
    for (const [options, isOver] of [
      [{}, true],
      [{ areGiven: true }, true],
      [{ areGiven: true, round: { agents: ['ann', 'eve'] } }, false],
      [{ round: { agents: ['ann', 'eve'] } }, true],
      [{ isOpen: true }, false],
    ] as const) {
      const { open, round } = stage(options);
      const live = open();
      const [one, other] = round.agents as [string, string];
      live.take(saying(one, { bid: 1 }));
      expect(live.isOver).toBe(false);
      live.take(saying(other, { bid: 2 }));
      expect(live.isOver).toBe(isOver);
    }
  });
  test('at once with the replies of a journal that has all of them', () => {
    const full = stage({ past: { replies: said('ann', 'bob'), messages: 2 } }).open();
    expect(full.isOver).toBe(true);
    expect([...full.closing().keys()]).toEqual(['ann', 'bob']);
    const half = stage({ past: { replies: said('ann'), messages: 1 } });
    const live = half.open();
    expect(live.isOver).toBe(false);
    live.wait(() => {});
    // Who has answered is not asked again.
    expect(half.called).toEqual(['bob']);
  });
});

describe('whoever has an abort signal of a round', () => {
  test('sees it aborted when the round is over, whether it looked before or only then', () => {
    const live = stage().open();
    const { signal } = live;
    expect(signal.aborted).toBe(false);
    live.close();
    expect(signal.aborted).toBe(true);
    const late = stage().open();
    late.close();
    expect(late.signal.aborted).toBe(true);
  });
});

describe('an agent is asked something', () => {
  test('until it has answered, longer where it may revise, and never where others are asked or the round is over', () => {
    for (const revisable of [false, true]) {
      const live = stage({ revisable, areGiven: true, isOpen: true }).open();
      expect(['ann', 'bob', 'eve'].map((agent) => live.isAsking(agent))).toEqual([true, true, false]);
      live.take(saying('ann', { bid: 1 }));
      expect([live.isAsking('ann'), live.isAsking('bob')]).toEqual([revisable, true]);
      live.close();
      expect([live.isAsking('ann'), live.isAsking('bob')]).toEqual([false, false]);
    }
  });
  test('that is its own and that it cannot change', () => {
    const { open } = stage();
    const content = open().contentFor('bob') as object;
    expect(content).toEqual({ to: 'bob' });
    expect(Object.isFrozen(content)).toBe(true);
  });
  test('where it comes in, only in a round that asks it and is not over', () => {
    const { called, open } = stage();
    const live = open();
    live.admit('eve');
    live.admit('ann');
    expect(called).toEqual(['ann']);
    live.close();
    live.admit('bob');
    expect(called).toEqual(['ann']);
  });
});

describe('a round is taken down', () => {
  const kinds = (entries: readonly JournalEntry[]) => entries.map(({ kind }) => kind);
  test('with whom it asks and when it closes', () => {
    const { open, entries, round } = stage();
    open();
    expect(entries()).toEqual([
      { seq: 0, at: opening, kind: 'asked', round: 3, agents: ['ann', 'bob'], closesAt: opening + 100 },
    ]);
    // What is taken down does not change with the mechanism's list.
    expect((entries()[0] as { agents?: unknown }).agents).not.toBe(round.agents);
  });
  test('without an end where it has none', () => {
    const { open, entries } = stage({ within: never });
    open();
    expect(entries()).toMatchObject([{ closesAt: null }]);
  });
  test('only with what is said where a mechanism listens, unless it has a time of its own', () => {
    const plain = stage({ round: listening });
    const live = plain.open();
    live.take(saying('ann', { bid: 1 }));
    live.closing();
    expect(kinds(plain.entries())).toEqual(['message']);
    const timed = stage({ round: { ...listening, within: 50 } });
    timed.open().closing();
    expect(kinds(timed.entries())).toEqual(['asked', 'round-closed']);
  });
  test('not again where the journal has it', () => {
    const { open, entries } = stage({ past: { closesAt: opening + 50 } });
    open();
    expect(entries()).toEqual([]);
  });
  test('with its end, where it did not close with a message', () => {
    const { open, entries } = stage();
    const live = open();
    live.take(saying('ann', { bid: 1 }, { key: 'first' }));
    live.close();
    expect(live.closing().closedAt).toBe(0);
    expect(kinds(entries())).toEqual(['asked', 'message', 'round-closed']);
    expect(entries()[1]).toMatchObject({ agent: 'ann', message: { bid: 1 }, key: 'first' });
  });
});

describe('what is taken down of what is said', () => {
  test('has a key where it was said under one, and none elsewhere', () => {
    const { open, entries } = stage({ revisable: true, isOpen: true });
    const live = open();
    const back = { isWithdrawal: true };
    live.take(saying('ann', { bid: 1 }));
    live.take(saying('ann', undefined, back));
    live.take(saying('bob', { bid: 2 }, { key: 'k' }));
    live.take(saying('bob', undefined, { ...back, key: 'l' }));
    const said = { at: opening, round: 3 };
    expect(entries().slice(1)).toStrictEqual([
      { seq: 1, kind: 'message', agent: 'ann', message: { bid: 1 }, ...said },
      { seq: 2, kind: 'withdrawn', agent: 'ann', ...said },
      { seq: 3, kind: 'message', agent: 'bob', message: { bid: 2 }, key: 'k', ...said },
      { seq: 4, kind: 'withdrawn', agent: 'bob', key: 'l', ...said },
    ]);
  });
  test('is nothing of what was refused', () => {
    const { open, entries } = stage();
    const live = open();
    for (const said of [saying('ann', { bid: -1 }), saying('zoe', { bid: 1 }), saying('eve', { bid: 1 })])
      expect(() => live.take(said)).toThrow();
    expect(entries().map(({ kind }) => kind)).toEqual(['asked']);
    expect(live.closing().size).toBe(0);
  });
});

describe('what is said is refused', () => {
  test('with its place, and the name that may have been meant', () => {
    const live = stage({ round: { refuse: () => ({ problem: 'not here', path: ['bid'] }) } }).open();
    const refusal = (said: Saying): unknown => {
      try {
        return live.take(said);
      } catch (error) {
        return error;
      }
    };
    expect(refusal(saying('anne', { bid: 1 }))).toMatchObject({
      code: 'unknown-agent',
      path: ['messages', 'anne'],
      fix: 'did you mean "ann"?',
    });
    expect(refusal(saying('ann', { bid: -1 }))).toMatchObject({ path: ['messages', 'ann', 'bid'] });
    expect(refusal(saying('ann', { bid: 1 }))).toMatchObject({ path: ['messages', 'ann', 'bid'] });
    expect(refusal(saying('eve', { bid: 1 }))).toMatchObject({ code: 'out-of-turn', path: ['messages', 'eve'] });
  });
  test('of whoever has answered as such, though it comes late or is not asked any more', () => {
    const live = stage().open();
    live.take(saying('ann', { bid: 1 }));
    live.close();
    expect(() => live.take(saying('ann', { bid: 2 }))).toThrow(coded('duplicate-message'));
    expect(() => live.take(saying('ann', { bid: 2 }, { round: 2 }))).toThrow(coded('duplicate-message'));
    expect(() => live.take(saying('ann', { bid: 2 }, { round: 4 }))).toThrow(coded('out-of-turn'));
    expect(() => live.take(saying('eve', { bid: 2 }))).toThrow(coded('out-of-turn'));
    expect(() => live.take(saying('bob', { bid: 2 }))).toThrow(coded('late-message'));
    expect(() => live.take(saying('bob', undefined, { isWithdrawal: true }))).toThrow(coded('late-message'));
  });
  const refused = (options: Options, said: Saying, before: (live: LiveRound) => void) => {
    const live = stage({ isOpen: true, ...options }).open();
    before(live);
    return () => live.take(said);
  };
  const nothing = () => {};
  const annHasAnswered = (live: LiveRound) => void live.take(saying('ann', { bid: 1 }));
  const bid = { bid: 2 };
  test.each<[string, string, Options, Saying, (live: LiveRound) => void]>([
    ['of whoever takes no part', 'unknown-agent', {}, saying('zoe', bid), nothing],
    ['of whoever is not asked', 'out-of-turn', {}, saying('eve', bid), nothing],
    ['for a round that is over', 'late-message', {}, saying('ann', bid, { round: 2 }), nothing],
    ['for a round that is yet to come', 'out-of-turn', {}, saying('ann', bid, { round: 4 }), nothing],
    ['twice', 'duplicate-message', {}, saying('ann', bid), annHasAnswered],
    [
      'to be taken back where it is final',
      'not-revisable',
      {},
      saying('ann', bid, { isWithdrawal: true }),
      annHasAnswered,
    ],
    [
      'to be taken back where there is nothing',
      'out-of-turn',
      { revisable: true },
      saying('ann', bid, { isWithdrawal: true }),
      nothing,
    ],
    ['after the end', 'late-message', {}, saying('ann', bid), (live) => live.close()],
    ['at the moment of the end', 'late-message', {}, saying('ann', bid, { arrivedAt: opening + 100 }), nothing],
    ['in a shape that the mechanism does not take', 'invalid-message', {}, saying('ann', { bid: -1 }), nothing],
    [
      'where the round does not take it',
      'invalid-message',
      { round: { refuse: () => ({ problem: 'not here' }) } },
      saying('ann', bid),
      nothing,
    ],
  ])('%s', (_, code, options, said, before) => {
    expect(refused(options, said, before)).toThrow(coded(code));
  });
  test.each<[string, Options, Saying, (live: LiveRound) => void]>([
    ['for this round', {}, saying('ann', bid, { round: 3 }), nothing],
    ['in the last moment', {}, saying('ann', bid, { arrivedAt: opening + 99 }), nothing],
    ['anew, where it may be revised', { revisable: true }, saying('ann', bid), annHasAnswered],
    [
      'to be taken back, where it may be',
      { revisable: true },
      saying('ann', bid, { isWithdrawal: true }),
      annHasAnswered,
    ],
    ['after it was given up', {}, saying('ann', bid), (live) => live.giveUp('ann', 'threw')],
  ])('but not %s', (_, options, said, before) => {
    expect(refused(options, said, before)).not.toThrow();
  });
  test('after a withdrawal as if nothing had been said', () => {
    const { open, entries } = stage({ revisable: true, isOpen: true });
    const live = open();
    live.take(saying('ann', { bid: 1 }));
    live.take(saying('ann', undefined, { isWithdrawal: true, key: 'back' }));
    expect([...live.closing().keys()]).toEqual([]);
    expect(entries()[2]).toEqual({ seq: 2, at: opening, kind: 'withdrawn', round: 3, agent: 'ann', key: 'back' });
    expect(() => live.take(saying('ann', undefined, { isWithdrawal: true }))).toThrow(coded('out-of-turn'));
  });
});

describe('whoever follows a round', () => {
  test('is told what an agent is asked, who has replied, taken back or been refused, each with its entry, and the end', async () => {
    const { events, open, clock } = stage({ revisable: true, isOpen: true });
    const ann = events.seenBy('ann');
    const live = open();
    clock.advance(30);
    live.take(saying('ann', { bid: 1 }, { arrivedAt: opening + 30 }));
    expect(() => live.take(saying('ann', { bid: -1 }))).toThrow(
      expect.objectContaining({ path: ['messages', 'ann', 'bid'] }),
    );
    live.take(saying('bob', { bid: 2 }, { arrivedAt: opening + 30 }));
    live.take(saying('bob', undefined, { isWithdrawal: true, arrivedAt: opening + 30 }));
    const replies = live.closing();
    expect([replies.at('ann'), replies.closedAt]).toEqual([30, 30]);
    live.tellEnd(replies.size, 4);
    events.end();
    const told: RunEvent[] = [];
    for (let next = await ann.next(); !next.done; next = await ann.next()) told.push(next.value);
    const error = expect.objectContaining({ code: 'invalid-message', path: ['messages', 'ann'] });
    expect(told).toEqual([
      { kind: 'asked', round: 3, agents: ['ann', 'bob'], content: { to: 'ann' }, run: 'run', seq: 0 },
      { kind: 'replied', round: 3, agent: 'ann', run: 'run', seq: 1 },
      { kind: 'refused', round: 3, agent: 'ann', error, run: 'run' },
      { kind: 'replied', round: 3, agent: 'bob', run: 'run', seq: 2 },
      { kind: 'withdrawn', round: 3, agent: 'bob', run: 'run', seq: 3 },
      { kind: 'silent', round: 3, agent: 'bob', why: 'late', run: 'run' },
      { kind: 'round-closed', round: 3, replies: 1, run: 'run', seq: 4 },
    ]);
  });
});

describe('of the silent it is told', () => {
  async function told(options: Options, happens: (live: LiveRound) => void): Promise<string[]> {
    const { events, open } = stage(options);
    const iterator = events[Symbol.asyncIterator]();
    const live = open();
    happens(live);
    live.close();
    live.tellEnd(live.closing().size, undefined);
    events.end();
    const heard: RunEvent[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) heard.push(next.value);
    return heard.flatMap((event) => (event.kind === 'silent' ? [`${event.agent} ${event.why}`] : []));
  }
  test('why, once each, and of nobody who has answered', async () => {
    expect(await told({}, (live) => live.take(saying('ann', { bid: 1 })))).toEqual(['bob late']);
    const twice = (live: LiveRound) => {
      live.giveUp('ann', 'threw');
      live.giveUp('ann', 'malformed');
    };
    expect(await told({}, twice)).toEqual(['ann threw', 'bob late']);
    const answered = (live: LiveRound) => {
      live.take(saying('ann', { bid: 1 }));
      live.giveUp('ann', 'threw');
    };
    expect(await told({}, answered)).toEqual(['bob late']);
    const after = (live: LiveRound) => {
      live.close();
      live.giveUp('ann', 'threw');
    };
    expect(await told({}, after)).toEqual(['ann late', 'bob late']);
  });
  test('where a mechanism listens, only when nobody has spoken', async () => {
    const nobody = () => {};
    expect(await told({ round: { ...listening, closesAt: 40 } }, nobody)).toEqual(['ann unheard', 'bob unheard']);
    expect(await told({ round: listening }, (live) => void live.take(saying('ann', { bid: 1 })))).toEqual([]);
  });
  test('where a mechanism listens until a moment or to whoever comes, all may be silent and the round stays open', () => {
    for (const [options, isOver] of [
      [{ round: listening }, true],
      [{ round: { ...listening, closesAt: 40 } }, false],
      [{ round: listening, isOpen: true }, false],
    ] as const) {
      const live = stage(options).open();
      live.giveUp('ann', 'said-nothing');
      live.giveUp('bob', 'said-nothing');
      expect(live.isOver).toBe(isOver);
    }
  });
});
