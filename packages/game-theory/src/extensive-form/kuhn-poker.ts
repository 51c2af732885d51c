import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { type Branch, chance, ends, move } from './tree-description.ts';

/**
 * Kuhn's poker of three cards, an ante of one and one bet of one (Kuhn 1950). Each information set is called by the player's
 * card and what was done before: `K`, `Kpb` …; `p` is to pass, `b` to bet. The first player's value is -1/18.
 *
 * @example
 * ```ts
 * import { kuhnPoker } from '@mechane/game-theory';
 *
 * kuhnPoker().informationSets.map((sets) => sets.length); // => [6, 6]
 * ```
 */
export function kuhnPoker(): ExtensiveGame {
  const cards = ['J', 'Q', 'K'];
  const deals = cards.flatMap((first) =>
    cards.filter((card) => card !== first).map((second) => [first, second] as const),
  );
  return describedTree(
    {
      title: 'Kuhn poker',
      players: ['first', 'second'],
      root: chance(deals.map(([first, second]) => ['1/6', betting(first, second), first + second] as const)),
    },
    [],
  );
}

function betting(first: string, second: string): Branch {
  const showdown = (stake: number): Branch => {
    const won = 'JQK'.indexOf(first) > 'JQK'.indexOf(second) ? stake : -stake;
    return ends(won, -won);
  };
  return move('first', first, [
    [
      'pass',
      move('second', `${second}p`, [
        ['pass', showdown(1)],
        [
          'bet',
          move('first', `${first}pb`, [
            ['pass', ends(-1, 1)],
            ['bet', showdown(2)],
          ]),
        ],
      ]),
    ],
    [
      'bet',
      move('second', `${second}b`, [
        ['pass', ends(1, -1)],
        ['bet', showdown(2)],
      ]),
    ],
  ]);
}
