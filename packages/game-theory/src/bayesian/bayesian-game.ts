import { Rational, type RationalLike, sum } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';
import { checkedProfiles, stridesOf } from '../normal-form/game.ts';

/** The most profiles of types, and the most of actions. */
const mostProfiles = 2 ** 20;

/**
 * The parts of a Bayesian game.
 *
 * @category Bayesian games
 */
export interface BayesianGameParts {
  readonly players: readonly string[];
  /** What each player may be: names. */
  readonly types: readonly (readonly string[])[];
  /** How likely each type of each player is, independently of the others'; equally likely where it is left out. */
  readonly probabilities?: readonly (readonly RationalLike[])[];
  /** What each player can do, whatever its type: names. */
  readonly actions: readonly (readonly string[])[];
  /** What a player gets when these are everybody's types and these everybody's actions, both by index. */
  payoff(player: number, types: readonly number[], actions: readonly number[]): number;
}

/**
 * Which action each type of one player takes, by index.
 *
 * @category Bayesian games
 */
export type Plan = readonly number[];

/**
 * A game in which players know what they are and not what the others are (Harsanyi 1967), with finitely many types and actions, and types
 * drawn independently.
 *
 * @throws MechaneError `invalid-game` where counts do not fit or probabilities do not sum to one, `too-large` beyond 1,048,576 profiles of
 * types or of actions
 * @category Bayesian games
 * @example
 * ```ts
 * import { BayesianGame, strategicForm } from '@mechane/game-theory';
 *
 * // A seller who knows whether the good is sound, and a buyer who can only guess.
 * const lemons = new BayesianGame({
 *   players: ['seller', 'buyer'],
 *   types: [['lemon', 'sound'], ['any']],
 *   actions: [['keep', 'offer'], ['pass', 'buy']],
 *   payoff: (player, [sound = 0], [offered, bought]) => {
 *     if (!offered || !bought) return player === 0 ? 4 * sound : 0;
 *     return player === 0 ? 3 : 6 * sound - 3;
 *   },
 * });
 * strategicForm(lemons).payoff(1, [3, 1]).toString(); // => '0'
 * ```
 */
export class BayesianGame {
  readonly players: readonly string[];
  readonly types: readonly (readonly string[])[];
  readonly actions: readonly (readonly string[])[];
  /** How likely each type of each player is, exactly. */
  readonly probabilities: readonly (readonly Rational[])[];
  readonly payoff: BayesianGameParts['payoff'];

  constructor({ players, types, probabilities, actions, payoff }: BayesianGameParts) {
    requireList('types', types, players);
    requireList('actions', actions, players);
    this.players = players;
    this.types = types;
    this.actions = actions;
    this.probabilities = types.map((own, player) => distribution(probabilities?.[player], own.length, player));
    this.payoff = payoff;
  }

  /** Every profile of types. */
  typeProfiles(): Iterable<readonly number[]> {
    return profilesOf(this.types.map(({ length }) => length));
  }

  /** Every profile of actions. */
  actionProfiles(): Iterable<readonly number[]> {
    return profilesOf(this.actions.map(({ length }) => length));
  }

  /** How likely a type of a player is. */
  likelihood(player: number, type: number): Rational {
    return this.probabilities[player]?.[type] as Rational;
  }

  /** How likely these types are. */
  probability(types: readonly number[]): Rational {
    return types.reduce((product, type, player) => product.times(this.likelihood(player, type)), Rational.one);
  }
}

/** Every combination of indices below these counts, the last running fastest. */
export function* profilesOf(counts: readonly number[]): Generator<readonly number[], void, void> {
  const strides = stridesOf(counts);
  const size = counts.reduce((product, count) => product * count, 1);
  for (let index = 0; index < size; index++) {
    yield strides.map((stride, player) => Math.floor(index / stride) % (counts[player] as number));
  }
}

function requireList(
  what: 'types' | 'actions',
  lists: readonly (readonly string[])[],
  players: readonly string[],
): void {
  if (lists.length !== players.length) {
    throw invalidGame({
      problem: `there are ${what} of ${lists.length} players, and there are ${players.length} players`,
      path: [what],
      expected: `a list of ${what} for every player`,
    });
  }
  const empty = lists.findIndex((own) => own.length === 0);
  if (empty !== -1) {
    throw invalidGame({ problem: 'the list is empty', path: [what, empty], expected: `one of the ${what} or more` });
  }
  const size = lists.reduce((product, own) => product * own.length, 1);
  if (size > mostProfiles) throw tooLarge(`the number of profiles of ${what}`, size, mostProfiles, [what]);
  checkedProfiles(lists.map((own) => own.length));
}

function distribution(given: readonly RationalLike[] | undefined, types: number, player: number): readonly Rational[] {
  if (given === undefined) return Array.from({ length: types }, () => Rational.of(1).over(Rational.of(types)));
  const path = ['probabilities', player];
  if (given.length !== types) {
    throw invalidGame({ problem: `there are ${given.length} probabilities for ${types} types`, path });
  }
  const probabilities = given.map((probability, type) => exactNumber(probability, [...path, type]));
  const negative = probabilities.findIndex((probability) => probability.sign < 0);
  if (negative !== -1) {
    throw invalidGame({ problem: 'a probability is negative', path: [...path, negative], expected: '0 or more' });
  }
  if (!sum(probabilities).equals(Rational.one)) {
    throw invalidGame({
      problem: `the probabilities sum to ${sum(probabilities)}`,
      path,
      expected: 'a sum of exactly 1',
      fix: 'write them as fractions, such as "1/3"',
    });
  }
  return probabilities;
}
