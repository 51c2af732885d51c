import {
  ClockService,
  createMechane,
  journalRecorder,
  type LiveAgent,
  provide,
  seededRandom,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { englishAuctions, type TimedAsk, type TimedMessage, type TimedSettings } from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);
const id = 'auction-english/timed';
const coded = (code: string) => expect.objectContaining({ code });
const settled = () => new Promise((resolve) => setImmediate(resolve));

type Messages = readonly (readonly [string, TimedMessage, number?])[];
const played = (settings: TimedSettings, messages: Messages) => mechane.untyped.run(id, { settings, messages }).outcome;

describe('the standing price', () => {
  test('is a step above the second highest maximum, and no more than the highest', () => {
    const outcome = played({ duration: 100, startingPrice: 10, increment: 5 }, [
      ['ann', { max: 40 }, 1],
      ['bob', { max: 20 }, 2],
      ['cat', { max: 38 }, 3],
      ['dan', { max: 60 }, 4],
    ]);
    expect(outcome).toEqual({
      winner: 'dan',
      payment: 45,
      allocation: { dan: 1 },
      payments: { ann: 0, bob: 0, cat: 0, dan: 45 },
      reserveMet: true,
      closedAt: 100,
      extensions: 0,
      history: [
        [1, 'ann', 10],
        [2, 'ann', 25],
        [3, 'ann', 40],
        [4, 'dan', 45],
      ],
    });
  });
  test('goes by a table of steps, the first of which covers all below it', () => {
    const increment: [number, number][] = [
      [10, 1],
      [20, 2],
      [100, 10],
    ];
    const payment = (...maxima: number[]) =>
      played(
        { duration: 9, increment },
        maxima.map((max, index) => [`b${index}`, { max }]),
      );
    expect(payment(50, 5)).toMatchObject({ winner: 'b0', payment: 6 });
    expect(payment(50, 19)).toMatchObject({ payment: 20 });
    expect(payment(50, 20)).toMatchObject({ payment: 22 });
    expect(payment(900, 120)).toMatchObject({ payment: 130 });
    expect(payment(121, 120)).toMatchObject({ payment: 121 });
  });
  test('is at least the reserve, once the highest maximum meets it; until then nothing is sold', () => {
    const settings = { duration: 9, reserve: 50 };
    expect(played(settings, [['ann', { max: 49 }]])).toMatchObject({
      winner: null,
      payment: 0,
      reserveMet: false,
      history: [[0, 'ann', 0]],
    });
    expect(
      played(settings, [
        ['ann', { max: 49 }],
        ['ann', { max: 70 }],
      ]),
    ).toMatchObject({
      winner: 'ann',
      payment: 50,
      reserveMet: true,
    });
    expect(
      played(settings, [
        ['ann', { max: 70 }],
        ['bob', { max: 60 }],
      ]),
    ).toMatchObject({ winner: 'ann', payment: 61 });
  });
  test('belongs to the earlier of equal maxima', () => {
    expect(
      played({ duration: 9 }, [
        ['zed', { max: 7 }],
        ['ann', { max: 7 }],
      ]),
    ).toMatchObject({ winner: 'zed', payment: 7 });
  });
});

describe('a message', () => {
  const settings = { duration: 100, startingPrice: 10, increment: 5, buyNow: 50 };
  test.each<[string, Messages, string, number]>([
    ['below the starting price', [['ann', { max: 9 }]], 'bid-too-low', 0],
    [
      'less than a step above what stands',
      [
        ['ann', { max: 40 }],
        ['bob', { max: 14 }],
      ],
      'bid-too-low',
      1,
    ],
    [
      'of the leader that is no more than its last',
      [
        ['ann', { max: 40 }],
        ['ann', { max: 40 }],
      ],
      'bid-too-low',
      1,
    ],
    [
      'that buys at once when a bid stands',
      [
        ['ann', { max: 40 }],
        ['bob', { buyNow: true }],
      ],
      'no-buy-now',
      1,
    ],
    ['at the end', [['ann', { max: 40 }, 100]], 'late-message', 0],
    [
      'after it was bought at once',
      [
        ['ann', { buyNow: true }, 5],
        ['bob', { max: 90 }, 6],
      ],
      'late-message',
      1,
    ],
  ])('%s is refused', (_, messages, code, position) => {
    expect(() => played(settings, messages)).toThrow(
      expect.objectContaining({ code, path: expect.arrayContaining(['messages', position]) }),
    );
  });
  test('of the leader may raise its own maximum, and changes nothing else', () => {
    const before = played(settings, [
      ['ann', { max: 40 }, 1],
      ['bob', { max: 38 }, 2],
    ]);
    expect(before).toMatchObject({ payment: 40 });
    const after = played(settings, [
      ['ann', { max: 40 }, 1],
      ['bob', { max: 38 }, 2],
      ['ann', { max: 90 }, 3],
    ]);
    expect(after).toEqual(before);
  });
  test('buys at once, but a maximum above that price does not', () => {
    expect(played(settings, [['ann', { buyNow: true }, 7]])).toMatchObject({
      winner: 'ann',
      payment: 50,
      reserveMet: true,
      closedAt: 7,
      history: [[7, 'ann', 50]],
    });
    expect(played(settings, [['ann', { max: 70 }, 7]])).toMatchObject({ payment: 10, closedAt: 100 });
    expect(() => played({ duration: 9 }, [['ann', { buyNow: true }]])).toThrow(coded('no-buy-now'));
  });
});

test.each([
  { duration: 0 },
  { duration: 9, buyNow: 5, reserve: 6 },
  { duration: 9, buyNow: 5, startingPrice: 6 },
  {
    duration: 9,
    increment: [
      [0, 2],
      [10, 1],
    ],
  },
  {
    duration: 9,
    increment: [
      [10, 1],
      [10, 2],
    ],
  },
  { duration: 9, increment: [] },
])('settings %j are refused', (settings) => {
  expect(() => mechane.untyped.run(id, { settings, reports: {} })).toThrow(coded('invalid-settings'));
});

describe('a soft close', () => {
  const settings = { duration: 100, extension: { within: 10, by: 20, max: 2 } };
  test('moves the end for a bid that changes something near it, so often and no more', () => {
    const outcome = played(settings, [
      ['ann', { max: 40 }, 89],
      ['bob', { max: 20 }, 90],
      ['ann', { max: 50 }, 100],
      ['cat', { max: 30 }, 105],
      ['dan', { max: 35 }, 123],
    ]);
    // The bid at 89 was too early to move the end, ann's at 100 changed nothing, and a third time is once too often.
    expect(outcome).toMatchObject({ winner: 'ann', extensions: 2, closedAt: 125 });
    expect(() =>
      played(settings, [
        ['ann', { max: 40 }, 95],
        ['bob', { max: 20 }, 115],
      ]),
    ).toThrow(coded('late-message'));
  });
  test('does not move it to an earlier time', () => {
    const early = { duration: 100, extension: { within: 50, by: 20 } };
    expect(played(early, [['ann', { max: 40 }, 60]])).toMatchObject({ extensions: 0, closedAt: 100 });
  });
});

describe('reports', () => {
  test('are bid once by their proxies, each at its time', () => {
    const reports = {
      ann: { value: 30, at: 50 },
      bob: { value: 20 },
      cat: { value: 90, at: 100 },
      dan: { value: 30, at: 7 },
    };
    const { outcome } = mechane.run(id, { settings: { duration: 100 }, reports });
    expect(outcome).toMatchObject({
      winner: 'dan',
      payment: 30,
      history: [
        [0, 'bob', 0],
        [7, 'dan', 21],
        [50, 'dan', 30],
      ],
    });
  });
  test('come to what the conversation of their proxies comes to, and the journal of it', () => {
    const random = seededRandom(3);
    for (let trial = 0; trial < 200; trial++) {
      const settings: TimedSettings = {
        duration: 100,
        startingPrice: random.below(10),
        increment: [
          [0, 1],
          [20, 3],
        ],
        reserve: random.below(40),
        extension: { within: 1 + random.below(30), by: 1 + random.below(30), max: random.below(4) },
      };
      const reports = Object.fromEntries(
        Array.from({ length: random.below(6) }, (_, index) => [
          `b${index}`,
          { value: random.below(60), at: random.below(130) },
        ]),
      );
      const journal = journalRecorder();
      const atOnce = mechane.run(id, { settings, reports });
      const conversed = mechane.run(id, { settings, reports, journal });
      expect(conversed.outcome).toEqual(atOnce.outcome);
      expect(mechane.replay(journal.journal()).outcome).toEqual(atOnce.outcome);
    }
  });
});

describe('live', () => {
  function stage() {
    const clock = testClock();
    clock.advance(1e12);
    return { clock, live: createMechane({ services: [provide(ClockService, () => clock)] }).use(englishAuctions) };
  }
  const week = 7 * 86_400_000;

  test('a week passes in an instant: maxima, those who come later, refusals, and the same from its journal', async () => {
    const { clock, live } = stage();
    const journal = journalRecorder();
    const settings = { duration: week, increment: 5, extension: { within: 60_000, by: 60_000 } };
    const session = live.open(id, { settings, agents: { ann: 'external' }, journal });
    await session.submit('ann', { max: 80 });
    clock.advance(week / 2);
    await session.join('bob');
    expect(session.asked('bob')).toMatchObject({
      content: { leastBid: 5, standing: { agent: 'ann', price: 0 }, closesAt: week },
      closesAt: 1e12 + week,
    });
    await expect(session.submit('bob', { max: 4 })).rejects.toThrow(coded('bid-too-low'));
    clock.advance(week / 2 - 1);
    await session.submit('bob', { max: 100 });
    clock.advance(1);
    await settled();
    expect(session.asked('ann')).toMatchObject({ content: { leastBid: 90, closesAt: week + 59_999 } });
    clock.advance(59_999);
    const { outcome } = await session.result;
    expect(outcome).toMatchObject({ winner: 'bob', payment: 85, closedAt: week + 59_999, extensions: 1 });
    expect(live.replay(journal.journal()).outcome).toEqual(outcome);
    const messages = journal
      .journal()
      .entries.flatMap((entry) =>
        entry.kind === 'message' ? [[entry.agent, entry.message, entry.at - 1e12] as const] : [],
      );
    expect(live.untyped.run(id, { settings, messages }).outcome).toEqual(outcome);
  });
  test('sets its own end: no other is taken', () => {
    const { live } = stage();
    const open = () => live.open(id, { settings: { duration: 5 }, agents: {}, closesAt: 1e12 + 3 });
    expect(open).toThrow(coded('invalid-deadline'));
  });

  /** Raises by the least when it is outbid, a moment later, up to its value: Roth and Ockenfels's incremental bidder. */
  const incremental =
    (value: number, later: (act: () => void) => void): LiveAgent<TimedAsk, TimedMessage> =>
    ({ leastBid, standing }, { agent }) =>
      new Promise((resolve) => {
        if (standing?.agent === agent || leastBid > value) resolve(undefined);
        else later(() => resolve({ max: leastBid }));
      });
  /** What the item costs a sniper who values it at 50, against a bidder that raises step by step to 100. */
  const sniped = async (extension?: TimedSettings['extension']): Promise<unknown> => {
    const { clock, live } = stage();
    const naive = incremental(100, (act) => void clock.after(5, act));
    const settings = { duration: 1_000, increment: 1, ...(extension && { extension }) };
    const session = live.open(id, { settings, agents: { naive, sniper: 'external' } });
    for (let time = 0; time < 999; time += 111) {
      await settled();
      clock.advance(111);
    }
    await session.submit('sniper', { max: 50 });
    for (let time = 0; time < 300; time++) {
      await settled();
      clock.advance(1);
    }
    return session.outcome;
  };
  test('bidding in the last moment pays where the end is fixed: the other cannot answer any more', async () => {
    expect(await sniped()).toMatchObject({ winner: 'sniper', payment: 1 });
  });
  test('and does not with a soft close: the other answers, and the item goes to whom it is worth more', async () => {
    expect(await sniped({ within: 50, by: 50 })).toMatchObject({ winner: 'naive', payment: 51 });
  });
});
