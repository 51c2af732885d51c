import { type ExactRow, Rational, solveExactly, sum } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * A strategy of a player that pays at least as much as a given one whatever the others play, and somewhere more, if
 * there is one. Exact.
 */
export function weaklyDominating(
  game: NormalFormGame,
  player: number,
  strategy: readonly Rational[],
): readonly Rational[] | undefined {
  const own = game.shape[player] as number;
  const stride = game.strides[player] as number;
  const table = game.rationals(player);
  const rows: ExactRow[] = [];
  for (let index = 0; index < game.profiles; index++) {
    if (Math.floor(index / stride) % own !== 0) continue;
    const coefficients = Array.from({ length: own }, (_, mine) => table[index + mine * stride] as Rational);
    const bound = sum(coefficients.map((amount, mine) => amount.times(strategy[mine] as Rational)));
    rows.push({ coefficients, relation: '>=', bound });
  }
  const strategies = Array.from({ length: own }, (_, mine) => mine);
  const solution = solveExactly({
    objective: strategies.map((mine) => sum(rows.map(({ coefficients }) => coefficients[mine] as Rational))),
    rows: [...rows, { coefficients: strategies.map(() => Rational.one), relation: '=', bound: Rational.one }],
  });
  // The given strategy is feasible and payoffs are bounded, so there is an optimum.
  const { value, primal } = solution as Extract<typeof solution, { readonly status: 'optimal' }>;
  return sum(rows.map(({ bound }) => bound)).isLess(value) ? primal : undefined;
}
