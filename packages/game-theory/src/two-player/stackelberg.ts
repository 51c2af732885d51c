import { type ExactRow, exactSteps, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { requireTwoPlayers } from './bimatrix.ts';
import { exactEquilibrium } from './exact-profile.ts';

export interface StackelbergOptions extends SearchOptions {
  /** The player who commits, by index: the first unless told. */
  readonly leader?: 0 | 1;
}

/** The follower's answer and what the leader gets. */
export interface StackelbergSummary {
  readonly leader: number;
  readonly value?: Rational;
}

/**
 * The mixed strategy that a player best commits to when the other learns it and answers best, ties in the leader's favour (strong Stackelberg
 * equilibrium): a linear program in integers for each answer (Conitzer and Sandholm 2006). The regret is the leader's temptation not to keep
 * its word.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players
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
  { leader = 0, ...options }: StackelbergOptions = {},
): Search<Equilibrium, StackelbergSummary> {
  requireTwoPlayers(game, 'stackelberg');
  const follower = 1 - leader;
  const [own, answers] = [game.shape[leader] as number, game.shape[follower] as number];
  const payoff = (player: number, strategy: number, answer: number): Rational =>
    game.payoff(player, leader === 0 ? [strategy, answer] : [answer, strategy]);
  const strategies = Array.from({ length: own }, (_, strategy) => strategy);
  return new Search(function* (pace) {
    let best:
      | { readonly value: Rational; readonly commitment: readonly Rational[]; readonly answer: number }
      | undefined;
    for (let answer = 0; answer < answers; answer++) {
      const rows: ExactRow[] = [
        { coefficients: strategies.map(() => Rational.one), relation: '=', bound: Rational.one },
      ];
      for (let other = 0; other < answers; other++) {
        if (other === answer) continue;
        const coefficients = strategies.map((strategy) =>
          payoff(follower, strategy, answer).minus(payoff(follower, strategy, other)),
        );
        rows.push({ coefficients, relation: '>=', bound: Rational.zero });
      }
      const objective = strategies.map((strategy) => payoff(leader, strategy, answer));
      const solution = yield* exactSteps({ objective, rows }, pace);
      if (solution.status === 'stopped') return { complete: false, reason: pace.stopped as string, leader };
      if (solution.status !== 'optimal' || (best !== undefined && !best.value.isLess(solution.value))) continue;
      best = { value: solution.value, commitment: solution.primal, answer };
    }
    const { value, commitment, answer } = best as NonNullable<typeof best>;
    const pure = Array.from({ length: answers }, (_, at) => (at === answer ? Rational.one : Rational.zero));
    yield exactEquilibrium(game, leader === 0 ? [commitment, pure] : [pure, commitment]);
    return { complete: false, reason: 'one best commitment is shown; there may be others', leader, value };
  }, options);
}
