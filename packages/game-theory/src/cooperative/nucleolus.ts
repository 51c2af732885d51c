import { Rational } from '@mechane/numerics';
import { type CoalitionalGame, contains } from './coalitional-game.ts';
import { leastExcess, properCoalitions, type Settled } from './least-core.ts';

/**
 * The prenucleolus: the allocation of all that there is whose largest excess is smallest, of those the one whose second largest is, and so on
 * (Schmeidler 1969, Sobolev 1975). It always exists, is unique, lies in the core where there is one, and is then the nucleolus. By a
 * sequence of exact linear programs (Kopelowitz 1967): coalitions with a positive price have this excess in every solution and are settled.
 *
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
  const players = game.players.length;
  if (players < 2) return game.players.map(() => game.worthOf(game.all));
  let open = [...properCoalitions(game)];
  const settled: Settled[] = [];
  const span = new Span(players);
  span.add(game.all);
  for (;;) {
    const { excess, allocation, duals } = leastExcess(game, open, settled);
    for (const [row, mask] of open.entries()) {
      if ((duals[row] as Rational).sign === 0) continue;
      settled.push({ mask, excess });
      span.add(mask);
    }
    if (span.dimension === players) return allocation;
    // What is a sum of settled coalitions is settled with them.
    open = open.filter((mask) => !span.has(mask));
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
