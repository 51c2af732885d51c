import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * Profiles of pure strategies, in the order in which they were played.
 *
 * @category Analysis
 */
export type PlayHistory = readonly (readonly number[])[];

/**
 * What each player would have gained on average per round, had it played its best single strategy throughout. If all
 * are 0 or less, the history is a
 * coarse correlated equilibrium (Moulin and Vial 1978).
 *
 * @throws MechaneError `invalid-game` for a history that is empty or does not fit the game
 * @category Analysis
 * @example
 * ```ts
 * import { externalRegret, readJsonGame } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * externalRegret(pennies, [[0, 1], [0, 1], [0, 1], [0, 0]]); // => [0.5, 0.25]
 * ```
 */
export function externalRegret(game: NormalFormGame, history: PlayHistory): number[] {
  return gainsOf(game, history).map((gains) => {
    const totals = gains[0]?.map((_, to) => gains.reduce((sum, row) => sum + (row[to] as number), 0)) as number[];
    return finite(Math.max(...totals) / history.length);
  });
}

/**
 * What each player would have gained on average per round, had it replaced each of its strategies, throughout, by the
 * best for that (Blum and Mansour
 * 2007). If all are 0, the history is a correlated equilibrium (Aumann 1974).
 *
 * @throws MechaneError `invalid-game` for a history that is empty or does not fit the game
 * @category Analysis
 * @example
 * ```ts
 * import { readJsonGame, swapRegret } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[1, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * swapRegret(pennies, [[0, 0], [1, 1], [0, 1], [1, 0]]); // => [0, 0]
 * swapRegret(pennies, [[0, 0], [1, 1]]); // => [0, 1]
 * ```
 */
export function swapRegret(game: NormalFormGame, history: PlayHistory): number[] {
  return gainsOf(game, history).map((gains) =>
    finite(gains.reduce((sum, row) => sum + Math.max(...row), 0) / history.length),
  );
}

/**
 * `gains[player][from][to]`: what playing `to` in all rounds in which the player played `from` would have brought, in
 * all.
 */
function gainsOf(game: NormalFormGame, history: PlayHistory): number[][][] {
  checkHistory(game, history);
  // Rounds with the same profile count together.
  const counts = new Map<number, number>();
  for (const profile of history) {
    const index = game.indexOf(profile);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return game.shape.map((own, player) => {
    const gains = Array.from({ length: own }, () => new Array<number>(own).fill(0));
    const stride = game.strides[player] as number;
    const table = game.levelled(player).differences;
    for (const [index, times] of counts) {
      const from = Math.floor(index / stride) % own;
      const row = gains[from] as number[];
      for (let to = 0; to < own; to++) {
        const gain = (table[index + (to - from) * stride] as number) - (table[index] as number);
        row[to] = (row[to] as number) + times * gain;
      }
    }
    return gains;
  });
}

function checkHistory(game: NormalFormGame, history: PlayHistory): void {
  const wrong = history.findIndex(
    (profile) =>
      profile.length !== game.shape.length ||
      game.shape.some((own, player) => {
        const strategy = profile[player] as number;
        return !Number.isSafeInteger(strategy) || strategy < 0 || strategy >= own;
      }),
  );
  if (wrong === -1 && history.length > 0) return;
  throw invalidGame({
    problem: wrong === -1 ? 'nothing was played' : 'this is no profile of the game',
    path: wrong === -1 ? ['history'] : ['history', wrong],
    expected: 'a strategy for each player, by number from 0',
  });
}

function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
