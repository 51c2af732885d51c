import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { ends, move } from './tree-description.ts';

/**
 * Selten's horse (1975, figure 1): three players, of whom the third cannot tell whether the first or the second went down. It has no
 * proper subgames, so all of its equilibria are subgame perfect; but of the two pure ones only (across, across, right) is
 * trembling-hand perfect, not (down, across, left).
 *
 * @category Games in trees
 * @example
 * ```ts
 * import { seltensHorse } from '@mechane/game-theory';
 *
 * seltensHorse().players; // => ['1', '2', '3']
 * ```
 */
export function seltensHorse(): ExtensiveGame {
  return describedTree({
    title: "Selten's horse",
    players: ['1', '2', '3'],
    root: move('1', '1', [
      [
        'across',
        move('2', '2', [
          ['across', ends(1, 1, 1)],
          [
            'down',
            move('3', '3', [
              ['left', ends(4, 4, 0)],
              ['right', ends(0, 0, 1)],
            ]),
          ],
        ]),
      ],
      [
        'down',
        move('3', '3', [
          ['left', ends(3, 2, 2)],
          ['right', ends(0, 0, 0)],
        ]),
      ],
    ]),
  });
}
