import { pause } from '@mechane/numerics';
import { bestOf, deviationPayoffs, roundingOf } from '../normal-form/deviation-payoffs.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { type LearningOptions, startOf } from './learning-options.ts';
import { type LearntProfile, learntProfile } from './learnt-profile.ts';

/**
 * Fictitious play (Brown 1951): in every round each player best-responds to how often the others have played what so far; of several best
 * responses, to the first. Gives those frequencies. They tend to an equilibrium in zero-sum games (Robinson 1951) and potential games
 * (Monderer and Shapley 1996), and need not elsewhere (Shapley 1964).
 *
 * @category Learning
 * @example
 * ```ts
 * import { fictitiousPlay, readJsonGame } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]] });
 * const { results } = fictitiousPlay(pennies, { rounds: 10_000 }).now();
 * (results[0]?.regret ?? 1) < 0.05; // => true
 * ```
 */
export function fictitiousPlay(game: NormalFormGame, options: LearningOptions = {}): Search<LearntProfile> {
  const { rounds = 1_000, every = rounds } = options;
  const frequencies = startOf(game, options);
  // The start counts as one round of play.
  const counts = frequencies.map((own) => own.slice());
  const roundings = game.shape.map((_, player) => roundingOf(game, player));
  return new Search(function* (pace) {
    for (let round = 1; round <= rounds; round++) {
      for (const [player, payoffs] of deviationPayoffs(game, frequencies).entries()) {
        const [own, count] = [frequencies[player], counts[player]] as [Float64Array, Float64Array];
        const chosen = bestOf(payoffs, roundings[player] as number);
        count[chosen] = (count[chosen] as number) + 1;
        for (let strategy = 0; strategy < own.length; strategy++) {
          own[strategy] = (count[strategy] as number) / (round + 1);
        }
      }
      if (round % every === 0) yield learntProfile(game, frequencies, round);
      if (!pace.due()) continue;
      yield pause;
      if (pace.stopped !== undefined && round < rounds) return { complete: false, reason: pace.stopped };
    }
    return { complete: true };
  }, options);
}
