import { pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { type Bimatrix, bimatrix, type IntegerMatrix } from './bimatrix.ts';
import { ProfileOfWeights } from './exact-profile.ts';
import { pointWith } from './polytope-point.ts';
import { ScaledMatrix } from './scaled-matrix.ts';

/**
 * Looks at all pairs of supports of equal size, smallest first, and solves for the strategies that make the other indifferent (Dickhaut and Kaplan
 * 1991). Exact. In a game that is not degenerate these are all equilibria; in others there may be more, and it says so.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players
 * @example
 * ```ts
 * import { readJsonGame, supportEnumeration } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { results, complete } = supportEnumeration(game).now();
 * results.map(({ profile }) => String(profile)); // => ['1,0,1,0', '0,1,0,1', '2/3,1/3,1/3,2/3']
 * complete; // => true
 * ```
 */
export function supportEnumeration(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium> {
  const matrices = bimatrix(game, 'support-enumeration');
  return new Search((pace) => steps(matrices, pace), options);
}

type Point = readonly bigint[];

function* steps(
  { game, m, n, first, second }: Bimatrix,
  pace: Parameters<ConstructorParameters<typeof Search>[0]>[0],
): Steps<Equilibrium> {
  const profiles = new ProfileOfWeights(game);
  const [rows, columns] = [new ScaledMatrix(first), new ScaledMatrix(second)];
  let degenerate = false;
  for (let size = 1; size <= Math.min(m, n); size++) {
    for (const own of subsets(m, size)) {
      for (const other of subsets(n, size)) {
        if (pace.due()) {
          yield pause;
          if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
        }
        if (rows.isCertainlyOutside(other, own) || columns.isCertainlyOutside(own, other)) continue;
        const y = pointWith(first, other, own);
        const x = pointWith(second, own, other);
        if (x === 'singular' || y === 'singular') degenerate = true;
        if (typeof x !== 'object' || typeof y !== 'object') continue;
        degenerate ||= tied(first, y) > size || tied(second, x) > size;
        if (x.some((weight, i) => weight === 0n && own.includes(i))) continue;
        if (y.some((weight, j) => weight === 0n && other.includes(j))) continue;
        yield profiles.equilibrium(x, y);
      }
    }
  }
  if (!degenerate) return { complete: true };
  return {
    complete: false,
    reason: 'the game may be degenerate, with equilibria of unequal supports: extreme-points finds them',
  };
}

/** How many rows are best against weights. */
function tied(matrix: IntegerMatrix, weights: Point): number {
  const payoffs = matrix.map((row) => worth(row, weights));
  const best = payoffs.reduce((most, payoff) => (payoff > most ? payoff : most));
  return payoffs.filter((payoff) => payoff === best).length;
}

function worth(row: Point, weights: Point): bigint {
  return weights.reduce((total, weight, at) => (weight === 0n ? total : total + weight * (row[at] as bigint)), 0n);
}

/** The sets of so many of the numbers from 0, in lexicographic order. */
function* subsets(count: number, size: number): Generator<readonly number[], void, void> {
  const chosen = Array.from({ length: size }, (_, at) => at);
  for (;;) {
    yield chosen;
    let place = size - 1;
    while (place >= 0 && chosen[place] === count - size + place) place -= 1;
    if (place < 0) return;
    chosen[place] = (chosen[place] as number) + 1;
    for (let next = place + 1; next < size; next++) chosen[next] = (chosen[next - 1] as number) + 1;
  }
}
