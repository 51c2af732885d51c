import { type AgentId, createMechane, defineMechanism, definePlugin, journalRecorder } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const end = z.number().optional();

/** Listens to one after another until its end, if it has one, or until nobody has more to say. */
const minutes = defineMechanism({
  id: 'timed/minutes',
  settings: z.strictObject({ end }),
  report: z.strictObject({ word: z.string(), at: z.number().nonnegative().default(0), times: z.int().default(1) }),
  message: z.string(),
  speaksAt: ({ at }) => at,
  *conduct({ settings: { end }, participants, listen }) {
    const said: [AgentId, string, number | undefined][] = [];
    for (;;) {
      const counts = Object.fromEntries(
        participants.map((agent) => [agent, said.filter(([of]) => of === agent).length]),
      );
      const replies = yield* listen(participants, counts, { closesAt: end });
      const [first] = replies as ReadonlyMap<AgentId, string>;
      if (first === undefined) return { heard: said, closedAt: replies.closedAt };
      said.push([...first, replies.at?.(first[0])]);
    }
  },
  proxy:
    ({ word, times }, agent) =>
    (counts) =>
      ((counts as Record<AgentId, number>)[agent] ?? 0) < times ? word : undefined,
});

/** Asks everybody once, or as often as it is told, each round until the same end. */
const survey = defineMechanism({
  id: 'timed/survey',
  settings: z.strictObject({ end, rounds: z.int().default(1) }),
  report: z.strictObject({ word: z.string(), at: z.number().nonnegative().default(0) }),
  message: z.string(),
  speaksAt: ({ at }) => at,
  *conduct({ settings: { end, rounds }, participants, ask }) {
    const said: [AgentId, string, number | undefined][] = [];
    const closedAt: (number | undefined)[] = [];
    for (let round = 0; round < rounds; round++) {
      const replies = yield* ask(participants, {}, { closesAt: end });
      for (const [agent, word] of replies as ReadonlyMap<AgentId, string>)
        said.push([agent, word, replies.at?.(agent)]);
      closedAt.push(replies.closedAt);
    }
    return { heard: said, closedAt };
  },
  proxy:
    ({ word }) =>
    () =>
      word === '' ? undefined : word,
});

const mechane = createMechane().use(definePlugin({ name: 'timed', version: '1.0.0', mechanisms: [minutes, survey] }));
const { untyped } = mechane;
const outcomeOf = (id: string, settings: object, reports: object): unknown => {
  const journal = journalRecorder();
  const { outcome } = untyped.run(id, { settings, reports, journal });
  // Taken down or not, and played again, it comes to the same.
  expect(untyped.run(id, { settings, reports }).outcome).toEqual(outcome);
  expect(untyped.replay(journal.journal()).outcome).toEqual(outcome);
  return outcome;
};

describe('where reports say when their proxies speak', () => {
  test('the earliest is heard first, and of those of one moment the first that came', () => {
    const reports = {
      ann: { word: 'third', at: 30 },
      bob: { word: 'first' },
      cat: { word: 'second', at: 10 },
      dan: { word: 'fourth', at: 30 },
    };
    expect(outcomeOf('timed/minutes', { end: 100 }, reports)).toEqual({
      heard: [
        ['bob', 'first', 0],
        ['cat', 'second', 10],
        ['ann', 'third', 30],
        ['dan', 'fourth', 30],
      ],
      closedAt: 100,
    });
  });
  test('one that speaks again does so no earlier than what it answers', () => {
    const reports = { ann: { word: 'a', times: 2 }, bob: { word: 'b', at: 40 }, cat: { word: 'c', at: 20, times: 2 } };
    expect(outcomeOf('timed/minutes', { end: 100 }, reports)).toMatchObject({
      heard: [
        ['ann', 'a', 0],
        ['ann', 'a', 0],
        ['cat', 'c', 20],
        ['cat', 'c', 20],
        ['bob', 'b', 40],
      ],
    });
  });
  test('one whose time is the end, or later, is not heard', () => {
    const reports = { ann: { word: 'a', at: 100 }, bob: { word: 'b', at: 99 }, cat: { word: 'c', at: 500 } };
    expect(outcomeOf('timed/minutes', { end: 100 }, reports)).toEqual({ heard: [['bob', 'b', 99]], closedAt: 100 });
    expect(outcomeOf('timed/minutes', { end: 50 }, reports)).toEqual({ heard: [], closedAt: 50 });
  });
  test('all are heard where there is no end', () => {
    const reports = { ann: { word: 'a', at: 1e9 }, bob: { word: 'b', at: 7 } };
    expect(untyped.run('timed/minutes', { settings: {}, reports }).outcome).toMatchObject({
      heard: [
        ['bob', 'b', 7],
        ['ann', 'a', 1e9],
      ],
    });
  });
  test('a round that asks all hears each at its time, and closes at its end', () => {
    const reports = {
      ann: { word: 'a', at: 30 },
      bob: { word: 'b', at: 10 },
      cat: { word: '' },
      dan: { word: 'd', at: 60 },
    };
    const both = [
      ['bob', 'b', 10],
      ['ann', 'a', 30],
    ];
    expect(outcomeOf('timed/survey', { end: 60 }, reports)).toEqual({ heard: both, closedAt: [60] });
    const last = ['dan', 'd', 60];
    expect(outcomeOf('timed/survey', {}, reports)).toEqual({ heard: [...both, last], closedAt: [60] });
    // In the next round, nobody speaks before the last that was heard.
    expect(outcomeOf('timed/survey', { rounds: 2 }, reports)).toEqual({
      heard: [...both, last, ['bob', 'b', 60], ['ann', 'a', 60], last],
      closedAt: [60, 60],
    });
  });
});

describe('where messages say when they come', () => {
  const said = (settings: object, messages: readonly unknown[]) => untyped.run('timed/minutes', { settings, messages });
  test('they are heard at their times, and one without is heard at the last', () => {
    const messages = [
      ['ann', 'one', 10],
      ['bob', 'two'],
      ['ann', 'three', 40],
    ];
    const { outcome } = said({}, messages);
    expect(outcome).toEqual({
      heard: [
        ['ann', 'one', 10],
        ['bob', 'two', 10],
        ['ann', 'three', 40],
      ],
      closedAt: 40,
    });
    expect(said({ end: 90 }, messages).outcome).toMatchObject({ closedAt: 90 });
  });
  test('where none says it, they have a time only if the round does', () => {
    const messages = [['ann', 'one']];
    expect(said({}, messages).outcome).toEqual({ heard: [['ann', 'one', undefined]], closedAt: undefined });
    expect(said({ end: 90 }, messages).outcome).toEqual({ heard: [['ann', 'one', 0]], closedAt: 90 });
  });
  test('one that comes at the end is late by the end', () => {
    const late = (messages: readonly unknown[]) => () => said({ end: 90 }, messages);
    expect(
      late([
        ['ann', 'one', 89],
        ['bob', 'two', 90],
      ]),
    ).toThrow(
      expect.objectContaining({
        code: 'late-message',
        path: ['messages', 1],
        message: expect.stringContaining('the end had come, 90 ms after the opening'),
      }),
    );
  });
  test('a round that asks all closes at its end, or with its last message', () => {
    const messages = [
      ['ann', 'one', 10],
      ['bob', 'two', 20],
    ];
    const closing = (settings: object) =>
      (untyped.run('timed/survey', { settings, messages }).outcome as { closedAt: unknown }).closedAt;
    expect([closing({}), closing({ end: 60 })]).toEqual([[20], [60]]);
  });
  test('one of somebody who has spoken in a round that asks all belongs to the next, if there is one', () => {
    const messages = [
      ['ann', 'one', 10],
      ['ann', 'two', 20],
    ];
    const run = (rounds: number) => () => untyped.run('timed/survey', { settings: { rounds }, messages });
    expect(run(2)().outcome).toEqual({
      heard: [
        ['ann', 'one', 10],
        ['ann', 'two', 20],
      ],
      closedAt: [10, 20],
    });
    expect(run(1)).toThrow(expect.objectContaining({ code: 'invalid-message', path: ['messages', 1] }));
  });
});
