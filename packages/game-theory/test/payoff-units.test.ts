/*
 * Equilibria do not depend on what a player's payoffs have in common, nor on the unit in which they are counted. Rounded to doubles, payoffs of 10^14 and a
 * few sevenths tie where they do not, and the other way round: what is found then has to be that of the sevenths.
 */
import { seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { externalRegret, swapRegret } from '../src/analysis/history-regret.ts';
import { exploitability } from '../src/extensive-form/counterfactual-regret.ts';
import type { BehaviourProfile, ExtensiveGame } from '../src/extensive-form/extensive-game.ts';
import { alphaRank } from '../src/learning/alpha-rank.ts';
import { fictitiousPlay } from '../src/learning/fictitious-play.ts';
import { hedge, regretMatching } from '../src/learning/no-regret.ts';
import { replicator } from '../src/learning/replicator.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { sharesOf } from '../src/normal-form/payoff-shares.ts';
import { solve } from '../src/solve.ts';
import { ends, extensiveGame, move } from '../src/trees.ts';
import { doubleLemkeHowson, doubleZeroSum } from '../src/two-player/double-equilibria.ts';
import { asExact, exactRegret } from './exact-oracle.ts';
import { asExactBehaviour, largestGain, randomTree } from './random-tree.ts';

const random = seededRandom(1701);
const seven = Rational.of(7);

function sevenths(shape: readonly number[], draws = random): Rational[][] {
  const profiles = shape.reduce((product, count) => product * count, 1);
  return shape.map(() => Array.from({ length: profiles }, () => Rational.of(draws.below(9) - 4).over(seven)));
}

type Changed = (payoff: Rational, player: number) => Rational;

const changed = (tables: readonly Rational[][], shape: readonly number[], change: Changed): NormalFormGame =>
  new NormalFormGame({
    strategies: shape,
    payoffs: tables.map((table, player) => table.map((payoff) => change(payoff, player))),
  });

const near = (profile: readonly (readonly number[])[]): string =>
  profile
    .flat()
    .map((weight) => (weight + 1e-12).toFixed(6))
    .join();

const levels: readonly (readonly [what: string, change: Changed])[] = [
  ['10^13 more', (payoff) => payoff.plus(Rational.of(10n ** 13n))],
  ['10^15 less', (payoff) => payoff.minus(Rational.of(10n ** 15n))],
  ['10^25 more', (payoff) => payoff.plus(Rational.of(10n ** 25n))],
  ['10^400 times as much', (payoff) => payoff.times(Rational.of(10n ** 400n))],
  ['a 10^400th', (payoff) => payoff.over(Rational.of(10n ** 400n))],
  ['for each player another unit', (payoff, player) => payoff.times(Rational.of(10n ** BigInt(7 * player)))],
];

describe.each(levels)('%s', (_, change) => {
  test('leaves all equilibria of three as they are, and how many there are', async () => {
    for (let round = 0; round < 20; round++) {
      const shape = [2 + random.below(2), 2, 2];
      const tables = sevenths(shape);
      const plain = await solve(
        changed(tables, shape, (payoff) => payoff),
        { method: 'support-enumeration' },
      );
      const other = await solve(changed(tables, shape, change), { method: 'support-enumeration' });
      expect(other.complete).toBe(plain.complete);
      expect(other.equilibria.map(({ profile }) => near(profile as number[][]))).toEqual(
        plain.equilibria.map(({ profile }) => near(profile as number[][])),
      );
    }
  });

  test('is nothing to what finds one equilibrium', async () => {
    for (const method of ['any-equilibrium', 'global-newton', 'lyapunov', 'iterated-polymatrix'] as const) {
      for (let round = 0; round < 4; round++) {
        const shape = [3, 2, 2];
        const tables = sevenths(shape);
        const plain = changed(tables, shape, (payoff) => payoff);
        const { equilibria } = await solve(changed(tables, shape, change), { method });
        if (method === 'any-equilibrium') expect(equilibria).toHaveLength(1);
        for (const { profile, exact } of equilibria) {
          const weights = exact?.profile ?? asExact(profile);
          expect(exactRegret(plain, weights).toNumber()).toBeLessThan(1e-7);
        }
      }
    }
  });
});

describe.each(levels)('%s, in doubles', (_, change) => {
  test('is nothing to paths and programs of large games', () => {
    const draws = seededRandom(1702);
    for (let round = 0; round < 20; round++) {
      const shape = [3 + draws.below(3), 3 + draws.below(3)];
      const [first, second] = sevenths(shape, draws) as [Rational[], Rational[]];
      const opposite = first.map((payoff) => payoff.negated());
      for (const [find, tables] of [
        [doubleLemkeHowson, [first, second]],
        [doubleZeroSum, [first, opposite]],
      ] as const) {
        const plain = changed(tables, shape, (payoff) => payoff);
        // In units of their own, payoffs of two do not sum to a constant.
        const same = (payoff: Rational): Rational => change(payoff, 0);
        const [found] = find(changed(tables, shape, find === doubleZeroSum ? same : change)).now().results;
        expect(exactRegret(plain, asExact(found?.profile ?? [])).toNumber()).toBeLessThan(1e-12);
        expect(found?.payoffs.every(Number.isFinite)).toBe(true);
        const unit = (player: number): number =>
          change(Rational.one, player).minus(change(Rational.zero, player)).toNumber();
        if (unit(0) === 1 && unit(1) === 1) expect(found?.regret).toBeLessThan(1e-12);
      }
    }
  });
});

test('payoffs that do not sum to a constant are refused however high they are, and those that do but for rounding are not', () => {
  const draws = seededRandom(1703);
  const high = 10n ** 14n;
  const rationals = [0, 1].map(() => sevenths([3, 3], draws)[0]?.map((payoff) => payoff.plus(Rational.of(high))) ?? []);
  expect(() => doubleZeroSum(new NormalFormGame({ strategies: [3, 3], payoffs: rationals }))).toThrow('payoffs sum to');
  const eighths = Float64Array.from({ length: 4 }, (_, at) => 1e14 + at / 8);
  expect(() => doubleZeroSum(new NormalFormGame({ strategies: [2, 2], payoffs: [eighths, eighths] }))).toThrow(
    'payoffs sum to',
  );
  for (const constant of [0, 1, 1e6, 1e14]) {
    const first = Float64Array.from({ length: 9 }, () => draws.next());
    const second = first.map((payoff) => constant - payoff);
    const [found] = doubleZeroSum(new NormalFormGame({ strategies: [3, 3], payoffs: [first, second] })).now().results;
    const plain = new NormalFormGame({ strategies: [3, 3], payoffs: [first, first.map((payoff) => -payoff)] });
    expect(exactRegret(plain, asExact(found?.profile ?? [])).toNumber()).toBeLessThan(1e-12);
  }
});

function lifted(tree: ExtensiveGame, level: Rational): ExtensiveGame {
  return {
    ...tree,
    nodes: tree.nodes.map((node) =>
      node.outcome === undefined
        ? node
        : { ...node, outcome: { ...node.outcome, payoffs: node.outcome.payoffs.map((payoff) => payoff.plus(level)) } },
    ),
  };
}

test('the regret of self-play in a tree is that of the differences in payoffs', async () => {
  let examined = 0;
  for (let round = 0; round < 10; round++) {
    const tree = randomTree(random, { players: 2 + (round % 2), depth: 3, largest: 9 });
    // Only what ends the game pays, so that every play is lifted once.
    const paid = (one: ExtensiveGame): boolean =>
      one.nodes.every(({ kind, outcome }) => (kind === 'terminal') === (outcome !== undefined));
    if (!paid(tree)) continue;
    const high = lifted(tree, Rational.of(10n ** 17n));
    examined += 1;
    const { equilibria } = await solve(high, { method: 'cfr' });
    for (const { profile, regret } of equilibria) {
      const own = asExactBehaviour(profile as BehaviourProfile<number>);
      const gains = tree.players.map((_, player) => largestGain(tree, own, player).toNumber());
      expect(regret).toBeCloseTo(Math.max(...gains), 9);
      expect(exploitability(high, profile as BehaviourProfile<number>).regret).toBeCloseTo(Math.max(...gains), 9);
    }
  }
  expect(examined).toBeGreaterThan(3);
});

test('self-play is refused where payoffs are beyond doubles, which would be no numbers', async () => {
  const tree = extensiveGame({
    players: ['Ann'],
    root: move('Ann', 'once', [
      ['a', ends('1e400')],
      ['b', ends(0)],
    ]),
  });
  await expect(solve(tree, { method: 'cfr' })).rejects.toMatchObject({
    code: 'unsuitable-game',
    fix: expect.stringContaining('larger unit'),
  });
  const { equilibria } = await solve(tree);
  expect(equilibria.map(({ payoffs }) => String(payoffs))).toEqual([String(10n ** 400n)]);
});

test('what is told in doubles of a tree with payoffs beyond them are numbers, and regret is as large as it is', async () => {
  const huge = (payoff: string): ReturnType<typeof ends> => ends(payoff, 1);
  const tree = extensiveGame({
    players: ['Ann', 'Bob'],
    root: move('Ann', 'first', [
      ['L', huge('1e400')],
      [
        'R',
        move('Bob', 'second', [
          ['l', huge('2e400')],
          ['r', huge('-1e400')],
        ]),
      ],
    ]),
  });
  for (const method of ['any-equilibrium', 'logit'] as const) {
    for (const { payoffs, regret } of (await solve(tree, { method })).equilibria) {
      expect([...payoffs, regret].every(Number.isFinite)).toBe(true);
    }
  }
  const never = exploitability(tree, [[[0, 1]], [[0, 1]]]);
  expect(never.gains).toEqual([Number.MAX_VALUE, 0]);
  expect(exploitability(tree, [[[1, 0]], [[0, 1]]]).regret).toBe(0);
});

test('who learns, and what is regretted of a history, goes by the differences in payoffs', () => {
  const tables = sevenths([3, 2]);
  const plain = changed(tables, [3, 2], (payoff) => payoff);
  const high = changed(tables, [3, 2], (payoff) => payoff.plus(Rational.of(10n ** 17n)));
  for (const learn of [hedge, regretMatching, fictitiousPlay, replicator]) {
    const [one] = learn(plain, { rounds: 200 }).now().results;
    const [other] = learn(high, { rounds: 200 }).now().results;
    expect(other?.regret).toBeCloseTo(one?.regret ?? Number.NaN, 9);
    expect(other?.payoffs).toEqual([1e17, 1e17]);
    expect(near(other?.profile ?? [])).toBe(near(one?.profile ?? []));
  }
  const history = [
    [0, 0],
    [2, 1],
    [1, 1],
  ];
  for (const regretOf of [externalRegret, swapRegret]) {
    regretOf(high, history).forEach((regret, player) => {
      expect(regret).toBeCloseTo(regretOf(plain, history)[player] as number, 12);
    });
  }
  expect(alphaRank(high).map(({ profile }) => profile)).toEqual(alphaRank(plain).map(({ profile }) => profile));
});

test('strategies that pay the same tie for learners in every unit, also where rounding would tell them apart', () => {
  const draws = seededRandom(1704);
  const units: readonly Changed[] = [
    (payoff) => payoff.times(seven),
    (payoff) => payoff.times(Rational.of(1_000)),
    (payoff) => payoff.over(Rational.of(3)),
    (payoff) => payoff.plus(Rational.ratio(1n, 3n)),
    (payoff) => payoff.plus(Rational.of(10n ** 17n)),
  ];
  for (let round = 0; round < 40; round++) {
    const tables = sevenths([3, 2], draws);
    const plain = changed(tables, [3, 2], (payoff) => payoff);
    for (const learn of [fictitiousPlay, regretMatching]) {
      const own = near(learn(plain, { rounds: 200 }).now().results[0]?.profile ?? []);
      for (const unit of units) {
        const other = learn(changed(tables, [3, 2], unit), { rounds: 200 }).now().results[0];
        expect(near(other?.profile ?? [])).toBe(own);
      }
    }
    const ranked = alphaRank(plain).map(({ profile }) => profile);
    for (const unit of units.slice(3)) {
      expect(alphaRank(changed(tables, [3, 2], unit)).map(({ profile }) => profile)).toEqual(ranked);
    }
  }
});

test('payoffs are shares of their range, rounded once, also where doubles do not hold them', () => {
  const ninth = Rational.ratio(1n, 9n);
  const three = [Rational.zero, ninth, Rational.one];
  const huge = Rational.of(10n ** 30n);
  for (const payoffs of [three, three.map((payoff) => payoff.plus(huge)), three.map((payoff) => payoff.times(huge))]) {
    expect([...sharesOf(payoffs).shares]).toEqual([0, expect.closeTo(1 / 9, 15), 1]);
  }
  expect([...sharesOf(Float64Array.of(1e15 + 0.5, 1e15, 1e15 + 1)).shares]).toEqual([0.5, 0, 1]);
  expect([...sharesOf(Float64Array.of(1e15 + 3, 1e15, 1e15 + 1)).shares]).toEqual([1, 0, 1 / 3]);
  expect([...sharesOf(Float64Array.of(-1.7e308, 1.7e308, 0)).shares]).toEqual([0, 1, 0.5]);
  expect(sharesOf([huge, huge])).toEqual({ low: 1e30, halfRange: 0, shares: new Float64Array(2) });
});
