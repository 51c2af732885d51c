import { Rational, sum } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import { type CoalitionalGame, contains } from './coalitional-game.ts';
import { leastExcess, properCoalitions, type Settled } from './least-core.ts';

/**
 * The prenucleolus: the allocation of all that there is whose largest excess is smallest, of those the one whose second largest is, and so on
 * (Sobolev 1975). It always exists and is unique. Where it gives everybody what they are worth alone, as wherever there is a core, it is
 * the {@link nucleolus}. By a sequence of exact linear programs (Kopelowitz 1967): coalitions with a positive price have this excess in every
 * solution and are settled.
 *
 * @category Coalitions
 * @example
 * ```ts
 * import { CoalitionalGame, nucleolus, prenucleolus } from '@mechane/game-theory';
 *
 * // Two are worth 1 together, and the third is worth 1 alone and in the way: of the 1 that all are worth, it gets nothing of its own accord.
 * const worth: Record<string, number> = { c: 1, 'a,b': 2, 'a,b,c': 1 };
 * const game = new CoalitionalGame(['a', 'b', 'c'], (members) => worth[members.join()] ?? 0);
 * prenucleolus(game).map(String); // => ['1/2', '1/2', '0']
 * nucleolus(game).map(String); // => ['0', '0', '1']
 * ```
 */
export function prenucleolus(game: CoalitionalGame): readonly Rational[] {
  return lexicographicLeast(game, []);
}

/**
 * The nucleolus: as the {@link prenucleolus}, among imputations, the allocations that give everybody at least what they are worth alone (Schmeidler
 * 1969). It is unique, and lies in the core where there is one.
 *
 * @throws MechaneError `unsuitable-game` where there are no imputations: players are worth more alone than together
 * @category Coalitions
 * @example
 * ```ts
 * import { CoalitionalGame, nucleolus } from '@mechane/game-theory';
 *
 * // The Talmud's estate of 200 with claims of 100, 200 and 300 (Aumann and Maschler 1985).
 * const claims = { first: 100, second: 200, third: 300 };
 * const owed = (members: readonly string[]) =>
 *   Object.entries(claims).reduce((left, [wife, claim]) => (members.includes(wife) ? left : left - claim), 200);
 * const estate = new CoalitionalGame(Object.keys(claims), (members) => Math.max(0, owed(members)));
 * nucleolus(estate).map(String); // => ['50', '75', '75']
 * ```
 */
export function nucleolus(game: CoalitionalGame): readonly Rational[] {
  const alone = sum(game.players.map((_, player) => game.worthOf(1 << player)));
  if (game.worthOf(game.all).isLess(alone)) {
    throw unsuitableGame(
      'nucleolus',
      `the players are worth ${alone} one by one and ${game.worthOf(game.all)} together, so that not all can get what they are worth alone`,
      'ask for the prenucleolus',
    );
  }
  return lexicographicLeast(game, [...game.players.keys()]);
}

/** Settles the largest excesses one after the other, with some players getting at least what they are worth alone. */
function lexicographicLeast(game: CoalitionalGame, rational: readonly number[]): readonly Rational[] {
  const players = game.players.length;
  if (players < 2) return game.players.map(() => game.worthOf(game.all));
  let open = [...properCoalitions(game)];
  let bound = rational;
  const settled: Settled[] = [];
  const span = new Span(players);
  const settle = (mask: number, excess: Rational): void => {
    settled.push({ mask, excess });
    span.add(mask);
  };
  span.add(game.all);
  for (;;) {
    const { excess, allocation, duals } = leastExcess(game, open, settled, bound);
    const hasPrice = (row: number): boolean => (duals[row] as Rational).sign !== 0;
    open.forEach((mask, row) => {
      if (hasPrice(row)) settle(mask, excess);
    });
    // Who is held at what it is worth alone gets just that in every solution.
    bound.forEach((player, place) => {
      if (hasPrice(open.length + place)) settle(1 << player, Rational.zero);
    });
    if (span.dimension === players) return allocation;
    // What is a sum of settled coalitions is settled with them.
    open = open.filter((mask) => !span.has(mask));
    bound = bound.filter((player) => !span.has(1 << player));
  }
}

/** The coalitions whose shares follow from those of others. */
class Span {
  readonly #rows: Rational[][] = [];
  readonly #players: number;

  constructor(players: number) {
    this.#players = players;
  }

  get dimension(): number {
    return this.#rows.length;
  }

  add(mask: number): void {
    const rest = this.#rest(mask);
    if (rest !== undefined) this.#rows.push(rest);
  }

  has(mask: number): boolean {
    return this.#rest(mask) === undefined;
  }

  /** What is left of a coalition when the others are taken out of it, with a leading 1; `undefined` when nothing is. */
  #rest(mask: number): Rational[] | undefined {
    const rest = Array.from({ length: this.#players }, (_, player) =>
      contains(mask, player) ? Rational.one : Rational.zero,
    );
    for (const row of this.#rows) {
      const lead = row.findIndex(({ sign }) => sign !== 0);
      const factor = rest[lead] as Rational;
      if (factor.sign === 0) continue;
      for (const [player, entry] of row.entries()) rest[player] = (rest[player] as Rational).minus(factor.times(entry));
    }
    const leading = rest.find(({ sign }) => sign !== 0);
    return leading && rest.map((entry) => entry.over(leading));
  }
}
