import {
  ClockService,
  createMechane,
  journalRecorder,
  type Mechanism,
  provide,
  type Random,
  seededRandom,
} from '@mechane/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { englishAuctions } from '../src/index.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(englishAuctions);
const seed = 2004;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});
const agents = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'];

type Id = (typeof englishAuctions.mechanisms)[number]['id'];

/** Decides at once, and by the conversation with proxies, which a journal makes necessary. */
function bothWays(id: Id, settings: object, reports: object) {
  const scenario = { mechanism: id, settings, reports, seed: 7 };
  const result = (journal?: ReturnType<typeof journalRecorder>) => {
    const { outcome, metrics } = mechane.runScenario(scenario, journal ? { journal } : {});
    return { outcome: { ...outcome }, rounds: metrics.rounds };
  };
  return { atOnce: result(), conversation: result(journalRecorder()) };
}

/** Whole numbers that often collide, and numbers that rounding makes awkward. */
function amountFrom(some: Random, largest: number): number {
  const whole = some.below(largest + 1);
  return [whole, whole, whole / 10, whole * 0.7, some.next() * largest][some.below(5)] as number;
}

function tieBreakFrom(some: Random): unknown {
  return ['agent-id', 'lot', { priority: some.shuffled(agents).slice(0, 3) }][some.below(3)];
}

test('every mechanism with rounds that decides at once is looked at here', () => {
  const shortcuts = englishAuctions.mechanisms.filter((mechanism: Mechanism) => mechanism.decide && !mechanism.direct);
  expect(shortcuts.map(({ id }) => id)).toEqual([
    'auction-english/clock',
    'auction-english/open-outcry',
    'auction-english/timed',
    'auction-english/clinching',
  ]);
});

/** A comparison of so many drawn auctions, and besides of a twentieth of them, which takes no time. */
function compared(name: string, count: number, compare: (count: number) => void): void {
  test(`${name}, a few`, () => compare(count / 20));
  test(name, { tags: ['long'] }, () => compare(count));
}

describe('deciding at once comes to what the conversation with proxies comes to', () => {
  compared('clock', 4000, (count) => {
    for (let round = 0; round < count; round++) {
      const settings = {
        startingPrice: amountFrom(random, 6),
        breakTie: tieBreakFrom(random),
        ...(random.below(3) > 0 ? { increment: [1, 2, 0.1, 0.7, 1 / 3][random.below(5)] } : {}),
        ...(random.below(3) === 0 ? { maxRounds: 1 + random.below(6) } : {}),
      };
      const values = agents.slice(0, random.below(7)).map((agent) => [agent, { value: amountFrom(random, 12) }]);
      const { atOnce, conversation } = bothWays('auction-english/clock', settings, Object.fromEntries(values));
      expect({ settings, values, ...atOnce }).toEqual({ settings, values, ...conversation });
    }
  });

  compared('clinching', 4000, (count) => {
    for (let round = 0; round < count; round++) {
      const settings = {
        units: 1 + random.below(5),
        breakTie: tieBreakFrom(random),
        ...(random.below(2) === 0 ? { startingPrice: amountFrom(random, 4) } : {}),
        ...(random.below(2) === 0 ? { increment: [1, 2, 0.1, 0.7, 1 / 3][random.below(5)] } : {}),
      };
      const draw = () => Array.from({ length: random.below(6) }, () => amountFrom(random, 9)).sort((a, b) => b - a);
      const values = agents.slice(0, random.below(5)).map((agent) => [agent, { marginals: draw() }]);
      const { atOnce, conversation } = bothWays('auction-english/clinching', settings, Object.fromEntries(values));
      expect({ settings, values, ...atOnce }).toEqual({ settings, values, ...conversation });
    }
  });

  compared('timed', 2000, (count) => {
    for (let round = 0; round < count; round++) {
      const settings = {
        duration: 100,
        startingPrice: amountFrom(random, 6),
        increment: [
          1,
          2,
          0.7,
          [
            [0, 1],
            [5, 1.5],
          ],
        ][random.below(4)],
        ...(random.below(2) === 0 ? { reserve: amountFrom(random, 9) } : {}),
        ...(random.below(2) === 0 ? { extension: { within: 30, by: 1 + random.below(40), max: random.below(4) } } : {}),
      };
      const values = agents.slice(0, random.below(7)).map((agent) => {
        return [agent, { value: amountFrom(random, 20), at: random.below(130) }];
      });
      const { atOnce, conversation } = bothWays('auction-english/timed', settings, Object.fromEntries(values));
      expect({ settings, values, ...atOnce }).toEqual({ settings, values, ...conversation });
    }
  });

  compared('open outcry', 4000, (count) => {
    for (let round = 0; round < count; round++) {
      const start = random.below(8) === 0 ? 2 ** 53 - 1_000 : 0;
      const settings = {
        startingPrice: start + amountFrom(random, 6),
        breakTie: tieBreakFrom(random),
        increment: [1, 2, 0.1, 0.7, 1 / 3, 5][random.below(6)],
        ...(random.below(3) === 0 ? { maxRounds: 1 + random.below(9) } : {}),
      };
      const values = agents
        .slice(0, random.below(7))
        .map((agent) => [agent, { value: start + amountFrom(random, 20) }]);
      const { atOnce, conversation } = bothWays('auction-english/open-outcry', settings, Object.fromEntries(values));
      expect({ settings, values, ...atOnce }).toEqual({ settings, values, ...conversation });
    }
  });
});

describe('however many prices there are, the answer comes at once and is no longer than somebody would read', () => {
  const values = { ann: { value: 4e15 }, bob: { value: 3e15 }, eve: { value: 1e15 } };

  test('open outcry counts the turns of those who outbid each other', () => {
    const settings = { startingPrice: 1, increment: 1 };
    const { outcome, metrics } = mechane.run('auction-english/open-outcry', { settings, reports: values });
    // Ann and Bob take turns, and Bob’s last bid is his value, an even number.
    expect(outcome).toMatchObject({ winner: 'ann', payment: 3e15 + 1, rounds: 3e15 + 2, historyOmitted: 3e15 - 9_999 });
    expect(outcome.history).toHaveLength(10_000);
    expect(outcome.history.slice(0, 3)).toEqual([
      { round: 1, price: 1, agent: 'ann' },
      { round: 2, price: 2, agent: 'bob' },
      { round: 3, price: 3, agent: 'ann' },
    ]);
    expect(outcome.history.at(-1)).toEqual({ round: 10_000, price: 10_000, agent: 'bob' });
    expect(metrics.rounds).toBe(3e15 + 2);
  });

  test('open outcry whose increments do not move the price ends, or says so', { tags: ['long'] }, () => {
    const play = (startingPrice: number, increment: number) =>
      mechane.run('auction-english/open-outcry', { settings: { startingPrice, increment }, reports: values }).outcome;
    expect(play(2e15, 1e-9)).toMatchObject({ payment: 2e15, rounds: 2 });
    expect(() => play(0, 1e-9)).toThrow(expect.objectContaining({ code: 'too-many-rounds' }));
  });

  test('the clock and clinching with an increment', () => {
    const settings = { startingPrice: 0, increment: 1 };
    const { outcome } = mechane.run('auction-english/clock', { settings, reports: values });
    expect(outcome).toMatchObject({ winner: 'ann', payment: 3e15 + 1, rounds: 3e15 + 2 });
    expect(outcome.history).toHaveLength(2);
    const reports = { ann: { marginals: [4e15] }, bob: { marginals: [3e15] } };
    const clinched = mechane.run('auction-english/clinching', { settings: { units: 1, ...settings }, reports });
    expect(clinched.outcome).toMatchObject({ payments: { ann: 3e15 }, rounds: 3e15 + 1 });
  });

  test('proxies whose maxima rise one by one', () => {
    const maxima = new Map(Array.from({ length: 20_000 }, (_, agent) => [`agent${agent}`, { value: agent }]));
    const settings = { startingPrice: 0, increment: 1 };
    const { outcome } = mechane.run('auction-english/proxy', { settings, reports: maxima });
    expect([outcome.winner, outcome.payment]).toEqual(['agent19999', 19_999]);
    expect([outcome.history.length, outcome.historyOmitted]).toEqual([10_000, 10_000]);
  });
});

test('a live bidder may demand no more units than can be told of one by one, and the others go on', async () => {
  const { outcome } = await mechane.open('auction-english/clinching', {
    settings: { units: Number.MAX_SAFE_INTEGER, startingPrice: 1 },
    within: 200,
    agents: { ann: () => ({ demand: 2 ** 50 }), bob: () => ({ demand: 3 }) },
  }).result;
  expect(outcome).toMatchObject({ allocation: { bob: 3 }, payments: { ann: 0, bob: 3 } });
});
