import { quote } from '@mechane/core';
import { unsuitableGame } from '../errors.ts';
import type { ExtensiveGame } from './extensive-game.ts';

/**
 * Two nodes that look alike to a player who did different things before.
 *
 * @category Games in trees
 */
export interface ForgottenMove {
  readonly player: string;
  readonly informationSet: string;
  /** Indices of the nodes. */
  readonly nodes: readonly [number, number];
  /** The player's own last move before each of them; `undefined` where there is none. */
  readonly lastMoves: readonly [OwnMove | undefined, OwnMove | undefined];
}

/**
 * A move of a player: where and what.
 *
 * @category Games in trees
 */
export interface OwnMove {
  readonly informationSet: string;
  readonly action: string;
}

/**
 * Says where a player forgets something: perfect recall means that in each information set all nodes are reached by the same
 * own moves (Kuhn 1953). The two nodes found differ already in the last of them.
 *
 * @returns `undefined` when all players have perfect recall
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { ends, extensiveGame, forgottenMove, move } from '@mechane/game-theory';
 *
 * // The absent-minded driver (Piccione & Rubinstein 1997).
 * const second = move('driver', 'exit?', [['exit', ends(4)], ['go on', ends(1)]]);
 * const driver = extensiveGame({ players: ['driver'], root: move('driver', 'exit?', [['exit', ends(0)], ['go on', second]]) });
 * forgottenMove(driver)?.lastMoves; // => [undefined, { informationSet: 'exit?', action: 'go on' }]
 * ```
 */
export function forgottenMove(game: ExtensiveGame): ForgottenMove | undefined {
  const last = lastOwnMoves(game);
  for (const [player, sets] of game.informationSets.entries()) {
    for (const [set, { nodes }] of sets.entries()) {
      const first = nodes[0] as number;
      const other = nodes.find((node) => last[node] !== last[first]);
      if (other === undefined) continue;
      return {
        player: game.players[player] as string,
        informationSet: nameOf(game, player, set),
        nodes: [first, other],
        lastMoves: [describe(game, player, last[first] as number), describe(game, player, last[other] as number)],
      };
    }
  }
  return undefined;
}

/** @throws MechaneError `unsuitable-game`, with the witness, when a player forgets something */
export function requirePerfectRecall(game: ExtensiveGame, method: string): void {
  const witness = forgottenMove(game);
  if (witness === undefined) return;
  const [one, other] = witness.lastMoves.map((own) =>
    own === undefined ? 'no move of its own' : `${quote(own.action)} at ${quote(own.informationSet)}`,
  );
  throw unsuitableGame(
    method,
    `${quote(witness.player)} has imperfect recall: in the information set ${quote(witness.informationSet)}, node ${witness.nodes[0]} comes after ${one}, node ${witness.nodes[1]} after ${other}`,
    'ask for pure, or solve the reduced normal form as a table (mechane solve --normal-form), or split the information set',
  );
}

/** The label of an information set, or its number where it has none. */
export function nameOf({ informationSets }: ExtensiveGame, player: number, set: number): string {
  return informationSets[player]?.[set]?.label || String(set + 1);
}

/** For each decision node, a number for the last move of its player on the way: -1 for none. Equal numbers are equal moves. */
function lastOwnMoves({ nodes, players, informationSets }: ExtensiveGame): Int32Array {
  const offsets = informationSets.map((sets) => {
    let total = 0;
    return sets.map(({ actions }) => {
      const offset = total;
      total += actions.length;
      return offset;
    });
  });
  const last = new Int32Array(nodes.length).fill(-1);
  const perNode: (Int32Array | undefined)[] = [];
  const nothing = new Int32Array(players.length).fill(-1);
  for (const [index, node] of nodes.entries()) {
    const above = nodes[node.parent];
    let moves = perNode[node.parent] ?? nothing;
    if (above?.kind === 'decision') {
      moves = moves.slice();
      moves[above.player] = (offsets[above.player]?.[above.informationSet] as number) + node.action;
    }
    perNode.push(moves);
    if (node.kind === 'decision') last[index] = moves[node.player] as number;
  }
  return last;
}

function describe(game: ExtensiveGame, player: number, move: number): OwnMove | undefined {
  let first = 0;
  for (const [set, { actions }] of (game.informationSets[player] ?? []).entries()) {
    const action = actions[move - first];
    if (move >= first && action !== undefined) return { informationSet: nameOf(game, player, set), action };
    first += actions.length;
  }
  return undefined;
}
