import type { Experiment } from '../game.ts';
import { congestion, dutchAgainstFirst, englishAgainstSealed, firstAgainstSecond, winnersCurse } from './auctions.ts';
import { publicGood } from './choices.ts';
import { bargaining, doubleAuction } from './markets.ts';
import { roomSwap, schoolChoice } from './matchings.ts';

/** The experiments, those first with which one begins. */
export const experiments: readonly Experiment[] = [
  firstAgainstSecond,
  winnersCurse,
  englishAgainstSealed,
  dutchAgainstFirst,
  doubleAuction,
  bargaining,
  publicGood,
  congestion,
  schoolChoice,
  roomSwap,
];

/** The experiment of this name; `undefined` where there is none. */
export function experimentNamed(id: string): Experiment | undefined {
  return experiments.find((experiment) => experiment.id === id);
}
