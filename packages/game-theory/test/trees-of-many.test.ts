import { type Random, seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { anyBehaviour } from '../src/extensive-form/any-behaviour.ts';
import { extensiveGame } from '../src/extensive-form/describe-tree.ts';
import { type BehaviourProfile, type ExtensiveGame, uniformProfile } from '../src/extensive-form/extensive-game.ts';
import { seltensHorse } from '../src/extensive-form/seltens-horse.ts';
import { chance, ends, move, type NodeDescription } from '../src/extensive-form/tree-description.ts';
import { treeLogit } from '../src/extensive-form/tree-logit.ts';
import { treeSupports } from '../src/extensive-form/tree-supports.ts';
import { manySupports } from '../src/many-players/many-supports.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { solve } from '../src/solve.ts';
import { asExactBehaviour, largestGain, pureProfiles, pureStrategies, randomTree, reachOf } from './random-tree.ts';

/** Small enough for trying every pure strategy. */
function smallTree(random: Random, largest: number): ExtensiveGame {
  for (;;) {
    const tree = randomTree(random, { players: 3, depth: 3, largest });
    const counts = tree.players.map((_, player) => pureStrategies(tree, player));
    if (counts.reduce((product, count) => product * count) <= 60 && counts.filter((count) => count > 1).length === 3)
      return tree;
  }
}

/** A table as a tree in which nobody sees what others do. */
function asTree(game: NormalFormGame): ExtensiveGame {
  const grow = (sofar: readonly number[]): NodeDescription => {
    const count = game.shape[sofar.length];
    if (count === undefined) return ends(...game.players.map((_, player) => game.payoff(player, sofar)));
    const player = game.players[sofar.length] as string;
    return move(
      player,
      `of ${player}`,
      Array.from({ length: count }, (_, own) => [`a${own}`, grow([...sofar, own])] as const),
    );
  };
  return extensiveGame({ players: game.players, root: grow([]) });
}

/** Pure strategies that differ only where own moves do not come are one. */
const playOf = (tree: ExtensiveGame, profile: BehaviourProfile): string =>
  profile.map((own, player) => String(reachOf(tree, player, own))).join(';');

const keyOf = (profile: readonly (readonly unknown[])[]): string => JSON.stringify(profile);

describe('trees of three', () => {
  test('what is found of all equilibria has no regret by every pure strategy, none twice, and has all pure ones', {
    tags: ['long'],
  }, () => {
    const random = seededRandom(301);
    let complete = 0;
    for (let round = 0; round < 24; round++) {
      const tree = smallTree(random, round % 2 === 0 ? 2 : 100);
      const found = treeSupports(tree, { steps: 3_000 }).now();
      const profiles = found.results.map(({ profile }) => keyOf(profile));
      expect(new Set(profiles).size).toBe(profiles.length);
      for (const { exact, profile } of found.results) {
        const own = exact?.profile ?? asExactBehaviour(profile);
        for (const player of tree.players.keys()) {
          const gain = largestGain(tree, own, player);
          if (exact === undefined) expect(gain.toNumber()).toBeLessThan(1e-9);
          else expect(gain.sign).toBe(0);
        }
      }
      if (!found.complete) continue;
      complete += 1;
      expect(found.results.length).toBeGreaterThan(0);
      const plays = new Set(found.results.map(({ exact }) => exact && playOf(tree, exact.profile)));
      for (const pure of pureProfiles(tree)) {
        if (tree.players.some((_, player) => largestGain(tree, pure, player).sign > 0)) continue;
        expect(plays).toContain(playOf(tree, pure));
      }
    }
    expect(complete).toBeGreaterThan(12);
  });

  test('in which nobody sees anything have the equilibria of the table', () => {
    const random = seededRandom(302);
    for (let round = 0; round < 25; round++) {
      const game = new NormalFormGame({
        strategies: [2, 2, 2],
        payoffs: [0, 1, 2].map(() =>
          Array.from({ length: 8 }, () => Rational.of(random.below(round % 2 === 0 ? 3 : 1_000))),
        ),
      });
      const table = manySupports(game).now();
      const tree = treeSupports(asTree(game)).now();
      expect(tree.complete).toBe(table.complete);
      const rounded = (own: readonly number[]): string[] => own.map((share) => share.toFixed(9));
      expect(tree.results.map(({ profile }) => keyOf(profile.map(([own = []]) => rounded(own)))).sort()).toEqual(
        table.results.map(({ profile }) => keyOf(profile.map(rounded))).sort(),
      );
      if (table.complete) expect(tree.components?.length).toBe(table.components?.length);
    }
  });

  test('have an equilibrium, whatever players see, with next to no regret: on a path that is followed to its end, or on another', {
    tags: ['long'],
  }, () => {
    const random = seededRandom(303);
    let stuck = 0;
    for (let round = 0; round < 60; round++) {
      const tree = smallTree(random, round % 2 === 0 ? 50 : 2);
      const path = treeLogit(tree, { steps: 5_000 }).now();
      const any = anyBehaviour(tree).now();
      expect(any.results).toHaveLength(1);
      if (path.results.length === 0) {
        expect(path).toHaveProperty('reason', expect.stringMatching(/turns too sharply|steps is spent/));
        stuck += 1;
      }
      for (const { profile, exact, regret } of [...path.results, ...any.results]) {
        const own = exact?.profile ?? asExactBehaviour(profile);
        for (const player of tree.players.keys()) {
          expect(largestGain(tree, own, player).toNumber()).toBeLessThan(1e-7);
        }
        expect(regret).toBeLessThan(1e-7);
      }
    }
    // Paths bifurcate where payoffs tie.
    expect(stuck).toBeGreaterThan(0);
    expect(stuck).toBeLessThan(15);
  });
});

/** Nau, Gomez Canovas and Hansen 2004, "On the geometry of Nash equilibria and correlated equilibria": its only equilibrium is irrational. */
const nau = new NormalFormGame({
  strategies: [2, 2, 2],
  payoffs: [
    Float64Array.of(3, 1, 0, 0, 0, 0, 1, 2),
    Float64Array.of(0, 0, 2, 1, 1, 3, 0, 0),
    Float64Array.of(2, 0, 0, 0, 0, 0, 0, 3),
  ],
});
const root = Math.sqrt(601);
const ofNau = [(53 - root) / 46, (root - 13) / 24, (root - 23) / 4];

/** A game with more strategies for the first player, all of which pay it less than anything else does. */
function withUseless(game: NormalFormGame, count: number): NormalFormGame {
  const rest = game.profiles / (game.shape[0] as number);
  return new NormalFormGame({
    strategies: game.shape.with(0, (game.shape[0] as number) + count),
    payoffs: game.players.map((_, player) =>
      Float64Array.of(...game.doubles(player), ...new Float64Array(count * rest).fill(player === 0 ? -1 : 0)),
    ),
  });
}

describe('one equilibrium of a tree of three', () => {
  test('is found where it is irrational, by every method', () => {
    const tree = asTree(nau);
    for (const search of [treeSupports(tree), treeLogit(tree), anyBehaviour(tree)]) {
      const { results } = search.now();
      expect(results).toHaveLength(1);
      expect(results[0]?.exact).toBeUndefined();
      expect(results[0]?.profile.map(([own]) => own?.[0])).toEqual(ofNau.map((share) => expect.closeTo(share, 6)));
    }
  });

  test('is found in the reduced normal form where there are too many actions for a path', () => {
    const found = anyBehaviour(asTree(withUseless(nau, 400))).now();
    expect(found).toMatchObject({ complete: false, reason: expect.stringMatching(/one equilibrium/) });
    expect(found.results[0]?.profile.map(([own]) => own?.[0])).toEqual(ofNau.map((share) => expect.closeTo(share, 9)));
    const dilemma = new NormalFormGame({
      strategies: [2, 2, 2],
      payoffs: [0, 1, 2].map((player) =>
        Float64Array.from({ length: 8 }, (_, index) => 3 * ((index >> (2 - player)) & 1) + 2 * (3 - ones(index))),
      ),
    });
    const [told] = anyBehaviour(asTree(withUseless(dilemma, 400))).now().results;
    expect(told?.exact?.regret.sign).toBe(0);
    expect(told?.payoffs).toEqual([3, 3, 3]);
  });

  test('is come near to by self-play where the tree is too large for both, and it says so', () => {
    // Seventy dilemmas, one of which nature draws, and all see it.
    const players = ['a', 'b', 'c'];
    const dilemma = (which: number): NodeDescription => {
      const grow = (sofar: readonly number[]): NodeDescription => {
        const name = players[sofar.length];
        if (name === undefined) {
          const told = sofar.reduce((sum, own) => sum + own, 0);
          return ends(...sofar.map((own) => 3 * own + 2 * (3 - told)));
        }
        return move(name, `${name}${which}`, [
          ['keep', grow([...sofar, 0])],
          ['tell', grow([...sofar, 1])],
        ]);
      };
      return grow([]);
    };
    const tree = extensiveGame({
      players,
      root: chance(Array.from({ length: 70 }, (_, which) => ['1/70', dilemma(which), String(which)] as const)),
    });
    const found = anyBehaviour(tree).now();
    expect(found).toMatchObject({ complete: false, reason: expect.stringMatching(/average of self-play/) });
    expect(found.results).toHaveLength(1);
    expect(found.results[0]?.payoffs).toEqual([3, 3, 3].map((payoff) => expect.closeTo(payoff, 2)));
    expect(found.results[0]?.regret).toBeLessThan(0.01);
    const calledOff = anyBehaviour(tree, { steps: 3 }).now();
    expect(calledOff).toMatchObject({ complete: false, reason: 'the budget of 3 steps is spent' });
    expect(calledOff.results.length).toBeLessThanOrEqual(1);
  });
});

/** How many of the last three bits are set. */
function ones(index: number): number {
  return [0, 1, 2].reduce((sum, bit) => sum + ((index >> bit) & 1), 0);
}

describe('players with nothing to choose', () => {
  const pennies = (mover: string): ExtensiveGame => {
    const guess = (evens: number): NodeDescription =>
      move('odd', 'guess', [
        ['heads', ends(evens, -evens, 7)],
        ['tails', ends(-evens, evens, 7)],
      ]);
    const even = move('even', 'coin', [
      ['heads', guess(1)],
      ['tails', guess(-1)],
    ]);
    return extensiveGame({ players: ['even', 'odd', 'idle'], root: move(mover, 'only', [['go', even]]) });
  };

  test.each(['extreme-points', 'support-enumeration', 'sequence-form', 'zero-sum', 'lemke-howson'] as const)(
    'do not count in a tree, whether they move or not: %s',
    async (method) => {
      for (const mover of ['even', 'idle']) {
        const tree = pennies(mover);
        const { equilibria } = await solve(tree, { method });
        expect(equilibria).toHaveLength(1);
        expect(equilibria[0]?.payoffs.map(String)).toEqual(['0', '0', '7']);
        const expected = uniformProfile(tree, (actions) => Rational.ratio(1n, BigInt(actions)));
        expect(String(equilibria[0]?.profile)).toBe(String(expected));
      }
    },
  );

  test('may be all but one: then the best of it is in equilibrium', async () => {
    const tree = extensiveGame({
      players: ['idle', 'alone', 'asleep'],
      root: move('alone', '', [
        ['up', ends(5, 1, 0)],
        ['down', ends(0, 2, 6)],
      ]),
    });
    for (const method of ['extreme-points', 'sequence-form', 'zero-sum', 'lemke-howson'] as const) {
      const solved = solve(tree, { method });
      if (method === 'zero-sum') await expect(solved).rejects.toMatchObject({ code: 'unsuitable-game' });
      else expect((await solved).equilibria[0]?.payoffs.map(String)).toEqual(['0', '2', '6']);
    }
  });
});

test('Selten’s horse has two sets of equilibria, an interval each, with the ends that Selten gives', () => {
  // Selten 1975: both go across if the third goes left with at most 1/4; or the first goes down, the third left, and the second across with at least 1/3.
  const { results, complete, components } = treeSupports(seltensHorse()).now();
  expect(complete).toBe(true);
  const first = results.map(({ exact }) => String(exact?.profile.map(([own]) => own?.[0])));
  const sets = (components ?? []).map((set) => set.map((at) => first[at]).sort());
  expect(sets.sort()).toEqual([
    ['0,1,1', '0,1/3,1'],
    ['1,1,0', '1,1,1/4'],
  ]);
});
