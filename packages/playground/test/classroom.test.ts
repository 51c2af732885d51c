import { createMechane, seededRandom } from '@mechane/core';
import { matchings } from '@mechane/matching';
import { describe, expect, test } from 'vitest';
import { classCsv } from '../src/classroom/class-csv.ts';
import {
  bargainingOffer,
  commonValueBid,
  firstPriceBid,
  meanBargain,
  meanOfPlaces,
  meanRevenue,
  payAsBid,
} from '../src/classroom/equilibria.ts';
import { experimentNamed, experiments } from '../src/classroom/experiments/all.ts';
import type { Hand } from '../src/classroom/game.ts';
import { grouped } from '../src/classroom/groups.ts';
import { labelIn, tablesOf } from '../src/classroom/playing.ts';

/** The mean of a function over an interval, by Simpson's rule. */
function meanOver(low: number, high: number, of: (x: number) => number, parts = 400): number {
  let sum = 0;
  for (let at = 0; at <= parts; at++) {
    const weight = at === 0 || at === parts ? 1 : at % 2 === 1 ? 4 : 2;
    sum += weight * of(low + ((high - low) * at) / parts);
  }
  return sum / (3 * parts);
}

/** The bid, of a grid, that gains most. */
function bestOf(bids: readonly number[], gain: (bid: number) => number): number {
  return bids.reduce((best, bid) => (gain(bid) > gain(best) + 1e-9 ? bid : best));
}

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

describe('what is said to be the equilibrium is one: against others who play it, nothing gains more', () => {
  test.each([2, 3, 5])('first price among %i', (n) => {
    const value = 80;
    // The others bid below b where their values are below b·n/(n − 1).
    const gain = (bid: number): number => (value - bid) * Math.min(1, (bid * n) / (n - 1) / 100) ** (n - 1);
    const bids = Array.from({ length: 401 }, (_, place) => place / 4);
    expect(bestOf(bids, gain)).toBeCloseTo(firstPriceBid(value, n), 0);
  });

  test.each([
    [4, 2],
    [6, 3],
    [5, 1],
  ])('pay as bid among %i for %i places', (n, k) => {
    const value = 70;
    // Whoever bids as if it were worth x gets a place where fewer than k of the others are worth more.
    const wins = (x: number): number => {
      let sum = 0;
      for (let above = 0; above < k; above++)
        sum += choose(n - 1, above) * (1 - x / 100) ** above * (x / 100) ** (n - 1 - above);
      return sum;
    };
    const worths = Array.from({ length: 101 }, (_, place) => place);
    expect(bestOf(worths, (x) => wins(x) * (value - payAsBid(x, n, k, 100)))).toBe(value);
  });

  test.each([3, 5])('a common value among %i', (n) => {
    const [signal, noise] = [150, 20];
    const chest = { low: 50, high: 250, noise };
    // Given the signal, the value is uniform around it; another's signal is uniform around the value.
    const gain = (as: number): number =>
      meanOver(signal - noise, signal + noise, (value) => {
        const below = Math.min(1, Math.max(0, (as - value + noise) / (2 * noise)));
        return below ** (n - 1) * (value - (commonValueBid(as, n, chest) ?? 0));
      });
    const signals = Array.from({ length: 41 }, (_, place) => signal - noise + place);
    expect(bestOf(signals, gain)).toBe(signal);
  });

  test.each([
    ['buy', 80],
    ['sell', 20],
  ] as const)('bargaining, to %s', (side, value) => {
    const other = side === 'buy' ? 'sell' : 'buy';
    const gain = (price: number): number =>
      meanOver(
        0,
        100,
        (theirs) => {
          const named = bargainingOffer(other, theirs, 100);
          const isTrade = side === 'buy' ? price >= named : named >= price;
          const middle = (price + named) / 2;
          return isTrade ? (side === 'buy' ? value - middle : middle - value) : 0;
        },
        4000,
      );
    const prices = Array.from({ length: 201 }, (_, place) => place / 2);
    expect(Math.abs(bestOf(prices, gain) - bargainingOffer(side, value, 100))).toBeLessThanOrEqual(0.5);
  });

  test('a common value is bid for continuously where the formula changes, and near the upper end it is not said', () => {
    const chest = { low: 50, high: 250, noise: 20 };
    expect(commonValueBid(70 - 1e-9, 4, chest)).toBeCloseTo(commonValueBid(70, 4, chest) ?? 0, 6);
    expect(commonValueBid(231, 4, chest)).toBeUndefined();
  });
});

test('means are those of the equilibrium: the same revenue by either price, and 9/64 of the pie in bargaining', () => {
  // The highest of n values has the distribution (x/100)^n.
  const first = (n: number): number => meanOver(0, 1, (x) => firstPriceBid(100 * x ** (1 / n), n), 20_000);
  expect(first(3)).toBeCloseTo(meanRevenue(3, 100), 2);
  expect(meanOfPlaces(4, 1, 100)).toBe(meanRevenue(4, 100));
  expect(meanOfPlaces(2, 2, 100)).toBe(0);
  const bargain = meanOver(0, 100, (value) =>
    meanOver(0, 100, (cost) =>
      bargainingOffer('buy', value, 100) >= bargainingOffer('sell', cost, 100) ? value - cost : 0,
    ),
  );
  expect(bargain).toBeCloseTo(meanBargain(100), 1);
});

describe('groups', () => {
  const people = (count: number): string[] => Array.from({ length: count }, (_, place) => `p${place}`);

  test.each([2, 3, 7, 31, 200])('of about four, everybody of %i plays once', (count) => {
    const { groups, resting } = grouped(people(count), 'groups', 4, seededRandom(1));
    expect(groups.flat().toSorted()).toEqual(people(count).toSorted());
    expect(resting).toEqual([]);
    const sizes = groups.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  test('of two, one who is left over rests', () => {
    const { groups, resting } = grouped(people(7), 'pairs', 2, seededRandom(1));
    expect(groups.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(resting).toHaveLength(1);
  });

  test.each(['groups', 'pairs', 'all'] as const)('%s of one alone are none', (grouping) => {
    expect(grouped(['ann'], grouping, 4, seededRandom(1))).toEqual({ groups: [], resting: ['ann'] });
  });
});

describe('the ten experiments', () => {
  const people = Array.from({ length: 13 }, (_, place) => `p${place}`);

  test('are ten, of names of their own', () => {
    expect(new Set(experiments.map(({ id }) => id)).size).toBe(10);
  });

  describe.each(experiments)('$id', (experiment) => {
    test.each(experiment.games.map((game, place) => [game.title, game, place] as const))(
      '%s: the same seed deals the same, and nobody is told what others were dealt',
      (_, game, place) => {
        const playing = { session: 'hall', experiment, game: place, play: 1, people, size: 4, seed: 7, seconds: 60 };
        const tables = tablesOf(playing);
        expect(tablesOf(playing)).toEqual(tables);
        expect(tablesOf({ ...playing, seed: 8 })).not.toEqual(tables);
        expect(tablesOf({ ...playing, play: 2 })).not.toEqual(tables);
        for (const { making, others } of tables) {
          expect(making.mechanism).toBe(game.mechanism);
          expect(labelIn(making.label)).toMatchObject({ experiment: experiment.id, game: place, play: 1 });
          const told = making.agents.flatMap((agent) =>
            typeof agent === 'string' || agent.told === undefined ? [] : [agent.told as Hand],
          );
          expect(told.length + others.length).toBe(making.agents.length);
          // A hand says nothing of others but how many they are.
          for (const hand of told)
            expect(people.filter((name) => JSON.stringify(hand).includes(`"${name}"`))).toEqual([]);
        }
      },
    );
  });
});

test('schools can be gamed where first choices come first, and not where students propose (Abdulkadiroğlu and Sönmez 2003)', () => {
  const experiment = experimentNamed('school-choice');
  if (experiment === undefined) throw new Error('there is no such experiment');
  const mechane = createMechane().use(matchings).untyped;
  const rankings = [[0], [1], [2], [0, 1], [1, 0], [0, 2], [2, 0], [1, 2], [2, 1], [0, 1, 2], [1, 2, 0], [2, 0, 1]];
  const people = Array.from({ length: 30 }, (_, place) => `p${place}`);
  /** How many students could have got a better school than by the truth that all others tell. */
  const gainers = experiment.games.map((game, place) => {
    const playing = { session: 'hall', experiment, game: place, play: 1, people, size: 6, seed: 7, seconds: 60 };
    return tablesOf(playing).flatMap(({ making: { mechanism, agents }, others }) => {
      const hands = agents.flatMap((agent) =>
        typeof agent === 'string' || agent.told === undefined ? [] : [[agent.id, agent.told as Hand] as const],
      );
      const truth = Object.fromEntries([...hands.map(([agent, hand]) => [agent, game.theory.report(hand)]), ...others]);
      const gainOf = (agent: string, hand: Hand, said: object): number => {
        const { outcome } = mechane.run(mechanism, { reports: { ...truth, [agent]: said } } as never);
        return game.got({ agent, hand, outcome: outcome as object as Record<string, unknown>, truth: undefined }).gain;
      };
      return hands.filter(([agent, hand]) => {
        const schools = Object.keys(hand.worth ?? {});
        const lies = rankings.map((ranking) => ({
          side: 'proposing',
          ranking: ranking.map((at) => schools[at] ?? ''),
        }));
        const honest = gainOf(agent, hand, truth[agent] as object);
        return lies.some((lie) => gainOf(agent, hand, lie) > honest);
      });
    }).length;
  });
  expect(gainers[0]).toBeGreaterThan(0);
  expect(gainers[1]).toBe(0);
});

test('a table of bids is read back by a spreadsheet, whatever people are called', () => {
  const [experiment] = experiments;
  const game = experiment?.games[0];
  if (game === undefined) throw new Error('there is no experiment');
  const hand: Hand = { experiment: 'first-second', game: 0, n: 3, value: 60 };
  const row = { play: 1, group: 2, hand, said: 41, won: 'it', paid: 41, gain: 19, equilibrium: 40 };
  const text = classCsv([{ game, rows: [{ ...row, agent: '=Zoë, "Z"' }], truth: undefined }]);
  expect(text.split('\r\n')[1]).toBe('1,First price,2,"\'=Zoë, ""Z""",3,,60,,41,it,41,19,40');
});
