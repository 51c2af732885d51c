import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * How a path of best responses ends: in an equilibrium, or in a cycle that never does.
 *
 * @category Learning
 */
export interface BestResponsePath {
  readonly verdict: 'equilibrium' | 'cycle';
  /** The profiles on the way, by strategy; of a cycle, up to where the first comes again. */
  readonly path: readonly (readonly number[])[];
}

/**
 * Best-response dynamics: one after the other, players change to the best strategy against what the others play now, staying where nothing is
 * better. Every path ends in an equilibrium where the game has a potential (Monderer and Shapley 1996). `start` is a strategy per player, the
 * first unless given.
 *
 * @throws MechaneError `invalid-game` where the start is no profile
 * @category Learning
 * @example
 * ```ts
 * import { bestResponseDynamics, readJsonGame } from '@mechane/game-theory';
 *
 * const prisoners = readJsonGame({ players: ['a', 'b'], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] });
 * bestResponseDynamics(prisoners); // => { verdict: 'equilibrium', path: [[0, 0], [1, 0], [1, 1]] }
 * ```
 */
export function bestResponseDynamics(game: NormalFormGame, start?: readonly number[]): BestResponsePath {
  let profile = start ?? game.shape.map(() => 0);
  if (
    profile.length !== game.shape.length ||
    profile.some((own, player) => !((game.shape[player] ?? 0) > own && own >= 0))
  ) {
    throw invalidGame({
      problem: 'this is no profile of the game',
      path: ['start'],
      expected: 'a strategy per player',
    });
  }
  const path: (readonly number[])[] = [profile];
  // Whose turn it is belongs to where the path stands.
  const seen = new Set<number>();
  let content = 0;
  for (let player = 0; content < game.shape.length; player = (player + 1) % game.shape.length) {
    const place = game.indexOf(profile) * game.shape.length + player;
    if (seen.has(place)) return { verdict: 'cycle', path };
    seen.add(place);
    const better = bestResponse(game, profile, player);
    content = better === profile[player] ? content + 1 : 1;
    if (better === profile[player]) continue;
    profile = profile.with(player, better);
    path.push(profile);
  }
  return { verdict: 'equilibrium', path };
}

function bestResponse(game: NormalFormGame, profile: readonly number[], player: number): number {
  const table = game.rationals(player);
  const payoff = (strategy: number) => table[game.indexOf(profile.with(player, strategy))];
  let best = profile[player] as number;
  for (let strategy = 0; strategy < (game.shape[player] as number); strategy++) {
    const [other, own] = [payoff(strategy), payoff(best)];
    if (other && own?.isLess(other)) best = strategy;
  }
  return best;
}
