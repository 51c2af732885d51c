import { quote } from '@mechane/core';
import { maximum, type Pace, pause, Rational, type SearchOptions } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import { Search, type Steps } from '../search.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import { type ExtensiveGame, type TreeNode, totalPayoffs } from './extensive-game.ts';
import { nameOf } from './perfect-recall.ts';

/**
 * All pure subgame-perfect equilibria of a game of perfect information, by backward induction (Zermelo 1913, Kuhn 1953), one for each
 * way to break the ties that come up. Where nobody is ever indifferent there is just one, and no mixed one besides: then the
 * search ends complete. Steps of the budget are nodes.
 *
 * @throws MechaneError `unsuitable-game` when an information set has more than one node
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { backwardInduction, ends, extensiveGame, move } from '@mechane/game-theory';
 *
 * // A centipede of three moves (Rosenthal 1981).
 * const third = move('1', 'c', [['take', ends(3, 1)], ['pass', ends(2, 4)]]);
 * const second = move('2', 'b', [['take', ends(0, 2)], ['pass', third]]);
 * const game = extensiveGame({ players: ['1', '2'], root: move('1', 'a', [['take', ends(1, 0)], ['pass', second]]) });
 * const { results, complete } = backwardInduction(game).now();
 * results.map(({ payoffs }) => payoffs.map(String)); // => [['1', '0']]
 * complete; // => true
 * ```
 */
export function backwardInduction(game: ExtensiveGame, options: SearchOptions = {}): Search<BehaviourEquilibrium> {
  game.informationSets.forEach((sets, player) => {
    const set = sets.findIndex(({ nodes }) => nodes.length > 1);
    if (set === -1) return;
    throw unsuitableGame(
      'backward-induction',
      `${quote(game.players[player] as string)} cannot tell apart the nodes of the information set ${quote(nameOf(game, player, set))}`,
      'ask for subgame-perfect or sequence-form',
    );
  });
  return new Search((pace) => solutions(game, pace), options);
}

/** A node of a player, and those of its actions that are best and were not tried yet. */
interface Choice {
  readonly node: number;
  readonly untried: number[];
}

function* solutions(game: ExtensiveGame, pace: Pace): Steps<BehaviourEquilibrium> {
  const { nodes } = game;
  const worth: (readonly Rational[])[] = totalPayoffs(game, Rational.zero).slice();
  const chosen = new Int32Array(nodes.length).fill(-1);
  const open: Choice[] = [];
  let ties = false;
  for (let index = nodes.length - 1; ; ) {
    for (; index >= 0; index--) {
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
      }
      const node = nodes[index] as TreeNode;
      if (node.kind === 'chance') worth[index] = expectation(node.probabilities, node.children, worth);
      if (node.kind !== 'decision') continue;
      const best = bestActions(node.children.map((child) => worth[child]?.[node.player] as Rational));
      const [action, ...untried] = best as [number, ...number[]];
      if (untried.length > 0) {
        ties = true;
        open.push({ node: index, untried });
      }
      chosen[index] = action;
      worth[index] = worth[node.children[action] as number] as readonly Rational[];
    }
    yield equilibrium(game, chosen, worth[0] as readonly Rational[]);
    if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
    while (open.at(-1)?.untried.length === 0) open.pop();
    const choice = open.at(-1);
    if (choice === undefined) break;
    const action = choice.untried.shift() as number;
    chosen[choice.node] = action;
    worth[choice.node] = worth[(nodes[choice.node] as TreeNode).children[action] as number] as readonly Rational[];
    index = choice.node - 1;
  }
  if (!ties) return { complete: true };
  return { complete: false, reason: 'players are indifferent at some nodes, so mixtures are subgame perfect as well' };
}

function bestActions(values: readonly Rational[]): number[] {
  const best = maximum(values);
  return [...values.keys()].filter((action) => values[action]?.equals(best));
}

function expectation(
  probabilities: readonly Rational[],
  children: readonly number[],
  worth: readonly (readonly Rational[])[],
): Rational[] {
  const players = (worth[children[0] as number] as readonly Rational[]).length;
  return Array.from({ length: players }, (_, player) =>
    children.reduce((sum, child, action) => {
      const value = (worth[child] as readonly Rational[])[player] as Rational;
      return sum.plus(value.times(probabilities[action] as Rational));
    }, Rational.zero),
  );
}

function equilibrium(game: ExtensiveGame, chosen: Int32Array, payoffs: readonly Rational[]): BehaviourEquilibrium {
  const profile = game.informationSets.map((sets) =>
    sets.map(({ actions, nodes: [node] }) =>
      actions.map((_, action) => (chosen[node as number] === action ? Rational.one : Rational.zero)),
    ),
  );
  // Nobody can gain anywhere, so nobody gains in the whole.
  return { profile, payoffs, regret: Rational.zero };
}
