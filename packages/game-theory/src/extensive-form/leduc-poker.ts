import { describedTree } from './describe-tree.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { type Branch, chance, ends, move } from './tree-description.ts';

/** @category Games in trees */
export interface LeducSettings {
  /**
   * Whether players tell apart the two cards of a rank, which makes no difference to anyone: 936 information sets with suits,
   * 288 without.
   */
  readonly suits?: boolean;
}

/** Two raises a round, of two chips in the first and of four in the second. */
const raises = [2, 4];
const mostRaises = 2;
const ranks = 'JQK';
const deck: readonly string[] = ['J♠', 'J♥', 'Q♠', 'Q♥', 'K♠', 'K♥'];

/**
 * Leduc hold'em (Southey et al. 2005): a deck of two jacks, two queens and two kings, an ante of one, a private card each, a round
 * of betting, a public card, and a second round; a pair with the public card wins, else the higher card. Information sets
 * are called by private card, public card and the moves so far. The first player's value is -0.085606424078….
 *
 * @category Games in trees
 * @example
 * ```ts
 * import { leducPoker } from '@mechane/game-theory';
 *
 * leducPoker().informationSets.map((sets) => sets.length); // => [144, 144]
 * ```
 */
export function leducPoker({ suits = false }: LeducSettings = {}): ExtensiveGame {
  return describedTree({
    title: 'Leduc poker',
    players: ['first', 'second'],
    root: draw(deck, suits, (first, left) =>
      draw(left, suits, (second, rest) => betting([first, second], rest, suits)),
    ),
  });
}

/** Nature draws a card; where suits do not count, a rank. */
function draw(
  cards: readonly string[],
  suits: boolean,
  follow: (card: string, left: readonly string[]) => Branch,
): Branch {
  const kinds = suits ? cards : cards.filter((card, at) => cards.findIndex(([rank]) => rank === card[0]) === at);
  return chance(
    kinds.map((card) => {
      const alike = suits ? 1 : cards.filter(([rank]) => rank === card[0]).length;
      const shown = suits ? card : (card[0] as string);
      const left = cards.filter((other) => other !== card);
      return [`${alike}/${cards.length}`, follow(card, left), shown] as const;
    }),
  );
}

interface Hand {
  readonly cards: readonly string[];
  readonly rest: readonly string[];
  readonly suits: boolean;
  readonly open: string;
  /** The moves so far, with a slash between rounds. */
  readonly moves: string;
  /** What each player has put in. */
  readonly chips: readonly [number, number];
  readonly round: number;
  readonly raised: number;
  readonly player: number;
}

function betting(cards: readonly string[], rest: readonly string[], suits: boolean): Branch {
  return act({ cards, rest, suits, open: '', moves: '', chips: [1, 1], round: 0, raised: 0, player: 0 });
}

function act(hand: Hand): Branch {
  const { cards, suits, open, moves, chips, player, round, raised } = hand;
  const other = 1 - player;
  const [own, theirs] = [chips[player] as number, chips[other] as number];
  const shown = (card: string): string => (suits ? card : card.slice(0, 1));
  const put = (amount: number): readonly [number, number] => (player === 0 ? [amount, chips[1]] : [chips[0], amount]);
  const inRound = moves.split('/').at(-1) as string;
  const actions: [string, Branch][] = [];
  if (own < theirs) actions.push(['fold', player === 0 ? ends(-own, own) : ends(own, -own)]);
  const called = { ...hand, chips: put(theirs), moves: `${moves}c`, player: other };
  // A call ends the round, unless it is the check that opens it.
  actions.push(['call', inRound === '' ? act(called) : endRound(called)]);
  if (raised < mostRaises) {
    const raise = put(theirs + (raises[round] as number));
    actions.push(['raise', act({ ...hand, chips: raise, moves: `${moves}r`, raised: raised + 1, player: other })]);
  }
  const name = `${shown(cards[player] as string)}${open === '' ? '' : ` ${shown(open)}`} ${moves}`.trim();
  return move(player === 0 ? 'first' : 'second', name, actions);
}

function endRound(hand: Hand): Branch {
  if (hand.round === 1) return showdown(hand);
  return draw(hand.rest, hand.suits, (open) =>
    act({ ...hand, open, moves: `${hand.moves}/`, round: 1, raised: 0, player: 0 }),
  );
}

function showdown({ cards, open, chips }: Hand): Branch {
  const strength = (card: string | undefined): number => {
    const rank = ranks.indexOf(card?.[0] as string);
    return card?.[0] === open[0] ? ranks.length + rank : rank;
  };
  const won = Math.sign(strength(cards[0]) - strength(cards[1])) * chips[0];
  return ends(won, -won);
}
