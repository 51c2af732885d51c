import { commonDenominator, maximum, Rational, sum } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Pair, payoffsIn, profileOfPair } from './pair.ts';

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
 * Makes equilibria of two players' integer weights: sums are integers until the end, which is several times as fast.
 */
export class ProfileOfWeights {
  readonly #game: NormalFormGame;
  readonly #pair: Pair;
  /** Those of the pair, then those of the players who stand by. */
  readonly #first: WholeTable;
  readonly #second: WholeTable;
  readonly #idle: ReadonlyMap<number, WholeTable>;

  constructor(game: NormalFormGame, pair: Pair) {
    const [first, second] = pair.players;
    this.#game = game;
    this.#pair = pair;
    this.#first = wholeTable(payoffsIn(game, first));
    this.#second = wholeTable(payoffsIn(game, second));
    const idle = [...game.shape.keys()].filter((player) => player !== first && player !== second);
    this.#idle = new Map(idle.map((player) => [player, wholeTable(game.rationals(player))]));
  }

  equilibrium(x: readonly bigint[], y: readonly bigint[]): Equilibrium {
    return this.evaluate(x, y).equilibrium;
  }

  /** Also whether somebody has more best responses than the other plays strategies. */
  evaluate(
    x: readonly bigint[],
    y: readonly bigint[],
  ): { readonly equilibrium: Equilibrium; readonly isDegenerate: boolean } {
    const [m, n] = [x.length, y.length];
    const row = new Array<bigint>(m).fill(0n);
    const column = new Array<bigint>(n).fill(0n);
    const [first, second] = [this.#first, this.#second];
    for (let i = 0; i < m; i++) {
      const own = x[i] as bigint;
      for (let j = 0; j < n; j++) {
        const other = y[j] as bigint;
        if (other !== 0n) row[i] = (row[i] as bigint) + (first.whole[i * n + j] as bigint) * other;
        if (own !== 0n) column[j] = (column[j] as bigint) + (second.whole[i * n + j] as bigint) * own;
      }
    }
    const [one, two] = [outcome(row, x), outcome(column, y)];
    const [sumX, sumY] = [total(x), total(y)];
    const [place] = this.#pair.players;
    const payoffs = this.#game.shape.map((_, player) => {
      const idle = this.#idle.get(player);
      if (idle !== undefined) return Rational.ratio(expected(idle.whole, x, y), sumX * sumY * idle.scale);
      return player === place ? worth(one, sumX, sumY * first.scale) : worth(two, sumY, sumX * second.scale);
    });
    return {
      equilibrium: {
        profile: profileOfPair(this.#game, this.#pair, probabilities(x), probabilities(y)),
        payoffs,
        regret: maximum([loss(one, sumX, sumY * first.scale), loss(two, sumY, sumX * second.scale)]),
      },
      isDegenerate: one.bestResponses > two.played || two.bestResponses > one.played,
    };
  }
}

function wholeTable(values: readonly Rational[]): WholeTable {
  const scale = commonDenominator(values);
  return { whole: values.map((value) => value.numerator * (scale / value.denominator)), scale };
}

/** What a table comes to under weights. */
function expected(whole: readonly bigint[], x: readonly bigint[], y: readonly bigint[]): bigint {
  let sum = 0n;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) {
      const weight = (x[i] as bigint) * (y[j] as bigint);
      if (weight !== 0n) sum += weight * (whole[i * y.length + j] as bigint);
    }
  }
  return sum;
}

/** What a player's strategies are worth, in integers. */
interface Outcome {
  readonly best: bigint;
  readonly bestResponses: number;
  /** How many strategies are played. */
  readonly played: number;
  /** What those are worth on the whole; the best times the total weight where only best ones are played, which is left to be said by `undefined`. */
  readonly whole: bigint | undefined;
}

function outcome(payoffs: readonly bigint[], weights: readonly bigint[]): Outcome {
  const best = payoffs.reduce((left, right) => (left < right ? right : left));
  let [bestResponses, played, playedBest] = [0, 0, 0];
  for (let at = 0; at < payoffs.length; at++) {
    const isBest = payoffs[at] === best;
    if (isBest) bestResponses += 1;
    if (weights[at] === 0n) continue;
    played += 1;
    if (isBest) playedBest += 1;
  }
  if (playedBest === played) return { best, bestResponses, played, whole: undefined };
  let whole = 0n;
  for (let at = 0; at < payoffs.length; at++) whole += (payoffs[at] as bigint) * (weights[at] as bigint);
  return { best, bestResponses, played, whole };
}

/** The expected payoff. */
function worth({ best, whole }: Outcome, weight: bigint, unit: bigint): Rational {
  return whole === undefined ? Rational.ratio(best, unit) : Rational.ratio(whole, weight * unit);
}

/** How much less than the best that is. */
function loss({ best, whole }: Outcome, weight: bigint, unit: bigint): Rational {
  return whole === undefined ? Rational.zero : Rational.ratio(best * weight - whole, weight * unit);
}

function total(values: readonly bigint[]): bigint {
  return values.reduce((left, right) => left + right, 0n);
}
