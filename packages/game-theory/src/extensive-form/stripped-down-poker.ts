import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { chance, ends, move } from './tree-description.ts';

/**
 * Poker stripped down to one king and one queen, an ante of one and one bet of one (Reiley, Urbancic & Walker 2008): the first
 * player sees the card. In the one equilibrium the first player bluffs with one queen in three, the second calls two times in
 * three, and the game is worth 1/3 to the first.
 *
 * @category Games in trees
 * @example
 * ```ts
 * import { strippedDownPoker } from '@mechane/game-theory';
 *
 * strippedDownPoker().informationSets[0]?.map(({ actions }) => actions.length); // => [2, 2]
 * ```
 */
export function strippedDownPoker(): ExtensiveGame {
  const holding = (card: string, won: number) =>
    move('first', card, [
      [
        'bet',
        move('second', 'bet', [
          ['call', ends(2 * won, -2 * won)],
          ['fold', ends(1, -1)],
        ]),
      ],
      ['fold', ends(-1, 1)],
    ]);
  return describedTree({
    title: 'Stripped-down poker',
    players: ['first', 'second'],
    root: chance([
      ['1/2', holding('king', 1), 'king'],
      ['1/2', holding('queen', -1), 'queen'],
    ]),
  });
}
