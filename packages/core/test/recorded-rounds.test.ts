import type { JournalEntry, Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { RecordedRounds } from '../src/play/recorded-rounds.ts';
import { secondPrice } from './example-mechanisms.ts';

const opened = { kind: 'opened', participants: ['ann', 'bob'] };
const said = (agent: string, round = 1, bid = 1) => ({ kind: 'message', round, agent, message: { bid } });
const withdrawn = (agent: string, round = 1) => ({ kind: 'withdrawn', round, agent });
const closed = (round = 1) => ({ kind: 'round-closed', round });
const asked = (round: number, closesAt: number | null) => ({ kind: 'asked', round, agents: ['ann', 'bob'], closesAt });
const asking = { agents: ['ann', 'bob'], closes: 'when-all-answered' } as const;
const listening = { agents: ['ann', 'bob'], closes: 'at-first-message' } as const;

/** The rounds of a journal whose entries come ten milliseconds after each other, the opening at 1,000. */
function recorded(entries: readonly object[], { revisable = false, participants = ['ann', 'bob'] } = {}) {
  const stamped = entries.map((entry, seq) => ({ seq, at: 1_000 + 10 * seq, ...entry }) as JournalEntry);
  const mechanism = { ...(secondPrice as unknown as Mechanism), revisable };
  return new RecordedRounds({ entries: stamped }, mechanism, participants);
}

describe('a round of a journal', () => {
  test('has its replies with their times since the opening, its deadline and its end', () => {
    const rounds = recorded([opened, asked(1, 7_000), said('bob'), said('ann'), closed(), { kind: 'closed' }]);
    const { replies, closed: isClosed, closesAt, messages } = rounds.next(asking);
    expect([...replies]).toEqual([
      ['bob', { bid: 1 }],
      ['ann', { bid: 1 }],
    ]);
    expect([replies.at('bob'), replies.at('ann'), replies.closedAt]).toEqual([20, 30, 40]);
    expect([isClosed, closesAt, messages]).toEqual([true, 7_000, 2]);
    expect(rounds.hasNext).toBe(false);
  });
  test('may be open still, without an end and with a deadline, none, or one of which nothing is said', () => {
    for (const closesAt of [7_000, null]) {
      const round = recorded([opened, asked(1, closesAt), said('bob')]).next(asking);
      expect(round).toMatchObject({ closed: false, closesAt, messages: 1 });
      expect(round.replies.closedAt).toBeUndefined();
    }
    expect(recorded([opened]).next(asking)).toMatchObject({ closed: false, closesAt: undefined, messages: 0 });
  });
  test('where the mechanism listens, closes with its message, and what follows is of the next', () => {
    const rounds = recorded([opened, said('bob'), said('bob', 2), closed(3)]);
    const first = rounds.next(listening);
    expect([[...first.replies.keys()], first.closed, first.replies.closedAt]).toEqual([['bob'], true, 10]);
    expect(rounds.next(listening)).toMatchObject({ closed: true, messages: 1 });
    expect(rounds.hasNext).toBe(true);
    expect(rounds.next(listening)).toMatchObject({ closed: true, messages: 0 });
    expect(rounds.hasNext).toBe(false);
  });
  test('where the mechanism listens, may say once more that it has closed', () => {
    const rounds = recorded([opened, said('bob'), closed(1), said('ann', 2)]);
    expect(rounds.next(listening)).toMatchObject({ closed: true, messages: 1 });
    expect([...rounds.next(listening).replies.keys()]).toEqual(['ann']);
  });
  test('leaves what is said after its end to the next', () => {
    const rounds = recorded([opened, said('bob'), closed(), said('ann', 2), closed(2)]);
    expect([...rounds.next(asking).replies.keys()]).toEqual(['bob']);
    expect([...rounds.next(asking).replies.keys()]).toEqual(['ann']);
  });
  test('has what agents said last, and nothing of those who took it back', () => {
    const rounds = recorded([opened, said('ann'), said('bob'), said('ann', 1, 9), withdrawn('bob')], {
      revisable: true,
    });
    const { replies, messages } = rounds.next(asking);
    expect([...replies]).toEqual([['ann', { bid: 9 }]]);
    expect(messages).toBe(4);
  });
  test('lets in whoever came in, and knows whether all rounds were to be closed', () => {
    const participants = ['ann', 'bob'];
    const rounds = recorded([opened, { kind: 'joined', agent: 'eve' }, said('eve'), { kind: 'closing' }], {
      participants,
    });
    expect(rounds.isClosing).toBe(true);
    expect([...rounds.next({ ...asking, agents: participants }).replies.keys()]).toEqual(['eve']);
    expect(participants).toEqual(['ann', 'bob', 'eve']);
  });
  test.each(['closed', 'cancelled'])('is none where the run was %s', (kind) => {
    expect(recorded([opened, { kind }]).hasNext).toBe(false);
  });
});

describe('a journal cannot have', () => {
  const refused = (entries: readonly object[], problem: string, at: number, revisable = false) => {
    expect(() => recorded([opened, ...entries], { revisable }).next(asking)).toThrow(
      expect.objectContaining({
        code: 'invalid-journal',
        path: ['journal', 'entries', at],
        message: expect.stringContaining(`: ${problem}.`),
      }),
    );
  };
  test('somebody who comes in twice', () => {
    refused([{ kind: 'joined', agent: 'bob' }], '"bob" comes in twice', 1);
  });
  test('something taken back that was never said', () => {
    refused([said('ann'), withdrawn('bob')], '"bob" takes back what was never said', 2, true);
    refused([said('ann'), withdrawn('ann'), withdrawn('ann')], '"ann" takes back what was never said', 3, true);
  });
  test('a message of somebody who was not asked', () => {
    refused([said('zed')], 'it has a message of "zed", who was not asked', 1);
  });
  test('two messages of an agent that may not think again', () => {
    refused([said('ann'), said('ann')], 'it has a second message of "ann", who was not asked again', 2);
  });
  test('something of another round', () => {
    refused([said('ann', 2)], 'something of round 2 stands in the place of round 1', 1);
    refused([closed(2)], 'something of round 2 stands in the place of round 1', 1);
  });
  test('a message that nobody can send', () => {
    expect(() => recorded([opened, said('ann', 1, -1)]).next(asking)).toThrow(
      expect.objectContaining({ code: 'invalid-journal', path: ['journal', 'entries', 1, 'message', 'bid'] }),
    );
  });
  test('an end before that of the run, or one after it', () => {
    const problem = (message: string, at: number) =>
      expect.objectContaining({ path: ['journal', 'entries', at], message: expect.stringContaining(message) });
    expect(() => recorded([opened, said('ann')]).nextClosed(asking as never)).toThrow(
      problem('the journal ends before the run does', 1),
    );
    const longer = recorded([opened, closed(), closed(2)]);
    expect([...longer.nextClosed(asking as never)]).toEqual([]);
    expect(() => longer.finish({})).toThrow(problem('the run ends before the journal does', 1));
    longer.next(asking);
    expect(() => longer.finish({})).not.toThrow();
  });
  test('another outcome, or other messages than are said now', () => {
    const rounds = recorded([opened, closed(), { kind: 'closed', outcome: { winner: 'ann', payment: 3 } }]);
    rounds.next(asking);
    expect(() => rounds.finish({ winner: 'ann', payment: 3 })).not.toThrow();
    expect(() => rounds.finish({ winner: 'ann', payment: 4 })).toThrow(
      expect.objectContaining({
        path: ['journal', 'entries', 2, 'outcome'],
        message: expect.stringContaining('the replies lead to another outcome than the journal says'),
      }),
    );
    const cut = recorded([opened, said('ann'), said('bob')]);
    const before = cut.next(asking);
    const [ann, bob, eve] = ['ann', 'bob', 'eve'].map((agent) => [agent, { bid: 1 }] as const) as [
      [string, object],
      [string, object],
      [string, object],
    ];
    // What is said beyond what was taken down is what the journal has not yet.
    for (const now of [
      [ann, bob],
      [ann, bob, eve],
    ])
      expect(() => cut.expect(before, new Map(now))).not.toThrow();
    for (const now of [[ann], [bob, ann], [ann, eve, bob]])
      expect(() => cut.expect(before, new Map(now))).toThrow('the scenario says something else here');
  });
});
