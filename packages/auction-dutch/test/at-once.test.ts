import { createMechane, journalRecorder, type Mechanism, type Random, seededRandom } from '@mechane/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);
const seed = 1961;
let random = seededRandom(seed);
// Each test draws its own, so that one alone draws what it draws among all.
beforeEach(({ onTestFailed }) => {
  random = seededRandom(seed);
  onTestFailed(() => console.error(`drawn from seed ${seed}`));
});
const agents = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay'];

type Id = (typeof dutchAuctions.mechanisms)[number]['id'];

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

function settingsFrom(some: Random): { startingPrice: number } {
  const startingPrice = amountFrom(some, 12);
  return {
    startingPrice,
    ...{ breakTie: ['agent-id', 'lot', { priority: some.shuffled(agents).slice(0, 3) }][some.below(3)] },
    ...(some.below(3) > 0 ? { decrement: [1, 2, 0.1, 0.7, 1 / 3][some.below(5)] } : {}),
    ...(some.below(2) > 0 ? { floor: Math.min(startingPrice, amountFrom(some, 8)) } : {}),
  };
}

test('every mechanism with rounds that decides at once is looked at here', () => {
  const shortcuts = dutchAuctions.mechanisms.filter((mechanism: Mechanism) => mechanism.decide && !mechanism.direct);
  expect(shortcuts.map(({ id }) => id)).toEqual(['auction-dutch/clock', 'auction-dutch/multi-unit']);
});

/** A comparison of so many drawn auctions, and besides of a twentieth of them, which takes no time. */
function compared(name: string, count: number, compare: (count: number) => void): void {
  test(`${name}, a few`, () => compare(count / 20));
  test(name, { tags: ['long'] }, () => compare(count));
}

describe('deciding at once comes to what the conversation with proxies comes to', () => {
  compared('clock', 4000, (count) => {
    for (let round = 0; round < count; round++) {
      const settings = settingsFrom(random);
      const thresholds = agents
        .slice(0, random.below(6))
        .map((agent) => [agent, { threshold: amountFrom(random, 14) }]);
      const { atOnce, conversation } = bothWays('auction-dutch/clock', settings, Object.fromEntries(thresholds));
      expect({ settings, thresholds, ...atOnce }).toEqual({ settings, thresholds, ...conversation });
    }
  });

  compared('multi-unit', 4000, (count) => {
    for (let round = 0; round < count; round++) {
      const pricing = random.below(2) === 0 ? 'uniform' : 'pay-as-bid';
      const settings = { ...settingsFrom(random), units: 1 + random.below(5), pricing };
      const draw = () => Array.from({ length: random.below(6) }, () => amountFrom(random, 14)).sort((a, b) => b - a);
      const thresholds = agents.slice(0, random.below(5)).map((agent) => [agent, { thresholds: draw() }]);
      const { atOnce, conversation } = bothWays('auction-dutch/multi-unit', settings, Object.fromEntries(thresholds));
      expect({ settings, thresholds, ...atOnce }).toEqual({ settings, thresholds, ...conversation });
    }
  });
});
