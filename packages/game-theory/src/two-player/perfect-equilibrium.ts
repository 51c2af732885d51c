import { type ExactRow, Rational, solveExactly, sum } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { exactEquilibrium } from './exact-profile.ts';

/**
 * Whether a profile is trembling-hand perfect, and if it is not, why: a regret, or a strategy that weakly dominates the one played.
 *
 * @category Methods for two players
 */
export type PerfectEquilibrium =
  | { readonly perfect: true }
  | { readonly perfect: false; readonly regret: Rational }
  | { readonly perfect: false; readonly player: number; readonly dominatedBy: readonly Rational[] };

/**
 * Says whether a profile of a two-player game is a trembling-hand perfect equilibrium (Selten 1975). Between two players those are the equilibria
 * in which neither strategy is weakly dominated, by a pure or a mixed one (van Damme 1991, theorem 3.2.2): one linear program in
 * rationals for each player.
 *
 * @throws MechaneError `unsuitable-game` for other numbers of players
 * @category Methods for two players
 * @example
 * ```ts
 * import { perfectEquilibrium, Rational, readJsonGame } from '@mechane/game-theory';
 *
 * const payoffs = [[1, 0], [0, 0]];
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [payoffs, payoffs] });
 * const second = [Rational.zero, Rational.one];
 * JSON.stringify(perfectEquilibrium(game, [second, second])); // => '{"perfect":false,"player":0,"dominatedBy":["1","0"]}'
 * ```
 */
export function perfectEquilibrium(
  game: NormalFormGame,
  profile: readonly (readonly Rational[])[],
): PerfectEquilibrium {
  if (game.shape.length !== 2) {
    throw unsuitableGame(
      'perfect equilibrium',
      `the game has ${game.shape.length} players, not two`,
      'ask for trembling-hand of a tree',
    );
  }
  const { regret } = exactEquilibrium(game, profile);
  if (regret.sign > 0) return { perfect: false, regret };
  for (const player of [0, 1]) {
    const dominatedBy = dominating(game, player, profile[player] as readonly Rational[]);
    if (dominatedBy !== undefined) return { perfect: false, player, dominatedBy };
  }
  return { perfect: true };
}

/** The strategy that gains most over a given one, summed over what the other may play, among those that never lose by it. */
function dominating(
  game: NormalFormGame,
  player: number,
  strategy: readonly Rational[],
): readonly Rational[] | undefined {
  const [own, others] = [game.shape[player] as number, game.shape[1 - player] as number];
  const payoff = (mine: number, theirs: number): Rational =>
    game.payoff(player, player === 0 ? [mine, theirs] : [theirs, mine]);
  const strategies = Array.from({ length: own }, (_, mine) => mine);
  const rows = Array.from({ length: others }, (_, theirs): ExactRow => {
    const coefficients = strategies.map((mine) => payoff(mine, theirs));
    const bound = sum(coefficients.map((amount, mine) => amount.times(strategy[mine] as Rational)));
    return { coefficients, relation: '>=', bound };
  });
  const solution = solveExactly({
    objective: strategies.map((mine) => sum(rows.map(({ coefficients }) => coefficients[mine] as Rational))),
    rows: [...rows, { coefficients: strategies.map(() => Rational.one), relation: '=', bound: Rational.one }],
  });
  // The given strategy is feasible and payoffs are bounded, so there is an optimum.
  if (solution.status !== 'optimal') throw new RangeError(`the linear program is ${solution.status}`);
  return sum(rows.map(({ bound }) => bound)).isLess(solution.value) ? solution.primal : undefined;
}
