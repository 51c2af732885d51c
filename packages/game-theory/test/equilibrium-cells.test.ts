import { type Random, seededRandom } from '@mechane/core';
import { atOnce, Pace, Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { manySupports } from '../src/many-players/many-supports.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { cellsOf } from '../src/supports/all-equilibria.ts';
import { isEmptyInside } from '../src/supports/empty-products.ts';
import { TablePayoffs } from '../src/supports/multilinear-payoffs.ts';
import { PlanPolytope } from '../src/supports/plan-polytope.ts';
import { type PlanSupport, PlanSupports } from '../src/supports/plan-support.ts';
import { conditionsOf, type Piece } from '../src/supports/polyhedral-cells.ts';
import { extremePoints } from '../src/two-player/extreme-points.ts';
import { asExact, type ExactProfile, exactRegret } from './exact-oracle.ts';
import { degenerateGame, genericGame } from './random-games.ts';
import { isolatedEquilibria } from './support-oracle.ts';

/** The counts for a whole examination: `MECHANE_ALL=1 npx vitest run packages/game-theory/test/equilibrium-cells.test.ts`. */
const all = process.env.MECHANE_ALL === '1';
/** Oracles take their time, the more on a busy machine. */
const patient = { tags: ['long'], timeout: all ? 7_200_000 : 240_000 };

const keyOf = (profile: ExactProfile | undefined): string => String(profile?.map(String).join(';'));

function drawn(random: Random, shape: readonly number[], below: number): NormalFormGame {
  const profiles = shape.reduce((product, count) => product * count, 1);
  const payoffs = shape.map(() => Float64Array.from({ length: profiles }, () => random.below(below)));
  return new NormalFormGame({ strategies: shape, payoffs });
}

describe('games of two', () => {
  test('have the corners and components that vertex enumeration finds, degenerate or not', patient, () => {
    const random = seededRandom(61);
    for (let round = 0; round < (all ? 2_000 : 300); round++) {
      const { game } = round % 3 === 0 ? genericGame(random) : degenerateGame(random);
      const expected = extremePoints(game).now();
      const { results, complete, ...ending } = manySupports(game).now();
      expect(complete).toBe(true);
      const corners = results.map(({ exact }) => keyOf(exact?.profile));
      expect(corners.toSorted()).toEqual(expected.results.map(({ profile }) => keyOf(profile)).sort());
      const told = ending as { readonly components: readonly (readonly number[])[] };
      const sets = (components: readonly (readonly number[])[], keys: readonly string[]): string[] =>
        components
          .map((set) =>
            set
              .map((index) => keys[index])
              .sort()
              .join(' '),
          )
          .sort();
      expect(sets(told.components, corners)).toEqual(
        sets(
          expected.components,
          expected.results.map(({ profile }) => keyOf(profile)),
        ),
      );
    }
  });

  test('stand between two ends where a third player does not care', { tags: ['long'] }, () => {
    const random = seededRandom(62);
    for (let round = 0; round < 60; round++) {
      const { game } = degenerateGame(random);
      const watched = new NormalFormGame({
        strategies: [...game.shape, 2],
        payoffs: [0, 1, 2].map((player) =>
          Array.from({ length: 2 * game.profiles }, (_, index) =>
            player === 2 ? Rational.one : (game.rationals(player)[index >> 1] as Rational),
          ),
        ),
      });
      const expected = extremePoints(game).now();
      const { results, complete, ...ending } = manySupports(watched).now();
      expect(complete).toBe(true);
      expect(results).toHaveLength(2 * expected.results.length);
      expect(ending).toHaveProperty('components.length', expected.components.length);
    }
  });
});

/** Pieces with their supports, and whether everything was settled. */
function piecesOf(game: NormalFormGame): { pieces: [readonly PlanSupport[], Piece][]; isDecided: boolean } {
  const payoffs = new TablePayoffs(game);
  const choices = payoffs.players.map((own) => new PlanSupports(own));
  const pieces: [readonly PlanSupport[], Piece][] = [];
  let isDecided = true;
  for (const cell of cellsOf(payoffs, choices, new Pace({}))) {
    if (typeof cell === 'symbol') continue;
    if (cell.kind === 'undecided') isDecided = false;
    if (cell.kind === 'pieces') for (const piece of cell.pieces) pieces.push([cell.supports, piece]);
  }
  return { pieces, isDecided };
}

/** All choices of supports. */
function choicesOf({ players }: TablePayoffs): readonly (readonly PlanSupport[])[] {
  let every: readonly (readonly PlanSupport[])[] = [[]];
  for (const own of players) {
    const supports = new PlanSupports(own);
    const sized = Array.from({ length: supports.largest + 1 }, (_, size) => [...supports.ofSize(size)]).flat();
    every = every.flatMap((chosen) => sized.map((support) => [...chosen, support]));
  }
  return every;
}

function isInPiece(pieces: readonly (readonly [readonly PlanSupport[], Piece])[], profile: ExactProfile): boolean {
  return pieces.some(([supports, piece]) =>
    supports.every(({ placeOf, sequences }, player) => {
      const own = profile[player] as readonly Rational[];
      const isPlayed = own.every(({ sign }, strategy) => sign === 0 || (placeOf[strategy + 1] as number) >= 0);
      return isPlayed && piece[player]?.has(sequences.map((sequence) => own[sequence - 1] as Rational));
    }),
  );
}

/** All profiles whose probabilities are multiples of 1/parts. */
function* grid(shape: readonly number[], parts: number): Generator<ExactProfile, void, void> {
  const [count, ...others] = shape;
  if (count === undefined) {
    yield [];
    return;
  }
  for (const own of shares(count, parts)) {
    const exact = own.map((share) => Rational.ratio(BigInt(share), BigInt(parts)));
    for (const rest of grid(others, parts)) yield [exact, ...rest];
  }
}

function* shares(count: number, parts: number): Generator<number[], void, void> {
  if (count === 1) {
    yield [parts];
    return;
  }
  for (let own = 0; own <= parts; own++) for (const rest of shares(count - 1, parts - own)) yield [own, ...rest];
}

type Profile = readonly (readonly number[])[];

function isNear(one: Profile, other: Profile, tolerance: number): boolean {
  return one.every((own, player) =>
    own.every((weight, at) => Math.abs(weight - (other[player]?.[at] as number)) < tolerance),
  );
}

describe('degenerate games of three and four', () => {
  const shapes = [
    [2, 2, 2],
    [3, 2, 2],
    [2, 2, 2, 2],
  ] as const;

  test(
    'every equilibrium on a grid is one that was found or lies in a piece, and all of a piece is in equilibrium',
    patient,
    () => {
      const random = seededRandom(63);
      let met = 0;
      for (let round = 0; round < (all ? 300 : 30); round++) {
        const shape = shapes[round % shapes.length] as readonly number[];
        const game = drawn(random, shape, 2 + random.below(3));
        const { pieces, isDecided } = piecesOf(game);
        for (const [supports, piece] of pieces) {
          // Some mixture of the corners, and the corners themselves.
          const profiles = [0, 1, 2].map(() =>
            piece.map(({ points }, player) => {
              const weights = points.map(() => Rational.of(1 + random.below(5)));
              const total = weights.reduce((sum, weight) => sum.plus(weight), Rational.zero);
              const plan = (supports[player] as PlanSupport).sequences.map((_, place) =>
                points.reduce(
                  (sum, point, at) => sum.plus((point[place] as Rational).times((weights[at] as Rational).over(total))),
                  Rational.zero,
                ),
              );
              return profileOf(shape[player] as number, supports[player] as PlanSupport, plan);
            }),
          );
          for (const profile of profiles) expect(exactRegret(game, profile).sign).toBe(0);
        }
        if (!isDecided) continue;
        const points = new Set(
          manySupports(game)
            .now()
            .results.map(({ exact }) => keyOf(exact?.profile)),
        );
        for (const profile of grid(shape, shape.length === 4 ? 2 : 4)) {
          if (exactRegret(game, profile).sign !== 0) continue;
          met += 1;
          const holds = isInPiece(pieces, profile);
          expect(holds || points.has(keyOf(profile)), keyOf(profile)).toBe(true);
        }
      }
      expect(met).toBeGreaterThan(100);
    },
  );

  test(
    'where all is settled, every isolated equilibrium that homotopies lead to is among what was found',
    patient,
    () => {
      const random = seededRandom(66);
      let met = 0;
      for (let round = 0; round < (all ? 300 : 48); round++) {
        const shape = shapes[round % shapes.length] as readonly number[];
        const game = drawn(random, shape, 3 + (round % 2) * 2);
        const { results, complete } = manySupports(game).now();
        if (!complete) continue;
        const payoffs = game.players.map((_, player) => Array.from(game.doubles(player)));
        for (const profile of isolatedEquilibria({ shape, payoffs }, random).equilibria) {
          // Shares next to nothing belong to other supports.
          if (profile.flat().some((share) => share > 0 && share < 1e-6)) continue;
          met += 1;
          expect(results.filter((found) => isNear(found.profile, profile, 1e-5))).toHaveLength(1);
        }
      }
      expect(met).toBeGreaterThan(25);
    },
  );

  test.each([
    ['three', [2, 2, 2], '34112113 04423202 23404403'],
    ['three, of whom one has three strategies', [3, 2, 2], '001110100011 101111001111 010011100101'],
    ['four', [2, 2, 2, 2], '0110110100001110 0101101111110101 0001001100111001 1101000100100001'],
  ])('supports whose solutions all lie on their bounds are settled: %s', (_, shape, digits) => {
    const payoffs = digits.split(' ').map((own) => Float64Array.from(own, Number));
    const game = new NormalFormGame({ strategies: shape, payoffs });
    const { pieces, isDecided } = piecesOf(game);
    const { complete, results } = manySupports(game).now();
    expect([isDecided, complete]).toEqual([true, true]);
    const points = results.map(({ exact }) => keyOf(exact?.profile));
    for (const profile of grid(shape, shape.length === 4 ? 3 : 6)) {
      if (exactRegret(game, profile).sign !== 0) continue;
      expect(points.includes(keyOf(profile)) || isInPiece(pieces, profile), keyOf(profile)).toBe(true);
    }
  });

  test(
    'where a sum of conditions shows that supports have no equilibrium, no grid and no homotopy has one',
    patient,
    () => {
      const random = seededRandom(67);
      let [empty, met] = [0, 0];
      for (let round = 0; round < (all ? 300 : 24); round++) {
        const shape = shapes[round % shapes.length] as readonly number[];
        const game = drawn(random, shape, 2 + random.below(4));
        const settled = new Set<string>();
        const payoffs = new TablePayoffs(game);
        for (const supports of choicesOf(payoffs)) {
          const polytopes = supports.map((support) => PlanPolytope.of(support));
          if (!atOnce(isEmptyInside(conditionsOf(payoffs, supports), polytopes, new Pace({})))) continue;
          settled.add(supports.map(({ sequences }) => sequences.join()).join(';'));
          empty += 1;
        }
        const table = game.players.map((_, player) => Array.from(game.doubles(player)));
        const known = [
          ...[...grid(shape, shape.length === 4 ? 3 : 6)].filter((profile) => exactRegret(game, profile).sign === 0),
          ...isolatedEquilibria({ shape, payoffs: table }, random).equilibria.filter((profile) =>
            profile.flat().every((share) => share === 0 || share > 1e-6),
          ),
        ];
        met += known.length;
        for (const profile of known) {
          const played = profile.map((own) => own.flatMap((share, at) => (Number(share) === 0 ? [] : [at + 1])).join());
          expect(settled).not.toContain(played.join(';'));
        }
      }
      expect(empty).toBeGreaterThan(300);
      expect(met).toBeGreaterThan(100);
    },
  );

  test('most are settled, with something found in each', { tags: ['long'] }, () => {
    const random = seededRandom(64);
    let complete = 0;
    const rounds = 60;
    for (let round = 0; round < rounds; round++) {
      const game = drawn(random, shapes[round % shapes.length] as readonly number[], 3);
      const found = manySupports(game).now();
      if (found.complete) complete += 1;
      if (found.complete) expect(found.results.length).toBeGreaterThan(0);
      for (const { exact, profile } of found.results) {
        expect(exactRegret(game, exact?.profile ?? asExact(profile)).toNumber()).toBeLessThan(1e-12);
      }
    }
    expect(complete / rounds).toBeGreaterThan(0.8);
  });
});

function profileOf(count: number, { sequences }: PlanSupport, plan: readonly Rational[]): readonly Rational[] {
  return Array.from({ length: count }, (_, strategy) => plan[sequences.indexOf(strategy + 1)] ?? Rational.zero);
}

describe('games of three and four that are not degenerate', () => {
  test('have as many isolated equilibria as homotopies lead to, each with next to no regret', patient, () => {
    const random = seededRandom(65);
    // Payoffs go up to a million, and what is left of regret to their twelfth digit.
    const shapes = [
      [2, 2, 2],
      [3, 2, 2],
      [2, 2, 2, 2],
      [3, 3, 2],
      [3, 3, 3],
    ] as const;
    const rounds = all ? 1_000 : 15;
    let compared = 0;
    for (let round = 0; round < rounds; round++) {
      const shape = shapes[round % shapes.length] as readonly number[];
      const game = drawn(random, shape, 1_000_000);
      const { results, complete } = manySupports(game).now();
      for (const { exact, profile } of results) {
        expect(exactRegret(game, exact?.profile ?? asExact(profile)).toNumber()).toBeLessThan(1e-6);
      }
      const payoffs = game.players.map((_, player) => Array.from(game.doubles(player)));
      const oracle = isolatedEquilibria({ shape, payoffs }, random);
      if (!complete || !oracle.isCertain) continue;
      compared += 1;
      const near = oracle.equilibria.map((profile) =>
        results.findIndex((found) => isNear(found.profile, profile, 1e-6)),
      );
      expect(near.toSorted((a, b) => a - b)).toEqual([...results.keys()]);
    }
    expect(compared / rounds).toBeGreaterThan(0.95);
  });
});
