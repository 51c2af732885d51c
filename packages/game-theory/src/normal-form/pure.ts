import { pause, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { Search } from '../search.ts';
import type { NormalFormGame } from './game.ts';

/**
 * All equilibria in pure strategies, for any number of players, exactly.
 *
 * @category Methods for tables
 * @example
 * ```ts
 * import { pureEquilibria, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] });
 * pureEquilibria(game).now().results.map(({ profile }) => String(profile)); // => ['0,1,0,1']
 * ```
 */
export function pureEquilibria(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium> {
  return new Search(function* (pace) {
    const stable = game.players.map((_, player) => bestResponseTable(game, player));
    for (let index = 0; index < game.profiles && pace.stopped === undefined; index++) {
      if (stable.every((table) => table[index] === 1)) {
        yield pureEquilibrium(game, game.profileAt(index));
      }
      if (pace.due()) yield pause;
    }
    return pace.stopped === undefined ? { complete: true } : { complete: false, reason: pace.stopped };
  }, options);
}

/** A pure equilibrium, written as a mixed profile. */
function pureEquilibrium(game: NormalFormGame, profile: readonly number[]): Equilibrium {
  return {
    profile: game.shape.map((count, player) =>
      Array.from({ length: count }, (_, strategy) => (profile[player] === strategy ? Rational.one : Rational.zero)),
    ),
    payoffs: game.players.map((_, player) => game.payoff(player, profile)),
    regret: Rational.zero,
  };
}

/** For every profile, 1 where the player's strategy is a best response to the others'. */
export function bestResponseTable(game: NormalFormGame, player: number): Uint8Array {
  const table = game.rationals(player);
  const [stride, own] = [game.strides[player] as number, game.shape[player] as number];
  const best = new Uint8Array(game.profiles);
  for (let index = 0; index < game.profiles; index++) {
    if (Math.floor(index / stride) % own !== 0) continue;
    let most = table[index] as Rational;
    for (let strategy = 1; strategy < own; strategy++) {
      const payoff = table[index + strategy * stride] as Rational;
      if (most.isLess(payoff)) most = payoff;
    }
    for (let strategy = 0; strategy < own; strategy++) {
      if ((table[index + strategy * stride] as Rational).equals(most)) best[index + strategy * stride] = 1;
    }
  }
  return best;
}

/**
 * The strategies of a player that are best against a profile of the others' pure strategies; the player's own is ignored.
 *
 * @category Methods for tables
 */
export function bestResponses(game: NormalFormGame, player: number, profile: readonly number[]): number[] {
  const payoffs = Array.from({ length: game.shape[player] as number }, (_, strategy) =>
    game.payoff(player, profile.with(player, strategy)),
  );
  const most = payoffs.reduce((best, payoff) => (best.isLess(payoff) ? payoff : best));
  return payoffs.flatMap((payoff, strategy) => (payoff.equals(most) ? [strategy] : []));
}
