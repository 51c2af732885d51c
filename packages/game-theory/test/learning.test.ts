import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alphaRank,
  bestResponseDynamics,
  fictitiousPlay,
  hedge,
  type LearntProfile,
  NormalFormGame,
  readJsonGame,
  regretMatching,
  replicator,
} from '../src/index.ts';

const bimatrix = (row: readonly (readonly number[])[], column: readonly (readonly number[])[]) =>
  new NormalFormGame({
    strategies: [row.length, row[0]?.length ?? 0],
    payoffs: [Float64Array.from(row.flat()), Float64Array.from(column.flat())],
  });
const negative = (table: readonly (readonly number[])[]) => table.map((row) => row.map((payoff) => 0 - payoff));
const zeroSum = (table: readonly (readonly number[])[]) => bimatrix(table, negative(table));
const transposed = (table: readonly (readonly number[])[]) =>
  (table[0] ?? []).map((_, column) => table.map((row) => row[column] as number));

const rockPaperScissors = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
];
/** Shapley 1964: the better response goes round and round. */
const shapley = bimatrix(
  [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ],
  [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ],
);
const last = (results: readonly LearntProfile[]) => results.at(-1) as LearntProfile;

describe('fictitious play', () => {
  test('tends to the value of a zero-sum game (Robinson 1951)', () => {
    // Value 1/5, by the mixtures (2/5, 3/5) of both.
    const found = last(
      fictitiousPlay(
        zeroSum([
          [2, -1],
          [-1, 1],
        ]),
        { rounds: 20_000 },
      ).now().results,
    );
    expect(found.payoffs[0]).toBeCloseTo(0.2, 2);
    expect(found.profile[0]?.[0]).toBeCloseTo(0.4, 1);
    expect(found.regret).toBeLessThan(0.03);
  });
  test('does not settle in Shapley’s game (1964)', () => {
    const start = [
      [1, 0, 0],
      [0, 1, 0],
    ];
    const { results } = fictitiousPlay(shapley, { rounds: 30_000, every: 1_000, start }).now();
    expect(results).toHaveLength(30);
    // Frequencies keep turning: the regret stays away from 0, though that of play (1/3, 1/3, 1/3) would be 0.
    expect(Math.max(...results.slice(-12).map(({ regret }) => regret))).toBeGreaterThan(0.1);
  });
  test('settles in a game with three players and a potential', () => {
    const common = Float64Array.from([3, 0, 0, 1, 0, 1, 1, 2]);
    const game = new NormalFormGame({ strategies: [2, 2, 2], payoffs: [common, common, common] });
    expect(last(fictitiousPlay(game, { rounds: 5_000 }).now().results).regret).toBeLessThan(0.01);
  });
});

describe('learning from regret', () => {
  const entry = fc.integer({ min: -5, max: 5 });
  const table = fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
  test('by Hedge keeps within the published bound in every game (Freund and Schapire 1999)', () => {
    fc.assert(
      fc.property(table, table, (row, column) => {
        const rounds = 400;
        const [{ externalRegrets = [] } = {}] = hedge(bimatrix(row, column), {
          rounds,
          start: [
            [1, 0, 0],
            [0, 0, 1],
          ],
        }).now().results;
        for (const [player, regret] of externalRegrets.entries()) {
          const payoffs = [row, column][player]?.flat() ?? [];
          const range = Math.max(...payoffs) - Math.min(...payoffs);
          // The start is forced, not chosen: one round of regret more.
          expect(regret).toBeLessThanOrEqual(range * Math.sqrt(Math.log(3) / (2 * rounds)) + range / rounds + 1e-12);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
  test('by regret matching keeps within the published bound in every game (Cesa-Bianchi and Lugosi 2006, corollary 2.1)', () => {
    fc.assert(
      fc.property(table, table, (row, column) => {
        const rounds = 400;
        const [{ externalRegrets = [] } = {}] = regretMatching(bimatrix(row, column), { rounds }).now().results;
        for (const [player, regret] of externalRegrets.entries()) {
          const payoffs = [row, column][player]?.flat() ?? [];
          const range = Math.max(...payoffs) - Math.min(...payoffs);
          expect(regret).toBeLessThanOrEqual(range * Math.sqrt(3 / rounds) + 1e-12);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
  test.each([
    ['regret matching', regretMatching],
    ['Hedge', hedge],
  ] as const)('by %s comes near the equilibrium of a zero-sum game on average', (_, learn) => {
    const game = zeroSum([
      [2, -1],
      [-1, 1],
    ]);
    const [found] = learn(game, {
      rounds: 20_000,
      start: [
        [1, 0],
        [0, 1],
      ],
    }).now().results;
    // In a zero-sum game the regret of average play is at most the sum of external regrets.
    expect(found?.regret).toBeLessThanOrEqual(
      (found?.externalRegrets ?? []).reduce((sum, regret) => sum + regret, 0) + 1e-9,
    );
    expect(found?.payoffs[0]).toBeCloseTo(0.2, 1);
  });
});

describe('replicator dynamics', () => {
  test('of rock, paper, scissors keeps the product of shares (Hofbauer and Sigmund 1998, section 7.7)', () => {
    const start = [
      [0.5, 0.3, 0.2],
      [0.5, 0.3, 0.2],
    ];
    const { results } = replicator(bimatrix(rockPaperScissors, transposed(rockPaperScissors)), {
      rounds: 5_000,
      every: 500,
      start,
    }).now();
    for (const { profile } of results)
      expect(profile[0]?.reduce((product, share) => product * share, 1)).toBeCloseTo(0.03, 8);
  });
  test('reach the evolutionarily stable share of hawks (Maynard Smith and Price 1973)', () => {
    // A prize of 2 and a wound of 6: a third of hawks.
    const game = [
      [-2, 2],
      [0, 1],
    ];
    const start = [
      [0.9, 0.1],
      [0.9, 0.1],
    ];
    const found = last(replicator(bimatrix(game, transposed(game)), { rounds: 5_000, start }).now().results);
    expect(found.profile[0]?.[0]).toBeCloseTo(1 / 3, 8);
    expect(found.regret).toBeLessThan(1e-8);
  });
});

describe('best-response dynamics', () => {
  test('end in an equilibrium of every game with a potential (Monderer and Shapley 1996)', () => {
    const entry = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 18, maxLength: 18 }), fc.nat(17), (potential, first) => {
        const common = Float64Array.from(potential);
        const game = new NormalFormGame({ strategies: [2, 3, 3], payoffs: [common, common, common] });
        const { verdict, path } = bestResponseDynamics(game, game.profileAt(first));
        expect(verdict).toBe('equilibrium');
        const end = path.at(-1) as readonly number[];
        for (const [player, count] of game.shape.entries()) {
          for (let strategy = 0; strategy < count; strategy++) {
            const change = game.payoff(player, end.with(player, strategy)).compare(game.payoff(player, end));
            expect(change).toBeLessThanOrEqual(0);
          }
        }
      }),
      { seed: 1 },
    );
  });
  test('go round for ever in matching pennies, and say so', () => {
    const { verdict, path } = bestResponseDynamics(
      zeroSum([
        [1, -1],
        [-1, 1],
      ]),
    );
    expect(verdict).toBe('cycle');
    expect(path.length).toBeGreaterThanOrEqual(4);
  });
  test('start from a profile of the game', () => {
    const start =
      (...profile: number[]) =>
      () =>
        bestResponseDynamics(shapley, profile);
    for (const wrong of [start(0), start(0, 3), start(-1, 0)]) {
      expect(wrong).toThrow(expect.objectContaining({ code: 'invalid-game', path: ['start'] }));
    }
  });
});

describe('alpha-rank', () => {
  test('gives each of rock, paper and scissors its share, and the prisoners’ dilemma to those who tell (Omidshafiei et al. 2019)', () => {
    const ranked = alphaRank(zeroSum(rockPaperScissors));
    expect(ranked.reduce((sum, { mass }) => sum + mass, 0)).toBeCloseTo(1, 12);
    const share = (player: number, strategy: number) =>
      ranked.filter(({ profile }) => profile[player] === strategy).reduce((sum, { mass }) => sum + mass, 0);
    for (const player of [0, 1])
      for (const strategy of [0, 1, 2]) expect(share(player, strategy)).toBeCloseTo(1 / 3, 9);
    const prisoners = alphaRank(
      bimatrix(
        [
          [2, 0],
          [3, 1],
        ],
        [
          [2, 3],
          [0, 1],
        ],
      ),
    );
    expect(prisoners[0]).toMatchObject({ profile: [1, 1] });
    expect(prisoners[0]?.mass).toBeGreaterThan(0.999);
  });
  test('agrees with the power of the chain, written down from the definition', () => {
    const [alpha, population] = [0.3, 5];
    const row = [
      [1, 3],
      [0, 2],
    ];
    const column = [
      [2, 0],
      [1, 1],
    ];
    const pays = (player: number, profile: readonly number[]) =>
      [row, column][player]?.[profile[0] as number]?.[profile[1] as number] as number;
    const chance = (gain: number) => {
      const ratio = Math.exp(-alpha * gain);
      return gain === 0 ? 1 / population : (1 - ratio) / (1 - ratio ** population);
    };
    const all = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const chain = all.map((from) => {
      const out = all.map((to) => {
        const changed = [0, 1].filter((player) => from[player] !== to[player]);
        const [player] = changed;
        return changed.length !== 1 || player === undefined ? 0 : chance(pays(player, to) - pays(player, from)) / 2;
      });
      return out.map((entry, at) => (all[at] === from ? 1 - out.reduce((sum, other) => sum + other, 0) : entry));
    });
    let masses = [0.25, 0.25, 0.25, 0.25];
    for (let step = 0; step < 20_000; step++) {
      masses = masses.map((_, to) => masses.reduce((sum, mass, from) => sum + mass * (chain[from]?.[to] as number), 0));
    }
    const ranked = alphaRank(bimatrix(row, column), { alpha, population });
    for (const { profile, mass } of ranked)
      expect(mass).toBeCloseTo(masses[2 * (profile[0] as number) + (profile[1] as number)] as number, 10);
  });
  test('survives the strongest selection', () => {
    const huge = alphaRank(
      bimatrix(
        [
          [2, 0],
          [3, 1],
        ],
        [
          [2, 3],
          [0, 1],
        ],
      ),
      { alpha: 1e6 },
    );
    expect(huge[0]).toEqual({ profile: [1, 1], mass: 1 });
    const flat = new Float64Array(40 * 40);
    const game = new NormalFormGame({ strategies: [40, 40], payoffs: [flat, flat] });
    expect(() => alphaRank(game)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

describe('a dynamic', () => {
  const game = readJsonGame({
    players: ['a', 'b'],
    payoffs: [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ],
  });
  const dynamics = [fictitiousPlay, regretMatching, hedge, replicator];
  test.each(dynamics.map((dynamic) => [dynamic.name, dynamic] as const))(
    '%s says when it stopped early',
    (_, dynamic) => {
      const { results, ...ending } = dynamic(game, { rounds: 1_000, every: 10, results: 3 }).now();
      expect(ending).toMatchObject({ complete: false, reason: expect.stringContaining('3 results') });
      expect(results).toHaveLength(3);
      expect(dynamic(game, { rounds: 5, every: 1 }).now()).toMatchObject({ complete: true });
    },
  );
  test.each(dynamics.map((dynamic) => [dynamic.name, dynamic] as const))(
    '%s starts from probabilities',
    (_, dynamic) => {
      for (const start of [
        [[1, 0]],
        [
          [1, 0],
          [0.5, 0.6],
        ],
        [
          [1, 0],
          [2, -1],
        ],
        [[1, 0], [1]],
      ]) {
        expect(() => dynamic(game, { start })).toThrow(
          expect.objectContaining({ code: 'invalid-game', path: ['start', 1] }),
        );
      }
    },
  );
});
