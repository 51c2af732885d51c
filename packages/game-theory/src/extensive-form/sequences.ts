import { Rational } from '@mechane/numerics';
import { type ExtensiveGame, totalPayoffs } from './extensive-game.ts';
import { requirePerfectRecall } from './perfect-recall.ts';

/**
 * What one player can do, as sequences of own moves (von Stengel 1996). Sequence 0 is doing nothing. The information sets are in
 * an order in which each comes after those that lead to it.
 *
 * @category Games in trees
 */
export interface PlayerSequences {
  /** How many sequences there are. */
  readonly size: number;
  /** For each information set, in this order: its index in the game. */
  readonly sets: Int32Array;
  /** The sequence that leads to it. */
  readonly parent: Int32Array;
  /** The sequence that its first action extends it to; the other actions follow one by one. */
  readonly first: Int32Array;
  /** How many actions it has. */
  readonly actions: Int32Array;
}

/**
 * An end of the game, as the players' sequences see it.
 *
 * @category Games in trees
 */
export interface Leaf {
  /** Each player's sequence of moves on the way. */
  readonly sequences: readonly number[];
  /** The probability of the chance moves on the way. */
  readonly probability: Rational;
  readonly payoffs: readonly Rational[];
}

/** @category Games in trees */
export interface SequenceForm {
  readonly game: ExtensiveGame;
  readonly players: readonly PlayerSequences[];
  /** Those that chance does not rule out. */
  readonly leaves: readonly Leaf[];
}

/**
 * The sequence form of a game: what each player can do, and what all come to together. It is as large as the tree, not as the
 * normal form (von Stengel 1996).
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { kuhnPoker, sequenceForm } from '@mechane/game-theory';
 *
 * const { players, leaves } = sequenceForm(kuhnPoker());
 * players.map(({ size }) => size); // => [13, 13]
 * leaves.length; // => 30
 * ```
 */
export function sequenceForm(game: ExtensiveGame, method = 'sequence form'): SequenceForm {
  requirePerfectRecall(game, method);
  const order = game.informationSets.map((sets) =>
    Int32Array.from(sets.keys()).sort((a, b) => (sets[a]?.nodes[0] as number) - (sets[b]?.nodes[0] as number)),
  );
  const firsts = game.informationSets.map((sets, player) => {
    const first = new Int32Array(sets.length);
    let next = 1;
    for (const set of order[player] as Int32Array) {
      first[set] = next;
      next += sets[set]?.actions.length as number;
    }
    return first;
  });
  const payoffs = totalPayoffs(game, Rational.zero);
  const parents = game.informationSets.map((sets) => new Int32Array(sets.length));
  const sequences: (readonly number[])[] = [];
  const probabilities: Rational[] = [];
  const leaves: Leaf[] = [];
  const start = game.players.map(() => 0);
  for (const [index, node] of game.nodes.entries()) {
    const above = game.nodes[node.parent];
    let own = sequences[node.parent] ?? start;
    let probability = probabilities[node.parent] ?? Rational.one;
    if (above?.kind === 'chance') probability = probability.times(above.probabilities[node.action] as Rational);
    else if (above?.kind === 'decision') {
      own = own.with(above.player, (firsts[above.player]?.[above.informationSet] as number) + node.action);
    }
    sequences.push(own);
    probabilities.push(probability);
    if (node.kind === 'decision') {
      (parents[node.player] as Int32Array)[node.informationSet] = own[node.player] as number;
    } else if (node.kind === 'terminal' && probability.sign > 0) {
      leaves.push({ sequences: own, probability, payoffs: payoffs[index] as readonly Rational[] });
    }
  }
  const players = game.informationSets.map((sets, player) => {
    const inOrder = order[player] as Int32Array;
    return {
      size: 1 + sets.reduce((total, { actions }) => total + actions.length, 0),
      sets: inOrder,
      parent: inOrder.map((set) => parents[player]?.[set] as number),
      first: inOrder.map((set) => firsts[player]?.[set] as number),
      actions: inOrder.map((set) => sets[set]?.actions.length as number),
    };
  });
  return { game, players, leaves };
}
