import { type Pace, pause, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import { type Ending, Search, type Steps } from '../search.ts';
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
  return new Search((pace) => pureSteps(game, pace), options);
}

/** The search as steps of another one. */
export function* pureSteps(game: NormalFormGame, pace: Pace): Steps<Equilibrium> {
  const stopped = (): Ending => ({ complete: false, reason: pace.stopped as string });
  const stable: Uint8Array[] = [];
  for (const player of game.players.keys()) {
    const best = yield* bestResponseTable(game, player, pace);
    if (best === undefined) return stopped();
    stable.push(best);
  }
  const units = game.shape.map((count) => unitVectors(count));
  for (let index = 0; index < game.profiles; index++) {
    if (pace.due()) {
      yield pause;
      if (pace.stopped !== undefined) return stopped();
    }
    if (!stable.every((table) => table[index] === 1)) continue;
    const profile = game.profileAt(index);
    yield {
      profile: profile.map((strategy, player) => (units[player] as Units)(strategy)),
      payoffs: game.players.map((_, player) => game.payoff(player, profile)),
      regret: Rational.zero,
    };
  }
  return { complete: true };
}

type Units = (strategy: number) => readonly Rational[];

/** Pure strategies as mixtures, each made when it is first asked for: there may be far more equilibria than strategies. */
function unitVectors(count: number): Units {
  const made: (readonly Rational[])[] = [];
  return (strategy) => {
    made[strategy] ??= Array.from({ length: count }, (_, other) => (other === strategy ? Rational.one : Rational.zero));
    return made[strategy];
  };
}

/** For every profile, 1 where the player's strategy is a best response to the others'; `undefined` where the pace stopped it. */
export function* bestResponseTable(
  game: NormalFormGame,
  player: number,
  pace: Pace,
): Generator<typeof pause, Uint8Array | undefined, void> {
  const table = game.doubles(player);
  const [stride, own] = [game.strides[player] as number, game.shape[player] as number];
  const best = new Uint8Array(game.profiles);
  const isExact = game.hasDoubles(player);
  for (let block = 0; block < game.profiles; block += stride * own) {
    for (let index = block; index < block + stride; index++) {
      if (pace.due(0)) {
        yield pause;
        if (pace.stopped !== undefined) return undefined;
      }
      let most = index;
      for (let at = index + stride; at < index + own * stride; at += stride) {
        if (isLess(game, player, table, isExact, most, at)) most = at;
      }
      for (let at = index; at < index + own * stride; at += stride) {
        if (at === most || !isLess(game, player, table, isExact, at, most)) best[at] = 1;
      }
    }
  }
  return best;
}

const unclear = 1e-15;

function isLess(
  game: NormalFormGame,
  player: number,
  table: Float64Array,
  isExact: boolean,
  one: number,
  other: number,
): boolean {
  const [left, right] = [table[one] as number, table[other] as number];
  // Doubles that are near to each other may stand for numbers that differ otherwise.
  const isClear = Math.abs(left - right) > unclear * (Math.abs(left) + Math.abs(right));
  if (isExact || isClear) return left < right;
  return game.rationalAt(player, one).isLess(game.rationalAt(player, other));
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
