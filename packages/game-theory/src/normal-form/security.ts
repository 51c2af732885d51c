import { type ExactRow, maximum, minimum, Rational, solveExactly, sum } from '@mechane/numerics';
import type { NormalFormGame } from './game.ts';
import { pureEquilibria } from './pure.ts';

/**
 * What a player can make sure of, and how.
 *
 * @category Methods for tables
 */
export interface SecurityLevel {
  readonly value: Rational;
  /** The mixed strategy that guarantees the value whatever the others do. */
  readonly strategy: readonly Rational[];
}

/**
 * The most that a player can guarantee itself by a mixed strategy: its maximin value, and the least that the others can hold it down to if they coordinate.
 *
 * @category Methods for tables
 * @example
 * ```ts
 * import { readJsonGame, securityLevel } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * String(securityLevel(game, 0).value); // => '2/3'
 * ```
 */
export function securityLevel(game: NormalFormGame, player: number): SecurityLevel {
  const own = game.shape[player] as number;
  const stride = game.strides[player] as number;
  const table = game.rationals(player);
  const rows: ExactRow[] = [
    {
      coefficients: [...new Array<Rational>(own).fill(Rational.one), Rational.zero],
      relation: '=',
      bound: Rational.one,
    },
  ];
  for (let index = 0; index < game.profiles; index++) {
    if (Math.floor(index / stride) % own !== 0) continue;
    const payoffs = Array.from({ length: own }, (_, strategy) => table[index + strategy * stride] as Rational);
    rows.push({ coefficients: [...payoffs, Rational.one.negated()], relation: '>=', bound: Rational.zero });
  }
  const objective = [...new Array<Rational>(own).fill(Rational.zero), Rational.one];
  const solution = solveExactly({ objective, rows, free: [own] });
  const { value, primal } = solution as Extract<typeof solution, { readonly status: 'optimal' }>;
  return { value, strategy: primal.slice(0, own) };
}

/**
 * How much welfare selfish play costs: the best welfare, and the shares of it in the worst and in the best pure equilibrium.
 *
 * @category Methods for tables
 */
export interface PriceOfAnarchy {
  readonly optimum: Rational;
  /** The best welfare over the worst equilibrium's; `undefined` without a pure equilibrium or where that has no positive welfare. */
  readonly anarchy?: Rational;
  /** The best welfare over the best equilibrium's. */
  readonly stability?: Rational;
}

/**
 * The price of anarchy and of stability over pure equilibria (Koutsoupias and Papadimitriou 1999, Anshelevich et al. 2004). Payoffs are gains.
 *
 * @category Methods for tables
 */
export function priceOfAnarchy(game: NormalFormGame): PriceOfAnarchy {
  const welfare = Array.from({ length: game.profiles }, (_, index) =>
    sum(game.players.map((_, player) => game.rationals(player)[index] as Rational)),
  );
  const optimum = maximum(welfare);
  const reached = pureEquilibria(game)
    .now()
    .results.map(({ payoffs }) => sum(payoffs));
  if (reached.length === 0) return { optimum };
  const over = (least: Rational): Rational | undefined => (least.sign > 0 ? optimum.over(least) : undefined);
  const [anarchy, stability] = [over(minimum(reached)), over(maximum(reached))];
  return {
    optimum,
    ...(anarchy === undefined ? {} : { anarchy }),
    ...(stability === undefined ? {} : { stability }),
  };
}
