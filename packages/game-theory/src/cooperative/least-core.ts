import { type ExactRow, Rational, solveExactly } from '@mechane/numerics';
import { type CoalitionalGame, contains, givenTo } from './coalitional-game.ts';

/**
 * A coalition that would rather be on its own, and by how much.
 *
 * @category Coalitions
 */
export interface Objection {
  readonly members: readonly string[];
  readonly excess: Rational;
}

/**
 * The coalition that objects most to an allocation: what it is worth less what it is given is largest. The allocation is in the core if and only
 * if it shares all that there is and the largest excess is 0 or less (Gillies 1959). `undefined` for fewer than two players.
 *
 * @category Coalitions
 */
export function strongestObjection(game: CoalitionalGame, allocation: readonly Rational[]): Objection | undefined {
  let strongest: { mask: number; excess: Rational } | undefined;
  for (const mask of properCoalitions(game)) {
    const excess = game.worthOf(mask).minus(givenTo(allocation, mask));
    if (strongest === undefined || strongest.excess.isLess(excess)) strongest = { mask, excess };
  }
  return strongest && { members: game.members(strongest.mask), excess: strongest.excess };
}

/**
 * The least core: what the largest excess can be pressed to, and where.
 *
 * @category Coalitions
 */
export interface LeastCore {
  /** The core is empty if and only if this is more than 0. */
  readonly excess: Rational;
  /** An allocation at which no coalition has a larger excess. */
  readonly allocation: readonly Rational[];
  /**
   * Why it cannot be less: coalitions with weights that cover every player equally often (Bondareva 1963, Shapley 1967; where the excess is
   * above 0, they are worth more together than all are).
   */
  readonly balanced: readonly { readonly members: readonly string[]; readonly weight: Rational }[];
}

/**
 * The least core (Maschler, Peleg and Shapley 1979), by an exact linear program over all coalitions. Meant for up to ten players or so.
 *
 * @category Coalitions
 * @example
 * ```ts
 * import { CoalitionalGame, leastCore } from '@mechane/game-theory';
 *
 * // Two of three decide: whatever two share, the third can outbid one of them. The core is empty.
 * const majority = new CoalitionalGame(['a', 'b', 'c'], ({ length }) => (length > 1 ? 1 : 0));
 * const { excess, allocation } = leastCore(majority);
 * excess.toString(); // => '1/3'
 * allocation.map(String); // => ['1/3', '1/3', '1/3']
 * ```
 */
export function leastCore(game: CoalitionalGame): LeastCore {
  const players = game.players.length;
  if (players < 2)
    return { excess: Rational.zero, allocation: game.players.map(() => game.worthOf(game.all)), balanced: [] };
  const coalitions = [...properCoalitions(game)];
  const { allocation, excess, duals } = leastExcess(game, coalitions, []);
  const balanced = coalitions
    .map((mask, row) => ({ members: game.members(mask), weight: (duals[row] as Rational).absolute() }))
    .filter(({ weight }) => weight.sign > 0);
  return { excess, allocation, balanced };
}

/**
 * Whether some allocation leaves no coalition an objection.
 *
 * @category Coalitions
 */
export function hasCore(game: CoalitionalGame): boolean {
  return leastCore(game).excess.sign <= 0;
}

/** A coalition whose excess is settled. */
export interface Settled {
  readonly mask: number;
  readonly excess: Rational;
}

/** What some coalitions' largest excess can be pressed to, where that is so, and the prices that prove it. */
export interface LeastExcess {
  readonly excess: Rational;
  readonly allocation: readonly Rational[];
  /** Of the open coalitions, then of the players who have to get at least what they are worth alone. */
  readonly duals: readonly Rational[];
}

/**
 * Presses the largest excess of some coalitions down as far as it goes, with that of others settled, and with certain players getting at least what they
 * are worth alone.
 */
export function leastExcess(
  game: CoalitionalGame,
  open: readonly number[],
  settled: readonly Settled[],
  rational: readonly number[] = [],
): LeastExcess {
  const players = game.players.length;
  const sumOver = (mask: number, excess: Rational): readonly Rational[] => [
    ...game.players.map((_, player) => (contains(mask, player) ? Rational.one : Rational.zero)),
    excess,
  ];
  const rows: ExactRow[] = [
    ...open.map((mask) => ({
      coefficients: sumOver(mask, Rational.one),
      relation: '>=' as const,
      bound: game.worthOf(mask),
    })),
    ...rational.map((player) => ({
      coefficients: sumOver(1 << player, Rational.zero),
      relation: '>=' as const,
      bound: game.worthOf(1 << player),
    })),
    ...settled.map(({ mask, excess }) => ({
      coefficients: sumOver(mask, Rational.zero),
      relation: '=' as const,
      bound: game.worthOf(mask).minus(excess),
    })),
    { coefficients: sumOver(game.all, Rational.zero), relation: '=', bound: game.worthOf(game.all) },
  ];
  const solution = solveExactly({
    objective: [...game.players.map(() => Rational.zero), Rational.of(-1)],
    rows,
    free: Array.from({ length: players + 1 }, (_, variable) => variable),
  });
  // Excesses are bounded from below where coalitions cover all players, and from above by choosing the excess large.
  if (solution.status !== 'optimal') throw new RangeError(`the linear program is ${solution.status}`);
  return {
    excess: solution.primal[players] as Rational,
    allocation: solution.primal.slice(0, players),
    duals: solution.duals,
  };
}

/** Every coalition but the empty one and that of all. */
export function* properCoalitions(game: CoalitionalGame): Generator<number, void, void> {
  for (let mask = 1; mask < game.all; mask++) yield mask;
}
