import { invalidGame } from '../errors.ts';
import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { type Branch, chance, ends, move } from './tree-description.ts';

/** @category Games in trees */
export interface KuhnSettings {
  /** How many cards there are: 3, as in the original, unless told. */
  readonly cards?: number;
}

/**
 * Kuhn's poker of three cards, an ante of one and one bet of one (Kuhn 1950). Each information set is called by the player's
 * card and what was done before: `K`, `Kpb` …; `p` is to pass, `b` to bet. The first player's value is -1/18. With more cards they
 * are called by numbers.
 *
 * @throws MechaneError `invalid-game` for fewer than two cards or more than 200
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { kuhnPoker } from '@mechane/game-theory';
 *
 * kuhnPoker().informationSets.map((sets) => sets.length); // => [6, 6]
 * ```
 */
export function kuhnPoker({ cards: count = 3 }: KuhnSettings = {}): ExtensiveGame {
  if (!Number.isInteger(count) || count < 2 || count > 200) {
    throw invalidGame({ problem: `there are ${count} cards`, path: ['cards'], expected: 'from 2 to 200 cards' });
  }
  const cards = count === 3 ? ['J', 'Q', 'K'] : Array.from({ length: count }, (_, card) => String(card + 1));
  const deals = cards.flatMap((first, rank) =>
    cards.flatMap((second, other) => {
      const deal = [`1/${count * (count - 1)}`, betting(first, second, rank > other), first + second] as const;
      return rank === other ? [] : [deal];
    }),
  );
  return describedTree({ title: 'Kuhn poker', players: ['first', 'second'], root: chance(deals) });
}

function betting(first: string, second: string, isFirstHigher: boolean): Branch {
  const showdown = (stake: number): Branch => {
    const won = isFirstHigher ? stake : -stake;
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
