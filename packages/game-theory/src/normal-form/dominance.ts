import {
  atOnce,
  type ExactRow,
  exactSteps,
  Pace,
  type pause,
  Rational,
  type SearchOptions,
  sum,
} from '@mechane/numerics';
import { type NormalFormGame, offsetsOf } from './game.ts';

/**
 * How strategies are compared: a dominated one is worse against everything, or never better and sometimes worse; by pure or mixed ones.
 *
 * @category Methods for tables
 */
export interface DominanceOptions extends SearchOptions {
  /** `strict` unless told. */
  readonly relation?: 'strict' | 'weak';
  /** `mixed` unless told. */
  readonly by?: 'pure' | 'mixed';
}

/**
 * One elimination, with the strategy that shows why.
 *
 * @category Methods for tables
 */
export interface Elimination {
  readonly player: number;
  readonly strategy: number;
  /** The probabilities of the player's strategies in the mixture that dominates. */
  readonly dominatedBy: readonly Rational[];
  /** In which round of eliminations, from 1. */
  readonly round: number;
}

/** @category Methods for tables */
export interface DominanceResult {
  /** What was eliminated, in order. */
  readonly eliminated: readonly Elimination[];
  /** The strategies of every player that are left. */
  readonly remaining: readonly (readonly number[])[];
  readonly complete: boolean;
  readonly reason?: string;
}

/**
 * Eliminates dominated strategies again and again until none is left, each with the mixture that dominates it. Every round takes away all strategies
 * that are dominated in what is left; by weak dominance the result may depend on that order.
 *
 * @category Methods for tables
 * @example
 * ```ts
 * import { iteratedDominance, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[4, 0], [0, 4], [1, 1]], [[1, 0], [1, 0], [1, 0]]] });
 * const { eliminated, remaining } = iteratedDominance(game);
 * String(eliminated[0].dominatedBy); // => '1/2,1/2,0'
 * remaining; // => [[0], [0]]
 * ```
 */
export function iteratedDominance(game: NormalFormGame, options: DominanceOptions = {}): DominanceResult {
  return atOnce(dominanceSteps(game, new Pace(options), options));
}

/** Eliminates dominated strategies as {@link iteratedDominance} does, step by step. */
export function* dominanceSteps(
  game: NormalFormGame,
  pace: Pace,
  { relation = 'strict', by = 'mixed' }: Pick<DominanceOptions, 'relation' | 'by'> = {},
): Generator<typeof pause, DominanceResult, void> {
  const eliminated: Elimination[] = [];
  let remaining: readonly (readonly number[])[] = game.shape.map((count) =>
    Array.from({ length: count }, (_, own) => own),
  );
  for (let round = 1; ; round++) {
    const before = eliminated.length;
    const next: (readonly number[])[] = [];
    for (const [player, own] of remaining.entries()) {
      let left = own;
      for (const strategy of own) {
        if (left.length === 1 || !(yield* pace.goesOn())) break;
        const rivals = left.filter((other) => other !== strategy);
        const weights = yield* dominatingWeights(game, player, strategy, rivals, remaining, { relation, by }, pace);
        if (weights === undefined) continue;
        left = rivals;
        const dominatedBy = new Array<Rational>(game.shape[player] as number).fill(Rational.zero);
        rivals.forEach((rival, at) => {
          dominatedBy[rival] = weights[at] as Rational;
        });
        eliminated.push({ player, strategy, dominatedBy, round });
      }
      next.push(left);
    }
    remaining = next;
    if (pace.stopped !== undefined) return { eliminated, remaining, complete: false, reason: pace.stopped };
    if (eliminated.length === before) return { eliminated, remaining, complete: true };
  }
}

/**
 * The strategies of every player that are rationalizable with correlated beliefs: those that survive the iterated elimination of strictly dominated
 * ones (Bernheim 1984, Pearce 1984).
 *
 * @category Methods for tables
 */
export function rationalizable(game: NormalFormGame): readonly (readonly number[])[] {
  return iteratedDominance(game).remaining;
}

/** The weights of the rivals that together dominate a strategy; `undefined` when none do, or the pace stopped the search for them. */
function* dominatingWeights(
  game: NormalFormGame,
  player: number,
  strategy: number,
  rivals: readonly number[],
  remaining: readonly (readonly number[])[],
  { relation, by }: Required<Pick<DominanceOptions, 'relation' | 'by'>>,
  pace: Pace,
): Generator<typeof pause, readonly Rational[] | undefined, void> {
  const table = game.rationals(player);
  const stride = game.strides[player] as number;
  const offsets = offsetsOf(game, player, remaining);
  const gain = (rival: number, offset: number): Rational =>
    (table[offset + rival * stride] as Rational).minus(table[offset + strategy * stride] as Rational);
  for (const [place, rival] of rivals.entries()) {
    let [isWorse, isBetter] = [false, false];
    for (const offset of offsets) {
      const { sign } = gain(rival, offset);
      if (sign > 0) isBetter = true;
      isWorse ||= relation === 'strict' ? sign <= 0 : sign < 0;
      if (isWorse) break;
    }
    if (!isWorse && isBetter) return rivals.map((_, at) => (at === place ? Rational.one : Rational.zero));
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  if (by === 'pure' || rivals.length < 2) return undefined;
  const gains: Rational[][] = [];
  for (const offset of offsets) {
    gains.push(rivals.map((rival) => gain(rival, offset)));
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  return yield* mixtureOf(gains, relation, pace);
}

/** The best mixture of gains: its least gain, or with weak dominance the sum of gains none of which is negative, must be above 0. */
function* mixtureOf(
  gains: readonly (readonly Rational[])[],
  relation: 'strict' | 'weak',
  pace: Pace,
): Generator<typeof pause, readonly Rational[] | undefined, void> {
  const count = (gains[0] as readonly Rational[]).length;
  const strict = relation === 'strict';
  const extra = (value: Rational): readonly Rational[] => (strict ? [value] : []);
  const rows: ExactRow[] = gains.map((own) => {
    return { coefficients: [...own, ...extra(Rational.one.negated())], relation: '>=', bound: Rational.zero };
  });
  const ones = new Array<Rational>(count).fill(Rational.one);
  rows.push({ coefficients: [...ones, ...extra(Rational.zero)], relation: '=', bound: Rational.one });
  const objective = strict
    ? [...ones.map(() => Rational.zero), Rational.one]
    : ones.map((_, rival) => sum(gains.map((own) => own[rival] as Rational)));
  const solution = yield* exactSteps({ objective, rows, ...(strict ? { free: [count] } : {}) }, pace);
  return solution.status === 'optimal' && solution.value.sign > 0 ? solution.primal.slice(0, count) : undefined;
}
