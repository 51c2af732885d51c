/*
 * Trees of two against vertex enumeration in rationals: all pure strategies make a table, the oracle tries all sets of labels there, and what it
 * finds is compared by how likely each player's own moves are to let play come to each leaf. `MECHANE_ALL=1` examines 500 trees.
 */
import { type Random, seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import type { BehaviourProfile, ExtensiveGame } from '../src/extensive-form/extensive-game.ts';
import { solve } from '../src/solve.ts';
import { bruteForce } from './equilibrium-oracle.ts';
import { expectedPayoffs, largestGain, pureStrategies, pureStrategiesOf, randomTree, reachOf } from './random-tree.ts';

/** The counts for a whole examination: `MECHANE_ALL=1 npx vitest run packages/game-theory/test/tree-vertices.test.ts`. */
const all = process.env.MECHANE_ALL === '1';

/** A player's part in how play comes to leaves, for each of its pure strategies; strategies with the same part are one. */
function plansOf(tree: ExtensiveGame, player: number): { reach: readonly Rational[]; strategy: BehaviourProfile[0] }[] {
  const plans = new Map<string, { reach: readonly Rational[]; strategy: BehaviourProfile[0] }>();
  for (const strategy of pureStrategiesOf(tree, player)) {
    const reach = reachOf(tree, player, strategy);
    const key = String(reach);
    if (!plans.has(key)) plans.set(key, { reach, strategy });
  }
  return [...plans.values()];
}

interface Enumerated {
  /** Both players' parts in how play comes to leaves, sorted. */
  readonly equilibria: readonly string[];
  readonly components: number;
}

function enumerated(tree: ExtensiveGame): Enumerated {
  const [ones, others] = [plansOf(tree, 0), plansOf(tree, 1)];
  const payoffs = ones.map((one) =>
    others.map((other) => expectedPayoffs(tree, [one.strategy, other.strategy] as BehaviourProfile)),
  );
  const table = (player: number) => payoffs.map((row) => row.map((cell) => cell[player] as Rational));
  const found = bruteForce(table(0), table(1));
  const mixed = (plans: typeof ones, weights: string): string =>
    String(
      (plans[0]?.reach ?? []).map((_, leaf) =>
        weights
          .split(',')
          .reduce(
            (sum, weight, at) => sum.plus(Rational.of(weight).times(plans[at]?.reach[leaf] as Rational)),
            Rational.zero,
          ),
      ),
    );
  const equilibria = found.equilibria.map((pair) => {
    const [x = '', y = ''] = pair.split(';');
    return `${mixed(ones, x)};${mixed(others, y)}`;
  });
  return { equilibria: [...new Set(equilibria)].sort(), components: componentsOf(new Set(equilibria)) };
}

/** Equilibria that share a player's part hang together. */
function componentsOf(equilibria: ReadonlySet<string>): number {
  let sets: Set<string>[] = [];
  for (const equilibrium of equilibria) {
    const [one, other] = equilibrium.split(';');
    const own = new Set([`1${one}`, `2${other}`]);
    const touching = sets.filter((set) => [...own].some((part) => set.has(part)));
    sets = [
      ...sets.filter((set) => !touching.includes(set)),
      new Set([...own, ...touching.flatMap((set) => [...set])]),
    ];
  }
  return sets.length;
}

function smallTree(random: Random, largest: number): ExtensiveGame {
  for (;;) {
    const tree = randomTree(random, { players: 2, depth: 3 + random.below(2), largest });
    const counts = [0, 1].map((player) => pureStrategies(tree, player));
    if (Math.max(...counts) > 64 || Math.min(...counts) < 2) continue;
    const plans = [0, 1].map((player) => plansOf(tree, player).length);
    if ((plans[0] as number) + (plans[1] as number) <= 10) return tree;
  }
}

describe('trees of two, degenerate or not', () => {
  test('have the equilibria and components that vertex enumeration finds, each once and without regret', {
    tags: ['long'],
    timeout: all ? 3_600_000 : 120_000,
  }, async () => {
    const random = seededRandom(401);
    let many = 0;
    for (let round = 0; round < (all ? 500 : 60); round++) {
      const tree = smallTree(random, [1, 3, 1_000][round % 3] as number);
      const expected = enumerated(tree);
      const solved = await solve(tree);
      expect(solved).toMatchObject({ method: 'extreme-points', complete: true });
      const profiles = solved.equilibria.map(({ profile }) => profile as BehaviourProfile);
      const told = profiles.map((profile) =>
        [0, 1].map((player) => String(reachOf(tree, player, profile[player] ?? []))).join(';'),
      );
      expect(told.toSorted()).toEqual(expected.equilibria);
      for (const profile of profiles)
        for (const player of [0, 1]) expect(largestGain(tree, profile, player).sign).toBe(0);
      const { components } = solved as unknown as { readonly components: readonly (readonly number[])[] };
      expect(components.flat().sort((a, b) => a - b)).toEqual([...profiles.keys()]);
      expect(components).toHaveLength(expected.components);
      if (profiles.length > 1) many += 1;
      const supports = await solve(tree, { method: 'support-enumeration' });
      expect(supports.complete).toBe(true);
      expect(supports.equilibria).toHaveLength(profiles.length);
    }
    expect(many).toBeGreaterThan(20);
  });
});
