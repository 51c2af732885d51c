import { createMechane, journalRecorder, type Mechanism, type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);
const random = seededRandom(2004);
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
  expect(shortcuts.map(({ id }) => id)).toEqual(['auction-english/clock', 'auction-english/clinching']);
});

describe('deciding at once comes to what the conversation with proxies comes to', () => {
  test('clock', () => {
    for (let round = 0; round < 4000; round++) {
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

  test('clinching', () => {
    for (let round = 0; round < 4000; round++) {
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
});
