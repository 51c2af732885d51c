import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { commonDenominator, maximum, Rational, sum } from '../rational.ts';

/** Integer weights for strategies as probabilities. */
export function probabilities(weights: readonly bigint[]): Rational[] {
  const total = weights.reduce((left, right) => left + right, 0n);
  return weights.map((weight) => (weight === 0n ? Rational.zero : Rational.ratio(weight, total)));
}

/** Every player's expected payoff from each of its strategies, when the others play their part of a profile. Exact. */
export function deviationPayoffs(game: NormalFormGame, profile: readonly (readonly Rational[])[]): Rational[][] {
  const { shape, strides } = game;
  return shape.map((count, player) => {
    const table = game.rationals(player);
    const totals = new Array<Rational>(count).fill(Rational.zero);
    const visit = (other: number, offset: number, weight: Rational): void => {
      if (other === shape.length) {
        for (let own = 0; own < count; own++) {
          const payoff = table[offset + own * (strides[player] as number)] as Rational;
          totals[own] = (totals[own] as Rational).plus(weight.times(payoff));
        }
        return;
      }
      if (other === player) {
        visit(other + 1, offset, weight);
        return;
      }
      (profile[other] as readonly Rational[]).forEach((probability, strategy) => {
        if (probability.sign === 0) return;
        visit(other + 1, offset + strategy * (strides[other] as number), weight.times(probability));
      });
    };
    visit(0, 0, Rational.one);
    return totals;
  });
}

/** A profile with its payoffs and its regret, all exact. */
export function exactEquilibrium(game: NormalFormGame, profile: readonly (readonly Rational[])[]): Equilibrium {
  const deviations = deviationPayoffs(game, profile);
  const payoffs = deviations.map((own, player) =>
    sum(own.map((value, strategy) => value.times((profile[player] as readonly Rational[])[strategy] as Rational))),
  );
  const regret = maximum(deviations.map((own, player) => maximum(own).minus(payoffs[player] as Rational)));
  return { profile, payoffs, regret };
}

/** Whole payoffs, and what they were multiplied by. */
interface WholeTable {
  readonly whole: readonly bigint[];
  readonly scale: bigint;
}

/**
 * The same for two players, from integer weights: sums are integers until the end, which is several times as fast.
 */
export class ProfileOfWeights {
  readonly #tables: readonly WholeTable[];

  constructor(game: NormalFormGame) {
    this.#tables = [0, 1].map((player) => {
      const values = game.rationals(player);
      const scale = commonDenominator(values);
      return { whole: values.map((value) => value.numerator * (scale / value.denominator)), scale };
    });
  }

  equilibrium(x: readonly bigint[], y: readonly bigint[]): Equilibrium {
    const [m, n] = [x.length, y.length];
    const row = new Array<bigint>(m).fill(0n);
    const column = new Array<bigint>(n).fill(0n);
    const [first, second] = this.#tables as readonly [WholeTable, WholeTable];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const at = i * n + j;
        if (y[j] !== 0n) row[i] = (row[i] as bigint) + (first.whole[at] as bigint) * (y[j] as bigint);
        if (x[i] !== 0n) column[j] = (column[j] as bigint) + (second.whole[at] as bigint) * (x[i] as bigint);
      }
    }
    const [sumX, sumY] = [total(x), total(y)];
    const [one, two] = [worth(row, x), worth(column, y)];
    const payoffs = [Rational.ratio(one, sumX * sumY * first.scale), Rational.ratio(two, sumX * sumY * second.scale)];
    const regret = maximum([
      Rational.ratio(largest(row) * sumX - one, sumX * sumY * first.scale),
      Rational.ratio(largest(column) * sumY - two, sumX * sumY * second.scale),
    ]);
    return { profile: [probabilities(x), probabilities(y)], payoffs, regret };
  }
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((left, right) => left + right, 0n);
}

function worth(payoffs: readonly bigint[], weights: readonly bigint[]): bigint {
  return payoffs.reduce((left, payoff, at) => left + payoff * (weights[at] as bigint), 0n);
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce((left, right) => (left < right ? right : left));
}
