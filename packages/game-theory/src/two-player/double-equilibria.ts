import { pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
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
    const own = new ScaledColumns(game.doubles(0), m, n, n, 1);
    const other = new ScaledColumns(game.doubles(1), n, m, 1, n);
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
    yield evaluated(game, x, shares(own.weights(second.coordinates())));
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
    const program = new SteepestEdge(game.doubles(0), m, n);
    const good = goodRegret * largestPayoff(game);
    let best: Equilibrium<number> | undefined;
    for (let round = 0; round < mostRounds; round++) {
      if (round > 0) program.rebuild();
      if (!(yield* program.solve(pace))) break;
      const found = evaluated(game, shares(program.prices()), shares(program.coordinates()));
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

function largestPayoff(game: NormalFormGame): number {
  const payoffs = game.doubles(0);
  let largest = 0;
  for (let at = 0; at < payoffs.length; at++) {
    const size = Math.abs(payoffs[at] as number);
    if (size > largest) largest = size;
  }
  return largest;
}

/** Whether doubles sum to a constant but for rounding. */
function sumsToConstant(game: NormalFormGame): boolean {
  const [first, second] = [game.doubles(0), game.doubles(1)];
  const constant = (first[0] as number) + (second[0] as number);
  const size = Math.abs(constant);
  for (let at = 0; at < first.length; at++) {
    const [payoff, other] = [first[at] as number, second[at] as number];
    const allowed = 1e-12 * (Math.abs(payoff) + Math.abs(other) + size);
    if (!(Math.abs(payoff + other - constant) <= allowed)) return false;
  }
  return true;
}
