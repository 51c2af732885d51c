import { Rational, type RationalLike } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { invalidGame } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';
import { checkedProfiles, mostPlayers, NormalFormGame, stridesOf } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { AffineMap } from './affine-map.ts';
import { checkRay, followRays, type RayOptions } from './global-newton.ts';
import { offsetsOf, type PayoffMap } from './payoff-map.ts';

/**
 * Payoffs of a player against another, by own strategy and then by the other's.
 *
 * @category Methods for many players
 */
export type PairTable = readonly (readonly RationalLike[])[];

/**
 * The parts of a polymatrix game; names may be left out.
 *
 * @category Methods for many players
 */
export interface PolymatrixParts {
  readonly players?: readonly string[];
  /** How many strategies each player has. */
  readonly strategies: readonly number[];
  /** `pairs[player][other]`: what the player earns in the game with the other; `undefined` where they do not meet. */
  readonly pairs: readonly (readonly (PairTable | undefined)[])[];
}

/**
 * A polymatrix game (Janovskaja 1968): every player plays a two-player game with every other, choosing one strategy for
 * all of them, and earns
 * the sum. It needs room for the pairs only, so that there may be far more players than a table of all profiles allows.
 *
 * @throws MechaneError `invalid-game` where counts do not fit, `invalid-number` for what is no number
 * @category Methods for many players
 * @example
 * ```ts
 * import { PolymatrixGame } from '@mechane/game-theory';
 *
 * const matching = [[1, 0], [0, 1]];
 * const mismatching = [[0, 1], [1, 0]];
 * // Each wants to be like the next, and the last unlike the first.
 * const game = new PolymatrixGame({
 *   strategies: [2, 2, 2],
 *   pairs: [[undefined, matching, undefined], [undefined, undefined, matching], [mismatching, undefined, undefined]],
 * });
 * game.equilibria().now().results.map(({ profile }) => profile.flat()); // => [[0.5, 0.5, 0.5, 0.5, 0.5, 0.5]]
 * game.normalForm().payoff(2, [0, 0, 1]).toString(); // => '1'
 * ```
 */
export class PolymatrixGame {
  readonly players: readonly string[];
  readonly shape: readonly number[];
  readonly #pairs: readonly (readonly (readonly (readonly Rational[])[] | undefined)[])[];

  constructor({ players, strategies, pairs }: PolymatrixParts) {
    const count = strategies.length;
    if (count === 0 || count > mostPlayers || (players ?? strategies).length !== count || pairs.length !== count) {
      throw invalidGame({
        problem: `there are strategies of ${count} players and games of ${pairs.length}`,
        path: ['pairs'],
        expected: `the same number of each, from 1 to ${mostPlayers}`,
      });
    }
    strategies.forEach((own, player) => {
      if (Number.isSafeInteger(own) && own >= 1 && own <= mostStrategies) return;
      throw invalidGame({
        problem: `player ${player + 1} has ${own} strategies`,
        path: ['strategies', player],
        expected: `from 1 to ${mostStrategies} strategies`,
      });
    });
    this.players = players ?? strategies.map((_, player) => String(player + 1));
    this.shape = [...strategies];
    this.#pairs = pairs.map((others, player) =>
      strategies.map((theirs, other) => {
        const table = other === player ? undefined : others[other];
        if (table === undefined) return undefined;
        const own = strategies[player] as number;
        if (table.length === own && table.every((row) => row.length === theirs)) {
          return table.map((row, at) =>
            row.map((value, column) => exactNumber(value, ['pairs', player, other, at, column])),
          );
        }
        throw invalidGame({
          problem: 'the table does not have the shape of the game',
          path: ['pairs', player, other],
          expected: `${own} rows of ${theirs} payoffs`,
        });
      }),
    );
  }

  /** What a player earns at a profile of pure strategies. */
  payoff(player: number, profile: readonly number[]): Rational {
    return this.shape.reduce((total, _, other) => {
      const table = this.#pairs[player]?.[other];
      const value = table?.[profile[player] as number]?.[profile[other] as number];
      return value === undefined ? total : total.plus(value);
    }, Rational.zero);
  }

  /**
   * This game as a table of all profiles.
   *
   * @throws MechaneError `too-large` where that would not fit
   */
  normalForm(): NormalFormGame {
    const profiles = checkedProfiles(this.shape);
    const strides = stridesOf(this.shape);
    const at = (index: number): number[] =>
      strides.map((stride, player) => Math.floor(index / stride) % (this.shape[player] as number));
    return new NormalFormGame({
      players: this.players,
      strategies: this.shape,
      payoffs: this.shape.map((_, player) =>
        Array.from({ length: profiles }, (_, index) => this.payoff(player, at(index))),
      ),
    });
  }

  /**
   * Equilibria on rays, as `globalNewton` finds them, without the table of all profiles. Within a cell the path is
   * straight (Howson 1972).
   *
   * @throws MechaneError `invalid-game` for a ray that does not fit the game
   */
  equilibria(options: RayOptions = {}): Search<Equilibrium<number>> {
    checkRay(this.shape, options);
    return new Search((pace) => followRays(this.#map(), options, pace, (found) => found), options);
  }

  #map(): PayoffMap {
    const offsets = offsetsOf(this.shape);
    const size = offsets.at(-1) as number;
    const slopes = new Float64Array(size * size);
    const ranges = this.#pairs.map((others) =>
      others.map((table) => {
        const values = (table ?? []).flat().map((value) => value.toNumber());
        return { low: Math.min(...values, Number.MAX_VALUE), high: Math.max(...values, -Number.MAX_VALUE) };
      }),
    );
    const scale = ranges.map((others) => {
      let [least, halfRange] = [0, 0];
      for (const { low, high } of others) {
        if (low > high) continue;
        least += low;
        halfRange += high / 2 - low / 2;
      }
      return { low: least, halfRange };
    });
    this.#pairs.forEach((others, player) => {
      others.forEach((table, other) => {
        const low = ranges[player]?.[other]?.low as number;
        const unit = scale[player]?.halfRange || 1;
        table?.forEach((row, mine) => {
          row.forEach((value, theirs) => {
            const at = ((offsets[player] as number) + mine) * size + (offsets[other] as number) + theirs;
            slopes[at] = (value.toNumber() / 2 - low / 2) / unit;
          });
        });
      });
    });
    return new AffineMap(this.shape, new Float64Array(size), slopes, scale);
  }
}

const mostStrategies = 1_000;
