import { pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { finite, type MeasuredPayoffs, measured } from '../normal-form/payoff-shares.ts';
import { Search } from '../search.ts';
import { requireTwoPlayers } from './bimatrix.ts';
import { evaluated, shares } from './double-profile.ts';
import { pairOf } from './pair.ts';
import { PolytopeBasis } from './polytope-basis.ts';
import { ScaledColumns } from './scaled-columns.ts';
import { SteepestEdge } from './steepest-edge.ts';
import { requireConstantSum } from './zero-sum.ts';

/** @category Methods for two players */
export interface DoubleLemkeHowsonOptions extends SearchOptions {
  /** The label to drop: the first player's strategies from 0, then the second's. 0 unless told. */
  readonly label?: number;
}

/**
 * One equilibrium of a large two-player game by the path of Lemke and Howson (1964), in doubles, with its regret.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players
 * @category Methods for two players
 * @example
 * ```ts
 * import { doubleLemkeHowson, NormalFormGame } from '@mechane/game-theory';
 *
 * const payoffs = [new Float64Array([2, 0, 0, 1]), new Float64Array([1, 0, 0, 2])];
 * const { results } = doubleLemkeHowson(new NormalFormGame({ strategies: [2, 2], payoffs })).now();
 * String(results[0].profile); // => '1,0,1,0'
 * ```
 */
export function doubleLemkeHowson(
  game: NormalFormGame,
  { label = 0, ...options }: DoubleLemkeHowsonOptions = {},
): Search<Equilibrium<number>, { readonly pivots: number }> {
  requireTwoPlayers(game, 'lemke-howson');
  const [m, n] = game.shape as readonly [number, number];
  return new Search(function* (pace) {
    const paid = bothMeasured(game);
    const own = new ScaledColumns(paid[0].values, m, n, n, 1);
    const other = new ScaledColumns(paid[1].values, n, m, 1, n);
    const second = new PolytopeBasis((column) => own.column(column), m, n);
    const first = new PolytopeBasis((column) => other.column(column), n, m);
    // Labels are the first player's strategies and then the second's. In the second polytope these come after its rows' slacks.
    const inSecond = (own: number): number => (own < m ? n + own : own - m);
    const fromSecond = (variable: number): number => (variable < n ? m + variable : variable - n);
    let [entering, inFirst, pivots] = [label, label < m, 0];
    for (;;) {
      const left = inFirst ? first.enter(entering) : fromSecond(second.enter(inSecond(entering)));
      pivots += 1;
      if (left === label) break;
      entering = left;
      inFirst = !inFirst;
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped, pivots };
      }
    }
    first.refresh();
    second.refresh();
    const x = shares(other.weights(first.coordinates()));
    yield evaluated(paid, x, shares(own.weights(second.coordinates())));
    return { complete: false, reason: 'one path leads to one equilibrium: extreme-points finds all', pivots };
  }, options);
}

/**
 * Optimal strategies of a large two-player game whose payoffs sum to a constant, in doubles: the simplex method on the second player's linear program,
 * whose prices are the first player's strategy.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players or payoffs do not sum to a constant
 * @category Methods for two players
 */
export function doubleZeroSum(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium<number>, object> {
  requireTwoPlayers(game, 'zero-sum');
  if (!sumsToConstant(game)) requireConstantSum(game, pairOf(game, 'zero-sum'));
  const [m, n] = game.shape as readonly [number, number];
  return new Search(function* (pace) {
    const paid = bothMeasured(game);
    const program = new SteepestEdge(paid[0].values, m, n);
    const good = goodRegret * largestOf(paid[0]);
    let best: Equilibrium<number> | undefined;
    for (let round = 0; round < mostRounds; round++) {
      if (round > 0) program.rebuild();
      if (!(yield* program.solve(pace))) break;
      const found = evaluated(paid, shares(program.prices()), shares(program.coordinates()));
      // Rounding may have spoilt the later round.
      if (best === undefined || found.regret < best.regret) best = found;
      if (best.regret <= good) break;
    }
    if (best === undefined) return { complete: false, reason: pace.stopped as string };
    yield best;
    return { complete: false, reason: 'one pair of optimal strategies is shown; there may be others' };
  }, options);
}

/** How often the program is solved to the end at most, from the basis of the time before: a second time where rounding shows in the regret. */
const mostRounds = 3;
/** The regret, relative to payoffs, that is as good as doubles give. */
const goodRegret = 1e-12;
/** How far doubles may be off, relative to their size and to that of their differences. */
const [ownRounding, roundingOfMany] = [2 ** -52, 1e-12];

function bothMeasured(game: NormalFormGame): readonly [MeasuredPayoffs, MeasuredPayoffs] {
  return [measured(game.given(0)), measured(game.given(1))];
}

function largestOf({ values, halfUnit }: MeasuredPayoffs): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at] as number);
    if (size > largest) largest = size;
  }
  return finite(largest * 2 * halfUnit);
}

/** Whether payoffs that were given as doubles sum to a constant but for rounding. */
function sumsToConstant(game: NormalFormGame): boolean {
  if (!game.hasDoubles(0) || !game.hasDoubles(1)) return false;
  const [first, second] = [game.doubles(0), game.doubles(1)];
  const [begin, other] = [first[0] as number, second[0] as number];
  for (let at = 0; at < first.length; at++) {
    const [own, others] = [first[at] as number, second[at] as number];
    const [more, less] = [own - begin, others - other];
    const size = Math.abs(own) + Math.abs(others) + Math.abs(begin) + Math.abs(other);
    const allowed = ownRounding * size + roundingOfMany * (Math.abs(more) + Math.abs(less));
    if (!(Math.abs(more + less) <= allowed)) return false;
  }
  return true;
}
