import type { Random } from '@mechane/core';
import {
  type BehaviourProfile,
  type ExtensiveGame,
  extensiveGame,
  type NodeDescription,
  Rational,
  type TreeNode,
} from '../src/index.ts';
import { asExact } from './exact-oracle.ts';

export interface RandomTreeSettings {
  readonly players?: number;
  readonly depth?: number;
  /** Payoffs are whole numbers from minus this to this: small ones make degenerate games. */
  readonly largest?: number;
  readonly zeroSum?: boolean;
  /** Whether players see everything. */
  readonly perfectInformation?: boolean;
}

/** A random tree in which every player has perfect recall: only nodes with the same own moves behind them may look alike. */
export function randomTree(
  random: Random,
  { players = 2, depth = 4, largest = 5, zeroSum = false, perfectInformation = false }: RandomTreeSettings = {},
): ExtensiveGame {
  const names = Array.from({ length: players }, (_, player) => `p${player + 1}`);
  let nodes = 0;
  const payoff = (): number => random.below(2 * largest + 1) - largest;
  const grow = (level: number, histories: readonly string[]): NodeDescription => {
    const kind = level === 0 ? 0 : random.below(8);
    if (kind === 0 || level === depth) {
      if (level === depth || level > 0) {
        const first = payoff();
        return { payoffs: zeroSum ? [first, -first] : [first, ...names.slice(1).map(payoff)] };
      }
    }
    const count = 2 + random.below(2);
    nodes += 1;
    if (kind === 1) {
      const weights = Array.from({ length: count }, () => random.below(3));
      weights[0] = 1 + (weights[0] as number);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return {
        chance: weights.map((weight) => ({ probability: `${weight}/${total}`, to: grow(level + 1, histories) })),
      };
    }
    const player = random.below(players);
    const history = histories[player] as string;
    const informationSet = perfectInformation ? `n${nodes}` : `${history}:${random.below(2)}:${count}`;
    return {
      player: names[player] as string,
      informationSet,
      actions: Array.from({ length: count }, (_, action) => ({
        action: `a${action}`,
        to: grow(level + 1, histories.with(player, `${informationSet}a${action}`)),
      })),
    };
  };
  return extensiveGame({
    players: names,
    root: grow(
      0,
      names.map(() => ''),
    ),
  });
}

/** What players expect, straight from the definition: over all nodes, by recursion. */
export function expectedPayoffs(game: ExtensiveGame, profile: BehaviourProfile): Rational[] {
  const visit = (index: number): Rational[] => {
    const node = game.nodes[index] as TreeNode;
    const here = game.players.map((_, player) => node.outcome?.payoffs[player] ?? Rational.zero);
    return node.children.reduce((sums, child, action) => {
      const probability =
        node.kind === 'chance'
          ? node.probabilities[action]
          : node.kind === 'decision'
            ? profile[node.player]?.[node.informationSet]?.[action]
            : undefined;
      if (probability === undefined || probability.sign === 0) return sums;
      const below = visit(child);
      return sums.map((sum, player) => sum.plus(probability.times(below[player] as Rational)));
    }, here);
  };
  return visit(0);
}

/** The most that a player can gain, by trying every pure strategy. */
export function largestGain(game: ExtensiveGame, profile: BehaviourProfile, player: number): Rational {
  const sets = game.informationSets[player] ?? [];
  let best = expectedPayoffs(game, profile)[player] as Rational;
  const now = best;
  const choices = sets.map(() => 0);
  for (;;) {
    const pure = sets.map(({ actions }, set) =>
      actions.map((_, action) => (action === choices[set] ? Rational.one : Rational.zero)),
    );
    const value = expectedPayoffs(game, profile.with(player, pure))[player] as Rational;
    if (best.isLess(value)) best = value;
    let set = 0;
    while (set < sets.length && (choices[set] as number) + 1 === sets[set]?.actions.length) choices[set++] = 0;
    if (set === sets.length) return best.minus(now);
    choices[set] = (choices[set] as number) + 1;
  }
}

/** How many pure strategies a player has. */
export function pureStrategies(game: ExtensiveGame, player: number): number {
  return (game.informationSets[player] ?? []).reduce((product, { actions }) => product * actions.length, 1);
}

/** Behaviour in doubles as exact probabilities: the same up to their rounding, and summing to 1. */
export function asExactBehaviour(profile: BehaviourProfile<number>): BehaviourProfile {
  return profile.map((sets) => asExact(sets));
}

/** All profiles of pure strategies. */
export function* pureProfiles(game: ExtensiveGame, from = 0): Generator<BehaviourProfile, void, void> {
  if (from === game.players.length) {
    yield [];
    return;
  }
  for (const own of pureStrategiesOf(game, from)) {
    for (const rest of pureProfiles(game, from + 1)) yield [own, ...rest];
  }
}

/** All pure strategies of a player. */
export function* pureStrategiesOf(
  game: ExtensiveGame,
  player: number,
  set = 0,
): Generator<readonly (readonly Rational[])[], void, void> {
  const actions = game.informationSets[player]?.[set]?.actions;
  if (actions === undefined) {
    yield [];
    return;
  }
  for (const chosen of actions.keys()) {
    const here = actions.map((_, action) => (action === chosen ? Rational.one : Rational.zero));
    for (const rest of pureStrategiesOf(game, player, set + 1)) yield [here, ...rest];
  }
}

/** For every leaf, how likely a player's own moves are to let play come there: strategies that do the same say the same. */
export function reachOf(game: ExtensiveGame, player: number, strategy: readonly (readonly Rational[])[]): Rational[] {
  const shares: Rational[] = [];
  for (const { parent, action } of game.nodes) {
    const above = game.nodes[parent];
    const before = shares[parent] ?? Rational.one;
    const isOwn = above?.kind === 'decision' && above.player === player;
    shares.push(isOwn ? before.times(strategy[above.informationSet]?.[action] as Rational) : before);
  }
  return shares.filter((_, at) => game.nodes[at]?.kind === 'terminal');
}
