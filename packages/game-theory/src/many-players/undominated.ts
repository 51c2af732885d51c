import type { Pace, pause } from '@mechane/numerics';
import { type NormalFormGame, offsetsOf } from '../normal-form/game.ts';

/** Tables with more payoffs are left as they are. */
const mostProfiles = 200_000;

/**
 * The strategies of every player that are left when those that another pure one strictly dominates are left out again and again: no equilibrium
 * plays the others. `undefined` where the pace stopped it.
 */
export function* undominated(
  game: NormalFormGame,
  pace: Pace,
): Generator<typeof pause, readonly (readonly number[])[] | undefined, void> {
  let left: readonly (readonly number[])[] = game.shape.map((count) => Array.from({ length: count }, (_, own) => own));
  if (game.profiles > mostProfiles) return left;
  for (let before = -1, after = sizeOf(left); after !== before; before = after, after = sizeOf(left)) {
    for (const player of game.players.keys()) {
      const own = left[player] as readonly number[];
      const offsets = offsetsOf(game, player, left);
      const kept: number[] = [];
      for (const strategy of own) {
        if (!own.some((rival) => rival !== strategy && dominates(game, player, rival, strategy, offsets))) {
          kept.push(strategy);
        }
        if (!(yield* pace.goesOn(0))) return undefined;
      }
      left = left.with(player, kept);
    }
  }
  return left;
}

/** What doubles have to differ by, as a share, to be sure that the numbers they stand for differ in the same way. */
const clear = 1e-14;

function dominates(
  game: NormalFormGame,
  player: number,
  rival: number,
  strategy: number,
  offsets: readonly number[],
): boolean {
  const payoffs = game.doubles(player);
  const stride = game.strides[player] as number;
  return offsets.every((offset) => {
    const [better, worse] = [payoffs[offset + rival * stride] as number, payoffs[offset + strategy * stride] as number];
    return better - worse > clear * (Math.abs(better) + Math.abs(worse));
  });
}

function sizeOf(left: readonly (readonly number[])[]): number {
  return left.reduce((sum, own) => sum + own.length, 0);
}
