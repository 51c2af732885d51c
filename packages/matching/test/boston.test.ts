import { ClockService, createMechane, provide } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { matchings, type Suitor } from '../src/index.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(matchings);

type Market = Record<string, Suitor>;
type Matches = Readonly<Record<string, readonly string[]>>;

const match = (reports: Market): Matches => mechane.run('matching/boston', { reports }).outcome.matches;
const student = (...ranking: string[]): Suitor => ({ side: 'proposing', ranking });
const school = (capacity: number, ...ranking: string[]): Suitor => ({ side: 'receiving', ranking, capacity });

/** Two want x and one wants y, with one place each. */
const small: Market = {
  ann: student('x', 'y'),
  bob: student('x', 'y'),
  cat: student('y', 'x'),
  x: school(1, 'ann', 'bob', 'cat'),
  y: school(1, 'bob', 'cat', 'ann'),
};

describe('immediate acceptance', () => {
  test('gives a second choice to nobody while somebody has it for a first (Abdulkadiroğlu and Sönmez 2003)', () => {
    expect(match(small)).toEqual({ ann: ['x'], bob: [], cat: ['y'], x: ['ann'], y: ['cat'] });
  });
  test('rewards who does not ask for the popular school: bob gets his second choice by calling it his first', () => {
    expect(match({ ...small, bob: student('y') })).toMatchObject({ bob: ['y'], cat: [] });
    // Under deferred acceptance, he has it by the truth.
    expect(mechane.run('matching/deferred-acceptance', { reports: small }).outcome.matches.bob).toEqual(['y']);
  });
  test('takes for good: who comes in the second round is turned away by a full school that would rather have it', () => {
    const market: Market = {
      i1: student('s2', 's1', 's3'),
      i2: student('s1', 's2', 's3'),
      i3: student('s1', 's2', 's3'),
      s1: school(1, 'i1', 'i3', 'i2'),
      s2: school(1, 'i2', 'i1', 'i3'),
      s3: school(1, 'i2', 'i1', 'i3'),
    };
    // The preferences of Abdulkadiroğlu and Sönmez (2003, example 1, after Roth 1982): i1 and i3 have their first choices, and i2 what is left.
    expect(match(market)).toMatchObject({ i1: ['s2'], i2: ['s3'], i3: ['s1'] });
    // The only stable matching puts i1 and i2 where each would swap with the other (Roth 1982).
    expect(mechane.run('matching/deferred-acceptance', { reports: market }).outcome.matches).toMatchObject({
      i1: ['s1'],
      i2: ['s2'],
      i3: ['s3'],
    });
  });
  test('fills places, lists matches the best first, and passes over names of the own side and of whoever keeps silent', async () => {
    const reports: Market = {
      ann: student('bob', 'mit'),
      bob: student('mit'),
      cat: student('mit'),
      dan: student(),
      mit: school(2, 'cat', 'mit', 'ann', 'bob'),
    };
    expect(match(reports)).toEqual({ ann: ['mit'], bob: [], cat: ['mit'], dan: [], mit: ['cat', 'ann'] });
    const { outcome } = await mechane.open('matching/boston', {
      within: 200,
      agents: {
        ann: () => ({ side: 'proposing' as const, ranking: ['mit', 'eth'] }),
        bob: () => ({ side: 'proposing' as const, ranking: ['eth'] }),
        mit: () => undefined,
        eth: () => ({ side: 'receiving' as const, ranking: ['ann', 'bob'] }),
      },
    }).result;
    // MIT is not there: ETH is ann’s first choice of those who are.
    expect(outcome.matches).toEqual({ ann: ['eth'], bob: [], eth: ['ann'] });
  });
  test('turns away, with places left, whoever a school does not rank, before and after those whom it ranks', () => {
    const market: Market = {
      ann: student('x', 'y'),
      bob: student('x'),
      cat: student('x', 'y'),
      x: school(3, 'bob'),
      y: school(2, 'cat', 'ann'),
    };
    expect(match(market)).toEqual({ ann: ['y'], bob: ['x'], cat: ['y'], x: ['bob'], y: ['cat', 'ann'] });
  });
  test('asks on for whoever wants several, a choice a round', () => {
    const market: Market = {
      ann: { side: 'proposing', ranking: ['x', 'y', 'z'], capacity: 2 },
      bob: student('y'),
      x: school(1, 'ann'),
      y: school(1, 'ann', 'bob'),
      z: school(1, 'ann'),
    };
    expect(match(market)).toMatchObject({ ann: ['x', 'z'], bob: ['y'] });
  });
  test('refuses to rank a name that nobody has', () => {
    expect(() => match({ ann: student('mitt'), mit: school(1) })).toThrow(
      /no agent is called "mitt".* Fix: did you mean "mit"\?$/,
    );
  });

  test('does what its definition says, round by round', () => {
    fc.assert(
      fc.property(markets(5, 3, 3), (market) => {
        expect(match(market)).toEqual(byDefinition(market));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  test('is deferred acceptance among schools that put whoever ranks them higher first (Ergin and Sönmez 2006)', () => {
    fc.assert(
      fc.property(markets(6, 4, 3), (market) => {
        const choiceOf = (name: string, of: string): number => (market[name] as Suitor).ranking.indexOf(of);
        const adjusted = Object.fromEntries(
          Object.entries(market).map(([name, own]) => [
            name,
            own.side === 'proposing'
              ? own
              : {
                  ...own,
                  // Sorting is stable: who ranks the school equally high stays in its order.
                  ranking: [...own.ranking].sort((one, other) => choiceOf(one, name) - choiceOf(other, name)),
                },
          ]),
        );
        const { matches } = mechane.run('matching/deferred-acceptance', { reports: adjusted }).outcome;
        const found = match(market);
        for (const name of names('p', 6)) expect(found[name]).toEqual(matches[name]);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
  test('leaves no matching that is better for a student and worse for none (Abdulkadiroğlu and Sönmez 2003)', () => {
    fc.assert(
      fc.property(markets(4, 3, 2), (market) => {
        const students = names('p', 4);
        const place = (name: string, of: string | undefined): number => {
          const { ranking } = market[name] as Suitor;
          return of === undefined ? ranking.length : ranking.indexOf(of);
        };
        const found = match(market);
        const own = students.map((name) => place(name, found[name]?.[0]));
        for (const other of everyPlacement(market, students)) {
          const theirs = students.map((name, index) => place(name, other[index]));
          const isNeverWorse = theirs.every((their, index) => their <= (own[index] as number));
          expect(isNeverWorse && theirs.some((their, index) => their < (own[index] as number))).toBe(false);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });
  test('has for its equilibria just the stable matchings of the true preferences (Ergin and Sönmez 2006, theorem 1)', () => {
    const students = names('p', 3);
    const schools = names('r', 2);
    const strategies = [[], ['r0'], ['r1'], ['r0', 'r1'], ['r1', 'r0']];
    fc.assert(
      fc.property(markets(3, 2, 2), (market) => {
        const placesWhere = (profile: readonly number[]): readonly (string | undefined)[] => {
          const said = profile.map((which, index) => [students[index], student(...(strategies[which] as string[]))]);
          const found = match({ ...market, ...Object.fromEntries(said) });
          return students.map((name) => found[name]?.[0]);
        };
        const profiles = strategies.flatMap((_, a) =>
          strategies.flatMap((__, b) => strategies.map((___, c) => [a, b, c])),
        );
        const placesOf = new Map(profiles.map((profile) => [profile.join(), placesWhere(profile)]));
        const worth = (index: number, place: string | undefined): number => {
          const { ranking } = market[students[index] as string] as Suitor;
          if (place === undefined) return 0;
          return ranking.includes(place) ? ranking.length - ranking.indexOf(place) : -1;
        };
        const isEquilibrium = (profile: readonly number[]): boolean =>
          profile.every((_, index) =>
            strategies.every((__, which) => {
              const now = placesOf.get(profile.join())?.[index];
              const then = placesOf.get(profile.with(index, which).join())?.[index];
              return worth(index, then) <= worth(index, now);
            }),
          );
        const equilibria = profiles.filter(isEquilibrium).map((profile) => placesOf.get(profile.join())?.join());
        const stable = everyPlacement(market, students).filter((places) => isStable(market, students, schools, places));
        expect([...new Set(equilibria)].sort()).toEqual(stable.map((places) => places.join()).sort());
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});

function names(prefix: string, size: number): readonly string[] {
  return Array.from({ length: size }, (_, index) => `${prefix}${index}`);
}

/** Students that rank some schools, and schools that rank all students, with places for a few. */
function markets(students: number, schools: number, places: number): fc.Arbitrary<Market> {
  const [proposers, receivers] = [names('p', students), names('r', schools)];
  const proposing = fc.shuffledSubarray([...receivers]).map((ranking) => student(...ranking));
  const receiving = fc
    .tuple(
      fc.integer({ min: 1, max: places }),
      fc.shuffledSubarray([...proposers], { minLength: students, maxLength: students }),
    )
    .map(([capacity, ranking]) => school(capacity, ...ranking));
  return fc.record({
    ...Object.fromEntries(proposers.map((name) => [name, proposing])),
    ...Object.fromEntries(receivers.map((name) => [name, receiving])),
  }) as fc.Arbitrary<Market>;
}

/** The rule as it is told: in round k, only k-th choices are looked at, and each school gives its places one at a time by priority. */
function byDefinition(market: Market): Matches {
  const matches: Record<string, string[]> = Object.fromEntries(Object.keys(market).map((name) => [name, []]));
  for (let k = 0; k < Object.keys(market).length; k++) {
    for (const [name, { side, ranking, capacity = 1 }] of Object.entries(market)) {
      if (side === 'proposing') continue;
      const unplaced = ranking.filter((other) => matches[other]?.length === 0);
      for (const next of unplaced.filter((other) => market[other]?.ranking[k] === name)) {
        if (matches[name]?.length === capacity) break;
        matches[name]?.push(next);
        matches[next]?.push(name);
      }
    }
  }
  for (const [name, { ranking }] of Object.entries(market))
    matches[name]?.sort((one, other) => ranking.indexOf(one) - ranking.indexOf(other));
  return matches;
}

/** All ways in which students can be placed where they would go, and places suffice. */
function everyPlacement(market: Market, students: readonly string[]): (string | undefined)[][] {
  return students.reduce<(string | undefined)[][]>(
    (before, name) =>
      before.flatMap((places) =>
        [undefined, ...(market[name] as Suitor).ranking]
          .filter(
            (place) =>
              place === undefined || places.filter((other) => other === place).length < (market[place]?.capacity ?? 1),
          )
          .map((place) => [...places, place]),
      ),
    [[]],
  );
}

/** No student and no school would both rather have each other. */
function isStable(
  market: Market,
  students: readonly string[],
  schools: readonly string[],
  places: readonly (string | undefined)[],
): boolean {
  return students.every((name, index) =>
    schools.every((place) => {
      const { ranking } = market[name] as Suitor;
      const [wish, has] = [ranking.indexOf(place), places[index]];
      if (wish === -1 || (has !== undefined && ranking.indexOf(has) <= wish)) return true;
      const { ranking: priority, capacity = 1 } = market[place] as Suitor;
      const inside = students.filter((_, other) => places[other] === place);
      return inside.length === capacity && inside.every((other) => priority.indexOf(other) < priority.indexOf(name));
    }),
  );
}
