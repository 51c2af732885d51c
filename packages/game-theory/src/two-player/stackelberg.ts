import { type ExactRow, exactSteps, type Pace, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { exactEquilibrium } from './exact-profile.ts';
import { type Pair, pairOf, payoffsIn, profileOfPair } from './pair.ts';

/** @category Methods for two players */
export interface StackelbergOptions extends SearchOptions {
  /** The player who commits, by index: the first of the two unless told. */
  readonly leader?: number;
}

/**
 * The follower's answer and what the leader gets.
 *
 * @category Methods for two players
 */
export interface StackelbergSummary {
  readonly leader: number;
  readonly value?: Rational;
}

/**
 * The mixed strategy that a player best commits to when the other learns it and answers best, ties in the leader's favour (strong Stackelberg
 * equilibrium): a linear program in integers for each answer (Conitzer and Sandholm 2006). The regret is the leader's temptation not to keep
 * its word.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose, `invalid-game` for a leader who is not one of
 * the two
 * @category Methods for two players
 * @example
 * ```ts
 * import { readJsonGame, stackelberg } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['leader', 'follower'], payoffs: [[[2, 4], [1, 3]], [[1, 0], [0, 1]]] });
 * const { results, value } = stackelberg(game).now();
 * String(results[0].profile); // => '1/2,1/2,0,1'
 * String(value); // => '7/2'
 * ```
 */
export function stackelberg(
  game: NormalFormGame,
  { leader, ...options }: StackelbergOptions = {},
): Search<Equilibrium, StackelbergSummary> {
  const pair = pairOf(game, 'stackelberg');
  const [first, second] = pair.players;
  const leading = leader ?? first;
  if (leading !== first && leading !== second) {
    throw invalidGame({
      problem: `player ${leading} is not one of the two who choose`,
      path: ['leader'],
      expected: second === -1 ? `${first}` : `${first} or ${second}`,
    });
  }
  return new Search((pace) => commitments(game, pair, leading, pace), options);
}

interface Commitment {
  readonly value: Rational;
  readonly weights: readonly Rational[];
  readonly answer: number;
}

function* commitments(
  game: NormalFormGame,
  pair: Pair,
  leader: number,
  pace: Pace,
): Steps<Equilibrium, StackelbergSummary> {
  const isFirst = leader === pair.players[0];
  const [own, other] = [payoffsIn(game, leader), payoffsIn(game, pair.players[isFirst ? 1 : 0])];
  const [strategies, answers] = isFirst ? [pair.m, pair.n] : [pair.n, pair.m];
  const at = (strategy: number, answer: number): number =>
    isFirst ? strategy * pair.n + answer : answer * pair.n + strategy;
  const column = (table: readonly Rational[], answer: number): Rational[] =>
    Array.from({ length: strategies }, (_, strategy) => table[at(strategy, answer)] as Rational);
  let best: Commitment | undefined;
  for (let answer = 0; answer < answers; answer++) {
    const ones = new Array<Rational>(strategies).fill(Rational.one);
    const rows: ExactRow[] = [{ coefficients: ones, relation: '=', bound: Rational.one }];
    const answered = column(other, answer);
    for (let rival = 0; rival < answers; rival++) {
      if (rival === answer) continue;
      const coefficients = column(other, rival).map((payoff, strategy) =>
        (answered[strategy] as Rational).minus(payoff),
      );
      rows.push({ coefficients, relation: '>=', bound: Rational.zero });
      if (!(yield* pace.goesOn(0))) return { complete: false, reason: pace.stopped as string, leader };
    }
    const solution = yield* exactSteps({ objective: column(own, answer), rows }, pace);
    if (solution.status === 'stopped') return { complete: false, reason: pace.stopped as string, leader };
    if (solution.status !== 'optimal' || (best !== undefined && !best.value.isLess(solution.value))) continue;
    best = { value: solution.value, weights: solution.primal, answer };
  }
  const { value, weights, answer } = best as Commitment;
  const pure = Array.from({ length: answers }, (_, place) => (place === answer ? Rational.one : Rational.zero));
  const [x, y] = isFirst ? [weights, pure] : [pure, weights];
  yield exactEquilibrium(game, profileOfPair(game, pair, x, y));
  return { complete: false, reason: 'one best commitment is shown; there may be others', leader, value };
}
