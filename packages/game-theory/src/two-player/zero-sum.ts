import { type ExactRow, exactSteps, minimum, type Pace, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { exactEquilibrium } from './exact-profile.ts';
import { type Pair, pairOf, payoffsIn, profileOfPair } from './pair.ts';

/**
 * What a zero-sum game is worth to the first player.
 *
 * @category Methods for two players
 */
export interface ZeroSumSummary {
  readonly value?: Rational;
}

/**
 * Optimal strategies of a two-player game whose payoffs sum to a constant, by one linear program in integers (von Neumann 1928, Dantzig 1951). The
 * list is complete where the program shows that both strategies are unique.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose, or their payoffs do not sum to a constant
 * @category Methods for two players
 * @example
 * ```ts
 * import { readJsonGame, zeroSum } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, -1], [-1, 1]], [[-2, 1], [1, -1]]] });
 * const { results, value } = zeroSum(game).now();
 * String(value); // => '1/5'
 * results[0].profile.map(String); // => ['2/5,3/5', '2/5,3/5']
 * ```
 */
export function zeroSum(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium, ZeroSumSummary> {
  const pair = pairOf(game, 'zero-sum');
  requireConstantSum(game, pair);
  return new Search((pace) => zeroSumSteps(game, pair, pace), options);
}

function* zeroSumSteps(game: NormalFormGame, pair: Pair, pace: Pace): Steps<Equilibrium, ZeroSumSummary> {
  const { m, n } = pair;
  const payoffs = payoffsIn(game, pair.players[0]);
  const least = minimum(payoffs);
  const rows: ExactRow[] = [];
  for (let row = 0; row < m; row++) {
    // Moved to be positive, so that the value is.
    const coefficients = payoffs.slice(row * n, (row + 1) * n).map((payoff) => payoff.minus(least).plus(Rational.one));
    rows.push({ coefficients, relation: '<=', bound: Rational.one });
    if (!(yield* pace.goesOn(0))) return { complete: false, reason: pace.stopped as string };
  }
  const solution = yield* exactSteps({ objective: new Array<Rational>(n).fill(Rational.one), rows }, pace);
  if (solution.status !== 'optimal') return { complete: false, reason: pace.stopped as string };
  const { value, primal, duals } = solution;
  const [x, y] = [duals, primal].map((weights) => weights.map((weight) => weight.over(value))) as [
    Rational[],
    Rational[],
  ];
  const equilibrium = exactEquilibrium(game, profileOfPair(game, pair, x, y));
  yield equilibrium;
  const summary = { value: equilibrium.payoffs[pair.players[0]] as Rational };
  if (solution.unique && isStrict(x, y, payoffs, summary.value)) return { complete: true, ...summary };
  return { complete: false, reason: 'there may be other optimal strategies: extreme-points lists them', ...summary };
}

/** @throws MechaneError `unsuitable-game` where the payoffs of the two who choose do not sum to a constant */
export function requireConstantSum(game: NormalFormGame, { players }: Pair): void {
  const [first, second] = players.map((player) => payoffsIn(game, player)) as [Rational[], Rational[]];
  const total = (at: number): Rational => (first[at] as Rational).plus(second[at] as Rational);
  const constant = total(0);
  const at = first.findIndex((_, index) => !total(index).equals(constant));
  if (at === -1) return;
  throw unsuitableGame(
    'zero-sum',
    `payoffs sum to ${constant} at one profile and to ${total(at)} at another`,
    'choose a method for games of any kind, such as extreme-points',
  );
}

/** Whether both supports are as large: then unique optimal strategies of one player are those of a unique pair. */
function isStrict(
  x: readonly Rational[],
  y: readonly Rational[],
  table: readonly Rational[],
  value: Rational,
): boolean {
  const columns = y.length;
  const worth = (weights: readonly Rational[], index: (other: number) => number): Rational =>
    weights.reduce((total, weight, other) => total.plus(weight.times(table[index(other)] as Rational)), Rational.zero);
  const rowsTied = x.filter((_, i) => worth(y, (j) => i * columns + j).equals(value)).length;
  const columnsTied = y.filter((_, j) => worth(x, (i) => i * columns + j).equals(value)).length;
  const played = (weights: readonly Rational[]): number => weights.filter((weight) => weight.sign > 0).length;
  return rowsTied === played(x) && columnsTied === played(y) && played(x) === played(y);
}
