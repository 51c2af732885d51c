import { createMechane } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { games, type PayoffTable, type ReportedPayoffs, type Suitor } from '../src/index.ts';

const mechane = createMechane().use(games);
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('serial dictatorship', () => {
  const reports = { ann: { ranking: ['A', 'B'] }, bob: { ranking: ['A', 'C'] }, cat: { ranking: ['A'] } };
  const settings = { items: ['A', 'B', 'C'] };
  const assign = (more: object) =>
    mechane.run('game-theory/serial-dictatorship', { settings: { ...settings, ...more }, reports, seed: 3 });
  test('lets agents choose in order of their ids, or as the settings say', () => {
    expect(assign({}).outcome.allocation).toEqual({ ann: 'A', bob: 'C' });
    expect(assign({ order: ['cat', 'bob'] }).outcome.allocation).toEqual({ cat: 'A', bob: 'C', ann: 'B' });
    expect(assign({ order: ['nobody', 'bob'] }).outcome.allocation).toEqual({ bob: 'A', ann: 'B' });
    expect(assign({ breakTie: { priority: ['bob'] } }).outcome.allocation).toEqual({ bob: 'A', ann: 'B' });
  });
  test('by lot gives each the first choice equally often (Abdulkadiroglu and Sonmez 1998)', () => {
    const first = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      const { outcome } = mechane.run('game-theory/serial-dictatorship', {
        settings: { ...settings, breakTie: 'lot' },
        reports,
        seed,
      });
      const winner = Object.keys(outcome.allocation).find((agent) => outcome.allocation[agent] === 'A') as string;
      first.set(winner, (first.get(winner) ?? 0) + 1);
    }
    // Five standard deviations of a binomial with 3,000 draws and probability 1/3.
    for (const agent of ['ann', 'bob', 'cat']) expect(Math.abs((first.get(agent) ?? 0) - 1_000)).toBeLessThan(130);
  });
  test('has no cardinal values', () => {
    expect(assign({}).metrics).toMatchObject({ welfare: null, efficiency: null, revenue: null });
  });
  test('refuses items that are not there, and the same twice', () => {
    const rank =
      (...ranking: string[]) =>
      () =>
        mechane.run('game-theory/serial-dictatorship', { settings, reports: { ann: { ranking } } });
    expect(rank('A', 'D')).toThrow(coded('invalid-report', ['reports', 'ann', 'ranking', 1]));
    expect(rank('A', 'A')).toThrow(coded('invalid-report', ['reports', 'ann', 'ranking']));
  });
});

type Endowed = Record<string, { owns: string; ranking: string[] }>;

describe('top trading cycles', () => {
  const trade = (reports: Endowed) => mechane.run('game-theory/top-trading-cycles', { reports }).outcome;
  test('finds the cycles of a textbook example', () => {
    // Roughgarden, Twenty Lectures on Algorithmic Game Theory (2016), lecture 9: one cycle of three, then a self-loop.
    const reports: Endowed = {
      1: { owns: 'h1', ranking: ['h2', 'h1', 'h3', 'h4'] },
      2: { owns: 'h2', ranking: ['h3', 'h1', 'h2', 'h4'] },
      3: { owns: 'h3', ranking: ['h1', 'h4', 'h3', 'h2'] },
      4: { owns: 'h4', ranking: ['h1', 'h2', 'h3', 'h4'] },
    };
    const { allocation, cycles } = trade(reports);
    expect(allocation).toEqual({ 1: 'h2', 2: 'h3', 3: 'h1', 4: 'h4' });
    expect(cycles).toEqual([['1', '2', '3'], ['4']]);
  });
  test('passes over what nobody brings, and gives nobody less than its own', () => {
    expect(trade({ ann: { owns: 'A', ranking: ['Z', 'B'] }, bob: { owns: 'B', ranking: [] } }).allocation).toEqual({
      ann: 'A',
      bob: 'B',
    });
    expect(trade({ ann: { owns: 'A', ranking: ['A', 'B'] }, bob: { owns: 'B', ranking: ['A'] } }).allocation).toEqual({
      ann: 'A',
      bob: 'B',
    });
  });
  test('lets one of two owners of the same item trade, by the tie order', () => {
    const reports: Endowed = {
      ann: { owns: 'A', ranking: ['B'] },
      eve: { owns: 'A', ranking: ['B'] },
      bob: { owns: 'B', ranking: ['A'] },
    };
    expect(trade(reports).allocation).toEqual({ ann: 'B', bob: 'A' });
    const settings = { breakTie: { priority: ['eve'] } };
    const { outcome } = mechane.run('game-theory/top-trading-cycles', { settings, reports });
    expect(outcome.allocation).toEqual({ eve: 'B', bob: 'A' });
  });
  test('takes items and agents of any name', () => {
    const reports = JSON.parse(
      '{"__proto__":{"owns":"constructor","ranking":["__proto__"]},"a":{"owns":"__proto__","ranking":["constructor"]}}',
    );
    expect(Object.entries(trade(reports).allocation)).toEqual([
      ['__proto__', '__proto__'],
      ['a', 'constructor'],
    ]);
  });
  test('gives the only outcome in the strict core, found by going through all (Roth and Postlewaite 1977)', () => {
    const houses = ['A', 'B', 'C', 'D'];
    const ranking = fc.shuffledSubarray(houses, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(ranking, { minLength: 4, maxLength: 4 }), (rankings) => {
        const reports = Object.fromEntries(
          rankings.map((own, index) => [houses[index] as string, { owns: houses[index] as string, ranking: own }]),
        );
        const stable = permutations(houses).filter((given) => !blocked(given, rankings));
        expect(stable).toHaveLength(1);
        const { allocation } = trade(reports);
        expect(houses.map((owner) => allocation[owner])).toEqual(stable[0]);
      }),
      { seed: 1, numRuns: 300 },
    );
    /** Whether some coalition, trading among itself, makes one better off and none worse off. */
    function blocked(given: readonly string[], rankings: readonly (readonly string[])[]): boolean {
      const place = (agent: number, house: string) => (rankings[agent] as readonly string[]).indexOf(house);
      for (let members = 1; members < 16; members++) {
        const coalition = [0, 1, 2, 3].filter((agent) => members & (1 << agent));
        for (const traded of permutations(coalition.map((agent) => houses[agent] as string))) {
          const changes = coalition.map(
            (agent, index) => place(agent, given[agent] as string) - place(agent, traded[index] as string),
          );
          if (changes.every((change) => change >= 0) && changes.some((change) => change > 0)) return true;
        }
      }
      return false;
    }
  });
  test('handles ten thousand owners in one long cycle', () => {
    const size = 10_000;
    const reports = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [
        `a${index}`,
        { owns: `h${index}`, ranking: [`h${(index + 1) % size}`] },
      ]),
    );
    const { allocation, cycles } = trade(reports);
    expect(cycles).toHaveLength(1);
    expect(allocation.a9999).toBe('h0');
  });
});

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((first, index) => permutations(values.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

type Market = Record<string, Suitor>;

describe('deferred acceptance', () => {
  const match = (reports: Market) => mechane.run('game-theory/deferred-acceptance', { reports }).outcome.matches;
  test('matches Gale and Shapley’s example (1962, p. 12): of three stable matchings, the one the proposers prefer', () => {
    const reports: Market = {
      alpha: { side: 'proposing', ranking: ['A', 'B', 'C'] },
      beta: { side: 'proposing', ranking: ['B', 'C', 'A'] },
      gamma: { side: 'proposing', ranking: ['C', 'A', 'B'] },
      A: { side: 'receiving', ranking: ['beta', 'gamma', 'alpha'] },
      B: { side: 'receiving', ranking: ['gamma', 'alpha', 'beta'] },
      C: { side: 'receiving', ranking: ['alpha', 'beta', 'gamma'] },
    };
    expect(match(reports)).toMatchObject({ alpha: ['A'], beta: ['B'], gamma: ['C'], A: ['alpha'] });
    const flipped = Object.fromEntries(
      Object.entries(reports).map(([agent, own]) => [
        agent,
        { ...own, side: own.side === 'proposing' ? 'receiving' : 'proposing' },
      ]),
    ) as Market;
    expect(match(flipped)).toMatchObject({ alpha: ['C'], beta: ['A'], gamma: ['B'] });
  });
  test('fills places, lists matches the best first, and passes over names of nobody on the other side', () => {
    const reports: Market = {
      ann: { side: 'proposing', ranking: ['bob', 'zoe', 'mit'] },
      bob: { side: 'proposing', ranking: ['mit'] },
      cat: { side: 'proposing', ranking: ['mit'] },
      dan: { side: 'proposing', ranking: [] },
      mit: { side: 'receiving', ranking: ['cat', 'eve', 'ann', 'bob'], capacity: 2 },
    };
    expect(match(reports)).toEqual({ ann: ['mit'], bob: [], cat: ['mit'], dan: [], mit: ['cat', 'ann'] });
  });
  test('refuses what is no ranking, no side and no capacity', () => {
    const say = (suitor: object) => () => match({ ann: suitor as Suitor });
    expect(say({ side: 'proposing', ranking: ['x', 'x'] })).toThrow(
      coded('invalid-report', ['reports', 'ann', 'ranking']),
    );
    expect(say({ side: 'both', ranking: [] })).toThrow(coded('invalid-report', ['reports', 'ann', 'side']));
    expect(say({ side: 'proposing', ranking: [], capacity: 0 })).toThrow(
      coded('invalid-report', ['reports', 'ann', 'capacity']),
    );
  });

  const sides = (proposers: number, receivers: number, capacities: boolean) => {
    const names = { proposing: range('p', proposers), receiving: range('r', receivers) };
    const suitor = (side: Suitor['side']) =>
      fc.record({
        side: fc.constant(side),
        ranking: fc.shuffledSubarray(side === 'proposing' ? names.receiving : names.proposing),
        capacity: fc.integer({ min: 1, max: capacities && side === 'receiving' ? 3 : 1 }),
      });
    return fc.record({
      ...Object.fromEntries(names.proposing.map((name) => [name, suitor('proposing')])),
      ...Object.fromEntries(names.receiving.map((name) => [name, suitor('receiving')])),
    }) as fc.Arbitrary<Market>;
  };

  test('is stable, and of all stable matchings the best for every proposer (Gale and Shapley 1962, theorem 2)', () => {
    fc.assert(
      fc.property(sides(3, 3, false), (market) => {
        const all = everyMatching(market).filter((matches) => isStable(market, matches));
        const found = match(market);
        expect(all).toContainEqual(found);
        for (const [agent, { side, ranking }] of Object.entries(market)) {
          const places = all.map((matches) => placeOf(ranking, matches[agent]));
          const own = placeOf(ranking, found[agent]);
          // What is best for one side is worst for the other (Knuth 1976).
          expect(own).toBe(side === 'proposing' ? Math.min(...places) : Math.max(...places));
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
  test('with places is stable, and leaves the same places empty whichever side proposes (Roth 1986)', () => {
    fc.assert(
      fc.property(sides(5, 3, true), (market) => {
        const found = match(market);
        expect(isStable(market, found)).toBe(true);
        const flipped = Object.fromEntries(
          Object.entries(market).map(([agent, own]) => [
            agent,
            { ...own, side: own.side === 'proposing' ? 'receiving' : 'proposing' },
          ]),
        ) as Market;
        const other = match(flipped);
        expect(isStable(market, other)).toBe(true);
        for (const agent of Object.keys(market)) expect(other[agent]).toHaveLength((found[agent] ?? []).length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('the mediator', () => {
  const strategies = { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] };
  const advise = (reports: Record<string, ReportedPayoffs>, given: Record<string, string[]> = strategies, seed = 1) =>
    mechane.run('game-theory/mediator', { settings: { strategies: given }, reports, seed });
  const chicken = {
    ann: {
      payoffs: [
        [0, 7],
        [2, 6],
      ],
    },
    bob: {
      payoffs: [
        [0, 2],
        [7, 6],
      ],
    },
  };
  test('recommends the best correlated equilibrium of Chicken (Aumann 1974)', () => {
    const { outcome, metrics, certificate } = advise(chicken);
    expect(outcome.distribution).toEqual([
      { profile: { ann: 'dare', bob: 'swerve' }, probability: 0.25 },
      { profile: { ann: 'swerve', bob: 'dare' }, probability: 0.25 },
      { profile: { ann: 'swerve', bob: 'swerve' }, probability: 0.5 },
    ]);
    expect(metrics.welfare).toBe(10.5);
    expect(certificate).toMatchObject({ status: 'optimal', welfare: 10.5 });
  });
  test('draws as often as it says', () => {
    let dared = 0;
    for (let seed = 0; seed < 1_000; seed++)
      if (advise(chicken, strategies, seed).outcome.recommendation.ann === 'dare') dared += 1;
    // Five standard deviations of a binomial with 1,000 draws and probability 1/4.
    expect(Math.abs(dared - 250)).toBeLessThan(70);
  });
  test('gives advice that nobody gains by disobeying, in any game', () => {
    const entry = fc.integer({ min: -3, max: 3 });
    const table = fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 });
    const lists = { ann: ['a', 'b'], bob: ['x', 'y', 'z'] };
    fc.assert(
      fc.property(table, table, (ann, bob) => {
        const { distribution } = advise({ ann: { payoffs: ann }, bob: { payoffs: bob } }, lists).outcome;
        expect(distribution.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
        for (const [player, own] of [
          ['ann', ann],
          ['bob', bob],
        ] as const) {
          for (const told of lists[player]) {
            for (const played of lists[player]) {
              let gain = 0;
              for (const { profile, probability } of distribution) {
                if (profile[player] !== told) continue;
                const paid = (strategy: string) => {
                  const changed: Readonly<Record<string, string>> = { ...profile, [player]: strategy };
                  const { ann: first = '', bob: second = '' } = changed;
                  return own[lists.ann.indexOf(first)]?.[lists.bob.indexOf(second)] ?? Number.NaN;
                };
                gain += probability * (paid(played) - paid(told));
              }
              expect(gain).toBeLessThan(1e-9);
            }
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
  test('takes the silent to be indifferent, and has nothing to say to nobody', () => {
    const { outcome } = advise({
      ann: {
        payoffs: [
          [0, 0],
          [0, 9],
        ],
      },
    });
    expect(outcome.recommendation).toEqual({ ann: 'swerve', bob: 'swerve' });
    expect(advise({}, {}).outcome).toEqual({ recommendation: {}, distribution: [{ profile: {}, probability: 1 }] });
  });
  test('refuses payoffs of another game, and games that are too large', () => {
    const say =
      (payoffs: PayoffTable, given = strategies) =>
      () =>
        advise({ ann: { payoffs } }, given);
    expect(say([[1, 2], [3]])).toThrow(coded('invalid-report', ['reports', 'ann', 'payoffs', 1]));
    expect(
      say([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toThrow(/expected a list of 2, one for each of dare, swerve/);
    expect(
      say([
        [1, 2],
        [3, [4]],
      ]),
    ).toThrow(coded('invalid-report', ['reports', 'ann', 'payoffs', 1, 1]));
    const many = Array.from({ length: 20 }, (_, index) => `${index}`);
    expect(say(1, { ann: many, bob: many })).toThrow(/at most 256 profiles/);
    expect(say(1, { ann: ['a', 'a'], bob: many })).toThrow(/no name twice/);
  });
});

function range(prefix: string, size: number): string[] {
  return Array.from({ length: size }, (_, index) => `${prefix}${index}`);
}

type Matches = Readonly<Record<string, readonly string[]>>;

function placeOf(ranking: readonly string[], matches: readonly string[] = []): number {
  return matches[0] === undefined ? ranking.length : ranking.indexOf(matches[0]);
}

/** No pair would both rather have each other, as things stand. Written from the definition, not from the algorithm. */
function isStable(market: Market, matches: Matches): boolean {
  const wants = (agent: string, other: string): boolean => {
    const { ranking, capacity = 1 } = market[agent] as Suitor;
    const place = ranking.indexOf(other);
    if (place === -1) return false;
    const own = matches[agent] ?? [];
    return own.length < capacity || own.some((match) => ranking.indexOf(match) > place);
  };
  const acceptable = Object.entries(matches).every(([agent, own]) =>
    own.every((match) => market[agent]?.ranking.includes(match)),
  );
  const proposers = Object.keys(market).filter((agent) => market[agent]?.side === 'proposing');
  const receivers = Object.keys(market).filter((agent) => market[agent]?.side === 'receiving');
  const blocking = proposers.some((one) =>
    receivers.some((other) => !matches[one]?.includes(other) && wants(one, other) && wants(other, one)),
  );
  return acceptable && !blocking;
}

function everyMatching(market: Market): Matches[] {
  const proposers = Object.keys(market).filter((agent) => market[agent]?.side === 'proposing');
  const extend = (index: number, matches: Record<string, string[]>): Record<string, string[]>[] => {
    const proposer = proposers[index];
    if (proposer === undefined) return [matches];
    const alone = extend(index + 1, matches);
    const free = Object.keys(market).filter(
      (agent) => market[agent]?.side === 'receiving' && matches[agent]?.length === 0,
    );
    return [
      ...alone,
      ...free.flatMap((other) => extend(index + 1, { ...matches, [proposer]: [other], [other]: [proposer] })),
    ];
  };
  return extend(0, Object.fromEntries(Object.keys(market).map((agent) => [agent, []])));
}
