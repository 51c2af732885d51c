/*
 * What every method owes, on games of every kind: nothing is complete and empty but within a class that the method names, no result comes twice, regret is what
 * its definition gives, and a method that is stopped says so, wherever it is.
 */
import { readFileSync } from 'node:fs';
import { seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import type { BehaviourProfile, ExtensiveGame } from '../src/extensive-form/extensive-game.ts';
import { seltensHorse } from '../src/extensive-form/seltens-horse.ts';
import { strippedDownPoker } from '../src/extensive-form/stripped-down-poker.ts';
import { readNfg } from '../src/files/nfg.ts';
import { anyEquilibrium } from '../src/many-players/any-equilibrium.ts';
import { logit } from '../src/many-players/logit.ts';
import { methodsFor } from '../src/methods.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { readJsonGame } from '../src/normal-form/json-game.ts';
import { pureEquilibria } from '../src/normal-form/pure.ts';
import type { Game } from '../src/solution.ts';
import { type SolveOptions, solve } from '../src/solve.ts';
import { chance, ends, extensiveGame, move } from '../src/trees.ts';
import { asExact, type ExactProfile, exactRegret } from './exact-oracle.ts';
import { agreement, matchingPennies, watchedPennies } from './known-games.ts';
import { degenerateGame } from './random-games.ts';
import { asExactBehaviour, largestGain, pureStrategies, randomTree } from './random-tree.ts';

const random = seededRandom(501);

function drawn(shape: readonly number[], below: number): NormalFormGame {
  const profiles = shape.reduce((product, count) => product * count, 1);
  const payoffs = shape.map(() => Float64Array.from({ length: profiles }, () => random.below(below)));
  return new NormalFormGame({ strategies: shape, payoffs });
}

function drawnTree(players: number): ExtensiveGame {
  for (;;) {
    const tree = randomTree(random, { players, depth: 3, largest: 9 });
    const counts = tree.players.map((_, player) => pureStrategies(tree, player));
    if (counts.reduce((product, count) => product * count) <= 60 && Math.min(...counts) > 1) return tree;
  }
}

const golden = JSON.parse(readFileSync(new URL('golden/games.json', import.meta.url), 'utf8')) as readonly {
  readonly name: string;
  readonly game: object;
}[];

/** Three rows for two columns: the second is safe, and as good as the others at two mixtures. */
const safeRow = readJsonGame({
  players: ['r', 'c'],
  payoffs: [
    [
      [10, 3],
      [9, 9],
      [3, 10],
    ],
    [
      [-10, -3],
      [-9, -9],
      [-3, -10],
    ],
  ],
});

/** Where a path of bonuses comes to shares that rounding makes negative. */
const sixWithTies = new NormalFormGame({
  strategies: [2, 1, 2, 2, 1, 2],
  payoffs: [
    '2424203420344510',
    '5523252452530405',
    '0225324421212242',
    '2300455124152121',
    '5355004225131025',
    '5143210041241225',
  ].map((own) => Float64Array.from(own, Number)),
});

const doubled = new NormalFormGame({
  strategies: [3, 2],
  payoffs: ['101001', '010110'].map((own) => Float64Array.from(own, Number)),
});

const onlyChance = extensiveGame({
  players: ['a', 'b'],
  root: chance([
    ['1/3', ends(3, 1)],
    ['2/3', ends(0, '1/7')],
  ]),
});

const neverHappens = extensiveGame({
  players: ['a', 'b'],
  root: chance([
    [
      0,
      move('a', 'i', [
        ['L', ends(1, 1)],
        ['R', ends(9, 9)],
      ]),
    ],
    [
      1,
      move('b', 'j', [
        ['l', ends(0, 1)],
        ['r', ends(2, 1)],
      ]),
    ],
  ]),
});

const games: readonly (readonly [name: string, game: Game])[] = [
  ...golden.map(({ name, game }) => [name, readJsonGame(game)] as const),
  ['matching pennies', matchingPennies],
  ['matching pennies with a third who looks on', watchedPennies],
  ['a safe row', safeRow],
  ['an agreement of three', agreement(2, 1)],
  ['nothing to choose', readJsonGame({ players: ['a', 'b'], payoffs: [[[1]], [[2]]] })],
  ['one who chooses', readJsonGame({ players: ['a'], payoffs: [[1, 2, 2]] })],
  ['all the same', drawn([2, 2, 2], 1)],
  ['two, degenerate', degenerateGame(random).game],
  ['three', drawn([3, 2, 2], 1_000)],
  ['three, degenerate', drawn([3, 2, 2], 3)],
  ['four', drawn([2, 2, 2, 2], 100)],
  ['five', drawn([2, 2, 2, 2, 2], 1_000)],
  ['six, two of whom have nothing to choose', sixWithTies],
  ['strategies that do the same', doubled],
  ['nothing but chance', onlyChance],
  ['what never happens', neverHappens],
  ['Selten’s horse', seltensHorse()],
  ['Myerson’s poker', strippedDownPoker()],
  ['a tree of two', drawnTree(2)],
  ['a tree of two who see everything', randomTree(random, { depth: 3, perfectInformation: true })],
  ['a tree of three', drawnTree(3)],
];

const played = games.flatMap(([name, game]) => methodsFor(game).map((method) => [name, method, game] as const));

interface Told {
  readonly profile?: readonly (readonly unknown[])[];
  readonly payoffs?: readonly (Rational | number)[];
  readonly regret?: Rational | number;
  readonly lambda?: number;
  readonly exact?: { readonly profile: unknown; readonly regret: Rational };
}

/** Refusals of games that a method is not made for are answers, too. */
async function tried(game: Game, options: SolveOptions) {
  try {
    return await solve(game, options);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'unsuitable-game' });
    return undefined;
  }
}

/** The largest gain by the definition, of what is told exactly or in doubles. */
function regretBy(game: Game, profile: readonly (readonly unknown[])[]): Rational {
  if (game instanceof NormalFormGame) {
    const isExact = profile[0]?.[0] instanceof Rational;
    return exactRegret(game, isExact ? (profile as ExactProfile) : asExact(profile as readonly (readonly number[])[]));
  }
  const first = (profile.flat() as readonly (readonly unknown[])[])[0]?.[0];
  const own =
    first instanceof Rational ? (profile as BehaviourProfile) : asExactBehaviour(profile as BehaviourProfile<number>);
  return game.players
    .map((_, player) => largestGain(game, own, player))
    .reduce((most, gain) => (most.isLess(gain) ? gain : most), Rational.zero);
}

/** The probabilities of every player's strategies, or of the actions at each of its information sets. */
function strategiesIn(game: Game, profile: readonly (readonly unknown[])[]): readonly (readonly number[])[] {
  const told = (game instanceof NormalFormGame ? profile : profile.flat()) as readonly (readonly unknown[])[];
  return told.map((own) => own.map((share) => (share instanceof Rational ? share.toNumber() : (share as number))));
}

/** Methods whose results are no profiles of equilibria. */
const others = ['correlated', 'coarse-correlated', 'extensive-form-correlated', 'stackelberg'];

describe.each(played)('%s, by %s', (_name, method, game) => {
  test('is never complete and empty, has nothing twice, and tells its regret', async () => {
    const solved = await tried(game, { method, steps: 4_000 });
    if (solved === undefined) return;
    const { complete, scope, reason } = solved;
    const equilibria = solved.equilibria as readonly Told[];
    if (complete && scope === undefined) expect(equilibria.length).toBeGreaterThan(0);
    if (!complete) expect(reason).toMatch(/\w/);
    if (others.includes(method)) return;
    const profiles = equilibria.map(({ profile }) => JSON.stringify(profile));
    expect(new Set(profiles).size).toBe(profiles.length);
    for (const { profile = [], payoffs = [], regret, exact } of equilibria) {
      for (const own of strategiesIn(game, profile)) {
        expect(own.every((share) => share >= 0)).toBe(true);
        expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }
      for (const payoff of payoffs) if (typeof payoff === 'number') expect(payoff).toSatisfy(Number.isFinite);
      const expected = regretBy(game, profile).toNumber();
      expect(Number(regret instanceof Rational ? regret.toNumber() : regret)).toBeCloseTo(expected, 9);
      if (regret instanceof Rational) expect(regret.equals(regretBy(game, profile))).toBe(true);
      if (exact === undefined) continue;
      expect(regretBy(game, exact.profile as readonly (readonly unknown[])[]).sign).toBe(0);
      expect(exact.regret.sign).toBe(0);
    }
  });

  test('ends wherever its steps are spent or it is called off, and says why', { tags: ['long'] }, async () => {
    for (const steps of [0, 1, 2, 4, 9, 20, 60]) {
      const solved = await tried(game, { method, steps });
      if (solved === undefined) return;
      if (solved.complete) break;
      expect(solved.reason).toMatch(/\w/);
    }
    for (const looks of [0, 1, 2, 3, 5, 8, 13, 25]) {
      let looked = 0;
      const signal = {
        get aborted() {
          looked += 1;
          return looked > looks;
        },
        addEventListener() {},
        removeEventListener() {},
      } as object as AbortSignal;
      const { complete, reason } = await solve(game, { method, signal });
      if (looked <= looks) break;
      if (!complete) expect(reason).toMatch(/\w/);
    }
  });
});

describe('by all methods that find all of them', () => {
  test.each(['extreme-points', 'support-enumeration'])('supports of unequal size count, by %s', async (method) => {
    // The other two rows are as good as the safe one where 10 x + 3 (1 - x) = 9, at 6/7, and where 3 x + 10 (1 - x) = 9, at 1/7.
    const { complete, equilibria } = await solve(safeRow, { method });
    expect(complete).toBe(true);
    expect(equilibria.map(({ profile }: Told) => String(profile)).sort()).toEqual(['0,1,0,1/7,6/7', '0,1,0,6/7,1/7']);
  });

  test.each(['extreme-points', 'support-enumeration'])('a bystander changes nothing, by %s', async (method) => {
    const pennies = readNfg('NFG 1 R "" { "Even" "Odd" "Bystander" } { 2 2 1 } 1 -1 0 -1 1 0 -1 1 0 1 -1 0');
    const { complete, equilibria } = await solve(pennies, { method });
    expect(complete).toBe(true);
    expect(equilibria.map(({ profile }: Told) => String(profile))).toEqual(['1/2,1/2,1/2,1/2,1']);
  });
});

test('one equilibrium is found also where payoffs tie, and paths of logit responses get stuck or end short of one', () => {
  const draws = seededRandom(9);
  const shapes = [
    [3, 3, 3],
    [4, 3, 2],
    [2, 2, 2, 2, 2],
    [4, 4, 3],
  ] as const;
  let stuck = 0;
  for (let round = 0; round < 500; round++) {
    const shape = shapes[round % shapes.length] as readonly number[];
    const profiles = shape.reduce((product, count) => product * count, 1);
    const game = new NormalFormGame({
      strategies: shape,
      payoffs: shape.map(() => Float64Array.from({ length: profiles }, () => draws.below(4) - draws.below(2))),
    });
    if (pureEquilibria(game).now().results.length > 0) continue;
    if (!((logit(game).now().results[0]?.regret ?? 1) < 1e-8)) stuck += 1;
    const { results } = anyEquilibrium(game).now();
    expect(results).toHaveLength(1);
    for (const { profile, exact } of results) {
      expect(exactRegret(game, exact?.profile ?? asExact(profile)).toNumber()).toBeLessThan(1e-14);
    }
  }
  expect(stuck).toBeGreaterThan(2);
});
